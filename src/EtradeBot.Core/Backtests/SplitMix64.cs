using EtradeBot.Market;

namespace EtradeBot.Backtests;

/// <summary>Random numbers that depend on their seed alone, on every machine and version.</summary>
/// <remarks>G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.</remarks>
struct SplitMix64(ulong seed)
{
    ulong _state = seed;

    public ulong Next() => SeededRandom.SplitMix(ref _state);

    /// <summary>0 to <paramref name="below"/> - 1. The bias is below 2^-40 for the counts used here.</summary>
    public int Next(int below) => (int)Math.BigMul(Next(), (ulong)below, out _);
}
