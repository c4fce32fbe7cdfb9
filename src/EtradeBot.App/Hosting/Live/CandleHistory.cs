using System.Collections.Concurrent;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>Closed candles of a symbol as charts and scans want them: stored or simulated history with the live candles at its end.</summary>
/// <param name="Candles">Oldest first; may be empty.</param>
/// <param name="Quality">Of the live candles among them, by open time in UTC ticks; the others came whole from history.</param>
/// <param name="Holes">Stretches without quotes that lie within.</param>
sealed record SymbolHistory(CandleSeries Candles, IReadOnlyDictionary<long, CandleQuality> Quality, IReadOnlyList<CoverageHole> Holes)
{
    /// <summary>Another number, another content: a new closed candle, a backfill, more history.</summary>
    public long Version { get; init; }

    /// <summary>Grows when candles changed that had been shown before; while it stays, new ones only came at the end.</summary>
    public long Rewrites { get; init; }
}

/// <summary>Finds and keeps the history of each symbol and timeframe. Safe for several threads.</summary>
sealed class CandleHistory : IDisposable
{
    /// <summary>Symbols kept in memory, some 10 MB each; the one asked for longest ago goes.</summary>
    const int MostSymbols = 64;

    readonly HistorySource _source;
    readonly LiveState _state;
    readonly TimeProvider _time;
    readonly ConcurrentDictionary<Symbol, HistoryShelf> _shelves = [];
    long _uses;

    public CandleHistory(LiveSession session, string stateFolder, TimeProvider time)
        : this(session.State, () => session.Simulation is not null, stateFolder, time) => Forming = session.Forming;

    /// <param name="isInvented">True while the built-in simulator is the exchange: its past can be worked out.</param>
    internal CandleHistory(LiveState state, Func<bool> isInvented, string stateFolder, TimeProvider time)
    {
        (_state, _time) = (state, time);
        _source = new HistorySource(isInvented, stateFolder, time);
    }

    /// <summary>The candle that follows the closed ones, as of <see cref="LiveSession.Forming"/>.</summary>
    public Func<Symbol, Timeframe, FormingCandle?> Forming { get; init; } = (_, _) => null;

    /// <summary>All closed candles up to now, as far back as there are any, 120,000 at most. From memory after the first call.</summary>
    /// <exception cref="CandleDataException">Nothing found, or the store is damaged; says what to do.</exception>
    public async Task<SymbolHistory> ReadAsync(Symbol symbol, Timeframe timeframe, CancellationToken stop = default)
    {
        var history = await FindAsync(symbol, timeframe, stop).ConfigureAwait(false);
        return history is { Candles.Count: > 0 } ? history : throw new CandleDataException(WhyNone(symbol, timeframe));
    }

    /// <summary>The same for those who can do without: null before the exchange's clock is known, and empty where there are no candles.</summary>
    /// <exception cref="CandleDataException">The store is damaged.</exception>
    public async Task<SymbolHistory?> FindAsync(Symbol symbol, Timeframe timeframe, CancellationToken stop = default)
    {
        if (Market(symbol) is not { } market) return null;
        var shelf = _shelves.GetOrAdd(symbol, asked => new HistoryShelf(_source, asked));
        shelf.LastUse = Interlocked.Increment(ref _uses);
        if (_shelves.Count > MostSymbols && _shelves.MinBy(pair => pair.Value.LastUse) is { } oldest) _shelves.TryRemove(oldest);
        return shelf.TryRead(timeframe, market) ?? await Task.Run(() => shelf.Read(timeframe, market), stop).WaitAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Why there is nothing to show, and what to do about it.</summary>
    public string WhyNone(Symbol symbol, Timeframe timeframe) =>
        Market(symbol) is { } market ? _source.WhyNone(symbol, timeframe, market) : $"no candles of {symbol} yet: the exchange's clock is not known before the broker has answered";

    public void Dispose() => _source.Dispose();

    /// <summary>Null while no clock is known: of a simulated exchange it may be any.</summary>
    HistoryMoment? Market(Symbol symbol)
    {
        var session = _state.Session;
        var machine = _time.GetUtcNow();
        var now = session.ExchangeNow(machine);
        if (now is null && session.Feed == HistorySource.SimulatedFeed) return null;
        var isWatched = _state.Find(symbol) is not null && session.LastQuoteReceivedAt > machine - HistoryMoment.QuietAfter;
        return new(session.Feed, now ?? machine, isWatched) { Speed = session.Speed };
    }
}

/// <summary>What may be seen at a moment.</summary>
/// <param name="Now">Exchange time.</param>
/// <param name="IsRecorded">Candles of the symbol are being built from quotes: history need not stand in for the latest.</param>
readonly record struct HistoryMoment(string Feed, DateTimeOffset Now, bool IsRecorded)
{
    /// <summary>No quote for so long: nobody builds candles.</summary>
    public static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(30);

    /// <summary>Machine time that a recorded candle may take from its end to the store.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>Simulated seconds in a second.</summary>
    public double Speed { get; init; }

    /// <summary>Readers may come out of order by so much exchange time; beyond it the exchange's clock was set back.</summary>
    public TimeSpan Slack => TimeSpan.FromSeconds(5) * Math.Max(1, Speed);

    /// <summary>UTC ticks up to which history may stand in for candles that were not recorded.</summary>
    public long SettledTicks => IsRecorded ? (Now - Grace * Math.Max(1, Speed)).UtcTicks : Now.UtcTicks;
}
