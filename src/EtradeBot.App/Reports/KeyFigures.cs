using System.Globalization;
using EtradeBot.Backtests;
using EtradeBot.Market;

namespace EtradeBot.App.Reports;

/// <summary>A figure that tells most about a run, with what puts it into proportion.</summary>
sealed record KeyFigure(MetricsRow Row, string Beside);

/// <summary>The same few figures, in the same order, on the console and at the top of the report.</summary>
static class KeyFigures
{
    static readonly string[] Keys =
        ["total_return", "cagr", "sharpe", "max_drawdown", "round_trips", "win_rate", "profit_factor", "expectancy", "costs"];

    public static IReadOnlyList<KeyFigure> Of(Metrics metrics)
    {
        var rows = metrics.Rows().ToDictionary(row => row.Key);
        return [.. Keys.Select(key => new KeyFigure(rows[key], Beside(key, metrics)))];
    }

    /// <summary>First and last day, number and length of the candles.</summary>
    public static string Period(EquityCurve curve) => curve.Count == 0
        ? "no candles"
        : $"{Day(curve.OpenTicks[0])} to {Day(curve.OpenTicks[^1])}, {Display.Count(curve.Count, "candle", "candles")} of {curve.Timeframe}";

    static string Day(long ticks) => MarketCalendar.Nyse.DayOf(ticks).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Beside(string key, Metrics metrics) => key switch
    {
        "total_return" => metrics.Benchmark is { } held ? $"buy and hold {Display.SignedPercent(held.TotalReturn)}" : "",
        "cagr" => metrics.Benchmark is { } held ? $"buy and hold {Display.SignedPercent(held.Cagr)}" : "",
        "sharpe" when metrics.Confidence.Sharpe is { IsKnown: true } sharpe =>
            $"{Display.Percent(metrics.Confidence.IntervalLevel, 0)} interval {Display.Number(sharpe.Low, "0.00")} to {Display.Number(sharpe.High, "0.00")}",
        "max_drawdown" when metrics.Risk.Deepest is { } fall => $"{Day(fall.PeakTime.UtcTicks)} to {Day(fall.TroughTime.UtcTicks)}",
        "round_trips" => $"in the market {Display.Percent(metrics.Risk.Exposure, 0)} of the time",
        "win_rate" => metrics.Trades.Count == 0 ? "" : $"average {Display.SignedMoney(metrics.Trades.AverageWin)} and {Display.SignedMoney(metrics.Trades.AverageLoss)}",
        "profit_factor" => "won over lost dollars",
        "expectancy" => "a round trip, after costs",
        "costs" => $"fees {Display.Money((double)metrics.Costs.Fees)}, slippage {Display.Money((double)metrics.Costs.Slippage)}",
        _ => "",
    };
}
