using EtradeBot.Market;

namespace EtradeBot.Backtests;

/// <summary>How <see cref="Metrics"/> are computed.</summary>
public sealed record MetricsOptions
{
    /// <summary>Candles in a year: about 252 for days, 98,000 for minutes. Above 0.</summary>
    public required double PeriodsPerYear { get; init; }

    /// <summary>What cash earns a year, as a fraction; above -1.</summary>
    public double RiskFreeRate { get; init; }

    /// <summary>What to compare with, bought at the first open and held. Null: the one symbol traded; several symbols then have no benchmark.</summary>
    public CandleSeries? Benchmark { get; init; }

    /// <summary>With fewer round trips the reader is warned.</summary>
    public int MinimumTrades { get; init; } = 30;

    /// <summary>Resampled histories for the intervals; 0 leaves the intervals out.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>Share of the resampled histories inside an interval, between 0 and 1.</summary>
    public double IntervalLevel { get; init; } = 0.95;

    /// <summary>Same seed, same intervals.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Check()
    {
        if (!(PeriodsPerYear > 0 && double.IsFinite(PeriodsPerYear)))
            throw new ArgumentOutOfRangeException(nameof(PeriodsPerYear), PeriodsPerYear, "a year has a positive number of candles");
        if (!(RiskFreeRate > -1 && double.IsFinite(RiskFreeRate)))
            throw new ArgumentOutOfRangeException(nameof(RiskFreeRate), RiskFreeRate, "a rate is a fraction above -1");
        if (!(IntervalLevel > 0 && IntervalLevel < 1))
            throw new ArgumentOutOfRangeException(nameof(IntervalLevel), IntervalLevel, "a level lies between 0 and 1");
        ArgumentOutOfRangeException.ThrowIfNegative(Resamples);
        ArgumentOutOfRangeException.ThrowIfNegative(MinimumTrades);
    }
}
