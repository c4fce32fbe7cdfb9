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
    readonly Strategy _strategy;
    readonly View _view;
    readonly CandleSeries _candles;
    readonly Account _account;
    readonly Holding _holding;
    readonly PaperBroker _broker;
    readonly RiskManager _risk;
    readonly Func<double[]> _atr;
    readonly List<Denial> _denials = [];
    double[]? _atrValues;
    int _seenVersion;
    int? _maxCandles;

    // Index of the candle at whose close the position has been held long enough.
    int _timeStop = int.MaxValue;

    internal TradingEngine(Strategy strategy, View view, PaperBroker broker, RiskManager risk, EngineParts parts)
    {
        _strategy = strategy;
        _view = view;
        _broker = broker;
        _risk = risk;
        _candles = parts.Candles;
        _account = parts.Account;
        _atr = parts.Atr;
        _holding = parts.Account.HoldingOf(parts.Candles.Symbol);
    }

    /// <summary>Signals turned down, oldest first.</summary>
    public IReadOnlyList<Denial> Denials => _denials;

    /// <summary>Account value when the present day began, for the daily loss limit.</summary>
    internal double DayStartEquity { get; set; }

    /// <summary>First half of the step: what the candle fills.</summary>
    internal void Fill(int index) => _broker.OnCandle(index);

    /// <summary>Second half of the step: what the strategy wants now that the candle has closed.</summary>
    /// <param name="mayTrade">False while warming up: the strategy watches, its wishes are dropped.</param>
    internal void Decide(int index, bool mayTrade)
    {
        var view = _view;
        view.Index = index;
        if (_holding.Version != _seenVersion) ShowPosition(view);
        var signal = StrategyGuard.OnCandle(_strategy, view);
        if (!mayTrade) return;
        if (signal is not null) Act(signal, index);
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
    }

    void Enter(Signal signal, int index)
    {
        var context = new RiskContext(_account, _candles.Close[index], double.NaN, DayStartEquity) { Symbol = _candles.Symbol };
        if (signal.Stop is null && _risk.Sizing.Kind == SizingKind.Risk) context = context with { Atr = (_atrValues ??= _atr())[index] };
        switch (_risk.Judge(signal, context))
        {
            case RiskDecision.Sized sized:
                _maxCandles = signal.MaxCandles;
                var isMarket = signal.Limit is null && signal.Trigger is null;
                _broker.Submit(NewEntry(signal, sized, index), isMarket ? int.MaxValue : index + Math.Max(signal.GoodForCandles, 1));
                _holding.PendingValue = sized.IsAllCash ? _account.Equity : sized.Shares * (signal.Limit ?? signal.Trigger ?? context.Price);
                break;
            case RiskDecision.Denied denied:
                _denials.Add(new Denial(_candles.OpenTime(index), _candles.Symbol, signal.Side, denied.Rule, denied.ToString()));
                break;
        }
    }

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
        if (_broker.HasExit) return;
        _broker.CancelEntry("the position is being closed", _candles.OpenTime(index));
        _broker.Submit(new Order
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
}

/// <summary>What an engine works on.</summary>
/// <param name="Atr">Average true range of the candles, asked for at the first signal that needs it.</param>
readonly record struct EngineParts(CandleSeries Candles, Account Account, Func<double[]> Atr);
