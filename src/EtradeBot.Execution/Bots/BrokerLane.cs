using EtradeBot.Brokers;
using EtradeBot.Engine;
using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.Execution.Bots;

/// <summary>Shares that were booked into the bot's account.</summary>
/// <param name="Intent">The order's name in the journal.</param>
/// <param name="CandleIndex">Index of the candle in which they counted first.</param>
/// <param name="FirstStop">Dollars; null: none.</param>
public sealed record BookedFill(string Intent, Fill Fill, int CandleIndex, decimal? FirstStop);

/// <summary>An order as the engine wished it, and the intent that it became.</summary>
public sealed record WishedOrder(Order Order, OrderIntent? Intent, string Words);

/// <summary>The engine's broker for one symbol, as far as a real one allows: what it submits becomes wishes to the desk, what the journal says has filled
/// becomes its fills.</summary>
/// <remarks>Not safe for several threads: one candle after the other.</remarks>
sealed class BrokerLane(Symbol symbol, Account account, TradingDesk desk, BotTerms terms) : IBroker
{
    readonly Dictionary<string, Booked> _booked = new(StringComparer.Ordinal);
    readonly Dictionary<string, Order> _orders = new(StringComparer.Ordinal);
    readonly List<(Order Order, int LastIndex)> _wished = [];
    CandleSeries? _candles;

    public Symbol Symbol => symbol;

    /// <summary>Why the books do not hold any more; empty while they do. Entries wait until the bot is started anew.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>Of the last candle; before the first one, what was taken up.</summary>
    public List<BookedFill> JustBooked { get; } = [];

    public bool HasExit => SawExit = _wished.Any(wish => wish.Order.IsExit) || desk.Trader.IsLeaving(symbol);

    /// <summary>What the engine was told of <see cref="HasExit"/> since the last candle.</summary>
    public bool SawExit { get; private set; }

    /// <summary>Dollars that the entry at work would cost, as the engine was told.</summary>
    public double Expected { get; private set; }

    /// <summary>Entries of the bot in this symbol, whichever strategy made them.</summary>
    IEnumerable<OrderLife> Entries => desk.Book.Where(order => order.Intent.IsEntry && !order.Intent.IsByPerson && order.Intent.Symbol == symbol);

    /// <summary>Books what an earlier run has left: shares that are held still, at what they were bought for.</summary>
    /// <returns>Candles after which the strategy that entered wanted to leave; null: none.</returns>
    public int? TakeUp(CandleSeries history)
    {
        int? most = null;
        foreach (var order in desk.Book.Where(order => order.Intent.Symbol == symbol && !order.Intent.IsByPerson))
            _booked[order.Id] = new Booked(order.Filled, order.Filled * (order.AveragePrice ?? 0), order.Fees);
        foreach (var entry in Entries)
        {
            if (desk.Book.HeldOf(entry.Id) is not (> 0 and var shares)) continue;
            var index = Math.Max(0, history.IndexAtOrAfter(entry.SentAt ?? entry.MadeAt) - 1);
            Book(entry, new Booked(shares, shares * (entry.AveragePrice ?? 0), 0), index);
            most = entry.Intent.MaxCandles ?? most;
        }
        return most;
    }

    public void Submit(Order order, int lastIndex = int.MaxValue)
    {
        if (!order.IsExit) CancelEntry("replaced by a newer signal", order.SubmittedAt);
        _wished.Add((order, lastIndex));
    }

    public void CancelEntry(string note, DateTimeOffset at, Side? side = null)
    {
        _wished.RemoveAll(wish => !wish.Order.IsExit && (side ?? wish.Order.Side) == wish.Order.Side);
        foreach (var entry in Entries.Where(entry => entry.MayFill && (side is null || entry.Intent.IsBuy == (side == Side.Buy)))) desk.Trader.TakeBack(entry.Id, note);
    }

