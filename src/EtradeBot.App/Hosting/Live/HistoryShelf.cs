using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>The history of one symbol in every timeframe. Safe for several threads.</summary>
sealed class HistoryShelf
{
    readonly HistorySource _source;
    readonly Symbol _symbol;
    readonly HistoryMinutes _minutes;
    readonly Dictionary<Timeframe, HistoryFold> _folds = [];
    readonly HashSet<Timeframe> _isRead = [];
    readonly Lock _gate = new();

    public HistoryShelf(HistorySource source, Symbol symbol)
    {
        (_source, _symbol) = (source, symbol);
        _minutes = new(source, symbol);
    }

    /// <summary>A count that grows with each use.</summary>
    public long LastUse { get; set; }

    /// <summary>Null when it would take long.</summary>
    public SymbolHistory? TryRead(Timeframe timeframe, in HistoryMoment market)
    {
        if (!_gate.TryEnter()) return null;
        try
        {
            return _isRead.Contains(timeframe) ? Brought(timeframe, market) : null;
        }
        finally
        {
            _gate.Exit();
        }
    }

    public SymbolHistory Read(Timeframe timeframe, in HistoryMoment market)
    {
        lock (_gate)
        {
            var history = Brought(timeframe, market);
            _isRead.Add(timeframe);
            return history;
        }
    }

    SymbolHistory Brought(Timeframe timeframe, in HistoryMoment market)
    {
        _minutes.Advance(market);
        return timeframe == Timeframe.M1 ? _minutes.Row.Shown : Fold(timeframe, market).Shown;
    }

    HistoryRow Fold(Timeframe timeframe, in HistoryMoment market)
    {
        if (!_folds.TryGetValue(timeframe, out var fold)) _folds[timeframe] = fold = new(_source, (_symbol, timeframe));
        // Weeks are made of days, so that their first and last day need no rule of their own.
        if (timeframe == Timeframe.W1) fold.Advance(Fold(Timeframe.D1, market), _minutes.Settled, market);
        else fold.Advance(_minutes.Row, _minutes.Settled, market);
        return fold.Row;
    }
}
