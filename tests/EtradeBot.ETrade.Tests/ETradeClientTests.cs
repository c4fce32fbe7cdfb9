using EtradeBot.Brokers;
using EtradeBot.ETrade.Api;
using EtradeBot.ETrade.Http;
using EtradeBot.ETrade.Wire;
using EtradeBot.Market;

namespace EtradeBot.ETrade;

/// <summary>The public client over real HTTP: what leaves, what comes back, what goes wrong.</summary>
public sealed class ETradeClientTests
{
    const string Account = $"/v1/accounts/{Endpoint.Key}";

    static readonly Symbol Apple = Symbol.Parse("AAPL");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static ETradeClient Client(Uri url)
    {
        var time = new WatchedTime();
        return new ETradeClient(Wired.Options(url, time), new AccessToken(Wired.TokenText, "nV7/+q2Zs9LkT4eBwR8cXyH3uJ6mPd1gFoA0iK5vN2E=", time.GetUtcNow()));
    }

    static Task<LoopbackServer> Serving(string sample) =>
        LoopbackServer.StartAsync(_ => new Answer(200, sample[0] is '{' ? sample : Sample.Text(sample), sample.EndsWith(".xml", StringComparison.Ordinal) ? "application/xml" : "application/json"));

    /// <summary>Every public call, the request line it sends, and the stored answer to it.</summary>
    static readonly Dictionary<string, (string Line, string Sample, Func<ETradeClient, Task<object?>> Run)> Calls = new()
    {
        ["accounts"] = ("GET /v1/accounts/list.json", "accounts-list.json", async client => await client.AccountsAsync(Stop)),
        ["balance"] = ($"GET {Account}/balance.json?instType=BROKERAGE&realTimeNAV=true", "balance.json", async client => await client.BalanceAsync(Endpoint.Key, Stop)),
        ["portfolio"] = ($"GET {Account}/portfolio.json?count=50&pageNumber=1&sortBy=SYMBOL&sortOrder=ASC&totalsRequired=true&view=QUICK", "portfolio.json", async client => await client.PortfolioAsync(Endpoint.Key, Stop)),
        ["lots"] = ($"GET {Account}/portfolio/61200447100.json", """{"PositionLotsResponse":{}}""", async client => await client.LotsAsync(Endpoint.Key, 61200447100, Stop)),
        ["transactions"] = ($"GET {Account}/transactions.json?startDate=03012026&endDate=03102026&sortOrder=DESC&count=50", """{"TransactionListResponse":{}}""", async client => await client.TransactionsAsync(Endpoint.Key, new TransactionQuery(From: new DateOnly(2026, 3, 1)), Stop)),
        ["transaction"] = ($"GET {Account}/transactions/77.json", """{"TransactionDetailsResponse":{"transactionId":77,"amount":1}}""", async client => await client.TransactionAsync(Endpoint.Key, "77", Stop)),
        ["quotes"] = ("GET /v1/market/quote/AAPL,MSFT.json?detailFlag=ALL&skipMiniOptionsCheck=true", "quote-all.json", async client => await client.QuotesAsync([Apple, Symbol.Parse("MSFT")], stop: Stop)),
        ["facts"] = ("GET /v1/market/quote/AAPL.json?detailFlag=FUNDAMENTAL&skipMiniOptionsCheck=true&requireEarningsDate=true", "quote-fundamental.json", async client => await client.FactsAsync([Apple], QuoteDetail.Fundamental, Stop)),
        ["lookup"] = ("GET /v1/market/lookup/at%26t%20inc.json", "lookup.json", async client => await client.LookupAsync("at&t inc", Stop)),
        ["option dates"] = ("GET /v1/market/optionexpiredate.json?symbol=AAPL", "option-expire-dates.json", async client => await client.OptionExpiriesAsync(Apple, Stop)),
        ["option chain"] = ("GET /v1/market/optionchains.json?symbol=AAPL&noOfStrikes=4&includeWeekly=true", "option-chain.json", async client => await client.OptionChainAsync(new OptionChainQuery(Apple) { Strikes = 4, IncludeWeekly = true }, Stop)),
        ["orders"] = ($"GET {Account}/orders.json?count=100&status=OPEN&symbol=AAPL", "orders-list.json", async client => await client.OrdersAsync(Endpoint.Key, new OrderQuery { Status = BrokerOrderStatus.Open, Symbol = Apple }, Stop)),
        ["order"] = ($"GET {Account}/orders/1186.json", "order-detail.json", async client => await client.OrderAsync(Endpoint.Key, 1186, Stop)),
        ["preview"] = ($"POST {Account}/orders/preview.json", "preview-response.json", async client => await client.PreviewAsync(Endpoint.Key, Endpoint.Ticket, Stop)),
        ["place"] = ($"POST {Account}/orders/place.json", "place-response.json", async client => await client.PlaceAsync(Endpoint.Key, Endpoint.Preview, Stop)),
        ["preview of a change"] = ($"PUT {Account}/orders/1187/change/preview.json", "change-preview-response.json", async client => await client.PreviewChangeAsync(Endpoint.Key, 1187, Endpoint.Ticket, Stop)),
        ["change"] = ($"PUT {Account}/orders/1187/change/place.json", "change-place-response.json", async client => await client.PlaceChangeAsync(Endpoint.Key, Endpoint.Preview with { Changes = 1187 }, Stop)),
        ["cancel"] = ($"PUT {Account}/orders/cancel.json", "cancel-response.json", async client => await client.CancelAsync(Endpoint.Key, 1187, Stop)),
        ["alerts"] = ("GET /v1/user/alerts.json?count=300", "alerts-list.json", async client => await client.AlertsAsync(Stop)),
        ["alert"] = ("GET /v1/user/alerts/5108.json", """{"AlertDetailsResponse":{"id":5108}}""", async client => await client.AlertAsync(5108, Stop)),
        ["deletion of alerts"] = ("DELETE /v1/user/alerts/5108,5109.json", """{"AlertsResponse":{"result":"SUCCESS"}}""", async client => await client.DeleteAlertsAsync([5108, 5109], Stop)),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_call_sends_its_request_line_and_reads_the_answer(string name)
    {
        var (line, sample, run) = Calls[name];
        await using var server = await Serving(sample);
        using var client = Client(server.Url);
        Assert.NotNull(await run(client));
        var arrival = Assert.Single(server.Arrivals);
        Assert.Equal(line, $"{arrival.Method} {arrival.Target}");
    }

    [Fact]
    public void Every_public_call_is_in_the_table()
    {
        var calls = typeof(ETradeClient).GetMethods().Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal));
        Assert.Equal(calls.Count(), Calls.Count);
    }

    [Theory]
    [InlineData("accounts", "accounts-list.xml")]
    [InlineData("quotes", "quote-intraday.xml")]
    [InlineData("orders", "orders-list.xml")]
    [InlineData("preview", "preview-response.xml")]
    [InlineData("place", "place-response.xml")]
    [InlineData("cancel", "cancel-response.xml")]
    public async Task An_XML_answer_gives_what_the_JSON_answer_gives(string name, string xml)
    {
        var json = name == "quotes" ? "quote-intraday.json" : Calls[name].Sample;
        Assert.Equivalent(await Answer(json), await Answer(xml), strict: true);

        async Task<object?> Answer(string sample)
        {
            await using var server = await Serving(sample);
            using var client = Client(server.Url);
            return await Calls[name].Run(client);
        }
    }

    public static TheoryData<string, int, string, string, BrokerFault> Faults
    {
        get
        {
            (int Status, string Type, string Body, BrokerFault Fault)[] faults =
            [
                (200, "text/html", "<!doctype html><html><body>Log in to the hotel network</body></html>", BrokerFault.UnexpectedReply),
                (200, "application/json", """{"Error":{"code":102,"message":"Please enter valid Account Key"}}""", BrokerFault.Refused),
                (200, "application/json", "{\"QuoteRes", BrokerFault.UnexpectedReply),
                (200, "application/json", """{"SomethingElse":{}}""", BrokerFault.UnexpectedReply),
                (200, "application/json", "", BrokerFault.UnexpectedReply),
                (400, "application/xml", "<Error><code>102</code><message>Please enter valid Account Key</message></Error>", BrokerFault.Refused),
                (400, "application/json", """{"Error":{"code":1037,"message":"Not enough available shares"}}""", BrokerFault.Refused),
                (302, "text/html", "", BrokerFault.UnexpectedReply),
            ];
            var data = new TheoryData<string, int, string, string, BrokerFault>();
            foreach (var name in Calls.Keys)
                foreach (var (status, type, body, fault) in faults) data.Add(name, status, type, body, fault);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Every_call_meets_every_fault_with_the_typed_error(string name, int status, string type, string body, BrokerFault fault)
    {
        await using var server = await LoopbackServer.StartAsync(_ => new Answer(status, body, type));
        using var client = Client(server.Url);
        var error = await Assert.ThrowsAsync<BrokerException>(() => Calls[name].Run(client));
        Assert.Equal(fault, error.Fault);
        var mayHaveHappened = Endpoint.Of(name).ChangesSomething && status < 400;
        Assert.Equal(mayHaveHappened ? RequestFate.Unknown : RequestFate.Refused, error.Fate);
        Assert.Single(server.Arrivals);
        Assert.DoesNotContain(Wired.TokenText, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_travels_as_the_stored_requests_do()
    {
        await using var server = await LoopbackServer.StartAsync(arrival =>
            new Answer(200, Sample.Text(arrival.Target.EndsWith("preview.json", StringComparison.Ordinal) ? "preview-response.json" : "place-response.json")));
        using var client = Client(server.Url);
        var preview = await client.PreviewAsync(Endpoint.Key, Endpoint.Ticket, Stop);
        var placed = await client.PlaceAsync(Endpoint.Key, preview, Stop);
        Assert.Equal((1187L, 0, 0), (placed.OrderId, placed.Differences.Count, preview.Differences.Count));
        Assert.Equal([Sample.Text("preview-request.xml").TrimEnd(), Sample.Text("place-request.xml").TrimEnd()], server.Arrivals.Select(arrival => arrival.Body));
        Assert.All(server.Arrivals, arrival => Assert.StartsWith("application/xml", arrival.Headers["Content-Type"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_place_is_sent_once_and_says_that_its_fate_is_unknown()
    {
        await using var server = await LoopbackServer.StartAsync(_ => new Answer(500, """{"Error":{"code":100,"message":"down"}}"""));
        using var client = Client(server.Url);
        var error = await Assert.ThrowsAsync<BrokerException>(() => client.PlaceAsync(Endpoint.Key, Endpoint.Preview, Stop));
        Assert.Equal((BrokerFault.Unavailable, RequestFate.Unknown), (error.Fault, error.Fate));
        Assert.Single(server.Arrivals);
    }

    [Fact]
    public async Task Sixty_symbols_are_two_requests_and_a_bad_one_among_them_spoils_nothing()
    {
        await using var server = await LoopbackServer.StartAsync(arrival => new Answer(200, Sample.Text("quote-some-invalid.json")));
        using var client = Client(server.Url);
        var symbols = Enumerable.Range(0, 58).Select(number => Symbol.Parse($"X{number}")).Prepend(Symbol.Parse("BRK/B")).Prepend(Apple).ToList();
        var answer = await client.QuotesAsync(symbols, stop: Stop);
        Assert.Equal(Apple, Assert.Single(answer.Quotes).Symbol);
        Assert.Equal(59, answer.Unknown.Count);
        Assert.StartsWith("E*TRADE writes share classes with a dot", answer.Unknown[0].Message, StringComparison.Ordinal);
        Assert.Equal([9, 50], server.Arrivals.Select(arrival => arrival.Target.Split(',').Length).Order());
        Assert.All(server.Arrivals, arrival => Assert.Equal(arrival.Target.Split(',').Length > 25, arrival.Target.Contains("overrideSymbolCount=true", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(404, """{"Error":{"code":9999,"message":"no such order"}}""", "application/json", true)]
    [InlineData(204, "", "application/json", true)]
    [InlineData(404, "<html><body>Not Found</body></html>", "text/html", false)]
    public async Task An_order_is_missing_only_by_the_brokers_own_word(int status, string body, string type, bool isMissing)
    {
        await using var server = await LoopbackServer.StartAsync(_ => new Answer(status, body, type));
        using var client = Client(server.Url);
        if (isMissing) Assert.Null(await client.OrderAsync(Endpoint.Key, 1186, Stop));
        else await Assert.ThrowsAsync<BrokerException>(() => client.OrderAsync(Endpoint.Key, 1186, Stop));
    }

    [Fact]
    public async Task A_wait_given_up_ends_the_call()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var asked = new TaskCompletionSource();
        var never = new TaskCompletionSource<Answer>();
        await using var server = await LoopbackServer.StartAsync(_ =>
        {
            asked.TrySetResult();
            return never.Task;
        });
        using var client = Client(server.Url);
        var call = client.QuotesAsync([Apple], stop: stopping.Token);
        await asked.Task.WaitAsync(Stop);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        never.SetResult(new Answer(204));
    }

    [Fact]
    public async Task Without_a_token_a_person_has_to_log_in()
    {
        await using var server = await LoopbackServer.StartAsync(_ => new Answer(204));
        using var client = new ETradeClient(Wired.Options(server.Url, new WatchedTime()));
        Assert.Equal(TokenState.NeedsPerson, client.Session.State);
        var error = await Assert.ThrowsAsync<BrokerException>(() => client.AccountsAsync(Stop));
        Assert.Equal((BrokerFault.SessionExpired, RequestFate.NotSent), (error.Fault, error.Fate));
        Assert.Empty(server.Arrivals);
        Assert.InRange(client.MarketRequestsPerSecond, 2.5, 4);
    }
}
