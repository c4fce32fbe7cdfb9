using System.Runtime.InteropServices;
using EtradeBot.App.Reports;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>chart.bin: what the page draws on a time axis, little-endian, one fetch. <c>backtest-chart.js</c> reads it.</summary>
/// <remarks>
/// Six 32-bit whole numbers: format, points of the account, symbols, trades, 1 where candles have a time of day, 0. Then 64-bit columns of the account
/// (time, equity, buy and hold, drawdown); for each symbol a 32-bit count, 64-bit times and 32-bit open, high, low, close, volume; last, 64-bit
/// columns of the trades (entry time, exit time, entry price, exit price, profit, side, symbol). Times are seconds on New York's wall clock.
/// </remarks>
static class RunChart
{
    public const string FileName = "chart.bin";

    public const int Format = 1;

    /// <summary>More candles than this are drawn as longer ones.</summary>
    public const int MostCandles = 120_000;

    /// <summary>The account is thinned out to this many points, which keep its extremes.</summary>
    public const int MostPoints = 5_000;

    const int MostTrades = 50_000;

    public static CompanionFile File { get; } = new(FileName, Write);

    public static ChartScale ScaleOf(RunRecord run) => ChartScale.For(run.Curve.Timeframe, run.Curve.OpenTicks, MostCandles);

    static void Write(Stream stream, RunRecord run)
    {
        var scale = ScaleOf(run);
        var equity = EquityColumns.From(run.Curve, run.Result.Candles, scale);
        var points = Thinning.Points(equity.Equity, equity.Drawdown, MostPoints);
        var trips = run.Result.RoundTrips.Take(MostTrades).ToArray();
        Put<int>(stream, [Format, points.Length, run.Result.Candles.Count, trips.Length, scale.Shown.IsIntraday ? 1 : 0, 0]);
        foreach (var column in new[] { equity.Time, equity.Equity, equity.Benchmark, equity.Drawdown }) Put<double>(stream, [.. points.Select(point => column[point])]);
        foreach (var series in run.Result.Candles) Put(stream, PriceColumns.From(series, scale));
        var symbols = run.Result.Candles.Select((series, number) => (series.Symbol, number)).ToDictionary(pair => pair.Symbol, pair => (double)pair.number);
        Put<double>(stream, [.. trips.Select(trip => (double)scale.Seconds(trip.EntryTime.UtcTicks))]);
        Put<double>(stream, [.. trips.Select(trip => (double)scale.Seconds(trip.ExitTime.UtcTicks))]);
        Put<double>(stream, [.. trips.Select(trip => (double)trip.EntryPrice)]);
        Put<double>(stream, [.. trips.Select(trip => (double)trip.ExitPrice)]);
        Put<double>(stream, [.. trips.Select(trip => (double)trip.ProfitAndLoss)]);
        Put<double>(stream, [.. trips.Select(trip => trip.Side == Trading.Side.Buy ? 1.0 : -1.0)]);
        Put<double>(stream, [.. trips.Select(trip => symbols[trip.Symbol])]);
    }

    static void Put(Stream stream, PriceColumns prices)
    {
        Put<int>(stream, [prices.Time.Length]);
        Put<double>(stream, prices.Time);
        foreach (var column in new[] { prices.Open, prices.High, prices.Low, prices.Close, prices.Volume }) Put<float>(stream, Array.ConvertAll(column, value => (float)value));
    }

    static void Put<T>(Stream stream, T[] values) where T : unmanaged => stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
}
