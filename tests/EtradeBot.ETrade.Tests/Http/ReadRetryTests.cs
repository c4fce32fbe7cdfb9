using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Http;

public sealed class ReadRetryTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Passing =>
    [
        "500 {\"Error\":{\"code\":100,\"message\":\"x\"}}",
        "500 {\"Error\":{\"code\":670,\"message\":\"x\"}}",
        "500 oops",
        "502 <html></html>",
        "503 ",
        "504 {}",
    ];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_read_is_sent_again_after_one_two_four_and_eight_seconds_and_then_fails(string answer)
    {
        await using var server = await LoopbackServer.StartAsync(_ => new Answer(int.Parse(answer[..3], null), answer[4..], "text/plain"));
        using var wired = new Wired(server.Url);
        var failing = wired.FailAsync(Wired.Read);
        foreach (var seconds in new[] { 1, 2, 4, 8 }) await wired.Time.PassAsync(TimeSpan.FromSeconds(seconds), Stop);
        var failed = await failing;
        Assert.Equal((BrokerFault.Unavailable, RequestFate.Refused), (failed.Fault, failed.Fate));
        Assert.Equal(5, server.Arrivals.Count);
    }

    [Fact]
    public async Task Chance_leaves_at_least_half_of_each_wait()
    {
        await using var server = await LoopbackServer.StartAsync(_ => new Answer(503));
        using var wired = new Wired(server.Url, options => options with { Jitter = () => 0 });
        var failing = wired.FailAsync(Wired.Read);
        foreach (var seconds in new[] { 0.5, 1, 2, 4 }) await wired.Time.PassAsync(TimeSpan.FromSeconds(seconds), Stop);
        await failing;
    }

    [Theory]
    [InlineData(163)]
    [InlineData(1508)]
    [InlineData(1524)]
    public async Task A_passing_refusal_of_a_read_gets_one_more_try_after_a_second(int code)
    {
        await using var server = await LoopbackServer.StartAsync(_ => new Answer(400, $$$"""{"Error":{"code":{{{code}}},"message":"x"}}"""));
        using var wired = new Wired(server.Url);
        var failing = wired.FailAsync(Wired.Read);
        await wired.Time.PassAsync(TimeSpan.FromSeconds(1), Stop);
        Assert.Equal((BrokerFault.TryAgain, code), ((await failing).Fault, (await failing).Code));
        Assert.Equal(2, server.Arrivals.Count);
    }

    [Theory]
    [InlineData("nonce_used")]
    [InlineData("parameter_absent&oauth_parameters_absent=oauth_nonce")]
    public async Task A_stumble_over_the_nonce_gets_one_more_try_with_another(string problem)
    {
        await using var server = await LoopbackServer.StartAsync(_ => Answer.OAuthProblem(problem));
        using var wired = new Wired(server.Url);
        Assert.Equal(BrokerFault.TryAgain, (await wired.FailAsync(Wired.Read)).Fault);
        Assert.Equal(2, server.Arrivals.Select(arrival => arrival.OAuth("oauth_nonce")).Distinct().Count());
    }

    [Fact]
    public async Task A_read_refused_by_the_rate_limit_pauses_its_module_and_is_sent_again()
    {
        var count = 0;
        await using var server = await LoopbackServer.StartAsync(_ => Interlocked.Increment(ref count) == 1
            ? new Answer(400, File.ReadAllText(TestFolders.Golden("etrade", "errors-rate-limit.json"))) : Answer.Json("{}"));
        using var wired = new Wired(server.Url);
        var sending = wired.SendAsync(Wired.Quote);
        await wired.Time.PassAsync(TimeSpan.FromSeconds(2), Stop);
        await sending;
        Assert.Equal(2, server.Arrivals.Count);
        Assert.InRange(wired.Transport.MarketRequestsPerSecond, 1.5, 1.6);
    }

    [Theory]
    [InlineData("POST", "/accounts/k/orders/place.json")]
    [InlineData("POST", "/accounts/k/orders/preview.json")]
    [InlineData("PUT", "/accounts/k/orders/cancel.json")]
    [InlineData("PUT", "/accounts/k/orders/7/change/place.json")]
    [InlineData("DELETE", "/user/alerts/1.json")]
    public async Task Nothing_but_a_read_is_ever_sent_twice(string method, string path)
    {
        var answers = new Queue<Answer>([new(503), new(429), new(400, """{"Error":{"code":163}}"""), Answer.OAuthProblem("nonce_used"), Answer.OAuthProblem("parameter_absent"), new(500, """{"Error":{"code":100}}""")]);
        var asked = answers.Count;
        await using var server = await LoopbackServer.StartAsync(_ => answers.Dequeue());
        using var wired = new Wired(server.Url);
        var call = new ETradeCall(new HttpMethod(method), ETradeModule.Orders, path, "change something") { Body = method == "DELETE" ? null : "{}" };
        for (var i = 1; i <= asked; i++)
        {
            await wired.FailAsync(call);
            // Past every limit, and past every wait that a retry could have begun.
            wired.Time.Advance(TimeSpan.FromSeconds(60));
            Assert.Equal(i, server.Arrivals.Count);
        }
    }

    [Fact]
    public async Task The_deadline_holds_over_all_retries_and_names_the_last_failure()
    {
        await using var server = await LoopbackServer.StartAsync(_ => new Answer(503));
        using var wired = new Wired(server.Url, options => options with { Deadline = TimeSpan.FromSeconds(2.5) });
        var failing = wired.FailAsync(Wired.Read);
        await wired.Time.PassAsync(TimeSpan.FromSeconds(1), Stop);
        await wired.Time.PassAsync(TimeSpan.FromSeconds(2), Stop);
        Assert.Equal((BrokerFault.Unavailable, 503), ((await failing).Fault, (await failing).HttpStatus));
        Assert.Equal(2, server.Arrivals.Count);
    }

    [Fact]
    public async Task Whoever_waits_for_the_rate_limit_past_the_deadline_was_not_sent()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Answer.Json("{}"));
        using var wired = new Wired(server.Url, options => options with { Deadline = TimeSpan.FromSeconds(1) });
        await wired.SendAsync(Wired.Place);
        await wired.SendAsync(Wired.Place);
        var failing = wired.FailAsync(Wired.Place);
        await wired.Time.SawAsync(TimeSpan.FromSeconds(1.25), Stop);
        wired.Time.Advance(TimeSpan.FromSeconds(1));
        var failed = await failing;
        Assert.Equal((BrokerFault.Unreachable, RequestFate.NotSent), (failed.Fault, failed.Fate));
        Assert.Contains("within 1 s", failed.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Arrivals.Count);
    }
}
