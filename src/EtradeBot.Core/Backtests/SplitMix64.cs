namespace EtradeBot.Backtests;

/// <summary>Random numbers that depend on their seed alone, on every machine and version.</summary>
/// <remarks>G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.</remarks>
struct SplitMix64(ulong seed)
{
    ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to <paramref name="below"/> - 1. The bias is below 2^-40 for the counts used here.</summary>
    public int Next(int below) => (int)Math.BigMul(Next(), (ulong)below, out _);
}
