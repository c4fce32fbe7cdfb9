using EtradeBot.Brokers;
using EtradeBot.ETrade.Http;
using EtradeBot.ETrade.Wire;

namespace EtradeBot.ETrade.Api;

public sealed class OrderCallsTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preview_and_place_send_the_same_terms_once_each_ahead_of_all_else()
    {
        var broker = CannedBroker.InTurn(Sample.Text("preview-response.json"), Sample.Text("place-response.json"));
        var orders = new AllCalls(broker).Orders;
        var placed = await orders.PlaceAsync(Endpoint.Key, await orders.PreviewAsync(Endpoint.Key, Endpoint.Ticket, Stop), Stop);
        Assert.Equal(1187, placed.OrderId);
        Assert.Equal(
            [(HttpMethod.Post, "/accounts/Jx3Kq0pTzW9mLd2VbN7cRg/orders/preview.json"), (HttpMethod.Post, "/accounts/Jx3Kq0pTzW9mLd2VbN7cRg/orders/place.json")],
            broker.Calls.Select(call => (call.Method, call.Path)));
        Assert.Equal([Sample.Text("preview-request.xml").TrimEnd(), Sample.Text("place-request.xml").TrimEnd()], broker.Calls.Select(call => call.Body));
        Assert.All(broker.Calls, call => Assert.Equal((ETradeModule.Orders, CallPriority.Order, "application/xml"), (call.Module, call.Priority, call.BodyType)));
    }

    [Fact]
    public async Task A_change_names_the_old_order_and_brings_a_new_number()
    {
        var broker = CannedBroker.InTurn(Sample.Text("change-preview-response.json"), Sample.Text("change-place-response.json"));
        var orders = new AllCalls(broker).Orders;
        var ticket = Endpoint.Ticket with { ClientOrderId = "cb20260310a0000188", Limit = 239m };
        var preview = await orders.PreviewChangeAsync(Endpoint.Key, 1187, ticket, Stop);
        Assert.Equal((1187L, 318804420118L, 2390m), (preview.Changes, preview.PreviewId, preview.EstimatedTotal));
        Assert.Empty(preview.Differences);
        Assert.Equal(1188, (await orders.PlaceChangeAsync(Endpoint.Key, preview, Stop)).OrderId);
        Assert.Equal(
            [(HttpMethod.Put, "/accounts/Jx3Kq0pTzW9mLd2VbN7cRg/orders/1187/change/preview.json"), (HttpMethod.Put, "/accounts/Jx3Kq0pTzW9mLd2VbN7cRg/orders/1187/change/place.json")],
            broker.Calls.Select(call => (call.Method, call.Path)));
        Assert.Contains("<previewId>318804420118</previewId>", broker.Calls[1].Body!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_never_placed_as_a_new_order_nor_the_other_way_round()
    {
        var broker = CannedBroker.Always("{}");
        var orders = new AllCalls(broker).Orders;
        await Assert.ThrowsAsync<ArgumentException>(() => orders.PlaceAsync(Endpoint.Key, Endpoint.Preview with { Changes = 1187 }, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => orders.PlaceChangeAsync(Endpoint.Key, Endpoint.Preview, Stop));
        Assert.Empty(broker.Calls);
    }

    [Fact]
    public async Task A_cancel_is_a_request_for_one_order()
    {
        var broker = CannedBroker.Always(Sample.Bytes("cancel-response.json"));
        await new AllCalls(broker).Orders.CancelAsync(Endpoint.Key, 1187, Stop);
        var call = Assert.Single(broker.Calls);
        Assert.Equal((HttpMethod.Put, "/accounts/Jx3Kq0pTzW9mLd2VbN7cRg/orders/cancel.json", CallPriority.Order), (call.Method, call.Path, call.Priority));
        Assert.Equal(Sample.Text("cancel-request.xml").TrimEnd(), call.Body);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"OrdersResponse":{}}""")]
    [InlineData("""{"OrdersResponse":{"Order":[]}}""")]
    public async Task An_order_that_the_broker_does_not_have_is_null(string? answer) =>
        Assert.Null(await new AllCalls(CannedBroker.InTurn(answer)).Orders.OneAsync(Endpoint.Key, 1186, Stop));

    [Fact]
    public async Task One_order_is_read_by_its_number()
    {
        var broker = CannedBroker.Always(Sample.Bytes("order-detail.json"));
        var order = await new AllCalls(broker).Orders.OneAsync(Endpoint.Key, 1186, Stop);
        Assert.Equal((1186L, BrokerOrderStatus.Executed, 4m, 455.7m), (order!.OrderId, order.Status, order.FilledQuantity, order.AveragePrice));
        Assert.Equal("/accounts/Jx3Kq0pTzW9mLd2VbN7cRg/orders/1186.json", broker.Calls[0].Path);
    }

    [Fact]
    public async Task An_answer_about_another_order_is_no_answer() => Assert.Equal(
        BrokerFault.UnexpectedReply,
        (await Assert.ThrowsAsync<BrokerException>(() => new AllCalls(CannedBroker.Always(Sample.Bytes("order-detail.json"))).Orders.OneAsync(Endpoint.Key, 1185, Stop))).Fault);

    [Fact]
    public async Task A_bad_ticket_never_leaves_whichever_way_it_goes()
    {
        var broker = CannedBroker.Always("{}");
        var orders = new AllCalls(broker).Orders;
        var bad = Endpoint.Ticket with { Shares = 0 };
        await Assert.ThrowsAsync<ArgumentException>(() => orders.PreviewAsync(Endpoint.Key, bad, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => orders.PreviewChangeAsync(Endpoint.Key, 1, bad, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => orders.PlaceAsync(Endpoint.Key, Endpoint.Preview with { Ticket = bad }, Stop));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => orders.PlaceAsync(Endpoint.Key, Endpoint.Preview with { PreviewId = 0 }, Stop));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => orders.CancelAsync(Endpoint.Key, 0, Stop));
        Assert.Empty(broker.Calls);
    }
}
