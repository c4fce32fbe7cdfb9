using EtradeBot.Market;

namespace EtradeBot.Backtests;

/// <summary>The numbers of one run. Definitions, units and sources: docs/metrics.md.</summary>
/// <remarks>A figure that the run does not define (no trade, no variance, one candle) is NaN; no figure is infinite.</remarks>
public sealed record Metrics
{
    public required MetricsPeriod Period { get; init; }

    public required ReturnMetrics Returns { get; init; }

    public required RiskMetrics Risk { get; init; }

    public required TradeMetrics Trades { get; init; }

    public required CostMetrics Costs { get; init; }

    /// <summary>Null where there is nothing to compare with.</summary>
    public required BenchmarkMetrics? Benchmark { get; init; }

    public required ConfidenceMetrics Confidence { get; init; }

    /// <summary>Months in which a candle opened, New York time, oldest first.</summary>
    public required IReadOnlyList<MonthReturn> Months { get; init; }

    /// <summary>Reasons not to believe the figures, in plain words; the gravest first.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <exception cref="ArgumentException">The columns of the curve differ in length, hold NaN, or start without money; an option is out of range.</exception>
    /// <exception cref="CandleDataException">The benchmark begins after the first candle traded.</exception>
    public static Metrics From(BacktestResult result, MetricsOptions options)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var curve = result.Curve;
        Check(curve);
        var period = MetricsPeriod.From(curve, options.PeriodsPerYear);
        var riskless = PerPeriod(options.RiskFreeRate, options.PeriodsPerYear);
        var held = Holding.In(result, options);
        var statistics = CurveStatistics.Of(curve, riskless, held is null ? default : held.Values);
        var basis = new CurveBasis(curve, statistics, period, riskless);
        var returns = ReturnMetrics.From(basis);
        var metrics = new Metrics
        {
            Period = period,
            Returns = returns,
            Risk = RiskMetrics.From(basis, returns.Cagr),
            Trades = TradeMetrics.From(result.RoundTrips),
            Costs = CostMetrics.From(result.Fills, basis),
            Benchmark = held is null ? null : BenchmarkMetrics.From(held, basis),
            Confidence = ConfidenceMetrics.From(basis, options),
            Months = MonthReturn.Table(curve),
            Warnings = [],
        };
        return metrics with { Warnings = MetricsWarnings.For(metrics, result, options, statistics.RuinedAt) };
    }

    /// <summary>Every figure as a row with its name, text and definition: what the summary, the files and the report print.</summary>
    public IReadOnlyList<MetricsRow> Rows() => MetricsRows.Of(this);

    /// <summary>The return a candle that compounds to a yearly rate.</summary>
    internal static double PerPeriod(double yearly, double periodsPerYear) => Math.Pow(1 + yearly, 1 / periodsPerYear) - 1;

    /// <summary>NaN for what a division by nothing leaves.</summary>
    internal static double Ratio(double numerator, double denominator)
    {
        var ratio = numerator / denominator;
        return denominator != 0 && double.IsFinite(ratio) ? ratio : double.NaN;
    }

    static void Check(EquityCurve curve)
    {
        if (curve.OpenTicks.Length != curve.Count || curve.Exposure.Length != curve.Count)
            throw new ArgumentException($"the curve has {curve.Count} values, {curve.OpenTicks.Length} times and {curve.Exposure.Length} exposures: they must be as many", nameof(curve));
        if (!(curve.StartingCash > 0 && double.IsFinite(curve.StartingCash)))
            throw new ArgumentException($"the curve starts with {curve.StartingCash} dollars: returns need a positive start", nameof(curve));
    }
}

/// <summary>The stretch of time the figures are about.</summary>
public sealed record MetricsPeriod
{
    public required Timeframe Timeframe { get; init; }

    public required int Candles { get; init; }

    /// <summary>Open of the first candle; null without candles.</summary>
    public required DateTimeOffset? Start { get; init; }

    /// <summary>Open of the last candle; null without candles.</summary>
    public required DateTimeOffset? End { get; init; }

    /// <summary>Calendar years of 365.25 days from the first open to the nominal end of the last candle.</summary>
    public required double Years { get; init; }

    public required double PeriodsPerYear { get; init; }

    internal static MetricsPeriod From(EquityCurve curve, double periodsPerYear)
    {
        var any = curve.Count > 0;
        DateTimeOffset? start = any ? new(curve.OpenTicks[0], TimeSpan.Zero) : null;
        DateTimeOffset? end = any ? new(curve.OpenTicks[^1], TimeSpan.Zero) : null;
        return new MetricsPeriod
        {
            Timeframe = curve.Timeframe,
            Candles = curve.Count,
            Start = start,
            End = end,
            Years = any ? (end!.Value + curve.Timeframe.Length - start!.Value).TotalDays / 365.25 : 0,
            PeriodsPerYear = periodsPerYear,
        };
    }

    /// <summary>The yearly rate that compounds to a growth factor; -1 for a factor of 0 or less, NaN without a time or where it overflows.</summary>
    internal double Compound(double growth)
    {
        if (!(Years > 0)) return double.NaN;
        if (growth <= 0) return -1;
        var rate = Math.Pow(growth, 1 / Years) - 1;
        return double.IsFinite(rate) ? rate : double.NaN;
    }
}
