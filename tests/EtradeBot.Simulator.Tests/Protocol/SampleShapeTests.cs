namespace EtradeBot.Simulator.Protocol;

/// <summary>Answers against the recorded samples: the same names, the same kinds of values, in JSON and in XML.</summary>
public sealed class SampleShapeTests
{
    /// <summary>What the simulator adds to the samples, by what the sheet describes beside them.</summary>
    static readonly string[] Additions = ["/QuoteResponse/QuoteData[]/Option/OptionGreeks"];

    /// <summary>A whole 0 where there is no price: the samples hold an order with a stop, and shares not bought today.</summary>
    const string NoStop = "-/OrdersResponse/Order[]/OrderDetail[]/stopPrice";
    const string BoughtToday = "-/PortfolioResponse/AccountPortfolio[]/Position[]/todayPricePaid";

    [Theory]
    [InlineData("accounts-list", "/v1/accounts/list")]
    [InlineData("balance", "/v1/accounts/{margin}/balance?instType=BROKERAGE&realTimeNAV=true")]
    [InlineData("balance-cash", "/v1/accounts/{cash}/balance?instType=BROKERAGE")]
    [InlineData("quote-all", "/v1/market/quote/AAPL,MSFT?detailFlag=ALL")]
    [InlineData("quote-intraday", "/v1/market/quote/AAPL%2CMSFT?detailflag=intraday")]
    [InlineData("quote-fundamental", "/v1/market/quote/AAPL?detailFlag=FUNDAMENTAL")]
    [InlineData("quote-week52", "/v1/market/quote/AAPL?detailFlag=WEEK_52")]
    [InlineData("quote-options", "/v1/market/quote/AAPL?detailFlag=OPTIONS")]
    [InlineData("quote-some-invalid", "/v1/market/quote/AAPL,ZZQQX?detailFlag=INTRADAY")]
    [InlineData("quote-all-invalid", "/v1/market/quote/ZZQQX")]
    [InlineData("lookup", "/v1/market/lookup/apple")]
    [InlineData("option-chain", "/v1/market/optionchains?symbol=AAPL&noOfStrikes=4")]
    [InlineData("option-expire-dates", "/v1/market/optionexpiredate?symbol=AAPL")]
    [InlineData("alerts-list", "/v1/user/alerts")]
    public void Reading_calls_answer_as_recorded(string sample, string path) => Same(Desk.LoggedIn(), sample, path);

    [Theory]
    [InlineData("quote-all-afterhours", 21)]
    [InlineData("quote-all-premarket", 12)]
    public void Quotes_outside_the_session_answer_as_recorded(string sample, int hourUtc)
    {
        var desk = Desk.LoggedIn(new SimulatorOptions { Start = new DateTimeOffset(2026, 3, 10, hourUtc, 41, 9, TimeSpan.Zero), LimitsRates = false });
        Same(desk, sample, "/v1/market/quote/AAPL?detailFlag=ALL");
        var quote = desk.Get("/v1/market/quote/AAPL.json").At("QuoteResponse", "QuoteData", 0);
        Assert.Equal(("true", "CLOSING", "EH_REALTIME"), (quote.GetProperty("ahFlag").GetString(), quote.GetProperty("quoteStatus").GetString(), quote.GetProperty("All").GetProperty("ExtendedHourQuoteDetail").GetProperty("quoteStatus").GetString()));
        if (hourUtc == 12) Assert.All((string[])["open", "high", "low"], name => Assert.Equal("0.0", quote.GetProperty("All").GetProperty(name).GetRawText()));
    }

    [Fact]
    public void A_delayed_quote_answers_as_recorded()
    {
        var desk = Desk.LoggedIn();
        desk.Broker.AddFault(new Faults.Fault("delayed") { Times = null });
        Same(desk, "quote-delayed", "/v1/market/quote/AAPL?detailFlag=INTRADAY");
        Assert.Equal("DELAYED", desk.Get("/v1/market/quote/AAPL.json").At("QuoteResponse", "QuoteData", 0, "quoteStatus").GetString());
    }

    [Fact]
    public void What_follows_an_execution_answers_as_recorded()
    {
        var desk = Desk.LoggedIn();
        var first = desk.Place(new OrderText("BUY", "AAPL", 10));
        desk.Pass(120);
        Assert.Equal("EXECUTED", desk.OrderDetail(first).GetProperty("status").GetString());
        Same(desk, "order-detail", $"/v1/accounts/{desk.MarginKey}/orders/{first}");
        Same(desk, "portfolio", $"/v1/accounts/{desk.MarginKey}/portfolio", BoughtToday);
        desk.Place(new OrderText("BUY", "MSFT", 10));
        desk.Pass(120);
        Same(desk, "portfolio-totals", $"/v1/accounts/{desk.MarginKey}/portfolio?totalsRequired=true&count=1", BoughtToday);
        Same(desk, "transactions", $"/v1/accounts/{desk.MarginKey}/transactions?count=1");
    }

