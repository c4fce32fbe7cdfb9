using System.Threading.Channels;
using EtradeBot.Analysis;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>Looks for patterns on the last closed candle of each symbol and timeframe, beside the poller, which never waits for it.</summary>
/// <param name="history">Closed candles of timeframes beyond an hour's reach; null: only what was built here.</param>
sealed class SymbolPatterns(FeedRun feed, SymbolBoard board, Func<Symbol, Timeframe, CancellationToken, Task<CandleSeries>>? history)
{
    /// <summary>More than any rule looks back, with room for its averages.</summary>
    const int Candles = 60;

    static readonly Timeframe[] Shown = [Timeframe.M1, Timeframe.M5, Timeframe.H1, Timeframe.D1];

    readonly Channel<(Symbol Symbol, DateTimeOffset? ClosedAt)> _due = Channel.CreateUnbounded<(Symbol, DateTimeOffset?)>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>A minute has closed: the timeframes that end with it are looked at.</summary>
    public void Closed(Symbol symbol, DateTimeOffset at) => _due.Writer.TryWrite((symbol, at));

    /// <summary>Every timeframe, where a symbol is new.</summary>
    public void Look(Symbol symbol) => _due.Writer.TryWrite((symbol, null));

    public async Task RunAsync(CancellationToken stop)
    {
        await foreach (var (symbol, closedAt) in _due.Reader.ReadAllAsync(stop).ConfigureAwait(false))
        {
            foreach (var timeframe in Shown)
            {
                if (closedAt is { } at && !Ends(timeframe, at)) continue;
                var hits = await FindAsync(symbol, timeframe, stop).ConfigureAwait(false);
                board.Change(symbol, LiveTopics.Candles, facts => With(facts, timeframe, hits));
            }
        }
    }

    /// <summary>Whether a candle of the timeframe ends with the minute that ends then.</summary>
    static bool Ends(Timeframe timeframe, DateTimeOffset minuteEnd)
    {
        if (timeframe == Timeframe.M1) return true;
        if (MarketCalendar.Nyse.SessionOn(MarketCalendar.Nyse.DayOf(minuteEnd)) is not { } session) return false;
        return minuteEnd >= session.Close || (timeframe.IsIntraday && (minuteEnd - session.Open).Ticks % timeframe.Length.Ticks == 0);
    }

    static SymbolFacts With(SymbolFacts facts, Timeframe timeframe, IReadOnlyList<PatternHit> hits) =>
        hits.Count == 0 && facts.Patterns.All(hit => hit.Timeframe != timeframe)
            ? facts
            : facts with { Patterns = [.. facts.Patterns.Where(hit => hit.Timeframe != timeframe).Concat(hits).OrderBy(hit => hit.Timeframe)] };

    async Task<IReadOnlyList<PatternHit>> FindAsync(Symbol symbol, Timeframe timeframe, CancellationToken stop)
    {
        var candles = await SeriesAsync(symbol, timeframe, stop).ConfigureAwait(false);
        if (candles.Count > Candles) candles = candles.Slice(candles.Count - Candles, Candles);
        if (candles.Count == 0) return [];
        var patterns = Enum.GetValues<Pattern>();
        var found = Patterns.FindAll(candles, patterns);
        var last = candles.Count - 1;
        return [.. patterns.Select((pattern, i) => new PatternHit(pattern, found[i][last], timeframe, candles.OpenTime(last))).Where(hit => hit.Value != 0)];
    }

    async Task<CandleSeries> SeriesAsync(Symbol symbol, Timeframe timeframe, CancellationToken stop)
    {
        if (timeframe.Minutes > Timeframe.M5.Minutes && history is not null)
        {
            try
            {
                return await history(symbol, timeframe, stop).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is CandleDataException or IOException)
            {
                // No history of this symbol, as its chart says: the minutes at hand are all there is.
            }
        }
        var minutes = feed.Minutes.Series(symbol, DateTimeOffset.MinValue);
        if (timeframe == Timeframe.M1 || minutes.Count == 0) return minutes;
        var longer = minutes.Resample(timeframe);
        // The one that is still forming is nobody's pattern.
        return MarketCalendar.Nyse.CloseTime(longer.OpenTime(longer.Count - 1), timeframe) <= feed.ExchangeNow ? longer : longer.Slice(0, longer.Count - 1);
    }
}
