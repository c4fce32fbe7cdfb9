using EtradeBot.Market;

namespace EtradeBot.Backtests;

/// <summary>A fall of the account from a peak, the start counting as a peak.</summary>
public sealed record Drawdown
{
    /// <summary>Fall over the peak, above 0; more than 1 only where the account went below nothing.</summary>
    public required double Fraction { get; init; }

    public required double Dollars { get; init; }

    /// <summary>Last candle at the peak; the first candle where the account never rose above its start.</summary>
    public required DateTimeOffset PeakTime { get; init; }

    public required DateTimeOffset TroughTime { get; init; }

    /// <summary>First candle that closes at or above the peak again; null if none does.</summary>
    public required DateTimeOffset? RecoveryTime { get; init; }

    /// <summary>Candles from the peak to the recovery, or to the last candle.</summary>
    public required int Candles { get; init; }

    /// <summary>The same in New York calendar days.</summary>
    public required int Days { get; init; }

    internal static Drawdown? From(Fall? found, long[] openTicks)
    {
        if (found is not { } fall) return null;
        var end = fall.RecoveredAt ?? openTicks.Length - 1;
        return new Drawdown
        {
            Fraction = fall.Depth,
            Dollars = fall.Peak - fall.Trough,
            PeakTime = Time(fall.PeakAt),
            TroughTime = Time(fall.TroughAt),
            RecoveryTime = fall.RecoveredAt is { } at ? Time(at) : null,
            Candles = end - fall.PeakAt,
            Days = MarketCalendar.Nyse.DayOf(Time(end)).DayNumber - MarketCalendar.Nyse.DayOf(Time(fall.PeakAt)).DayNumber,
        };

        DateTimeOffset Time(int index) => new(openTicks[Math.Max(index, 0)], TimeSpan.Zero);
    }
}

/// <summary>How rough the way was. Yearly figures use candles a year, deviations are those of a sample.</summary>
public sealed record RiskMetrics
{
    /// <summary>Standard deviation of returns, a year.</summary>
    public required double Volatility { get; init; }

    public required double Sharpe { get; init; }

    public required double Sortino { get; init; }

    /// <summary>CAGR over maximum drawdown.</summary>
    public required double Calmar { get; init; }

    public required double Skewness { get; init; }

    /// <summary>3 for a normal distribution.</summary>
    public required double Kurtosis { get; init; }

    /// <summary>0 where the account never fell; NaN without candles.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>The drawdown of that depth; null where the account never fell.</summary>
    public required Drawdown? Deepest { get; init; }

    /// <summary>The drawdown with the most candles; null where the account never fell.</summary>
    public required Drawdown? Longest { get; init; }

    /// <summary>Mean depth of all drawdowns.</summary>
    public required double AverageDrawdown { get; init; }

    public required int Drawdowns { get; init; }

    /// <summary>Share of candles that ended with a position.</summary>
    public required double Exposure { get; init; }

    /// <summary>Mean gross position value over account value.</summary>
    public required double MeanGrossExposure { get; init; }

    internal static RiskMetrics From(CurveBasis basis, double cagr)
    {
        var curve = basis.Curve;
        var statistics = basis.Statistics;
        var candles = statistics.Returns;
        var yearly = YearlyRatios.Of(candles, basis.Riskless, basis.Period.PeriodsPerYear);
        var falls = statistics.Drawdowns;
        var any = curve.Count > 0;
        return new RiskMetrics
        {
            Volatility = yearly.Volatility,
            Sharpe = yearly.Sharpe,
            Sortino = yearly.Sortino,
            Calmar = Metrics.Ratio(cagr, falls.MaxDepth),
            Skewness = candles.Skewness,
            Kurtosis = candles.Kurtosis,
            MaxDrawdown = any ? falls.MaxDepth : double.NaN,
            Deepest = Drawdown.From(falls.Deepest, curve.OpenTicks),
            Longest = Drawdown.From(falls.Longest, curve.OpenTicks),
            AverageDrawdown = any ? falls.MeanDepth : double.NaN,
            Drawdowns = falls.Count,
            Exposure = Metrics.Ratio(statistics.CandlesInPosition, curve.Count),
            MeanGrossExposure = Metrics.Ratio(statistics.ExposureSum, curve.Count),
        };
    }
}
