using EtradeBot.Analysis;
using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.Engine;

/// <summary>A wish that the risk manager turned down, with its rule and numbers.</summary>
public sealed record Denial(DateTimeOffset At, Symbol Symbol, Side Side, string Rule, string Detail);

/// <summary>
/// One strategy on one symbol: a candle goes in, orders come out. A plain synchronous step without clock, task, lock or
/// allocation of its own; several engines may share one <see cref="Account"/>.
/// </summary>
public sealed class TradingEngine
{
    const int AtrPeriod = 14;

    readonly Account _account;
    readonly Holding _holding;
    readonly IBroker _broker;
    readonly RiskManager _risk;
    readonly DecisionDraft? _draft;
    readonly Func<RiskStanding, RiskStanding>? _standing;
    readonly List<Denial> _denials = [];
    Strategy _strategy;
    View _view;
    CandleSeries _candles;
    double[]? _atrValues;
    int _seenVersion;
    int? _maxCandles;

    // Index of the candle at whose close the position has been held long enough.
    int _timeStop = int.MaxValue;

    internal TradingEngine(Strategy strategy, View view, in EngineParts parts)
    {
        _strategy = strategy;
        _view = view;
        _broker = parts.Broker;
        _risk = parts.Risk;
        _candles = parts.Candles;
        _account = parts.Account;
        _holding = parts.Account.HoldingOf(parts.Candles.Symbol);
        (_draft, _standing, _maxCandles) = (parts.Draft, parts.Standing, parts.MaxCandles);
    }

    /// <summary>Signals turned down, oldest first.</summary>
    public IReadOnlyList<Denial> Denials => _denials;

    /// <summary>Account value when the present day began, for the daily loss limit.</summary>
    internal double DayStartEquity { get; set; }

    /// <summary>The candles with a new one at their end, before it is decided upon.</summary>
    internal void Grow(CandleSeries longer) => (_candles, _atrValues) = (longer, null);

    /// <summary>Another strategy from the next candle on. The position and its orders stay, the time stop of its entry too.</summary>
    internal void Follow(Strategy strategy, View view)
    {
        (_strategy, _view) = (strategy, view);
        ShowPosition(view);
    }

    /// <summary>What the strategy wants now that the candle has closed and its fills are booked.</summary>
    /// <param name="mayTrade">False while warming up: the strategy watches, its wishes are dropped.</param>
    internal void Decide(int index, bool mayTrade)
    {
        var view = _view;
        view.Index = index;
        if (_holding.Version != _seenVersion) ShowPosition(view);
        var signal = StrategyGuard.OnCandle(_strategy, view);
        if (!mayTrade) return;
        _draft?.Wanted(signal);
        if (signal is not null) Act(signal, index);
        if (index >= _timeStop) Leave("time stop", index);
    }

    /// <summary>A candle at which the strategy has failed: what does not need it goes on.</summary>
    internal void DecideWithout(int index)
    {
        _view.Index = index;
        ShowPosition(_view);
        if (index >= _timeStop) Leave("time stop", index);
    }

    void ShowPosition(View view)
    {
        _seenVersion = _holding.Version;
        view.Shares = _holding.Shares;
        view.EntryIndex = _holding.EntryIndex;
        view.EntryPrice = (double)_holding.AveragePrice;
        _timeStop = _maxCandles is { } most && _holding.Shares != 0 ? (int)Math.Min((long)_holding.EntryIndex + most, int.MaxValue) : int.MaxValue;
    }

    void Act(Signal signal, int index)
    {
        if (_holding.Shares == 0)
        {
            // A wish for the other side takes back an entry that still waits, even if no entry of its own is allowed.
            _broker.CancelEntry("the strategy changed its mind", _candles.OpenTime(index), signal.Side.Opposite());
            Enter(signal, index);
        }
        else if (_holding.Shares * signal.Side.Sign() < 0) Leave(signal.Because, index);
        else _draft?.Add("position-open", "no position is open on that side", Math.Abs(_holding.Shares), 0, false);
    }

