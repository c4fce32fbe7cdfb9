using EtradeBot.App.Feeds.History;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

/// <summary>A history source as one to fill holes from, for one round: each day of a series is asked for once.</summary>
/// <param name="exchangeNow">The time at the exchange: no candle is given before it is finished there.</param>
sealed class HistoryBackfill(IHistorySource source, Func<DateTimeOffset> exchangeNow, CancellationToken stop = default)
{
    /// <summary>The last trades reach a service a moment late: until then its newest candle is not what it will be.</summary>
    static readonly TimeSpan Late = TimeSpan.FromSeconds(30);

    static readonly MarketCalendar Calendar = MarketCalendar.Nyse;

    (Symbol Symbol, Timeframe Timeframe, DateOnly Day) _asked;
    Task<CandleSeries>? _answer;

    public BackfillSource Source => new(source.Name, CandlesAsync);

    async Task<CandleSeries?> CandlesAsync(Symbol symbol, Timeframe timeframe, DateTimeOffset from, DateTimeOffset to)
    {
        if (!source.Timeframes.Contains(timeframe)) throw new CandleDataException($"{source.Name} has no {timeframe} candles, only {string.Join(' ', source.Timeframes)}");
        var (rules, finishedBy, day) = (source.RulesFor(timeframe), exchangeNow() - Late, Calendar.DayOf(from));
        if (rules.ReachDays is { } reach && day < Calendar.DayOf(finishedBy).AddDays(-reach)) throw new CandleDataException(FormattableString.Invariant($"{source.Name} has {timeframe} candles of the last {reach} days only"));
        var last = LastFinished(timeframe, (from, to), finishedBy);
        if (_asked != (symbol, timeframe, day)) (_asked, _answer) = ((symbol, timeframe, day), FetchAsync(new(symbol, timeframe, Adjustment(rules), new(day, day)) { Settling = TimeSpan.Zero }));
        var candles = await _answer!.ConfigureAwait(false);
        candles = candles.Slice(0, Enumerable.Range(0, candles.Count).Count(i => Calendar.CloseTime(candles.OpenTime(i), timeframe) <= finishedBy));
        if (candles.Count == 0) return null;
        var newest = candles.OpenTime(candles.Count - 1);
        // In the end a time without a candle is one without trades; before, the service may only be behind.
        if (newest < last && finishedBy < Calendar.CloseTime(Calendar.DailyOpen(day), Timeframe.D1) + rules.Settling)
            throw new IOException($"{source.Name} has candles up to {Calendar.Label(newest, timeframe)} only, so far");
        return candles;
    }

    /// <summary>Opening time of the last candle to be had. Of a hole all but the last one must be finished: quotes go on within that one.</summary>
    /// <exception cref="CandleDataException">Too early.</exception>
    static DateTimeOffset LastFinished(Timeframe timeframe, (DateTimeOffset From, DateTimeOffset To) hole, DateTimeOffset finishedBy)
    {
        var last = hole.From;
        if (timeframe.IsIntraday) last += timeframe.Length * (Math.Ceiling((hole.To - hole.From) / timeframe.Length) - 1);
        if (Calendar.CloseTime(last, timeframe) > finishedBy) last -= timeframe.Length;
        return last >= hole.From && Calendar.CloseTime(last, timeframe) <= finishedBy ? last : throw new CandleDataException("its candles are not finished yet");
    }

    /// <summary>Live candles are as traded.</summary>
    static PriceAdjustment Adjustment(HistoryRules rules) => rules.Adjustments.Contains(PriceAdjustment.Raw) ? PriceAdjustment.Raw : rules.Adjustments[0];

    async Task<CandleSeries> FetchAsync(HistoryRequest request)
    {
        try
        {
            return (await source.FetchAsync(request, stop).ConfigureAwait(false)).Candles;
        }
        catch (HistoryException problem) when (problem.IsPassing)
        {
            throw new IOException(problem.Message, problem);
        }
        catch (HistoryException problem)
        {
            throw new CandleDataException(problem.Message, problem);
        }
    }
}
