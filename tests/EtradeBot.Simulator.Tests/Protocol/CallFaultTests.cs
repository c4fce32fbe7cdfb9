using System.Text;
using EtradeBot.Simulator.Faults;

namespace EtradeBot.Simulator.Protocol;

/// <summary>Faults of delivery, of HTTP and of tokens: what the customer sees, and whether the request was carried out.</summary>
public sealed class CallFaultTests
{
    readonly Desk _desk = Desk.LoggedIn();

    string Orders => $"/v1/accounts/{_desk.MarginKey}/orders";

    Reply Place()
    {
        var order = new OrderText("BUY", "AAPL", 1) { PriceType = "LIMIT", Limit = "100" };
        var preview = _desk.Send("POST", Orders + "/preview.json", order.Preview());
        return _desk.Send("POST", Orders + "/place.json", order.Place(preview.At("PreviewOrderResponse", "PreviewIds", 0, "previewId").GetInt64()));
    }

    int Booked => _desk.Broker.Books.EveryOrder(_desk.MarginKey).Count;

    [Theory]
    [InlineData("lost-answer", 1)]
    [InlineData("lost-request", 0)]
    [InlineData("reset", 1)]
    [InlineData("refuse-connection", 0)]
    [InlineData("captive-page", 0)]
    [InlineData("slow", 1)]
    [InlineData("drip", 1)]
    [InlineData("status-before", 0)]
    [InlineData("status-after", 1)]
    [InlineData("rate-limit", 0)]
    [InlineData("error-before", 0)]
    [InlineData("error-after", 1)]
    [InlineData("xml-error", 0)]
    [InlineData("malformed", 1)]
    [InlineData("kill-token", 0)]
    [InlineData("kill-token-after", 1)]
    [InlineData("key-rejected", 0)]
    [InlineData("timestamp-refused", 0)]
    [InlineData("nonce-used", 0)]
    [InlineData("signature-invalid", 0)]
    public void A_fault_of_place_either_books_the_order_or_does_not(string fault, int booked)
    {
        _desk.Broker.AddFault(new Fault(fault) { Call = "place" });
        Place();
        Assert.Equal(booked, Booked);
        Assert.Empty(_desk.Broker.Faults);
    }

    [Fact]
    public void Deliveries_are_told_to_the_carrier()
    {
        Delivery With(Fault fault)
        {
            _desk.Broker.AddFault(fault);
            return _desk.Get("/v1/accounts/list.json").Raw.Delivery;
        }

        Assert.True(With(new Fault("lost-answer")).Hangs);
        Assert.True(With(new Fault("lost-request")).Hangs);
        Assert.Equal(0, With(new Fault("refuse-connection")).CutAfter);
        Assert.Equal(0, With(new Fault("reset")).CutAfter);
        Assert.Equal(17, With(new Fault("reset") { Value = 17 }).CutAfter);
        Assert.Equal(TimeSpan.FromSeconds(5), With(new Fault("slow")).Delay);
        Assert.Equal(TimeSpan.FromSeconds(0.5), With(new Fault("drip")).Drip);
        Assert.Equal(Delivery.Prompt, _desk.Get("/v1/accounts/list.json").Raw.Delivery);
    }

    [Theory]
    [InlineData("status-before", null, null, 503, "text/html")]
    [InlineData("status-after", 500.0, null, 500, "text/html")]
    [InlineData("rate-limit", null, null, 400, "application/json")]
    [InlineData("rate-limit", 429.0, "html", 429, "text/html")]
    [InlineData("error-before", 100.0, null, 500, "application/json")]
    [InlineData("error-before", 31415.0, "never heard of", 400, "application/json")]
    [InlineData("xml-error", 100.0, null, 500, "application/xml")]
    [InlineData("captive-page", null, null, 200, "text/html")]
    [InlineData("empty-list", null, null, 204, "")]
    [InlineData("kill-token", null, null, 401, "text/html")]
    public void Each_fault_has_its_status_and_its_format(string name, double? value, string? text, int status, string type)
    {
        _desk.Broker.AddFault(new Fault(name) { Value = value, Text = text });
        var reply = _desk.Get("/v1/accounts/list.json");
        Assert.Equal(status, reply.Status);
        Assert.StartsWith(type, reply.Type, StringComparison.Ordinal);
        if (text == "never heard of") Assert.Equal("""{"Error":{"code":31415,"message":"never heard of"}}""", reply.Body);
    }

    [Fact]
    public void Only_lists_can_be_empty()
    {
        _desk.Broker.AddFault(new Fault("empty-list") { Times = null });
        Assert.Equal(200, Place().Status);
        Assert.Equal(204, _desk.Get(Orders).Status);
        Assert.Equal(200, _desk.Get("/v1/market/quote/AAPL").Status);
    }

