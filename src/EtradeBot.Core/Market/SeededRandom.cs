namespace EtradeBot.Market;

/// <summary>Random numbers that are the same for the same seed on every machine and every version of .NET.</summary>
/// <remarks>xoshiro256** 1.0 seeded by SplitMix64: Blackman and Vigna, Scrambled linear pseudorandom number generators (2021).</remarks>
sealed class SeededRandom
{
    const double UnitOf53Bits = 1.0 / (1UL << 53);

    /// <summary>Draws of a bell with fat tails are cut here, in standard deviations, so that no single one can ruin a price.</summary>
    const double Furthest = 10;

    ulong _s0, _s1, _s2, _s3;

    public SeededRandom(ulong seed) : this(SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed))
    {
    }

    /// <summary>Continues from a state, which must not be all zero.</summary>
    internal SeededRandom(ulong s0, ulong s1, ulong s2, ulong s3) => (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);

    /// <summary>A seed for a stream of its own, mixed from a seed and what the stream is for.</summary>
    public static ulong Derive(ulong seed, ReadOnlySpan<char> purpose, int number = 0)
    {
        foreach (var c in purpose) seed = SplitMix(ref seed) ^ c;
        seed = SplitMix(ref seed) ^ (uint)number;
        return SplitMix(ref seed);
    }

    public ulong Next()
    {
        var result = ulong.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = ulong.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform, at least 0 and below 1.</summary>
    public double NextDouble() => (Next() >> 11) * UnitOf53Bits;

    /// <summary>Uniform, above 0 and at most 1: safe for a logarithm.</summary>
    public double NextPositive() => 1 - NextDouble();

    /// <summary>Student's t with mean 0 and variance 1, cut at ten deviations.</summary>
    /// <param name="degrees">Degrees of freedom, above 2; the smaller, the fatter the tails.</param>
    /// <remarks>Bailey, Polar generation of random variates with the t-distribution, Mathematics of Computation 62 (1994).</remarks>
    public double NextStudentT(double degrees)
    {
        double u, w;
        do
        {
            u = 2 * NextDouble() - 1;
            var v = 2 * NextDouble() - 1;
            w = u * u + v * v;
        }
        while (w is >= 1 or 0);
        var t = u * Math.Sqrt(degrees * (Math.Pow(w, -2 / degrees) - 1) / w);
        return Math.Clamp(t * Math.Sqrt((degrees - 2) / degrees), -Furthest, Furthest);
    }

    internal static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
