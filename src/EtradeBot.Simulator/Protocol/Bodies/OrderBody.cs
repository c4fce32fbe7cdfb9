using EtradeBot.Simulator.Accounts;

namespace EtradeBot.Simulator.Protocol.Bodies;

/// <summary>Reads the bodies of order calls, in all the forms in which clients send them.</summary>
static class OrderBody
{
    /// <summary>The order asked for, and the preview it follows; null where none stands in <c>PreviewIds</c>.</summary>
    /// <exception cref="BadBodyException">Not an order for shares.</exception>
    public static (OrderRequest Request, long? PreviewId) Order(ReadOnlyMemory<byte> body)
    {
        var request = Unwrapped(BodyNode.Parse(body), "PreviewOrderRequest", "PlaceOrderRequest");
        Only(request.TextOf("orderType") ?? "EQ", "EQ", "orderType");
        var order = Single(request, "Order");
        var instrument = Single(order, "Instrument");
        Only(instrument["Product"]?.TextOf("securityType") ?? "EQ", "EQ", "securityType");
        var quantityType = instrument.TextOf("quantityType")?.ToUpperInvariant() ?? "QUANTITY";
        if (quantityType is not ("QUANTITY" or "DOLLAR" or "ALL_I_OWN")) throw new BadBodyException("quantityType must be one of QUANTITY, DOLLAR, ALL_I_OWN.");
        var isAll = quantityType == "ALL_I_OWN";
        var read = new OrderRequest
        {
            ClientOrderId = request.TextOf("clientOrderId") ?? "",
            Ticker = instrument["Product"]?.TextOf("symbol") ?? throw new BadBodyException("The order names no symbol."),
            Action = OrderWords.ActionOf(instrument.TextOf("orderAction")),
            // Answers of the order list say orderedQuantity; clients send them back as they are.
            Quantity = instrument.NumberOf("quantity") ?? instrument.NumberOf("orderedQuantity") ?? (isAll ? 0 : throw new BadBodyException("The order names no quantity.")),
            IsDollars = quantityType == "DOLLAR",
            IsAllIOwn = isAll,
            Type = OrderWords.PriceTypeOf(order.TextOf("priceType")),
            Term = OrderWords.TermOf(order.TextOf("orderTerm") ?? "GOOD_FOR_DAY"),
            IsExtended = IsExtended(order),
            AllOrNone = string.Equals(order.TextOf("allOrNone"), "true", StringComparison.OrdinalIgnoreCase),
            Limit = order.NumberOf("limitPrice"),
            Stop = order.NumberOf("stopPrice"),
            StopLimit = order.NumberOf("stopLimitPrice"),
        };
        return (read, request["PreviewIds"]?.WholeOf("previewId"));
    }

    /// <summary>The number of the order to be cancelled.</summary>
    /// <exception cref="BadBodyException">None, or not a number.</exception>
    public static long Cancel(ReadOnlyMemory<byte> body) =>
        Unwrapped(BodyNode.Parse(body), "CancelOrderRequest").WholeOf("orderId") ?? throw new BadBodyException("The request names no orderId.");

    static bool IsExtended(BodyNode order) => (order.TextOf("marketSession") ?? "REGULAR").ToUpperInvariant() switch
    {
        "REGULAR" => false,
        "EXTENDED" => true,
        _ => throw new BadBodyException("marketSession must be one of REGULAR, EXTENDED."),
    };

    /// <summary>Below the root element; JSON bodies leave the root out at times.</summary>
    static BodyNode Unwrapped(BodyNode body, params ReadOnlySpan<string> roots)
    {
        foreach (var root in roots)
            if (body[root] is { } found) return found;
        return body;
    }

    static BodyNode Single(BodyNode parent, string name)
    {
        var all = parent.All(name).Take(2).ToList();
        return all.Count switch
        {
            0 => throw new BadBodyException($"The request has no {name}."),
            1 => all[0],
            _ => throw new BadBodyException($"One {name} is taken at a time."),
        };
    }

    static void Only(string word, string allowed, string field)
    {
        if (!word.Equals(allowed, StringComparison.OrdinalIgnoreCase)) throw new BadBodyException($"{field} {allowed} is the only one taken here.");
    }
}
