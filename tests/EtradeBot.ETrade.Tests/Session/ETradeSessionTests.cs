using EtradeBot.Brokers;
using EtradeBot.ETrade.Http;

namespace EtradeBot.ETrade;

public sealed class ETradeSessionTests
{
    readonly WatchedTime _time = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_login_takes_two_requests_and_a_code()
    {
        await using var server = await LoopbackServer.StartAsync(Broker);
        using var session = new ETradeSession(Wired.Options(server.Url, _time));
        List<AccessToken?> changes = [];
        session.TokenChanged += changes.Add;
        Assert.Equal((TokenState.NeedsPerson, null, null), (session.State, session.Token, session.ExpiresAt));

        var request = await session.BeginLoginAsync(Stop);
        Assert.Equal($"{server.Url}e/t/etws/authorize?key=b7d1f0a94c2e48f6a1c35e9d70b82f14&token=8mQ%2FzT4cV%2BkL1rN0sXy7wPbA3eHdJ9uFgR2iOtKv5Q0%3D", request.AuthorizeUrl.AbsoluteUri);
        Assert.Equal(_time.GetUtcNow().AddMinutes(5), request.ExpiresAt);
        Assert.Equal("login request ****", request.ToString());
        Assert.Equal(TokenState.NeedsPerson, session.State);

        await session.CompleteLoginAsync(request, "  WXYZ89\n", Stop);
        Assert.Equal(TokenState.Valid, session.State);
        Assert.Equal("cW1+nB7xQ/gT9rLk3vPz0dYsA5uJfHeM8oIiRtVwX2k=", session.Token!.Value);
        Assert.Equal("Qe4/tU8kP+mZ1yXbD7vNcR3wLsGjHfA6oIiTrKqV9n0=", session.Token.Secret);
        Assert.Equal(_time.GetUtcNow(), session.Token.IssuedAt);
        Assert.Equal(new DateTimeOffset(2026, 3, 11, 4, 0, 0, TimeSpan.Zero), session.ExpiresAt);
        Assert.Equal([session.Token], changes);

        var (first, second) = (server.Arrivals.First(), server.Arrivals.Last());
        Assert.Equal(("oob", "", ""), (first.OAuth("oauth_callback"), first.OAuth("oauth_token"), first.OAuth("oauth_verifier")));
        Assert.Equal(("8mQ/zT4cV+kL1rN0sXy7wPbA3eHdJ9uFgR2iOtKv5Q0=", "WXYZ89"), (second.OAuth("oauth_token"), second.OAuth("oauth_verifier")));
    }

