using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>Gives the built-in market's own candles where none were built live: the days before the first start, and what passed while nothing ran. They are kept marked as such.</summary>
sealed class EmbeddedBackfill(EmbeddedSimulator simulator, FeedRun feed, LiveCandleStore? store)
{
    /// <summary>As stored with each candle.</summary>
    const string Source = "built-in market";

    const int Days = 7;

    /// <summary>The last days of a symbol, as far as they are missing or have holes.</summary>
    public void Fill(Symbol symbol)
    {
        var now = feed.ExchangeNow;
        var day = MarketCalendar.Nyse.DayOf(now);
        if (simulator.Minutes(symbol, day.AddDays(-Days), day) is not { Count: > 0 } minutes) return;
        var candles = Enumerable.Range(0, minutes.Count).Select(i => minutes[i]);
        if (store is null)
        {
            feed.Add(symbol, candles);
            return;
        }
        var name = new LiveSeriesName(simulator.Feed, symbol, Timeframe.M1);
        store.Backfill(name, candles, Source, BackfillOver.Incomplete);
        foreach (var hole in store.Holes(name).Where(hole => hole.FilledBy is null && hole.From >= minutes.OpenTime(0) && hole.To <= now)) store.CloseHole(name, hole, Source);
        feed.Remember(symbol);
    }
}
