namespace EtradeBot.App.Hosting.Backtests;

/// <summary>Guesses how long a run will take from those before it.</summary>
static class RunSpeed
{
    const int Looked = 20;

    /// <summary>Below this many candles a run takes the time of everything but its candles.</summary>
    const long Many = 20_000;

    /// <summary>Seconds a candle where no long run has been measured yet: a slow machine.</summary>
    const double UsualRate = 1 / 200_000.0;

    /// <summary>Null without a finished run to judge by.</summary>
    public static TimeSpan? Estimate(IEnumerable<RunEntry> runs, long candles)
    {
        var measured = runs.Select(run => run.Figures).OfType<RunFigures>().Where(figures => figures.Seconds > 0 && figures.Candles > 0).Take(Looked).ToArray();
        if (measured.Length == 0) return null;
        var least = Median(measured.Where(figures => figures.Candles < Many).Select(figures => figures.Seconds), 0);
        var rate = Median(measured.Where(figures => figures.Candles >= Many).Select(figures => figures.Seconds / figures.Candles), UsualRate);
        return TimeSpan.FromSeconds(Math.Max(least, candles * rate));
    }

    static double Median(IEnumerable<double> values, double otherwise)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? otherwise : sorted[sorted.Length / 2];
    }
}