    [Fact]
    public void Order_lists_answer_as_recorded()
    {
        var desk = Desk.LoggedIn();
        var last = desk.Get("/v1/market/quote/AAPL.json?detailFlag=INTRADAY").At("QuoteResponse", "QuoteData", 0, "Intraday", "lastTrade").GetDecimal();
        desk.Place(new OrderText("BUY", "MSFT", 10));
        desk.Pass(120);
        var old = desk.Place(new OrderText("BUY", "AAPL", 10) { PriceType = "LIMIT", Limit = $"{decimal.Round(last * 0.9m, 2)}" });
        desk.Pass(1);
        Change(desk, old, new OrderText("BUY", "AAPL", 10) { PriceType = "LIMIT", Limit = $"{decimal.Round(last * 0.91m, 2)}" });
        desk.Pass(60);
        Same(desk, "orders-list", $"/v1/accounts/{desk.MarginKey}/orders", "/OrdersResponse/Order[]/OrderDetail[]/replacesOrderId", NoStop);
        Same(desk, "orders-list-paged", $"/v1/accounts/{desk.MarginKey}/orders?count=2", "/OrdersResponse/Order[]/OrderDetail[]/replacesOrderId", "/OrdersResponse/Order[]/OrderDetail[]/replacedByOrderId", NoStop, "-/OrdersResponse/Order[]/OrderDetail[]/limitPrice", "-/OrdersResponse/Order[]/OrderDetail[]/executedTime", "-/OrdersResponse/Order[]/OrderDetail[]/Instrument[]/averageExecutionPrice");
    }

    [Fact]
    public void Previews_places_and_cancels_answer_as_recorded()
    {
        var desk = Desk.LoggedIn();
        var order = new OrderText("BUY", "AAPL", 10) { PriceType = "LIMIT", Limit = "150" };
        var path = $"/v1/accounts/{desk.MarginKey}/orders";
        var preview = Sent(desk, "preview-response", path + "/preview", order.Preview());
        var placed = Sent(desk, "place-response", path + "/place", order.Place(preview.At("PreviewOrderResponse", "PreviewIds", 0, "previewId").GetInt64()));
        Sent(desk, "preview-response-warning", path + "/preview", order.Preview());
        desk.Pass(10);
        var id = placed.At("PlaceOrderResponse", "OrderIds", 0, "orderId").GetInt64();
        Sent(desk, "cancel-response", path + "/cancel", $"<CancelOrderRequest><orderId>{id}</orderId></CancelOrderRequest>", "PUT");
    }

    static void Change(Desk desk, long id, OrderText order)
    {
        var path = $"/v1/accounts/{desk.MarginKey}/orders/{id}/change";
        var preview = Sent(desk, "change-preview-response", path + "/preview", order.Preview(), "PUT");
        Sent(desk, "change-place-response", path + "/place", order.Place(preview.At("PreviewOrderResponse", "PreviewIds", 0, "previewId").GetInt64()), "PUT");
    }

    /// <summary>A call that changes something: once, in JSON. XML is compared with JSON by rendering alone.</summary>
    static Reply Sent(Desk desk, string sample, string path, string body, string method = "POST")
    {
        var reply = desk.Send(method, path + ".json", body);
        Compare(Sample(sample), Shape.OfJson(reply.Body), []);
        return reply;
    }

    static void Same(Desk desk, string sample, string path, params string[] further)
    {
        var expected = Sample(sample);
        var query = path.Replace("{margin}", desk.MarginKey, StringComparison.Ordinal).Replace("{cash}", desk.CashKey, StringComparison.Ordinal).Split('?', 2);
        var json = desk.Get(query[0] + ".json" + (query.Length > 1 ? "?" + query[1] : ""));
        Assert.True(json.Status == 200, json.Body);
        var shape = Shape.OfJson(json.Body);
        Compare(expected, shape, further);
        var xml = desk.Get(string.Join('?', query));
        Assert.StartsWith("application/xml", xml.Type, StringComparison.Ordinal);
        Assert.Equal(Shape.NamesOf(shape).Where(name => name.Length > 0), Shape.OfXml(xml.Body));
    }

    static SortedSet<string> Sample(string name) => Shape.OfJson(File.ReadAllText(TestFolders.Golden("etrade", name + ".json")));

    static void Compare(SortedSet<string> expected, SortedSet<string> actual, IReadOnlyList<string> further)
    {
        bool Allowed(string path) => further.Concat(Additions).Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal));
        bool Missing(string path) => further.Any(prefix => prefix[0] == '-' && path.StartsWith(prefix[1..], StringComparison.Ordinal));
        Assert.Equal(expected.Where(path => !Missing(path) && !Allowed(path)), actual.Where(path => !Allowed(path) && !Missing(path)));
    }
}