    [Fact]
    public void A_killed_token_cannot_be_renewed()
    {
        _desk.Broker.AddFault(new Fault("kill-token-after"));
        Assert.Equal("token_expired", _desk.Get("/v1/accounts/list.json").Problem);
        Assert.Equal(401, _desk.Get("/oauth/renew_access_token").Status);
        _desk.LogIn();
        _desk.Broker.AddFault(new Fault("renew-fails"));
        Assert.Equal(401, _desk.Get("/oauth/renew_access_token").Status);
        Assert.Equal(200, _desk.Get("/oauth/renew_access_token").Status);
    }

    [Fact]
    public void A_duplicate_answer_is_the_one_before()
    {
        var before = _desk.Get("/v1/market/quote/AAPL.json").Body;
        _desk.Pass(60);
        _desk.Broker.AddFault(new Fault("duplicate-answer") { Call = "quote" });
        Assert.Equal(before, _desk.Get("/v1/market/quote/AAPL.json").Body);
        Assert.NotEqual(before, _desk.Get("/v1/market/quote/AAPL.json").Body);
    }

    [Theory]
    [InlineData("wrong-type", "\"closedDate\":\"abc\"")]
    [InlineData("null", "\"closedDate\":null")]
    [InlineData("nan", "\"closedDate\":NaN")]
    [InlineData("huge-number", "\"closedDate\":1000000000000000000000")]
    [InlineData("unknown-word", "\"accountStatus\":\"NEVER_SEEN_BEFORE\"")]
    [InlineData("duplicate-key", "\"accountMode\":\"MARGIN\",\"accountMode\":\"MARGIN2\"")]
    [InlineData("bom", "\uFEFF{")]
    public void Damage_is_of_the_kind_asked_for(string kind, string part)
    {
        _desk.Broker.AddFault(new Fault("malformed") { Text = kind });
        Assert.Contains(part, _desk.Get("/v1/accounts/list.json").Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_answer_ends_in_the_middle_and_ten_megabytes_are_ten()
    {
        var whole = _desk.Get("/v1/accounts/list.json").Body;
        _desk.Broker.AddFault(new Fault("malformed"));
        var half = _desk.Get("/v1/accounts/list.json").Body;
        Assert.StartsWith(half, whole, StringComparison.Ordinal);
        Assert.Equal(whole.Length / 2, half.Length);
        _desk.Broker.AddFault(new Fault("malformed") { Text = "ten-megabytes" });
        Assert.InRange(_desk.Get("/v1/accounts/list.json").Raw.Body.Length, 10 << 20, 11 << 20);
    }

    [Fact]
    public void A_list_of_one_can_be_a_bare_object()
    {
        _desk.Broker.AddFault(new Fault("malformed") { Text = "bare-object" });
        Assert.Equal("AAPL", _desk.Get("/v1/market/quote/AAPL.json").At("QuoteResponse", "QuoteData", "Product", "symbol").GetString());
    }

    [Fact]
    public void Every_fault_of_the_catalogue_can_be_set_and_no_call_breaks_under_it()
    {
        foreach (var info in FaultCatalog.All)
        {
            var desk = Desk.LoggedIn();
            desk.Place(new OrderText("BUY", "AAPL", 10));
            desk.Pass(120);
            desk.Broker.AddFault(new Fault(info.Name) { Times = null, Symbol = "AAPL" });
            foreach (var path in (string[])["accounts/list", $"accounts/{desk.MarginKey}/balance", $"accounts/{desk.MarginKey}/portfolio", $"accounts/{desk.MarginKey}/orders", $"accounts/{desk.MarginKey}/transactions", "market/quote/AAPL", "market/lookup/a", "market/optionchains?symbol=AAPL", "user/alerts"])
            {
                Assert.InRange(desk.Get("/v1/" + path).Status, 200, 599);
                desk.Pass(5);
            }
            Assert.InRange(desk.Send("POST", $"/v1/accounts/{desk.MarginKey}/orders/preview", new OrderText("SELL", "AAPL", 5).Preview()).Status, 200, 599);
        }
    }

    [Fact]
    public void The_fault_numbers_of_the_sheet_have_their_words()
    {
        foreach (var (file, code) in (ReadOnlySpan<(string, double)>)[("errors-unprocessable", 163), ("errors-service-unavailable", 100), ("errors-price-unavailable", 1508), ("errors-order-still-updating", 1524), ("errors-invalid-preview-id", 900)])
        {
            _desk.Broker.AddFault(new Fault("error-before") { Value = code });
            var recorded = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(TestFolders.Golden("etrade", file + ".json")))!.ToJsonString();
            Assert.Equal(recorded, Encoding.UTF8.GetString(_desk.Get("/v1/accounts/list.json").Raw.Body.Span));
        }
    }
}
