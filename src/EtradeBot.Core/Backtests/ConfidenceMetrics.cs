namespace EtradeBot.Backtests;

/// <summary>How much of the result luck alone could have made.</summary>
public sealed record ConfidenceMetrics
{
    /// <summary>Confidence of <see cref="MinimumTrackRecord"/>.</summary>
    public const double TrackRecordConfidence = 0.95;

    /// <summary>Probability, 0 to 1, that the true Sharpe ratio is above 0, skewness and kurtosis considered.</summary>
    public required double ProbabilisticSharpe { get; init; }

    /// <summary>Candles needed before a Sharpe ratio like this is above 0 with 95 % confidence; NaN where it is not positive.</summary>
    public required double MinimumTrackRecord { get; init; }

    /// <summary>The same in years.</summary>
    public required double MinimumTrackRecordYears { get; init; }

    /// <summary>Share of resampled histories within an interval.</summary>
    public required double IntervalLevel { get; init; }

    /// <summary>0 where no interval could be computed.</summary>
    public required int Resamples { get; init; }

    /// <summary>Candles in a block of the bootstrap; 0 where no interval could be computed.</summary>
    public required int BlockCandles { get; init; }

    public required ulong Seed { get; init; }

    public required Interval TotalReturn { get; init; }

    public required Interval Cagr { get; init; }

    public required Interval Sharpe { get; init; }

    public required Interval MaxDrawdown { get; init; }

    internal static ConfidenceMetrics From(CurveBasis basis, MetricsOptions options)
    {
        var bootstrap = Bootstrap.Of(basis, options);
        var total = bootstrap?.TotalReturn ?? Interval.None;
        var returns = basis.Statistics.Returns;
        var sharpe = Metrics.Ratio(returns.Mean - basis.Riskless, returns.StandardDeviation);
        var needed = TrackRecord(sharpe, returns.Skewness, returns.Kurtosis);
        return new ConfidenceMetrics
        {
            ProbabilisticSharpe = Probability(sharpe, returns.Count, returns.Skewness, returns.Kurtosis),
            MinimumTrackRecord = needed,
            MinimumTrackRecordYears = needed / options.PeriodsPerYear,
            IntervalLevel = options.IntervalLevel,
            Resamples = bootstrap is null ? 0 : options.Resamples,
            BlockCandles = bootstrap?.BlockCandles ?? 0,
            Seed = options.Seed,
            TotalReturn = total,
            Cagr = bootstrap is null ? Interval.None : new Interval(basis.Period.Compound(1 + total.Low), basis.Period.Compound(1 + total.High)),
            Sharpe = bootstrap?.Sharpe ?? Interval.None,
            MaxDrawdown = bootstrap?.MaxDrawdown ?? Interval.None,
        };
    }

    // D. Bailey, M. Lopez de Prado, The Sharpe ratio efficient frontier, Journal of Risk 15(2), 2012:
    // PSR(0) = N(SR sqrt(n - 1) / sqrt(1 - g3 SR + (g4 - 1) / 4 SR^2)), SR a candle, g3 skewness, g4 kurtosis (normal: 3).
    internal static double Probability(double sharpe, int count, double skewness, double kurtosis) =>
        NormalDistribution.Cdf(sharpe * Math.Sqrt(count - 1) / Math.Sqrt(Width(sharpe, skewness, kurtosis)));

    // The same paper: MinTRL = 1 + (1 - g3 SR + (g4 - 1) / 4 SR^2) (Z / SR)^2.
    internal static double TrackRecord(double sharpe, double skewness, double kurtosis)
    {
        var needed = NormalDistribution.Quantile95 / sharpe;
        return sharpe > 0 ? 1 + Width(sharpe, skewness, kurtosis) * needed * needed : double.NaN;
    }

    // Never negative, because kurtosis is at least one more than the square of skewness; zero only for two-valued returns.
    static double Width(double sharpe, double skewness, double kurtosis)
    {
        var width = 1 - skewness * sharpe + (kurtosis - 1) / 4 * sharpe * sharpe;
        return width > 0 ? width : double.NaN;
    }
}
