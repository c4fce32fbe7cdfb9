using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.Engine;

/// <summary>One symbol of a <see cref="LiveRun"/>: its candles so far, its strategy, and what was decided last.</summary>
public sealed class LiveLane
{
    readonly LaneSetup _setup;
    readonly TradingEngine _engine;
    readonly DecisionDraft _draft = new();
    Strategy _strategy;
    View _view;
    string? _failure;

    internal LiveLane(LaneSetup setup, Account account, RiskManager risk)
    {
        _setup = setup;
        Candles = setup.History;
        _strategy = setup.Strategy;
        _view = WarmedUp(_strategy);
        // A position taken over from an earlier run is worth what the last candle says.
        if (Candles.Count > 0 && account.HoldingOf(Symbol) is { IsFlat: false } held) held.LastPrice = Candles.Close[^1];
        _engine = new TradingEngine(_strategy, _view, new EngineParts(Candles, account, setup.Broker, risk)
        {
            Draft = _draft,
            Standing = setup.Standing,
            MaxCandles = setup.MaxCandles,
        });
    }

    public Symbol Symbol => Candles.Symbol;

    /// <summary>All candles so far, the warm-up included.</summary>
    public CandleSeries Candles { get; private set; }

    /// <summary>The last decision; null before the first.</summary>
    public Decision? Last { get; private set; }

    /// <inheritdoc cref="TradingEngine.Denials"/>
    public IReadOnlyList<Denial> Denials => _engine.Denials;

    /// <summary>Lines of the strategy that have no value yet: it needs a longer history.</summary>
    public IEnumerable<string> Cold => from line in _view.Lines where line.NeverHasAValue select line.Name;

    internal double DayStartEquity
    {
        get => _engine.DayStartEquity;
        set => _engine.DayStartEquity = value;
    }

    internal Strategy Strategy => _strategy;

    /// <summary>Lets a fresh strategy decide from the next candle on. Position and orders stay as they are; it is warmed up by all
    /// candles so far. When it fails at that, the present one stays.</summary>
    /// <exception cref="StrategyException">Its parameters contradict each other.</exception>
    /// <exception cref="StrategyFailedException">It threw while it warmed up.</exception>
    public void Replace(Strategy fresh)
    {
        ArgumentNullException.ThrowIfNull(fresh);
        var view = WarmedUp(fresh);
        (_strategy, _view, _failure) = (fresh, view, null);
        _engine.Follow(fresh, view);
    }

    /// <summary>First half of the step: the candle, and what it fills.</summary>
    internal void Take(in Candle candle)
    {
        Candles = Candles.Append(candle);
        _engine.Grow(Candles);
        _setup.Broker.OnCandle(Candles);
    }

    /// <summary>Second half of the step: what the strategy wants now that the candle has closed.</summary>
    internal Decision Decide(IReadOnlyList<Gate> entryGates)
    {
        var index = Candles.Count - 1;
        _draft.Begin(_failure is null ? entryGates : [.. entryGates, new Gate("strategy-sound", "the strategy has not failed since it was started", 1, 0, false)]);
        string? failure = null;
        try
        {
            StrategyGuard.Grow(_strategy, _view, Candles);
            _engine.Decide(index, mayTrade: true);
        }
        catch (Exception thrown) when (thrown is StrategyFailedException or StrategyException)
        {
            // One strategy's failure must not keep the other symbols from deciding; it stands in the decision, and bars entries.
            _failure = failure = thrown.Message;
            _engine.DecideWithout(index);
        }
        return Last = Written(index, failure);
    }

    Decision Written(int index, string? failure) => new()
    {
        Symbol = Symbol,
        Timeframe = Candles.Timeframe,
        Strategy = StrategyEntry.NameOf(_strategy.GetType().Name),
        Candle = Candles[index],
        Index = index,
        Position = new SeenPosition(_view.Shares, _view.EntryPrice, _view.CandlesHeld),
        Lines = [.. from line in _view.Lines where line.Name.Length > 0 select new SeenLine(line.Name, line.Now)],
        Patterns = [.. from seen in _view.PatternsNow select new SeenPattern(seen.Pattern, seen.Value)],
        Signal = _draft.Signal,
        Gates = _draft.Gates,
        Risk = _draft.Risk,
        Orders = _draft.Orders,
        Failure = failure,
    };

    View WarmedUp(Strategy strategy)
    {
        var view = new View(Candles);
        StrategyGuard.Init(strategy, view);
        view.Seal();
        for (var i = 0; i < Candles.Count; i++)
        {
            view.Index = i;
            // Its wishes are dropped: these candles are past.
            StrategyGuard.OnCandle(strategy, view);
        }
        return view;
    }
}
