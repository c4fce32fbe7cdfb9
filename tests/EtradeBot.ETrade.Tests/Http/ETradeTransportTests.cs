using System.Text;
using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Http;

public sealed class ETradeTransportTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_read_arrives_as_asked_and_its_answer_comes_back_whole()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Answer.Json("""{"a":1}"""));
        using var wired = new Wired(server.Url);
        var reply = await wired.SendAsync(Wired.Quote with { Path = "/market/quote/AAPL,BRK.B.json", Query = [("detailFlag", "ALL"), ("x", "a b+c/=,é")] });
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(reply.Body.Span));
        Assert.Equal((200, "application/json", false), (reply.Status, reply.ContentType, reply.IsEmpty));
        Assert.Equal(wired.Time.GetUtcNow(), reply.ReceivedAt);
        var arrival = Assert.Single(server.Arrivals);
        Assert.Equal("GET /v1/market/quote/AAPL,BRK.B.json?detailFlag=ALL&x=a%20b%2Bc%2F%3D%2C%C3%A9", $"{arrival.Method} {arrival.Target}");
        Assert.StartsWith("etrade-bot/", arrival.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.Equal("application/json", arrival.Headers["Accept"]);
        Assert.Equal(Wired.TokenText, arrival.OAuth("oauth_token"));
        Assert.Equal("1773151200", arrival.OAuth("oauth_timestamp"));
        Assert.DoesNotContain("Cookie", arrival.Headers.Keys);
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("application/json")]
    public async Task A_body_arrives_with_its_type(string type)
    {
        await using var server = await LoopbackServer.StartAsync(_ => Answer.Json("{}"));
        using var wired = new Wired(server.Url);
        await wired.SendAsync(Wired.Place with { Body = "<é/>", BodyType = type });
        await wired.SendAsync(Wired.Cancel with { Body = "2", BodyType = type });
        Assert.Equal(["POST <é/>", "PUT 2"], server.Arrivals.Select(arrival => $"{arrival.Method} {arrival.Body}"));
        Assert.All(server.Arrivals, arrival => Assert.Equal(type + "; charset=utf-8", arrival.Headers["Content-Type"]));
    }

    [Fact]
    public async Task Each_attempt_has_a_nonce_of_its_own()
    {
        var count = 0;
        await using var server = await LoopbackServer.StartAsync(_ => Interlocked.Increment(ref count) <= 2 ? new Answer(503, "down", "text/plain") : Answer.Json("{}"));
        using var wired = new Wired(server.Url);
        var sending = wired.SendAsync(Wired.Read);
        await wired.Time.PassAsync(TimeSpan.FromSeconds(1), Stop);
        await wired.Time.PassAsync(TimeSpan.FromSeconds(2), Stop);
        await sending;
        Assert.Equal(3, server.Arrivals.Select(arrival => arrival.OAuth("oauth_nonce")).Distinct().Count());
        Assert.Equal(["1773151200", "1773151201", "1773151203"], server.Arrivals.Select(arrival => arrival.OAuth("oauth_timestamp")));
        Assert.Equal(3, server.Arrivals.Select(arrival => arrival.OAuth("oauth_signature")).Distinct().Count());
    }

    [Fact]
    public async Task Nothing_there_is_an_empty_answer()
    {
        await using var server = await LoopbackServer.StartAsync(_ => new Answer(204));
        using var wired = new Wired(server.Url);
        var reply = await wired.SendAsync(Wired.Read);
        Assert.Equal((204, true), (reply.Status, reply.IsEmpty));
    }

    [Fact]
    public async Task No_records_is_an_empty_answer_to_a_read_and_nothing_certain_to_an_order()
    {
        await using var server = await LoopbackServer.StartAsync(_ => new Answer(400, """{"Error":{"code":105,"message":"No records"}}"""));
        using var wired = new Wired(server.Url);
        Assert.True((await wired.SendAsync(Wired.Read)).IsEmpty);
        Assert.Equal(RequestFate.Unknown, (await wired.FailAsync(Wired.Place)).Fate);
    }

    [Fact]
    public async Task A_byte_order_mark_is_left_out()
    {
        await using var server = new RawServer(_ => RawReply.Json("\uFEFF{}"));
        using var wired = new Wired(server.Url);
        Assert.Equal("{}", Encoding.UTF8.GetString((await wired.SendAsync(Wired.Read)).Body.Span));
    }

    [Fact]
    public async Task Eight_mebibytes_are_read_and_a_byte_more_is_refused()
    {
        var size = AttemptHandler.LargestAnswer;
        await using var server = await LoopbackServer.StartAsync(_ => Answer.Json("{" + new string(' ', Volatile.Read(ref size) - 2) + "}"));
        using var wired = new Wired(server.Url);
        Assert.Equal(size, (await wired.SendAsync(Wired.Read)).Body.Length);
        Interlocked.Increment(ref size);
        var failed = await wired.FailAsync(Wired.Place);
        Assert.Equal((BrokerFault.UnexpectedReply, RequestFate.Unknown), (failed.Fault, failed.Fate));
        Assert.Contains("larger than 8 MiB", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirection_is_not_followed()
    {
        await using var server = new RawServer(_ => RawReply.Of("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"));
        using var wired = new Wired(server.Url);
        Assert.Equal(BrokerFault.UnexpectedReply, (await wired.FailAsync(Wired.Read)).Fault);
        var place = await wired.FailAsync(Wired.Place);
        Assert.Equal((RequestFate.Unknown, 302), (place.Fate, place.HttpStatus));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Polling_waits_while_an_order_goes_ahead()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Answer.Json("{}"));
        using var wired = new Wired(server.Url);
        var polling = new ETradeCall(HttpMethod.Get, ETradeModule.Orders, "/accounts/k/orders.json", "list the orders") { Priority = CallPriority.Polling };
        await wired.SendAsync(polling);
        wired.Time.Advance(TimeSpan.FromSeconds(0.5));
        await wired.SendAsync(polling);
        var third = wired.SendAsync(polling);
        var place = wired.SendAsync(Wired.Place);
        await wired.Time.PassAsync(TimeSpan.FromSeconds(0.75), Stop);
        await place;
        Assert.False(third.IsCompleted);
        await wired.Time.PassAsync(TimeSpan.FromSeconds(0.5), Stop);
        await third;
        Assert.Equal(["GET", "GET", "POST", "GET"], server.Arrivals.Select(arrival => arrival.Method));
    }

    [Fact]
    public void An_answer_that_cannot_be_read_leaves_an_order_in_doubt_and_a_preview_not()
    {
        using var wired = new Wired(new Uri("http://127.0.0.1:9"));
        var reply = new ETradeReply(200, null, "{"u8.ToArray(), wired.Time.GetUtcNow());
        var place = wired.Transport.Unreadable(Wired.Place, reply, "no order\nnumber");
        Assert.Equal((BrokerFault.UnexpectedReply, RequestFate.Unknown), (place.Fault, place.Fate));
        Assert.Contains("no order number", place.Message, StringComparison.Ordinal);
        Assert.Equal(RequestFate.Refused, wired.Transport.Unreadable(Wired.Preview, reply, "x").Fate);
        Assert.Equal(RequestFate.Refused, wired.Transport.Unreadable(Wired.Read, reply, "x").Fate);
    }

    [Fact]
    public void Two_hundred_symbols_are_four_requests_and_the_pace_tells_how_often()
    {
        using var wired = new Wired(new Uri("http://127.0.0.1:9"));
        Assert.Equal(11_200 / 3600.0, wired.Transport.MarketRequestsPerSecond, 1e-9);
    }
}
