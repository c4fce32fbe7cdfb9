namespace EtradeBot.Learning.Samples;

/// <summary>One cut of the samples by time: learn from the first part, stop by the second, judge on the third (empty for the final fit).</summary>
public sealed record Fold(Sample[] Train, Sample[] Validation, Sample[] Test)
{
    /// <summary>Part of what lies before the test, by time, that is kept for early stopping.</summary>
    const double ValidationFraction = 0.15;

    /// <summary>Part of all times, at the end, that is tested fold by fold.</summary>
    const double TestedFraction = 0.5;

    /// <summary>Walk-forward: each fold tests the stretch after everything it learned from, and the next fold learns from that as well.</summary>
    /// <exception cref="ArgumentException">Too few samples for so many folds.</exception>
    public static IReadOnlyList<Fold> Walk(Sample[] samples, int folds)
    {
        ArgumentNullException.ThrowIfNull(samples);
        long[] times = [.. samples.Select(s => s.DecidedAt).Distinct().Order()];
        var first = (int)(times.Length * (1 - TestedFraction));
        var walked = new List<Fold>();
        for (var k = 0; k < folds; k++)
        {
            var (from, to) = (first + ((times.Length - first) * k / folds), first + ((times.Length - first) * (k + 1) / folds));
            walked.Add(Of(samples, times, from, to));
        }
        return walked;
    }

    /// <summary>Everything is learned from but the last stretch, which stops the fit.</summary>
    public static Fold Final(Sample[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        long[] times = [.. samples.Select(s => s.DecidedAt).Distinct().Order()];
        return Of(samples, times, times.Length, times.Length);
    }

    static Fold Of(Sample[] samples, long[] times, int from, int to)
    {
        var cut = (int)(from * (1 - ValidationFraction));
        if (cut < 1 || cut >= from) throw new ArgumentException($"{times.Length} moments are too few for the folds asked for");
        var validationAt = times[cut];
        var testAt = from < times.Length ? times[from] : long.MaxValue;
        var endAt = to < times.Length ? times[to] : long.MaxValue;
        return new(
            // Purged: a label that was known only after the next part began would carry that part's prices into this one.
            [.. samples.Where(s => s.DecidedAt < validationAt && s.KnownAt <= validationAt)],
            [.. samples.Where(s => s.DecidedAt >= validationAt && s.DecidedAt < testAt && s.KnownAt <= testAt)],
            [.. samples.Where(s => s.DecidedAt >= testAt && s.DecidedAt < endAt)]);
    }
}
