using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>Fills of the day, read off the growth of each order's filled count. The same list twice adds nothing. Safe for several threads.</summary>
sealed class FillLog
{
    readonly Lock _gate = new();
    readonly Dictionary<long, (decimal Filled, decimal Value)> _seen = [];
    readonly Dictionary<long, decimal> _fallen = [];
    readonly List<OrderFill> _fills = [];
    bool _hasBegun;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<OrderFill> Fills
    {
        get
        {
            lock (_gate) return [.. _fills.AsEnumerable().Reverse()];
        }
    }

    /// <summary>Another account: what was seen belongs to the other.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _seen.Clear();
            _fallen.Clear();
            _fills.Clear();
            _hasBegun = false;
        }
    }

    /// <param name="now">Exchange time: when a growth is seen that the broker gives no time for.</param>
    /// <returns>What is new. The first list tells what was there before: its fills of the day are kept, and none is new.</returns>
    public IReadOnlyList<OrderFill> Observe(IReadOnlyList<BrokerOrder> orders, DateTimeOffset now)
    {
        lock (_gate)
        {
            var fresh = orders.Select(order => Growth(order, now)).OfType<OrderFill>().OrderBy(fill => fill.At).ToList();
            if (!_hasBegun)
            {
                _hasBegun = true;
                var today = MarketCalendar.Nyse.DayOf(now);
                _fills.AddRange(fresh.Where(fill => MarketCalendar.Nyse.DayOf(fill.At) == today));
                return [];
            }
            _fills.AddRange(fresh);
            return fresh;
        }
    }

    OrderFill? Growth(BrokerOrder order, DateTimeOffset now)
    {
        var (filled, value) = _seen.GetValueOrDefault(order.OrderId);
        if (order.FilledQuantity == filled)
        {
            _fallen.Remove(order.OrderId);
            return null;
        }
        // A list that is older than the one before it shows less; an execution that was really taken back shows less again.
        if (order.FilledQuantity < filled && _fallen.GetValueOrDefault(order.OrderId, -1) != order.FilledQuantity)
        {
            _fallen[order.OrderId] = order.FilledQuantity;
            return null;
        }
        _fallen.Remove(order.OrderId);
        var shares = order.FilledQuantity - filled;
        var total = (order.AveragePrice ?? 0) * order.FilledQuantity;
        _seen[order.OrderId] = (order.FilledQuantity, total);
        decimal? price = order.AveragePrice is null && order.FilledQuantity > 0 ? null : decimal.Round((total - value) / shares, 4);
        var at = order.ExecutedAt ?? (_hasBegun ? now : order.PlacedAt ?? now);
        return new OrderFill(order.OrderId, order.FilledQuantity, at, order.Symbol, order.Action, shares, price);
    }
}
