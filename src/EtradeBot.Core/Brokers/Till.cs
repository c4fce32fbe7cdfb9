using System.Globalization;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.Brokers;

/// <summary>Where fills are paid: slippage, fees, what the cash and the candle's volume allow, settlement.</summary>
sealed class Till(Account account, FillRules rules, CostModel costs)
{
    double _range;
    long _volume;

    /// <summary>Open of the present candle.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Shares that may still be ours in this candle.</summary>
    public long Budget { get; private set; }

    /// <summary>The largest part of one candle's volume that a fill took; infinity where the candle had none.</summary>
    public double LargestShareOfVolume { get; private set; }

    public void BeginCandle(DateTimeOffset now, in Stretch candle, long volume)
    {
        (Now, _range, _volume) = (now, candle.High - candle.Low, volume);
        Budget = rules.Participation is { } part ? (long)(volume * part) : long.MaxValue;
        if (rules.SettlementSessions > 0) account.Settle(now.UtcTicks);
    }

    /// <summary>The most shares, up to those wanted, that the account can pay for or deliver against.</summary>
    public int Affordable(Side side, decimal price, int wanted) => side == Side.Buy
        ? costs.Affordable(account.BuyingPower, price, wanted)
        : (int)Math.Clamp(Math.Floor(account.BuyingPower / price), 0, int.MaxValue);

    public string NoCash(decimal price) =>
        string.Create(CultureInfo.InvariantCulture, $"cash of {account.BuyingPower:0.00} buys no share at {price:0.00##}, costs included");

    /// <summary>The price after slippage, and the dollars a share by which it is worse. A limit order never fills beyond its limit.</summary>
    public (decimal Price, decimal Slippage) Slipped(Order order, double undisturbed, long shares)
    {
        var price = (decimal)undisturbed;
        if (costs.Slippage.Kind == SlippageKind.None || order.Type is OrderType.Limit or OrderType.StopLimit) return (price, 0);
        var part = _volume > 0 ? Math.Min(shares, int.MaxValue) / (double)_volume : 1;
        var slip = costs.Slippage.On(price, _range, part);
        if (order.Side == Side.Buy) return (price + slip, slip);
        // A sale cannot slip to nothing or below.
        slip = Math.Min(slip, price - 0.0001m);
        return (price - slip, slip);
    }

    public void Book(PaperOrder order, int shares, (decimal Price, decimal Slippage) at, in FillContext context)
    {
        var value = at.Price * shares;
        var fees = costs.Fees(order.Order.Side, shares, value, Now);
        var fill = new Fill(order.Order, shares, at.Price, fees, at.Slippage == 0 ? 0 : at.Slippage * shares, Now.UtcTicks);
        order.Fill(shares, at.Price);
        if (Budget != long.MaxValue) Budget -= shares;
        LargestShareOfVolume = Math.Max(LargestShareOfVolume, shares / (double)_volume);
        account.Apply(fill, value, context);
        if (rules.SettlementSessions > 0 && order.Order.Side == Side.Sell) account.HoldUntil(SettlesAt(), value - fees);
    }

    long SettlesAt()
    {
        var day = MarketCalendar.Nyse.DayOf(Now);
        for (var left = rules.SettlementSessions; left > 0; left--) day = MarketCalendar.Nyse.NextSession(day);
        return MarketCalendar.Nyse.DailyOpen(day).UtcTicks;
    }
}
