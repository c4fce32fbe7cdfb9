namespace EtradeBot.Simulator.Protocol.Routes;

public sealed class OrderRoutesTests
{
    readonly Desk _desk = Desk.LoggedIn();

    string Orders => $"/v1/accounts/{_desk.MarginKey}/orders";

    static OrderText Resting(int cents = 0) => new("BUY", "AAPL", 1) { PriceType = "LIMIT", Limit = (100m + cents / 100m).ToString(System.Globalization.CultureInfo.InvariantCulture) };

    [Fact]
    public void Orders_come_newest_first_in_pages_that_meet()
    {
        for (var i = 0; i < 30; i++)
        {
            _desk.Place(Resting(i));
            _desk.Pass(1);
        }
        var first = _desk.Get(Orders + ".json").At("OrdersResponse");
        Assert.Equal(25, first.GetProperty("Order").GetArrayLength());
        var second = _desk.Get(first.GetProperty("next").GetString()![Desk.Root.Length..]).At("OrdersResponse");
        Assert.Equal(5, second.GetProperty("Order").GetArrayLength());
        Assert.False(second.TryGetProperty("marker", out _));
        var ids = first.GetProperty("Order").EnumerateArray().Concat(second.GetProperty("Order").EnumerateArray()).Select(order => order.GetProperty("orderId").GetInt64()).ToList();
        Assert.Equal(ids.OrderDescending(), ids);
        Assert.Equal(30, ids.Distinct().Count());
        Assert.Equal(30, _desk.Get(Orders + ".json?count=500").At("OrdersResponse", "Order").GetArrayLength());
    }

    [Fact]
    public void A_paging_shift_shows_an_order_on_both_pages()
    {
        for (var i = 0; i < 4; i++) _desk.Place(Resting(i));
        _desk.Broker.AddFault(new Faults.Fault("paging-shift"));
        var first = _desk.Get(Orders + ".json?count=2").At("OrdersResponse");
        var second = _desk.Get($"{Orders}.json?count=2&marker={first.GetProperty("marker").GetString()}").At("OrdersResponse", "Order");
        Assert.Equal(first.GetProperty("Order")[1].GetProperty("orderId").GetInt64(), second[0].GetProperty("orderId").GetInt64());
    }

    [Theory]
    [InlineData("status=OPEN", 2)]
    [InlineData("status=EXECUTED", 1)]
    [InlineData("symbol=msft", 1)]
    [InlineData("symbol=msft,AAPL", 3)]
    [InlineData("transactionType=SELL", 0)]
    [InlineData("transactionType=ATNM", 3)]
    [InlineData("securityType=OPTN", 0)]
    [InlineData("marketSession=REGULAR", 3)]
    [InlineData("fromDate=03102026&toDate=03102026", 3)]
    [InlineData("fromDate=03112026&toDate=03122026", 0)]
    [InlineData("FROMDATE=03092026&todate=03102026&STATUS=open", 2)]
    public void Filters_choose(string query, int count)
    {
        _desk.Place(new OrderText("BUY", "MSFT", 1));
        _desk.Pass(120);
        _desk.Place(Resting(1));
        _desk.Place(Resting(2));
        var reply = _desk.Get($"{Orders}.json?{query}");
        Assert.Equal(count, reply.Status == 204 ? 0 : reply.At("OrdersResponse", "Order").GetArrayLength());
    }

    [Theory]
    [InlineData("fromDate=03102026", "both")]
    [InlineData("fromDate=2026-03-10&toDate=03102026", "MMDDYYYY")]
    [InlineData("fromDate=03112026&toDate=03102026", "lies after")]
    [InlineData("status=GONE", "status must be one of")]
    [InlineData("count=ten", "whole number")]
    [InlineData("count=0", "at least 1")]
    [InlineData("marker=abc", "marker")]
    public void A_wrong_filter_is_named(string query, string words)
    {
        var reply = _desk.Get($"{Orders}.json?{query}");
        Assert.Equal(400, reply.Status);
        Assert.Contains(words, reply.At("Error", "message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refusals_of_the_books_are_error_documents_in_the_format_asked_for()
    {
        var json = _desk.Get("/v1/accounts/nobody/orders.json");
        Assert.Equal((400, 102), (json.Status, json.At("Error", "code").GetInt32()));
        var xml = _desk.Get("/v1/accounts/nobody/orders");
        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Error><code>102</code><message>Please enter valid Account Key</message></Error>", xml.Body);
        var place = _desk.Send("POST", Orders + "/place.json", Resting().Place(17));
        Assert.Equal((400, 900), (place.Status, place.At("Error", "code").GetInt32()));
        var number = _desk.Get($"/v1/accounts/{_desk.Broker.Accounts[0].Number}/balance.json?instType=BROKERAGE");
        Assert.Equal((400, 102), (number.Status, number.At("Error", "code").GetInt32()));
    }

    [Fact]
    public void A_cancelled_order_carries_an_execution_time_that_overflowed()
    {
        var id = _desk.Place(Resting());
        Assert.Equal(5011, _desk.Send("PUT", Orders + "/cancel.json", $$$"""{"CancelOrderRequest":{"orderId":{{{id}}}}}""").At("CancelOrderResponse", "Messages", "Message", 0, "code").GetInt32());
        _desk.Pass(60);
        var detail = _desk.OrderDetail(id);
        Assert.Equal("CANCELLED", detail.GetProperty("status").GetString());
        Assert.InRange(detail.GetProperty("executedTime").GetInt64(), int.MinValue, int.MaxValue);
    }

    [Fact]
    public void A_sale_has_negative_totals()
    {
        _desk.Place(new OrderText("BUY", "AAPL", 10));
        _desk.Pass(120);
        var preview = _desk.Send("POST", Orders + "/preview.json", new OrderText("SELL", "AAPL", 10).Preview()).At("PreviewOrderResponse");
        Assert.True(preview.GetProperty("totalOrderValue").GetDecimal() < 0);
        Assert.True(preview.GetProperty("Order")[0].GetProperty("estimatedTotalAmount").GetDecimal() < 0);
    }

    [Fact]
    public void A_cash_account_shows_its_own_kind_of_buying_power()
    {
        var preview = _desk.Send("POST", $"/v1/accounts/{_desk.CashKey}/orders/preview.json", Resting().Preview()).At("PreviewOrderResponse");
        Assert.Equal(100_000m, preview.GetProperty("cashBpDetails").GetProperty("settled").GetProperty("currentBp").GetDecimal());
        Assert.False(preview.TryGetProperty("marginBpDetails", out _));
    }

    [Theory]
    [InlineData("GET", "/v1/accounts/x/orders/cancel", 405)]
    [InlineData("POST", "/v1/accounts/x/orders/cancel", 405)]
    [InlineData("DELETE", "/v1/accounts/list", 405)]
    [InlineData("GET", "/v1/accounts/x/orders/5/change/preview", 405)]
    [InlineData("GET", "/v1/nothing", 404)]
    [InlineData("GET", "/v2/accounts/list", 404)]
    [InlineData("GET", "/favicon.ico", 404)]
    [InlineData("GET", "/v1/accounts/x/transactions/17", 400)]
    public void Unknown_paths_and_methods_are_told_apart(string method, string path, int status)
    {
        var reply = _desk.Send(method, path);
        Assert.Equal(status, reply.Status);
        if (status == 405) Assert.Contains(reply.Raw.Headers, header => header.Key == "Allow");
    }
}