    [Theory]
    [InlineData("oauth_token=a%2Fb&oauth_token_secret=c%2Bd%3D", "a/b", "c+d=")]
    [InlineData("oauth_token_secret=c+d=&x=y&oauth_token=a/b\r\n", "a/b", "c+d=")]
    public void A_token_is_unescaped_once_and_a_bare_plus_stays_one(string body, string token, string secret) =>
        Assert.Equal((token, secret), TokenAnswer.Read(System.Text.Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("")]
    [InlineData("oauth_token=a")]
    [InlineData("oauth_token=&oauth_token_secret=b")]
    [InlineData("{\"token\":\"a\"}")]
    [InlineData("<html>log in to the hotel</html>")]
    [InlineData("{\"Error\":{\"code\":31337}}")]
    public async Task An_answer_without_a_token_is_none(string body)
    {
        await using var server = await LoopbackServer.StartAsync(_ => new Answer(200, body, "text/plain"));
        using var session = new ETradeSession(Wired.Options(server.Url, _time));
        Assert.Equal(BrokerFault.UnexpectedReply, (await Assert.ThrowsAsync<BrokerException>(() => session.BeginLoginAsync(Stop))).Fault);
    }

    [Theory]
    [InlineData("consumer_key_rejected", BrokerFault.NotAuthorized, "consumer key")]
    [InlineData("signature_invalid", BrokerFault.NotAuthorized, "consumer key and secret")]
    [InlineData("timestamp_refused&oauth_acceptable_timestamps=1773150300-1773150900", BrokerFault.NotAuthorized, "10 minutes fast")]
    public async Task A_login_that_cannot_begin_says_why(string problem, BrokerFault fault, string words)
    {
        await using var server = await LoopbackServer.StartAsync(_ => Answer.OAuthProblem(problem));
        using var session = new ETradeSession(Wired.Options(server.Url, _time));
        var failed = await Assert.ThrowsAsync<BrokerException>(() => session.BeginLoginAsync(Stop));
        Assert.Equal(fault, failed.Fault);
        Assert.StartsWith("Could not begin the login: ", failed.Message, StringComparison.Ordinal);
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_code_is_named_as_such_and_an_empty_one_is_not_sent()
    {
        await using var server = await LoopbackServer.StartAsync(arrival => arrival.Target == "/oauth/access_token" ? Answer.OAuthProblem("token_rejected") : Broker(arrival));
        using var session = new ETradeSession(Wired.Options(server.Url, _time));
        var request = await session.BeginLoginAsync(Stop);
        Assert.Contains("the code is empty", (await Assert.ThrowsAsync<BrokerException>(() => session.CompleteLoginAsync(request, " ", Stop))).Message, StringComparison.Ordinal);
        Assert.Single(server.Arrivals);
        var failed = await Assert.ThrowsAsync<BrokerException>(() => session.CompleteLoginAsync(request, "NOPE", Stop));
        Assert.Equal((BrokerFault.SessionExpired, RequestFate.Refused), (failed.Fault, failed.Fate));
        Assert.Contains("the code is wrong, was used before, or is older than five minutes", failed.Message, StringComparison.Ordinal);
        Assert.Equal(TokenState.NeedsPerson, session.State);
    }

    [Fact]
    public async Task A_stumble_over_the_nonce_is_tried_once_more()
    {
        var count = 0;
        await using var server = await LoopbackServer.StartAsync(arrival => Interlocked.Increment(ref count) == 1 ? Answer.OAuthProblem("nonce_used") : Broker(arrival));
        using var session = new ETradeSession(Wired.Options(server.Url, _time));
        await session.BeginLoginAsync(Stop);
        Assert.Equal(2, server.Arrivals.Select(arrival => arrival.OAuth("oauth_nonce")).Distinct().Count());
    }

    [Fact]
    public async Task Renewing_at_once_from_many_sides_is_one_request_and_giving_up_ends_it_for_nobody_else()
    {
        var gate = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(async _ =>
        {
            await gate.Task;
            return new Answer(200, "Access Token has been renewed", "text/plain");
        });
        using var session = LoggedIn(server);
        _time.Advance(TimeSpan.FromHours(3));
        using var giveUp = new CancellationTokenSource();
        var given = session.RenewAsync(giveUp.Token);
        var others = Enumerable.Range(0, 8).Select(_ => session.RenewAsync(Stop)).ToArray();
        giveUp.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.Equal(TokenState.Idle, session.State);
        gate.SetResult();
        await Task.WhenAll(others);
        Assert.Equal(TokenState.Valid, session.State);
        await session.RenewAsync(Stop);
        Assert.Equal(2, server.Arrivals.Count);
    }

    [Fact]
    public async Task A_refused_renewal_needs_a_person_and_tells_whoever_keeps_the_token()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Answer.OAuthProblem("token_expired"));
        using var session = LoggedIn(server);
        List<AccessToken?> changes = [];
        session.TokenChanged += changes.Add;
        Assert.Equal(BrokerFault.SessionExpired, (await Assert.ThrowsAsync<BrokerException>(() => session.RenewAsync(Stop))).Fault);
        Assert.Equal((TokenState.NeedsPerson, null), (session.State, session.Token));
        Assert.Equal([null], changes);
        Assert.Contains("nobody is logged in", (await Assert.ThrowsAsync<BrokerException>(() => session.RenewAsync(Stop))).Message, StringComparison.Ordinal);
        Assert.Single(server.Arrivals);
    }

