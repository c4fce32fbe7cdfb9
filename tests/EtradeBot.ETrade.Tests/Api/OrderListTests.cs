using EtradeBot.Brokers;
using EtradeBot.ETrade.Http;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Api;

public sealed class OrderListTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static string Order(long id, decimal filled = 0) =>
        $$$"""{"orderId":{{{id}}},"orderType":"EQ","OrderDetail":[{"status":"OPEN","Instrument":[{"orderAction":"BUY","orderedQuantity":10,"filledQuantity":{{{filled}}},"Product":{"symbol":"AAPL"}}]}]}""";

    static string Page(string? marker, params long[] ids) => Page(marker, [.. ids.Select(id => Order(id))]);

    static string Page(string? marker, params string[] orders) =>
        $$$"""{"OrdersResponse":{"marker":"{{{marker}}}","next":"{{{(marker is null ? "" : "https://api.etrade.com/x")}}}","Order":[{{{string.Join(',', orders)}}}]}}""";

    static async Task<(long[] Ids, bool IsStable)> Read(CannedBroker broker, OrderQuery? query = null)
    {
        var listing = await new AllCalls(broker).OrderList.ReadAsync(Endpoint.Key, query ?? new OrderQuery(), Stop);
        return ([.. listing.Orders.Select(order => order.OrderId)], listing.IsStable);
    }

    [Fact]
    public async Task A_list_of_one_page_is_one_answer_and_stable()
    {
        var broker = CannedBroker.InTurn(Page(null, 3, 2, 1));
        var (ids, isStable) = await Read(broker);
        Assert.Equal([3, 2, 1], ids);
        Assert.True(isStable);
        var call = Assert.Single(broker.Calls);
        Assert.Equal(("/accounts/Jx3Kq0pTzW9mLd2VbN7cRg/orders.json", "count=100", ETradeModule.Orders, CallPriority.Normal), (call.Path, CannedBroker.Query(call), call.Module, call.Priority));
    }

    [Fact]
    public async Task No_orders_twice_is_an_empty_stable_list()
    {
        var (ids, isStable) = await Read(CannedBroker.InTurn(null, null));
        Assert.Empty(ids);
        Assert.True(isStable);
    }

    [Fact]
    public async Task An_empty_answer_proves_nothing_while_orders_are_at_work()
    {
        var (ids, isStable) = await Read(CannedBroker.InTurn(null, Page(null, 2, 1)));
        Assert.Equal([2, 1], ids);
        Assert.True(isStable);
    }

    [Fact]
    public async Task Pages_are_followed_by_their_marker_and_read_twice()
    {
        var broker = CannedBroker.InTurn(Page("a", 5, 4), Page("b", 3, 2), Page(null, 1), Page("a", 5, 4), Page("b", 3, 2), Page(null, 1));
        var (ids, isStable) = await Read(broker);
        Assert.Equal([5, 4, 3, 2, 1], ids);
        Assert.True(isStable);
        Assert.Equal(["count=100", "count=100&marker=a", "count=100&marker=b"], broker.Calls.Take(3).Select(CannedBroker.Query));
    }

    [Fact]
    public async Task A_last_page_that_is_empty_ends_the_list()
    {
        var (ids, isStable) = await Read(CannedBroker.InTurn(Page("a", 2, 1), null, Page("a", 2, 1), null));
        Assert.Equal([2, 1], ids);
        Assert.True(isStable);
    }

    [Fact]
    public async Task An_order_placed_between_two_pages_shifts_them_and_the_list_is_read_again()
    {
        // Order 5 arrives after the first page: the second page begins with 3 once more.
        var broker = CannedBroker.InTurn(Page("a", 4, 3), Page(null, 3, 2), Page("a", 5, 4), Page("b", 3, 2), Page(null, 1), Page("a", 5, 4), Page("b", 3, 2), Page(null, 1));
        var (ids, isStable) = await Read(broker);
        Assert.Equal([5, 4, 3, 2, 1], ids);
        Assert.True(isStable);
    }

    [Fact]
    public async Task An_order_that_slipped_through_between_two_pages_is_found_by_the_second_reading()
    {
        // Order 4 ends after the first page was read; 2 moves up to it and is on neither page.
        var broker = CannedBroker.InTurn(Page("a", 4, 3), Page(null, 1), Page("a", 3, 2), Page(null, 1), Page("a", 3, 2), Page(null, 1));
        var (ids, isStable) = await Read(broker);
        Assert.Equal([3, 2, 1], ids);
        Assert.True(isStable);
    }

    [Fact]
    public async Task A_list_that_never_rests_is_not_stable_and_does_not_go_on_for_ever()
    {
        var broker = new CannedBroker((_, turn) => CannedBroker.Reply(turn % 2 == 0 ? Page("a", turn + 2) : Page(null, 1)));
        var (ids, isStable) = await Read(broker);
        Assert.Equal([8, 1], ids);
        Assert.False(isStable);
        Assert.Equal(8, broker.Calls.Count);
    }

    [Theory]
    [InlineData("""{"OrdersResponse":{"next":"https://api.etrade.com/more","Order":[]}}""")]
    [InlineData("""{"OrdersResponse":{"marker":"a","next":"x","Order":[]}}""")]
    public async Task A_rest_that_cannot_be_reached_is_not_stable(string answer)
    {
        var broker = CannedBroker.Always(answer);
        Assert.False((await Read(broker)).IsStable);
        Assert.InRange(broker.Calls.Count, 1, 8);
    }

    [Fact]
    public async Task As_many_as_wanted_is_enough_and_never_called_whole()
    {
        var broker = CannedBroker.InTurn(Page("a", 5, 4), Page("b", 3, 2));
        var (ids, isStable) = await Read(broker, new OrderQuery { Most = 3 });
        Assert.Equal([5, 4, 3], ids);
        Assert.False(isStable);
        Assert.Equal("count=3", CannedBroker.Query(broker.Calls[0]));
        Assert.True((await Read(CannedBroker.InTurn(Page(null, 3, 2, 1)), new OrderQuery { Most = 3 })).IsStable);
    }

    [Fact]
    public async Task One_entry_for_each_fill_is_one_order_with_the_fullest_entry()
    {
        var broker = CannedBroker.InTurn(Page(null, Order(9, 2), Order(8), Order(9, 6), Order(9, 4)));
        var listing = await new AllCalls(broker).OrderList.ReadAsync(Endpoint.Key, new OrderQuery(), Stop);
        Assert.Equal([(9L, 6m), (8L, 0m)], listing.Orders.Select(order => (order.OrderId, order.FilledQuantity)));
        Assert.True(listing.IsStable);
    }

    [Fact]
    public async Task A_filter_is_sent_in_the_brokers_words()
    {
        var broker = CannedBroker.InTurn(null, null);
        await Read(broker, new OrderQuery { Status = BrokerOrderStatus.CancelRequested, From = new DateOnly(2026, 3, 9), To = new DateOnly(2026, 3, 10), Symbol = Symbol.Parse("AAPL") });
        Assert.Equal("count=100&status=CANCEL_REQUESTED&fromDate=03092026&toDate=03102026&symbol=AAPL", CannedBroker.Query(broker.Calls[0]));
    }

    [Fact]
    public async Task A_filter_that_the_broker_does_not_have_is_the_callers_mistake()
    {
        var broker = CannedBroker.Always("{}");
        await Assert.ThrowsAsync<ArgumentException>(() => Read(broker, new OrderQuery { Status = BrokerOrderStatus.Partial }));
        await Assert.ThrowsAsync<ArgumentException>(() => Read(broker, new OrderQuery { Status = BrokerOrderStatus.Other }));
        await Assert.ThrowsAsync<ArgumentException>(() => Read(broker, new OrderQuery { From = new DateOnly(2026, 3, 9) }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Read(broker, new OrderQuery { Most = 0 }));
        Assert.Equal(RequestFate.NotSent, (await Assert.ThrowsAsync<BrokerException>(() => Read(broker, new OrderQuery { Symbol = Symbol.Parse("BRK/B") }))).Fate);
        Assert.Empty(broker.Calls);
    }
}
