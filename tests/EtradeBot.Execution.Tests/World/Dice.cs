namespace EtradeBot.Execution.World;

/// <summary>Random numbers of the virtual world: one stream for each purpose and number, so that a draw more here changes nothing there.</summary>
/// <remarks>SplitMix64: Steele, Lea and Flood, Fast splittable pseudorandom number generators (2014).</remarks>
sealed class Dice(ulong seed)
{
    const double UnitOf53Bits = 1.0 / (1UL << 53);

    ulong _state = seed;

    public static Dice For(ulong seed, string purpose, long number = 0)
    {
        var dice = new Dice(seed);
        foreach (var letter in purpose) dice._state = dice.Next() ^ letter;
        dice._state = dice.Next() ^ (ulong)number;
        return new Dice(dice.Next());
    }

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>At least 0 and below 1.</summary>
    public double Unit() => (Next() >> 11) * UnitOf53Bits;

    /// <summary>At least 0 and below <paramref name="end"/>, which is above 0.</summary>
    public int Below(int end) => (int)(Unit() * end);

    public bool Chance(double probability) => Unit() < probability;

    public double Between(double least, double most) => least + Unit() * (most - least);

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>At least 0, mostly near <paramref name="usual"/>, at times much more: Pareto's tail with exponent 1.3, cut at <paramref name="most"/>.</summary>
    public double HeavyTail(double usual, double most) => Math.Min(most, usual * (Math.Pow(1 - Unit(), -1 / 1.3) - 1));
}
