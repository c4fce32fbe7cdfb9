using System.Globalization;
using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Wire;

/// <summary>Answers to preview, place and cancel: they repeat the order, and it has to be the one that was meant.</summary>
static class OrderEcho
{
    public static OrderPreview Preview(WireObject response, OrderTicket ticket, DateTimeOffset receivedAt)
    {
        var orders = response.Items("Order");
        var messages = Messages(response, orders);
        var first = orders.Count > 0 ? orders[0] : response;
        return new OrderPreview(
            ticket,
            PreviewId(response) ?? throw NoPreview(response, messages),
            first.Number("estimatedTotalAmount") ?? response.Number("totalOrderValue"),
            first.Number("estimatedCommission") ?? response.Number("totalCommission"),
            response.Instant("previewTime") ?? receivedAt)
        {
            Messages = messages,
            Differences = Differences(orders, ticket),
        };
    }

    public static PlacedOrder Placed(WireObject response, OrderTicket ticket)
    {
        var orders = response.Items("Order");
        var ids = response.Items("OrderIds").Select(id => id.RequiredId("orderId")).ToList();
        var top = response.Id("orderId");
        if (top is { } id && ids.Count > 0 && !ids.Contains(id)) throw new WireException($"it names the order {id} and {ids[0]}");
        var differences = Differences(orders, ticket);
        var messages = Messages(response, orders);
        if (ids.Count > 1) differences.Add($"the broker made {ids.Count} orders of it: {string.Join(", ", ids)}");
        var number = ids.Count > 0 ? ids[0] : top ?? throw NoOrder(response, messages);
        return new PlacedOrder(number, response.Instant("placedTime"), messages) { Differences = differences };
    }

    public static CancelReceipt Cancelled(WireObject response, long orderId)
    {
        var answered = response.RequiredId("orderId");
        if (answered != orderId) throw new WireException($"it is about order {answered} instead of {orderId}");
        return new CancelReceipt(orderId, response.Instant("cancelTime"), MessageReader.Read(response.Object("Messages")));
    }

    static long? PreviewId(WireObject response)
    {
        var ids = response.Items("PreviewIds");
        return ids.Count > 0 ? ids[0].Id("previewId") : response.Id("previewId");
    }

    /// <summary>Without a number there is nothing to place: a message of the kind ERROR in its stead is a refusal.</summary>
    static Exception NoPreview(WireObject response, IReadOnlyList<BrokerMessage> messages) =>
        messages.FirstOrDefault(message => message.Type.Equals("ERROR", StringComparison.OrdinalIgnoreCase)) is { } error
            ? new BrokerException(BrokerFault.Refused, RequestFate.Refused, $"E*TRADE refused the order at its preview: {error.Text}") { Code = error.Code, BrokerMessage = error.Text }
            : response.Missing("PreviewIds");

    static WireException NoOrder(WireObject response, IReadOnlyList<BrokerMessage> messages) =>
        messages.Count == 0 ? response.Missing("OrderIds") : new WireException($"it holds no order number, but says '{messages[0].Text}'");

    static IReadOnlyList<BrokerMessage> Messages(WireObject response, IReadOnlyList<WireObject> orders) =>
        [.. orders.SelectMany(order => MessageReader.Read(order.Object("messages"))), .. MessageReader.Read(response.Object("messages"))];

    static List<string> Differences(IReadOnlyList<WireObject> orders, OrderTicket ticket)
    {
        if (orders.Count == 0) return ["the broker's answer does not repeat the order"];
        var found = new List<string>();
        var legs = orders.SelectMany(order => order.Items("Instrument")).ToList();
        if (orders.Count > 1 || legs.Count > 1) found.Add($"the broker made {Math.Max(orders.Count, legs.Count)} parts of one order");
        if (legs.Count == 0) found.Add("the broker's answer does not repeat what is to be traded");
        else CompareLeg(found, legs[0], ticket);
        CompareTerms(found, orders[0], ticket);
        return found;
    }

    static void CompareLeg(List<string> found, WireObject leg, OrderTicket ticket)
    {
        var shares = leg.Number("quantity") ?? leg.Number("orderedQuantity");
        if (shares != ticket.Shares) found.Add($"shares: asked for {ticket.Shares}, the broker answers {Shown(shares)}");
        CompareWord(found, "symbol", ticket.Symbol.Ticker, leg.Object("Product")?.Text("symbol") ?? "");
        CompareWord(found, "side", Words.Of(ticket.Action), leg.Text("orderAction"));
        CompareWord(found, "quantity type", "QUANTITY", leg.Text("quantityType") is { Length: > 0 } type ? type : "QUANTITY");
    }

    static void CompareTerms(List<string> found, WireObject order, OrderTicket ticket)
    {
        CompareWord(found, "price type", Words.Of(ticket.PriceType), order.Text("priceType"));
        CompareWord(found, "term", Words.Of(ticket.Term), order.Text("orderTerm"));
        CompareWord(found, "session", Words.Session(ticket.IsExtendedSession), order.Text("marketSession"));
        ComparePrice(found, "limit", ticket.Limit, order.Price("limitPrice"));
        // What the broker answers to a trail is sometimes the trail and sometimes the stop that follows from it.
        if (ticket.Trail is null) ComparePrice(found, "stop", ticket.Stop, order.Price("stopPrice"));
        if (order.Flag("allOrNone") is { } allOrNone && allOrNone != ticket.AllOrNone)
            found.Add($"all or none: asked for {Shown(ticket.AllOrNone)}, the broker answers {Shown(allOrNone)}");
    }

    static void CompareWord(List<string> found, string what, string asked, string answered)
    {
        if (!asked.Equals(answered, StringComparison.OrdinalIgnoreCase))
            found.Add($"{what}: asked for {asked}, the broker answers {(answered.Length > 0 ? answered : "nothing")}");
    }

    static void ComparePrice(List<string> found, string what, decimal? asked, decimal? answered)
    {
        if (asked != answered) found.Add($"{what}: asked for {Shown(asked)}, the broker answers {Shown(answered)}");
    }

    static string Shown(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "none";

    static string Shown(bool value) => value ? "yes" : "no";
}
