using System.Runtime.CompilerServices;
using EtradeBot.Backtests;
using EtradeBot.Market;

namespace EtradeBot.App.Reports;

/// <summary>One symbol's candles as drawn.</summary>
sealed record PriceColumns(double[] Time, double[] Open, double[] High, double[] Low, double[] Close, double[] Volume)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static PriceColumns From(CandleSeries series, ChartScale scale)
    {
        var starts = scale.Starts(series.OpenTicks);
        var n = starts.Length;
        var columns = new PriceColumns(new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            var from = starts[i];
            var count = (i + 1 < n ? starts[i + 1] : series.Count) - from;
            columns.Time[i] = scale.Seconds(series.OpenTicks[from]);
            columns.Open[i] = series.Open[from];
            columns.Close[i] = series.Close[from + count - 1];
            columns.High[i] = Highest(series.High.Slice(from, count));
            columns.Low[i] = Lowest(series.Low.Slice(from, count));
            foreach (var volume in series.Volume.Slice(from, count)) columns.Volume[i] += volume;
        }
        return columns;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double Highest(ReadOnlySpan<double> values)
    {
        var best = values[0];
        foreach (var value in values)
            if (value > best) best = value;
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double Lowest(ReadOnlySpan<double> values)
    {
        var best = values[0];
        foreach (var value in values)
            if (value < best) best = value;
        return best;
    }
}

/// <summary>The account as drawn: the last equity and exposure of each drawn candle, and its deepest drawdown, so that the worst stays in sight.</summary>
sealed record EquityColumns(double[] Time, double[] Equity, double[] Drawdown, double[] Exposure, double[] Benchmark)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static EquityColumns From(EquityCurve curve, IReadOnlyList<CandleSeries> candles, ChartScale scale)
    {
        var starts = scale.Starts(curve.OpenTicks);
        var n = starts.Length;
        var columns = new EquityColumns(new double[n], new double[n], new double[n], new double[n], new double[n]);
        var peak = curve.StartingCash;
        for (var i = 0; i < n; i++)
        {
            var until = i + 1 < n ? starts[i + 1] : curve.Count;
            var deepest = 0.0;
            columns.Time[i] = scale.Seconds(curve.OpenTicks[starts[i]]);
            for (var at = starts[i]; at < until; at++)
            {
                var equity = curve.Equity[at];
                if (equity >= peak) peak = equity;
                else if (peak > 0) deepest = Math.Min(deepest, equity / peak - 1);
            }
            columns.Drawdown[i] = deepest;
            columns.Equity[i] = curve.Equity[until - 1];
            columns.Exposure[i] = curve.Exposure[until - 1];
            starts[i] = until - 1;
        }
        AddBenchmark(columns.Benchmark, curve, candles, starts);
        return columns;
    }

    /// <summary>The starting cash spread evenly over the symbols at their first open and held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddBenchmark(double[] benchmark, EquityCurve curve, IReadOnlyList<CandleSeries> candles, int[] ends)
    {
        foreach (var series in candles)
        {
            if (series.Count == 0) continue;
            var shares = curve.StartingCash / candles.Count / series.Open[0];
            var at = 0;
            for (var i = 0; i < ends.Length; i++)
            {
                while (at + 1 < series.Count && series.OpenTicks[at + 1] <= curve.OpenTicks[ends[i]]) at++;
                benchmark[i] += shares * series.Close[at];
            }
        }
    }
}
