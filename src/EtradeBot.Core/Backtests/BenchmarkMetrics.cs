using EtradeBot.Market;

namespace EtradeBot.Backtests;

/// <summary>The account against a symbol bought at its first open, without costs, and held to the last close.</summary>
public sealed record BenchmarkMetrics
{
    public required Symbol Symbol { get; init; }

    public required double TotalReturn { get; init; }

    public required double Cagr { get; init; }

    public required double Volatility { get; init; }

    public required double Sharpe { get; init; }

    public required double MaxDrawdown { get; init; }

    /// <summary>Return a year that beta does not explain (Jensen).</summary>
    public required double Alpha { get; init; }

    /// <summary>Covariance with the benchmark over the benchmark's variance.</summary>
    public required double Beta { get; init; }

    public required double Correlation { get; init; }

    /// <summary>Mean return above the benchmark over the standard deviation of that difference, a year.</summary>
    public required double InformationRatio { get; init; }

    internal static BenchmarkMetrics From(Holding held, CurveBasis basis)
    {
        var (_, statistics, period, riskless) = basis;
        var own = statistics.Returns;
        var other = statistics.BenchmarkReturns!.Value;
        var yearly = YearlyRatios.Of(other, riskless, period.PeriodsPerYear);
        var beta = Metrics.Ratio(statistics.Covariance, other.SampleVariance);
        var both = own.SampleVariance + other.SampleVariance;
        var difference = both - 2 * statistics.Covariance;
        // What cancellation leaves of two equal columns is no tracking error.
        var tracking = difference > 1e-12 * both ? Math.Sqrt(difference) : 0;
        return new BenchmarkMetrics
        {
            Symbol = held.Symbol,
            TotalReturn = held.Growth - 1,
            Cagr = period.Compound(held.Growth),
            Volatility = yearly.Volatility,
            Sharpe = yearly.Sharpe,
            MaxDrawdown = statistics.BenchmarkDrawdowns!.MaxDepth,
            Alpha = (own.Mean - riskless - beta * (other.Mean - riskless)) * period.PeriodsPerYear,
            Beta = beta,
            Correlation = Metrics.Ratio(statistics.Covariance, own.StandardDeviation * other.StandardDeviation),
            InformationRatio = Metrics.Ratio(own.Mean - other.Mean, tracking) * Math.Sqrt(period.PeriodsPerYear),
        };
    }
}

/// <summary>The benchmark's closes on the curve's candles.</summary>
sealed class Holding
{
    readonly CandleSeries _series;
    readonly double[]? _aligned;
    readonly double _start;

    Holding(CandleSeries series, double start, double[]? aligned)
    {
        _series = series;
        _start = start;
        _aligned = aligned;
    }

    public Symbol Symbol => _series.Symbol;

    public BenchmarkValues Values => new(_start, _aligned is null ? _series.Close : _aligned);

    public double Growth => Values.Closes[^1] / _start;

    /// <summary>Null without candles, or where neither the options nor the result name one symbol.</summary>
    /// <exception cref="CandleDataException">The benchmark's candles begin after the account's.</exception>
    public static Holding? In(BacktestResult result, MetricsOptions options)
    {
        var curve = result.Curve;
        var series = options.Benchmark ?? (result.Candles.Count == 1 ? result.Candles[0] : null);
        if (series is null || curve.Count == 0 || series.Count == 0) return null;
        // The account has one value for each candle of the only symbol traded.
        if (options.Benchmark is null && series.Count == curve.Count) return new Holding(series, series.Open[0], null);
        return series.OpenTicks.SequenceEqual(curve.OpenTicks) ? new Holding(series, series.Open[0], null) : Aligned(series, curve);
    }

    // Where the benchmark did not trade its last close stands, as on a statement.
    static Holding Aligned(CandleSeries series, EquityCurve curve)
    {
        var times = series.OpenTicks;
        var first = times.BinarySearch(curve.OpenTicks[0]);
        var at = first >= 0 ? first : ~first - 1;
        if (at < 0)
            throw new CandleDataException($"the benchmark {series.Symbol} begins at {series.Label(0)}, after the first candle traded: use one with as long a history, or a later start");
        var start = first >= 0 ? series.Open[at] : series.Close[at];
        var closes = new double[curve.Count];
        for (var i = 0; i < closes.Length; i++)
        {
            while (at + 1 < times.Length && times[at + 1] <= curve.OpenTicks[i]) at++;
            closes[i] = series.Close[at];
        }
        return new Holding(series, start, closes);
    }
}