    [Theory]
    [InlineData("2027-03-13T20:00:00Z", "2027-03-14T05:00:00Z")]
    [InlineData("2027-03-14T20:00:00Z", "2027-03-15T04:00:00Z")]
    [InlineData("2026-10-31T20:00:00Z", "2026-11-01T04:00:00Z")]
    [InlineData("2026-11-01T20:00:00Z", "2026-11-02T05:00:00Z")]
    public async Task Around_the_nights_of_the_clock_change_midnight_ends_the_token_without_a_request(string issued, string ends)
    {
        await using var server = await LoopbackServer.StartAsync(Broker);
        var start = DateTimeOffset.Parse(issued, System.Globalization.CultureInfo.InvariantCulture);
        _time.SetUtcNow(start);
        using var session = LoggedIn(server);
        _time.SetUtcNow(DateTimeOffset.Parse(ends, System.Globalization.CultureInfo.InvariantCulture).AddSeconds(-1));
        await session.RenewAsync(Stop);
        Assert.Equal(TokenState.Expiring, session.State);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TokenState.Expired, session.State);
        Assert.Contains("midnight in New York", (await Assert.ThrowsAsync<BrokerException>(() => session.RenewAsync(Stop))).Message, StringComparison.Ordinal);
        Assert.Single(server.Arrivals);
    }

    [Fact]
    public async Task Revoking_ends_the_token_here_and_there()
    {
        await using var server = await LoopbackServer.StartAsync(Broker);
        using var session = LoggedIn(server);
        List<AccessToken?> changes = [];
        session.TokenChanged += changes.Add;
        await session.RevokeAsync(Stop);
        await session.RevokeAsync(Stop);
        Assert.Equal("/oauth/revoke_access_token", Assert.Single(server.Arrivals).Target);
        Assert.Equal([null], changes);
        Assert.Equal(TokenState.NeedsPerson, session.State);
    }

    [Fact]
    public async Task A_token_that_the_broker_does_not_know_any_more_counts_as_revoked_and_one_it_could_not_be_asked_about_does_not()
    {
        var answer = new Answer(503);
        await using var server = await LoopbackServer.StartAsync(_ => answer);
        using var session = LoggedIn(server);
        Assert.Equal(BrokerFault.Unavailable, (await Assert.ThrowsAsync<BrokerException>(() => session.RevokeAsync(Stop))).Fault);
        Assert.NotNull(session.Token);
        answer = Answer.OAuthProblem("token_rejected");
        await session.RevokeAsync(Stop);
        Assert.Null(session.Token);
    }

    [Fact]
    public async Task The_broker_that_does_not_answer_the_login_is_waited_for_no_longer_than_an_attempt()
    {
        await using var server = new RawServer(_ => RawReply.Silence);
        using var session = new ETradeSession(Wired.Options(server.Url, _time));
        var beginning = session.BeginLoginAsync(Stop);
        await server.ArrivedAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(BrokerFault.Unreachable, (await Assert.ThrowsAsync<BrokerException>(() => beginning)).Fault);
    }

    ETradeSession LoggedIn(LoopbackServer server) => new(Wired.Options(server.Url, _time), new AccessToken("t/+=", "s", _time.GetUtcNow()));

    static Answer Broker(Arrival arrival) => arrival.Target switch
    {
        "/oauth/request_token" => new Answer(200, File.ReadAllText(TestFolders.Golden("etrade", "oauth-request-token.txt")), "text/plain"),
        "/oauth/access_token" => new Answer(200, File.ReadAllText(TestFolders.Golden("etrade", "oauth-access-token.txt")), "text/plain"),
        "/oauth/renew_access_token" => new Answer(200, "Access Token has been renewed", "text/html"),
        _ => new Answer(200, "Revoked Access Token", "text/html"),
    };
}
