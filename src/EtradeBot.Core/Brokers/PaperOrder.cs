using EtradeBot.Trading;

namespace EtradeBot.Brokers;

/// <summary>An order in the paper broker's book.</summary>
sealed class PaperOrder
{
    decimal? _stopLevel, _extreme;

    public PaperOrder(Order order)
    {
        Order = order;
        Take(order);
    }

    public Order Order { get; private set; }

    public int Filled { get; private set; }

    public decimal AveragePrice { get; private set; }

    /// <summary>Starts over with another order: a run of ten thousand trades makes a handful of these.</summary>
    public PaperOrder Take(Order order)
    {
        Order = order;
        Filled = 0;
        AveragePrice = 0;
        IsTriggered = false;
        StopLevel = order.Stop;
        LimitPrice = order.Limit is { } limit ? (double)limit : 0;
        LastIndex = int.MaxValue;
        _extreme = null;
        return this;
    }

    /// <summary>Moves a trailing stop behind the best price since the entry, never back.</summary>
    /// <param name="best">The most favourable price of a stretch, dollars.</param>
    /// <param name="trail">Distance, dollars.</param>
    public void Follow(decimal best, decimal trail)
    {
        var isLong = Order.Side == Side.Sell;
        _extreme = _extreme is not { } extreme ? best : isLong ? Math.Max(extreme, best) : Math.Min(extreme, best);
        var level = isLong ? _extreme.Value - trail : _extreme.Value + trail;
        StopLevel = StopLevel is not { } old ? level : isLong ? Math.Max(old, level) : Math.Min(old, level);
    }

    public void Fill(int shares, decimal price)
    {
        AveragePrice = Filled == 0 ? price : (AveragePrice * Filled + price * shares) / (Filled + shares);
        Filled += shares;
    }

    /// <summary>A stop that has been reached: from then on a market order (a limit order for stop-limit).</summary>
    public bool IsTriggered { get; set; }

    /// <summary>Present stop price: moves with a trailing stop.</summary>
    public decimal? StopLevel
    {
        get => _stopLevel;
        set
        {
            _stopLevel = value;
            StopPrice = value is { } level ? (double)level : 0;
        }
    }

    /// <summary><see cref="StopLevel"/> and the limit as candles count them; 0 where the order has none.</summary>
    public double StopPrice { get; private set; }

    public double LimitPrice { get; private set; }

    /// <summary>Index of the last candle the order may fill in.</summary>
    public int LastIndex { get; set; }

    public int Remaining => Order.Shares - Filled;

    public OrderReport Report(OrderStatus status, DateTimeOffset at, string note)
    {
        var order = Order.IsAllCash ? Order with { Shares = Filled } : Order;
        return new OrderReport(order, status, Filled, AveragePrice, at, note);
    }
}
