using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

/// <summary>Keeps what a poller builds. Attached first, it stores a candle before anybody else sees it.</summary>
/// <remarks>
/// Builders are saved with every candle, in one transaction, and every few seconds besides: a restart goes on in the middle of a candle,
/// and the seconds in between are a pause between polls like any other.
/// </remarks>
sealed class LiveRecorder(LiveCandleStore store, string feed, TimeProvider time)
{
    static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(5);

    static readonly TimeSpan TidyEvery = TimeSpan.FromSeconds(60);

    readonly List<string> _notes = [];
    DateTimeOffset _nextSave;
    DateTimeOffset _nextTidy;

    /// <summary>Sentences about what could not be taken up again.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Where a builder stood when it was last saved; null when it has to start anew.</summary>
    public string? Saved(Symbol symbol, Timeframe timeframe)
    {
        if (store.SavedBuilder(Name(symbol, timeframe)) is not { } saved) return null;
        try
        {
            CandleBuilder.Restore(saved);
            return saved;
        }
        catch (FormatException problem)
        {
            _notes.Add($"{symbol} {timeframe} starts anew: {problem.Message}");
            return null;
        }
    }

    public void Attach(QuotePoller poller)
    {
        poller.Closed += batch => Store(poller, batch);
        poller.Left += builders => store.SaveBuilders(Named(builders));
        poller.Advanced += () => SaveNowAndThen(poller);
    }

    public void Save(QuotePoller poller) => store.SaveBuilders(Named(poller.SaveBuilders()));

    void Store(QuotePoller poller, FeedBatch batch)
    {
        var symbols = batch.Candles.Select(candle => candle.Symbol).ToHashSet();
        store.Append(feed, batch.Candles, Named(poller.SaveBuilders(symbols)));
        foreach (var (symbol, timeframe, hole) in batch.Holes) store.AddHole(Name(symbol, timeframe), hole);
    }

    void SaveNowAndThen(QuotePoller poller)
    {
        var now = time.GetUtcNow();
        if (now < _nextSave) return;
        _nextSave = now + SaveEvery;
        Save(poller);
        // Candles end with the minute: the disk is waited for in between.
        if (now < _nextTidy || poller.ExchangeNow.Second is < 10 or > 45) return;
        _nextTidy = now + TidyEvery;
        store.Tidy();
    }

    IEnumerable<(LiveSeriesName Name, string State)> Named(IEnumerable<(Symbol Symbol, Timeframe Timeframe, string State)> builders) =>
        builders.Select(builder => (Name(builder.Symbol, builder.Timeframe), builder.State));

    LiveSeriesName Name(Symbol symbol, Timeframe timeframe) => new(feed, symbol, timeframe);
}