    void Enter(Signal signal, int index)
    {
        if (_draft?.PassEntry() is { } closed)
        {
            Deny(new RiskDecision.Denied(closed.Rule, closed.Words, closed.Threshold, closed.Value), signal.Side, index);
            return;
        }
        var standing = Standing(signal, index);
        var decision = _risk.Judge(signal, standing);
        _draft?.Judged(_risk, signal, standing, decision);
        switch (decision)
        {
            case RiskDecision.Sized when ImpossiblePrice(signal) is { } price:
                var impossible = new RiskDecision.Denied("impossible-price", "an order price must be a positive number", 0, price);
                _draft?.Add(impossible.Rule, impossible.Words, price, 0, false);
                Deny(impossible, signal.Side, index);
                break;
            case RiskDecision.Sized sized:
                _maxCandles = signal.MaxCandles;
                var isMarket = signal.Limit is null && signal.Trigger is null;
                Submit(NewEntry(signal, sized, index), isMarket ? int.MaxValue : index + Math.Max(signal.GoodForCandles, 1));
                _holding.PendingValue = sized.IsAllCash ? _account.Equity : sized.Shares * (signal.Limit ?? signal.Trigger ?? standing.Price);
                break;
            case RiskDecision.Denied denied:
                Deny(denied, signal.Side, index);
                break;
        }
    }

    /// <summary>A price of the signal that no order can have: a target below zero, a level computed from a line that still warms up.</summary>
    static double? ImpossiblePrice(Signal signal)
    {
        ReadOnlySpan<double?> prices = [signal.Limit, signal.Trigger, signal.Stop, signal.Target, signal.Trail];
        foreach (var price in prices)
            if (price is { } some && !Tick.IsPrice(some)) return some;
        return null;
    }

    RiskStanding Standing(Signal signal, int index)
    {
        var (positions, exposure) = _account.Committed(_candles.Symbol);
        var needsAtr = signal.Stop is null && _risk.Sizing.Kind == SizingKind.Risk;
        var standing = new RiskStanding(_account.Equity, positions, exposure)
        {
            Price = _candles.Close[index],
            Atr = needsAtr ? (_atrValues ??= Indicators.Atr(_candles, AtrPeriod))[index] : double.NaN,
            DayStartEquity = DayStartEquity,
        };
        return _standing is null ? standing : _standing(standing);
    }

    void Deny(RiskDecision.Denied denied, Side side, int index) =>
        _denials.Add(new Denial(_candles.OpenTime(index), _candles.Symbol, side, denied.Rule, denied.ToString()));

    Order NewEntry(Signal signal, RiskDecision.Sized sized, int index)
    {
        var (side, away) = (signal.Side, signal.Side.Opposite());
        var hasBracket = signal.Stop is not null || signal.Target is not null || signal.Trail is not null;
        return new Order
        {
            Id = _account.NextOrderId(),
            Symbol = _candles.Symbol,
            Side = side,
            Type = (signal.Limit, signal.Trigger) switch
            {
                (null, null) => OrderType.Market,
                (_, null) => OrderType.Limit,
                (null, _) => OrderType.Stop,
                _ => OrderType.StopLimit,
            },
            Shares = sized.Shares,
            IsAllCash = sized.IsAllCash,
            Limit = signal.Limit is { } limit ? Tick.Round(limit, side) : null,
            Stop = signal.Trigger is { } trigger ? Tick.Round(trigger, side) : null,
            Bracket = hasBracket
                ? new Bracket(Price(signal.Stop, away), Price(signal.Target, away), Price(signal.Trail, away))
                : null,
            SubmittedAt = _candles.OpenTime(index),
            Because = signal.Because,
        };

        static decimal? Price(double? price, Side side) => price is { } some ? Tick.Round(some, side) : null;
    }

    void Leave(string because, int index)
    {
        if (_broker.HasExit)
        {
            _draft?.Add("exit-at-work", "no exit is at work already", 1, 0, false);
            return;
        }
        _broker.CancelEntry("the position is being closed", _candles.OpenTime(index));
        Submit(new Order
        {
            Id = _account.NextOrderId(),
            Symbol = _candles.Symbol,
            Side = _holding.Shares > 0 ? Side.Sell : Side.Buy,
            Type = OrderType.Market,
            Shares = Math.Abs(_holding.Shares),
            IsExit = true,
            SubmittedAt = _candles.OpenTime(index),
            Because = because,
        });
    }

    void Submit(Order order, int lastIndex = int.MaxValue)
    {
        _broker.Submit(order, lastIndex);
        _draft?.Submitted(order);
    }
}

/// <summary>What an engine works on.</summary>
readonly record struct EngineParts(CandleSeries Candles, Account Account, IBroker Broker, RiskManager Risk)
{
    /// <summary>Where to write down what is decided; null in a backtest.</summary>
    public DecisionDraft? Draft { get; init; }

    /// <inheritdoc cref="LaneSetup.Standing"/>
    public Func<RiskStanding, RiskStanding>? Standing { get; init; }

    /// <inheritdoc cref="LaneSetup.MaxCandles"/>
    public int? MaxCandles { get; init; }
}
