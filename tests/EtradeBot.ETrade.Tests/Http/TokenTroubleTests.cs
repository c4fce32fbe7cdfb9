using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Http;

/// <summary>Calls whose token sleeps, dies or is gone.</summary>
public sealed class TokenTroubleTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("token_expired")]
    [InlineData("token_rejected")]
    public async Task A_read_renews_a_refused_token_once_and_goes_on(string problem)
    {
        var refused = 0;
        await using var server = await LoopbackServer.StartAsync(arrival => IsRenewal(arrival) ? Renewed() : Interlocked.Increment(ref refused) == 1 ? Answer.OAuthProblem(problem) : Answer.Json("{}"));
        using var wired = new Wired(server.Url);
        await wired.SendAsync(Wired.Read);
        Assert.Equal(["/v1/accounts/list.json", "/oauth/renew_access_token", "/v1/accounts/list.json"], Targets(server));
        Assert.Equal(TokenState.Valid, wired.Session.State);
    }

    [Fact]
    public async Task A_renewal_that_is_granted_and_then_not_honoured_needs_a_person()
    {
        await using var server = await LoopbackServer.StartAsync(arrival => IsRenewal(arrival) ? Renewed() : Answer.OAuthProblem("token_rejected"));
        using var wired = new Wired(server.Url);
        List<AccessToken?> changes = [];
        wired.Session.TokenChanged += changes.Add;
        var failed = await wired.FailAsync(Wired.Read);
        Assert.Equal((BrokerFault.SessionExpired, RequestFate.Refused), (failed.Fault, failed.Fate));
        Assert.Contains("etrade-bot login", failed.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Arrivals.Count);
        Assert.Equal((TokenState.NeedsPerson, null), (wired.Session.State, wired.Session.Token));
        Assert.Equal([null], changes);
        // From here on nobody asks the broker any more.
        Assert.Equal((BrokerFault.SessionExpired, RequestFate.NotSent), ((await wired.FailAsync(Wired.Place)).Fault, (await wired.FailAsync(Wired.Place)).Fate));
        Assert.Equal(3, server.Arrivals.Count);
    }

    [Fact]
    public async Task A_renewal_that_is_refused_needs_a_person()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Answer.OAuthProblem("token_expired"));
        using var wired = new Wired(server.Url);
        var failed = await wired.FailAsync(Wired.Read);
        Assert.Equal(BrokerFault.SessionExpired, failed.Fault);
        Assert.Equal(2, server.Arrivals.Count);
        Assert.Equal(TokenState.NeedsPerson, wired.Session.State);
    }

    [Fact]
    public async Task Many_reads_refused_at_once_share_one_renewal()
    {
        var bothAreRefused = new TaskCompletionSource();
        var arrived = 0;
        await using var server = await LoopbackServer.StartAsync(async arrival =>
        {
            if (IsRenewal(arrival)) return Renewed();
            var number = Interlocked.Increment(ref arrived);
            if (number > 2) return Answer.Json("{}");
            if (number == 2) bothAreRefused.SetResult();
            await bothAreRefused.Task;
            return Answer.OAuthProblem("token_expired");
        });
        using var wired = new Wired(server.Url);
        await Task.WhenAll(wired.SendAsync(Wired.Quote), wired.SendAsync(Wired.Quote));
        Assert.Equal(5, server.Arrivals.Count);
        Assert.Single(Targets(server), target => target.StartsWith("/oauth/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_order_refused_for_its_token_is_in_doubt_and_not_sent_again_and_the_next_call_renews_first()
    {
        var count = 0;
        await using var server = await LoopbackServer.StartAsync(_ => Interlocked.Increment(ref count) == 1 ? Answer.OAuthProblem("token_expired") : Answer.Json("{}"));
        using var wired = new Wired(server.Url);
        var failed = await wired.FailAsync(Wired.Place);
        Assert.Equal((BrokerFault.SessionExpired, RequestFate.Unknown), (failed.Fault, failed.Fate));
        Assert.Single(server.Arrivals);
        Assert.Equal(TokenState.Idle, wired.Session.State);
        await wired.SendAsync(Wired.Place);
        Assert.Equal(["/v1/accounts/k/orders/place.json", "/oauth/renew_access_token", "/v1/accounts/k/orders/place.json"], Targets(server));
        Assert.Equal(TokenState.Valid, wired.Session.State);
    }

    [Fact]
    public async Task An_idle_token_is_renewed_before_the_call_and_a_used_one_is_not()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Answer.Json("{}"));
        using var wired = new Wired(server.Url);
        wired.Time.Advance(TimeSpan.FromMinutes(114));
        await wired.SendAsync(Wired.Read);
        wired.Time.Advance(TimeSpan.FromMinutes(114));
        await wired.SendAsync(Wired.Read);
        Assert.Equal(2, server.Arrivals.Count);
        wired.Time.Advance(TimeSpan.FromMinutes(115));
        Assert.Equal(TokenState.Idle, wired.Session.State);
        await wired.SendAsync(Wired.Place);
        Assert.Equal(["/oauth/renew_access_token", "/v1/accounts/k/orders/place.json"], Targets(server).Skip(2));
    }

    [Fact]
    public async Task A_renewal_that_does_not_get_through_leaves_an_order_unsent_and_a_read_tries_on()
    {
        var down = true;
        await using var server = await LoopbackServer.StartAsync(arrival => IsRenewal(arrival) && Volatile.Read(ref down) ? new Answer(503) : Answer.Json("{}"));
        using var wired = new Wired(server.Url);
        wired.Time.Advance(TimeSpan.FromHours(3));
        var failed = await wired.FailAsync(Wired.Place);
        Assert.Equal((BrokerFault.Unavailable, RequestFate.NotSent), (failed.Fault, failed.Fate));
        var reading = wired.SendAsync(Wired.Read);
        await wired.Time.SawAsync(TimeSpan.FromSeconds(1), Stop);
        Volatile.Write(ref down, false);
        wired.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await reading).Status);
        Assert.All(Targets(server).SkipLast(1), target => Assert.Equal("/oauth/renew_access_token", target));
        Assert.NotNull(wired.Session.Token);
    }

    [Fact]
    public async Task Past_midnight_nothing_is_asked_of_the_network()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Answer.Json("{}"));
        using var wired = new Wired(server.Url);
        wired.Time.Advance(TimeSpan.FromHours(14));
        Assert.Equal(TokenState.Expired, wired.Session.State);
        foreach (var call in new[] { Wired.Read, Wired.Place })
        {
            var failed = await wired.FailAsync(call);
            Assert.Equal((BrokerFault.SessionExpired, RequestFate.NotSent), (failed.Fault, failed.Fate));
            Assert.Contains("midnight in New York. Run 'etrade-bot login'", failed.Message, StringComparison.Ordinal);
        }
        Assert.Empty(server.Arrivals);
    }

    [Fact]
    public async Task A_wrong_key_does_not_cost_the_token()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Answer.OAuthProblem("consumer_key_rejected"));
        using var wired = new Wired(server.Url);
        Assert.Equal(BrokerFault.NotAuthorized, (await wired.FailAsync(Wired.Read)).Fault);
        Assert.Single(server.Arrivals);
        Assert.Equal(TokenState.Valid, wired.Session.State);
    }

    static bool IsRenewal(Arrival arrival) => arrival.Target == "/oauth/renew_access_token";

    static Answer Renewed() => new(200, "Access Token has been renewed", "text/plain");

    static IEnumerable<string> Targets(LoopbackServer server) => server.Arrivals.Select(arrival => arrival.Target);
}
