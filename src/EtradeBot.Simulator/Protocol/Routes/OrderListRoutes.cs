using System.Globalization;
using EtradeBot.Market;
using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Protocol.Bodies;
using EtradeBot.Simulator.Protocol.Rendering;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>Orders of an account: lists, and one by its number.</summary>
sealed class OrderListRoutes(World world)
{
    const int UsualCount = 25;
    const int MostAtOnce = 100;
    const int MostSymbols = 25;

    /// <summary>Around the order number in a marker; customers have no business with it.</summary>
    const int MarkerPadding = 5;

    public Answer List(Visit visit)
    {
        var count = visit.Number("count") ?? UsualCount;
        if (count < 1) return Answer.Refused("count must be at least 1.");
        var filter = OrderFilter.Of(visit, MostSymbols);
        var found = world.Broker.Orders(visit.Arguments[0]);
        if (found.Refusal is { } refusal) return Answer.Of(refusal);
        var all = found.Value!.Where(filter.Takes).ToList();
        var start = Start(all, visit);
        var page = all.Skip(start).Take(Math.Min(count, MostAtOnce)).ToList();
        if (page.Count == 0) return Answer.Empty;
        var answer = new Element();
        if (start + page.Count < all.Count)
        {
            answer.Add("marker", Marker(page[^1]));
            answer.Add("next", Next(visit, Marker(page[^1])));
        }
        answer.Add("Order", page.Select(order => Listed(visit, order)));
        return Answer.Of("OrdersResponse", answer);
    }

    public Answer Detail(Visit visit)
    {
        var found = world.Broker.Order(visit.Arguments[0], OrderRoutes.OrderId(visit));
        if (found.Refusal is { } refusal) return Answer.Of(refusal);
        return Answer.Of("OrdersResponse", new Element { { "Order", [Listed(visit, found.Value!)] } });
    }

    /// <summary>The place after the order that the marker names: orders that came in between do not move the pages.</summary>
    int Start(List<CustomerOrder> orders, Visit visit)
    {
        if (visit.Query("marker") is not { } marker) return 0;
        var id = marker.Length > 2 * MarkerPadding ? marker[MarkerPadding..^MarkerPadding] : "";
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var last)) throw new BadQueryException("The marker is not one of this list.");
        var start = orders.FindIndex(order => order.OrderId < last);
        if (start < 0) start = orders.Count;
        return world.Faults.Strike("paging-shift", visit.Call) is null ? start : Math.Max(start - 1, 0);
    }

    static string Marker(CustomerOrder order)
    {
        var day = MarketCalendar.Nyse.DayOf(order.PlacedAt);
        return string.Create(CultureInfo.InvariantCulture, $"{day.Year % 100:D2}{day.DayOfYear:D3}{order.OrderId}00000");
    }

    /// <summary>The same question with the marker.</summary>
    static string Next(Visit visit, string marker)
    {
        var query = visit.Address.Parameters()
            .Where(pair => !pair.Key.StartsWith("oauth_", StringComparison.Ordinal) && !pair.Key.Equals("marker", StringComparison.OrdinalIgnoreCase))
            .Append(new("marker", marker))
            .Select(pair => $"{OAuth.Percent.Encode(pair.Key)}={OAuth.Percent.Encode(pair.Value)}");
        return visit.Link($"accounts/{visit.Arguments[0]}/orders", string.Join('&', query));
    }

    Element Listed(Visit visit, CustomerOrder order) => new()
    {
        { "orderId", order.OrderId },
        { "details", visit.Link($"accounts/{visit.Arguments[0]}/orders/{Wire.Number(order.OrderId)}") },
        { "orderType", order.OrderType },
        { "OrderDetail", [Detailed(order, visit.Now)] },
    };

    Element Detailed(CustomerOrder order, DateTimeOffset now)
    {
        var detail = new Element { { "placedTime", Wire.Milliseconds(order.PlacedAt) } };
        if (ExecutedTime(order) is { } executed) detail.Add("executedTime", executed);
        detail.Add("orderValue", decimal.Round(Value(order, now), 2));
        detail.Add("status", OrderWords.Of(order.State));
        foreach (var member in OrderTerms.Element(order.Terms)) detail.Add(member);
        OrderTerms.AddSpreadFields(detail);
        if (order.StopLevel is { } level && order.Terms.Type is PriceType.TrailingStopAmount or PriceType.TrailingStopPercent) detail.Add("trailPrice", level);
        detail.Add("Instrument", [Instrument(order)]);
        if (order.Replaces is { } old) detail.Add("replacesOrderId", old);
        if (order.ReplacedBy is { } next) detail.Add("replacedByOrderId", next);
        return detail;
    }

    /// <summary>For orders cancelled by request a number that overflowed in 32 bits, as the service was seen to send it.</summary>
    static long? ExecutedTime(CustomerOrder order) => order.State switch
    {
        OrderState.Executed => order.ExecutedAt is { } at ? Wire.Milliseconds(at) : null,
        OrderState.Cancelled when order.ReplacedBy is null => unchecked((int)Wire.Milliseconds(order.EndedAt ?? order.PlacedAt)),
        _ => null,
    };

    Element Instrument(CustomerOrder order)
    {
        var instrument = new Element
        {
            { "symbolDescription", OrderTerms.Description(world.Market, order.Terms.Ticker) },
            { "orderAction", OrderWords.Of(order.Terms.Action) },
            { "quantityType", OrderTerms.QuantityType(order.Terms) },
            { "orderedQuantity", order.Shares },
            { "filledQuantity", (decimal)order.Filled },
        };
        if (order.Filled > 0) instrument.Add("averageExecutionPrice", decimal.Round(order.AveragePrice, 4));
        instrument.Add("estimatedCommission", order.Commission);
        instrument.Add("estimatedFees", order.Fees);
        instrument.Add("Product", OrderTerms.Product(order.Terms.Ticker));
        return instrument;
    }

    decimal Value(CustomerOrder order, DateTimeOffset now)
    {
        if (order.State == OrderState.Executed) return order.Filled * order.AveragePrice;
        if (order.Terms.Limit is { } limit) return order.Shares * limit;
        if (order.StopLevel is { } level) return order.Shares * level;
        if (order.Terms is { Type: PriceType.Stop or PriceType.HiddenStop, Stop: { } stop }) return order.Shares * stop;
        if (order.Filled > 0) return order.Shares * order.AveragePrice;
        return Symbol.TryParse(order.Terms.Ticker, out var symbol) && world.Market.Lists(symbol) ? order.Shares * (decimal)Math.Clamp(world.Market.QuoteAt(symbol, now).Last, 0, 1e9) : 0;
    }
}
