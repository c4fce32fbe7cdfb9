using System.Globalization;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.Backtests;

/// <summary>Reasons not to believe the figures.</summary>
static class MetricsWarnings
{
    public static IReadOnlyList<string> For(Metrics metrics, BacktestResult result, MetricsOptions options, int? ruinedAt)
    {
        var timeframe = metrics.Period.Timeframe;
        IEnumerable<string?> warnings =
        [
            Simulated(result.Candles),
            ruinedAt is { } at ? Ruin(result.Curve, at) : null,
            metrics.Period.Candles == 0 ? "There is not one candle: nothing was tested." : null,
            Trades(metrics.Trades.Count, result, options.MinimumTrades),
            OneTrade(metrics, result.RoundTrips, timeframe),
            SharpeInterval(metrics.Confidence),
            Track(metrics),
            ShortHistory(metrics.Period),
            ruinedAt is null ? NoIntervals(metrics, options) : null,
            Costs(metrics.Costs),
            Open(result.OpenPositions),
        ];
        return [.. warnings.OfType<string>()];
    }

    static string? Simulated(IReadOnlyList<CandleSeries> candles) =>
        candles.Any(series => series.Origin.IsSimulated)
            ? "SIMULATED candles: no market ever traded at these prices, so the result says nothing about real money."
            : null;

    static string Ruin(EquityCurve curve, int at) =>
        $"The account was worth {MetricText.Dollars(curve.Equity[at])} at the candle of {MetricText.Time(new(curve.OpenTicks[at], TimeSpan.Zero), curve.Timeframe)}: "
        + "the strategy ruined it, and no return after that candle is counted.";

    static string? Trades(int count, BacktestResult result, int minimum)
    {
        if (result.Curve.Count == 0) return null;
        if (count == 0 && result.OpenPositions.Count == 0)
            return "No trade was made: every figure describes idle cash.";
        return count < minimum
            ? $"{Many(count, "trade")} {(count == 1 ? "is" : "are")} too few to mean anything: with fewer than {minimum}, luck alone explains almost any win rate, profit factor or Sharpe ratio."
            : null;
    }

    // Without its best trade the strategy would have lost money.
    static string? OneTrade(Metrics metrics, IReadOnlyList<RoundTrip> roundTrips, Timeframe timeframe)
    {
        var trades = metrics.Trades;
        if (trades.Count < 2 || trades.NetProfit <= 0 || trades.LargestWin is not { } largest || largest < trades.NetProfit) return null;
        var best = roundTrips.First(trip => trip.ProfitAndLoss == largest);
        return $"One trade made all the profit: {best.Symbol}, {MetricText.Time(best.EntryTime, timeframe)} to {MetricText.Time(best.ExitTime, timeframe)}, "
            + $"{MetricText.Profit((double)largest)} of {MetricText.Profit((double)trades.NetProfit)}; the {Many(trades.Count - 1, "other")} together earned nothing.";
    }

    static string? SharpeInterval(ConfidenceMetrics confidence) =>
        confidence.Sharpe.IsKnown && confidence.Sharpe.Covers(0)
            ? $"The {Level(confidence)} interval of the Sharpe ratio runs from {MetricText.Ratio(confidence.Sharpe.Low)} to {MetricText.Ratio(confidence.Sharpe.High)} and covers 0: "
                + "the result cannot be told from luck."
            : null;

    static string? Track(Metrics metrics)
    {
        var needed = metrics.Confidence.MinimumTrackRecordYears;
        return needed > metrics.Period.Candles / metrics.Period.PeriodsPerYear
            ? $"A Sharpe ratio of {MetricText.Ratio(metrics.Risk.Sharpe)} needs {MetricText.Years(needed)} of history to be above 0 with 95 % confidence; there are {MetricText.Years(metrics.Period.Years)}."
            : null;
    }

    static string? ShortHistory(MetricsPeriod period) => period.Candles > 0 && period.Years < 1
        ? $"The candles cover {MetricText.Years(period.Years)}: figures a year (CAGR, volatility, Sharpe and their like) stretch a short history over a whole year and mislead."
        : null;

    static string? NoIntervals(Metrics metrics, MetricsOptions options) =>
        metrics.Period.Candles > 0 && options.Resamples > 0 && metrics.Confidence.Resamples == 0
            ? "The history is too short for intervals of return, Sharpe ratio and drawdown: they need about 24 days of candles (24 candles where a candle is a day or a week)."
            : null;

    static string? Costs(CostMetrics costs) => costs.OfProfitBeforeCosts > 0.5
        ? $"Costs took {MetricText.Percent(costs.OfProfitBeforeCosts)} of the profit before costs: a little more slippage than assumed turns it into a loss."
        : null;

    static string? Open(IReadOnlyList<OpenPosition> positions) => positions.Count == 0 ? null
        : $"{Many(positions.Count, "position")} {(positions.Count == 1 ? "is" : "are")} still open ({string.Join(", ", positions.Select(p => p.Symbol).Distinct().Take(5))}): "
            + $"{MetricText.Profit((double)positions.Sum(p => p.UnrealizedProfitAndLoss))} of profit is not realised and stands in no figure about trades.";

    static string Level(ConfidenceMetrics confidence) => (100 * confidence.IntervalLevel).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    static string Many(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