    public void OnCandle(CandleSeries candles)
    {
        _candles = candles;
        JustBooked.Clear();
        SawExit = false;
        foreach (var order in desk.Book.Where(order => order.Intent.Symbol == symbol && !order.Intent.IsByPerson)) BookNews(order);
        account.Mark(symbol, candles[candles.Count - 1]);
        Expected = (double)Entries.Sum(entry => entry.Open * (entry.Intent.Limit ?? entry.Intent.Stop ?? (decimal)candles.Close[^1]));
        account.Expect(symbol, Expected);
        FollowPrices(candles);
    }

    /// <summary>Hands over what was wished for since the last candle.</summary>
    public IReadOnlyList<WishedOrder> CarryOut(Decision decision)
    {
        var wishes = _wished.Select(wish => wish.Order.IsExit ? Leave(wish.Order) : Enter(wish, decision)).ToList();
        _wished.Clear();
        return wishes;
    }

    WishedOrder Leave(Order order)
    {
        var held = Entries.Where(entry => desk.Book.HeldOf(entry.Id) > 0).ToList();
        foreach (var entry in held) desk.Trader.Leave(entry.Id, order.Because);
        return new WishedOrder(order, null, held.Count == 0 ? "nothing is held any more" : "the stop is cancelled, then the shares are sold");
    }

    WishedOrder Enter((Order Order, int LastIndex) wish, Decision decision)
    {
        var order = wish.Order;
        if (Trouble.Length > 0) return new WishedOrder(order, null, Trouble);
        if (Entries.FirstOrDefault(entry => entry.MayFill) is { } before) return new WishedOrder(order, null, $"{before.Intent} is still at work: it is taken back first");
        var intent = IntentOf(wish, decision);
        var most = order.IsAllCash ? Math.Min(order.Shares, Affordable()) : order.Shares;
        var fits = most < 1 ? 0 : desk.Judge.Ceiling(intent with { Shares = most }, out _);
        // Where no limit leaves a share, one goes its way all the same: the gate that turns even that down is the reason to be shown.
        intent = intent with { Shares = Math.Max(1, fits) };
        _orders[intent.Id] = order;
        desk.Trader.Wish(intent);
        return new WishedOrder(order, intent, intent.Shares < order.Shares ? FormattableString.Invariant($"cut from {order.Shares} to {intent.Shares} shares by the limits") : "");
    }

    int Affordable() => (int)Math.Clamp(Math.Floor((double)account.BuyingPower * 0.98 / _candles!.Close[^1]), 0, int.MaxValue);

    OrderIntent IntentOf((Order Order, int LastIndex) wish, Decision decision)
    {
        var (order, bracket) = (wish.Order, wish.Order.Bracket);
        var isBuy = order.Side == Side.Buy;
        var trailed = bracket?.Trail is { } trail ? Tick.Round(decision.Candle.Close - order.Side.Sign() * (double)trail, order.Side.Opposite()) : (decimal?)null;
        return new OrderIntent(terms.NewId(), symbol, isBuy ? OrderAction.Buy : OrderAction.SellShort, order.Shares, TypeOf(order.Type), OrderRole.Entry)
        {
            Limit = order.Limit,
            Stop = order.Stop,
            Owner = terms.Owner,
            Because = order.Because,
            PlannedStop = Tighter(isBuy, bracket?.Stop, trailed),
            PlannedTarget = bracket?.Target,
            PlannedTrail = bracket?.Trail,
            MaxCandles = decision.Signal?.MaxCandles,
            GoodUntil = EndOf(decision, wish.LastIndex),
        };
    }

    /// <summary>A market order that has not filled within a candle has not found its market.</summary>
    static DateTimeOffset EndOf(Decision decision, int lastIndex)
    {
        var close = MarketCalendar.Nyse.CloseTime(decision.Candle.OpenTime, decision.Timeframe);
        return close + decision.Timeframe.Length * Math.Max(1, Math.Min(lastIndex == int.MaxValue ? 1 : lastIndex - decision.Index, 10_000));
    }

