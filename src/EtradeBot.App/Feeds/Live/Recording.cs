using EtradeBot.App.Feeds.History;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

/// <summary>When a recording ends by itself; without either it goes on until stopped.</summary>
/// <param name="For">By this machine's clock.</param>
/// <param name="UntilClose">With the session, the next one when none is on; by the time at the exchange.</param>
readonly record struct RecordingEnd(TimeSpan? For, bool UntilClose);

/// <summary>A poller with the store that keeps its candles, run to its end.</summary>
sealed class Recording
{
    static readonly TimeSpan LastCandle = TimeSpan.FromSeconds(20);

    readonly TimeProvider _time;
    readonly (LiveCandleStore Store, string Feed) _to;
    readonly PollerOptions _options;
    DateTimeOffset? _close;

    /// <exception cref="EtradeBot.Market.CandleDataException">The store cannot be used.</exception>
    public Recording(PollerOptions options, QuoteSource source, TimeProvider time, (LiveCandleStore Store, string Feed) to)
    {
        (_time, _to, _options) = (time, to, options);
        Recorder = new(to.Store, to.Feed, time);
        Poller = new(options, source, time, Recorder.Saved);
        Recorder.Attach(Poller);
    }

    public QuotePoller Poller { get; }

    public LiveRecorder Recorder { get; }

    /// <summary>Has the holes found in the store filled now, and those of each outage after it, while <see cref="RunAsync"/> runs with the result.</summary>
    /// <param name="from">Makes the source; says the time at the exchange.</param>
    public HoleFiller FillHoles((Func<IHistorySource> Source, Func<DateTimeOffset> ExchangeNow) from)
    {
        var filler = new HoleFiller(from.Source, from.ExchangeNow, _to.Store, _time);
        foreach (var symbol in _options.Symbols)
            foreach (var timeframe in _options.Timeframes) filler.Add(new(_to.Feed, symbol, timeframe));
        Poller.Closed += batch =>
        {
            foreach (var (symbol, timeframe, _) in batch.Holes) filler.Add(new(_to.Feed, symbol, timeframe));
        };
        return filler;
    }

    /// <summary>Returns when it is stopped, at its end, or when the broker knows none of the symbols.</summary>
    /// <param name="filler">Fills holes meanwhile; a defect there ends the recording as well.</param>
    public async Task RunAsync(RecordingEnd end, CancellationToken stop, HoleFiller? filler = null)
    {
        if (filler is null)
        {
            await PollAsync(end, stop).ConfigureAwait(false);
            return;
        }
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] both = [PollAsync(end, over.Token), filler.RunAsync(over.Token)];
        await Task.WhenAny(both).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(both).ConfigureAwait(false);
    }

    async Task PollAsync(RecordingEnd end, CancellationToken stop)
    {
        using var over = end.For is { } length ? new CancellationTokenSource(length, _time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, over.Token);
        if (end.UntilClose) Poller.Advanced += () => EndWithSession(over);
        try
        {
            await Poller.RunAsync(either.Token).ConfigureAwait(false);
        }
        finally
        {
            Recorder.Save(Poller);
        }
    }

    void EndWithSession(CancellationTokenSource over)
    {
        var now = Poller.ExchangeNow;
        _close ??= NextClose(now);
        if (now >= _close + LastCandle) over.Cancel();
    }

    static DateTimeOffset NextClose(DateTimeOffset instant)
    {
        var day = MarketCalendar.Nyse.DayOf(instant);
        if (MarketCalendar.Nyse.SessionOn(day) is { } today && instant < today.Close) return today.Close;
        return MarketCalendar.Nyse.SessionOn(MarketCalendar.Nyse.NextSession(day))!.Value.Close;
    }
}
