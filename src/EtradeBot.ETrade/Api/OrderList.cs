using EtradeBot.ETrade.Http;
using EtradeBot.ETrade.Wire;

namespace EtradeBot.ETrade.Api;

/// <summary>The order list over all its pages. Orders come and go between two pages; what is left out must never look as if it did not exist.</summary>
sealed class OrderList(WireCaller caller)
{
    /// <summary>The broker's maximum.</summary>
    const int PageSize = 100;

    /// <summary>20,000 orders: what goes on longer does not end.</summary>
    const int MostPages = 200;

    const int MostReadings = 4;

    /// <summary>A list of one page is a single answer. A longer one, and an empty one, is read until two readings in a row name the same orders.</summary>
    public async Task<OrderListing> ReadAsync(string key, OrderQuery query, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Most ?? 1, 1, nameof(query));
        if (query.From is null != query.To is null) throw new ArgumentException("orders are asked for with both days or with none", nameof(query));
        var call = new ETradeCall(HttpMethod.Get, ETradeModule.Orders, ApiPaths.Account(key, "orders.json"), "list the orders") { Query = Filter(query) };
        Reading? before = null;
        for (var reading = 1; ; reading++)
        {
            var now = await ReadOnceAsync(call, query.Most, stop);
            if (now.IsSettled || before is not null && now.Agrees(before)) return new OrderListing(now.Orders, IsStable: now.IsWhole);
            if (reading == MostReadings || now.IsCut) return new OrderListing(now.Orders, IsStable: false);
            before = now;
        }
    }

    async Task<Reading> ReadOnceAsync(ETradeCall call, int? most, CancellationToken stop)
    {
        var reading = new Reading();
        var markers = new HashSet<string>(StringComparer.Ordinal);
        var marker = "";
        while (true)
        {
            var paged = marker.Length == 0 ? call : call with { Query = [.. call.Query, ("marker", marker)] };
            var page = await caller.ReadOrNullAsync(paged, "OrdersResponse", OrderReader.Page, stop) ?? OrderPage.Empty;
            reading.Add(page);
            marker = page.Marker;
            reading.Cut(most, isLast: !page.HasNext);
            // A marker that is missing, or comes again, or never ends: the rest of the list cannot be reached.
            reading.IsLost = page.HasNext && (marker.Length == 0 || !markers.Add(marker) || reading.Pages == MostPages);
            if (!page.HasNext || reading.IsCut || reading.IsLost) return reading;
        }
    }

    static List<(string, string)> Filter(OrderQuery query)
    {
        var filter = new List<(string, string)> { ("count", ApiPaths.Number(Math.Min(query.Most ?? PageSize, PageSize))) };
        if (query.Status is { } status) filter.Add(("status", Words.Filter(status)));
        if (query.From is { } from && query.To is { } to)
        {
            if (from > to) throw ApiPaths.NotSent($"the first day, {from:yyyy-MM-dd}, is after the last, {to:yyyy-MM-dd}: swap them");
            filter.AddRange([("fromDate", WireTime.Query(from)), ("toDate", WireTime.Query(to))]);
        }
        if (query.Symbol is { } symbol) filter.Add(("symbol", ApiPaths.Ticker(symbol)));
        return filter;
    }

    /// <summary>One way through all pages.</summary>
    sealed class Reading
    {
        readonly Dictionary<long, int> _places = [];

        public List<BrokerOrder> Orders { get; } = [];

        public int Pages { get; private set; }

        /// <summary>An order was on two pages: something was placed or ended meanwhile.</summary>
        public bool Overlaps { get; private set; }

        /// <summary>As many as were wanted, and there are more.</summary>
        public bool IsCut { get; private set; }

        /// <summary>There are more, and no way to them.</summary>
        public bool IsLost { get; set; }

        public bool IsWhole => !IsCut && !IsLost && !Overlaps;

        /// <summary>Nothing can have happened between its pages. An empty list proves nothing by itself: brokers have shown them while orders were at work.</summary>
        public bool IsSettled => Pages == 1 && IsWhole && Orders.Count > 0;

        /// <summary>Within one page an order may have one entry for each of its fills: the fullest stays.</summary>
        public void Add(OrderPage page)
        {
            Pages++;
            var earlier = Orders.Count;
            foreach (var order in page.Orders)
            {
                if (_places.TryAdd(order.OrderId, Orders.Count))
                {
                    Orders.Add(order);
                    continue;
                }
                var place = _places[order.OrderId];
                Overlaps |= place < earlier;
                if (Orders[place].FilledQuantity <= order.FilledQuantity) Orders[place] = order;
            }
        }

        public void Cut(int? most, bool isLast)
        {
            if (most is not { } count) return;
            IsCut = Orders.Count > count || Orders.Count == count && !isLast;
            if (Orders.Count > count) Orders.RemoveRange(count, Orders.Count - count);
        }

        public bool Agrees(Reading other) =>
            IsWhole && other.IsWhole && Orders.Select(order => order.OrderId).SequenceEqual(other.Orders.Select(order => order.OrderId));
    }
}
