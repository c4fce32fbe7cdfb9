using EtradeBot.ETrade.Http;
using EtradeBot.ETrade.Wire;

namespace EtradeBot.ETrade.Api;

/// <summary>Orders: preview, place, change, cancel and one by its number.</summary>
sealed class OrderCalls(WireCaller caller)
{
    public Task<BrokerOrder?> OneAsync(string key, long orderId, CancellationToken stop)
    {
        var call = new ETradeCall(HttpMethod.Get, ETradeModule.Orders, ApiPaths.Account(key, $"orders/{ApiPaths.Number(orderId)}.json"), $"read order {orderId}");
        return caller.FindAsync(call, "OrdersResponse", response => One(response, orderId), stop);
    }

    public Task<OrderPreview> PreviewAsync(string key, OrderTicket ticket, CancellationToken stop)
    {
        TicketRules.Check(ticket);
        return PreviewAsync(Send(HttpMethod.Post, ApiPaths.Account(key, "orders/preview.json"), "preview the order") with { Body = OrderXml.Preview(ticket) }, ticket, stop);
    }

    public async Task<OrderPreview> PreviewChangeAsync(string key, long orderId, OrderTicket ticket, CancellationToken stop)
    {
        TicketRules.Check(ticket);
        var path = ApiPaths.Account(key, $"orders/{ApiPaths.Number(orderId)}/change/preview.json");
        var call = Send(HttpMethod.Put, path, $"preview the change of order {orderId}") with { Body = OrderXml.Preview(ticket) };
        return await PreviewAsync(call, ticket, stop) with { Changes = orderId };
    }

    public Task<PlacedOrder> PlaceAsync(string key, OrderPreview preview, CancellationToken stop)
    {
        Check(preview);
        if (preview.Changes is { } changed) throw new ArgumentException($"this preview changes order {changed}: place it as a change", nameof(preview));
        return PlaceAsync(Send(HttpMethod.Post, ApiPaths.Account(key, "orders/place.json"), "place the order"), preview, stop);
    }

    public Task<PlacedOrder> PlaceChangeAsync(string key, OrderPreview preview, CancellationToken stop)
    {
        Check(preview);
        if (preview.Changes is not { } changed) throw new ArgumentException("this preview is of a new order, not of a change: place it as a new order", nameof(preview));
        var path = ApiPaths.Account(key, $"orders/{ApiPaths.Number(changed)}/change/place.json");
        return PlaceAsync(Send(HttpMethod.Put, path, $"change order {changed}"), preview, stop);
    }

    public Task<CancelReceipt> CancelAsync(string key, long orderId, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(orderId);
        var call = Send(HttpMethod.Put, ApiPaths.Account(key, "orders/cancel.json"), $"cancel order {orderId}") with { Body = OrderXml.Cancel(orderId) };
        return caller.ReadAsync(call, "CancelOrderResponse", response => OrderEcho.Cancelled(response, orderId), stop);
    }

    Task<OrderPreview> PreviewAsync(ETradeCall call, OrderTicket ticket, CancellationToken stop) => caller.ReadAsync(
        call,
        reply => WireDocument.Read(reply.Body, "PreviewOrderResponse", response => OrderEcho.Preview(response, ticket, reply.ReceivedAt)),
        stop);

    Task<PlacedOrder> PlaceAsync(ETradeCall call, OrderPreview preview, CancellationToken stop) => caller.ReadAsync(
        call with { Body = OrderXml.Place(preview.Ticket, preview.PreviewId) },
        "PlaceOrderResponse",
        response => OrderEcho.Placed(response, preview.Ticket),
        stop);

    static void Check(OrderPreview preview)
    {
        ArgumentNullException.ThrowIfNull(preview);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(preview.PreviewId, nameof(preview));
        TicketRules.Check(preview.Ticket);
    }

    /// <summary>An answer about another order is an answer to another question.</summary>
    static BrokerOrder? One(WireObject response, long orderId)
    {
        var orders = OrderReader.Page(response).Orders;
        if (orders.Count == 0) return null;
        return orders.FirstOrDefault(order => order.OrderId == orderId) ?? throw new WireException($"it is about order {orders[0].OrderId} instead of {orderId}");
    }

    static ETradeCall Send(HttpMethod method, string path, string what) => new(method, ETradeModule.Orders, path, what) { Priority = CallPriority.Order };
}