    static decimal? Tighter(bool isBuy, decimal? one, decimal? other) =>
        one is null ? other : other is null ? one : isBuy ? Math.Max(one.Value, other.Value) : Math.Min(one.Value, other.Value);

    static OrderPriceType TypeOf(OrderType type) => type switch
    {
        OrderType.Limit => OrderPriceType.Limit,
        OrderType.Stop => OrderPriceType.Stop,
        OrderType.StopLimit => OrderPriceType.StopLimit,
        _ => OrderPriceType.Market,
    };

    void BookNews(OrderLife order)
    {
        var before = _booked.GetValueOrDefault(order.Id) ?? Booked.Nothing;
        var now = new Booked(order.Filled, order.Filled * (order.AveragePrice ?? 0), order.Fees);
        if (now.Shares == before.Shares) return;
        _booked[order.Id] = now;
        if (now.Shares < before.Shares) Break($"the broker has taken an execution of {order.Intent} back");
        else Book(order, new Booked(now.Shares - before.Shares, now.Value - before.Value, Math.Max(0, now.Fees - before.Fees)), _candles!.Count - 1);
    }

    void Book(OrderLife order, Booked news, int index)
    {
        var fill = new Fill(_orders.TryGetValue(order.Id, out var wished) ? wished : OrderOf(order), news.Shares, news.Value / news.Shares, news.Fees, 0, order.ChangedAt.UtcTicks);
        var firstStop = order.Intent.IsEntry ? order.Intent.PlannedStop : null;
        try
        {
            account.Book(fill, index, firstStop);
            JustBooked.Add(new BookedFill(order.Id, fill, index, firstStop));
        }
        catch (InvalidOperationException problem)
        {
            Break(problem.Message);
        }
    }

    void Break(string why) => Trouble = $"the books of {symbol} do not hold any more ({why}): start the bot anew after a look at the account";

    /// <summary>Of orders that the engine has not made itself in this run: stops, exits, and those of an earlier run.</summary>
    static Order OrderOf(OrderLife life) => new()
    {
        Id = 0,
        Symbol = life.Intent.Symbol,
        Side = life.Intent.IsBuy ? Side.Buy : Side.Sell,
        Type = life.Intent.Type switch
        {
            OrderPriceType.Limit => OrderType.Limit,
            OrderPriceType.Stop => OrderType.Stop,
            OrderPriceType.StopLimit => OrderType.StopLimit,
            _ => OrderType.Market,
        },
        Shares = life.Intent.Shares,
        IsExit = !life.Intent.IsEntry,
        Limit = life.Intent.Limit,
        Stop = life.Intent.Stop,
        SubmittedAt = life.SentAt ?? life.MadeAt,
        Because = life.Intent.Because,
    };

    /// <summary>Trailing stops follow the best price of the candles since the entry.</summary>
    void FollowPrices(CandleSeries candles)
    {
        foreach (var entry in Entries.Where(entry => entry.Intent.PlannedTrail is not null && desk.Book.HeldOf(entry.Id) > 0))
        {
            var first = candles.IndexAtOrAfter(entry.SentAt ?? entry.MadeAt);
            if (first >= candles.Count) continue;
            var (side, trail) = (entry.Intent.IsBuy ? Side.Buy : Side.Sell, (double)entry.Intent.PlannedTrail!.Value);
            var best = side == Side.Buy ? double.NegativeInfinity : double.PositiveInfinity;
            foreach (var price in (side == Side.Buy ? candles.High : candles.Low)[first..]) best = side == Side.Buy ? Math.Max(best, price) : Math.Min(best, price);
            if (best - side.Sign() * trail > 0) desk.Trader.Tighten(entry.Id, Tick.Round(best - side.Sign() * trail, side.Opposite()));
        }
    }

    sealed record Booked(int Shares, decimal Value, decimal Fees)
    {
        public static readonly Booked Nothing = new(0, 0, 0);
    }
}
