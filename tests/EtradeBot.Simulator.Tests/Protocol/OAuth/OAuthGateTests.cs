using System.Globalization;

namespace EtradeBot.Simulator.Protocol.OAuth;

public sealed class OAuthGateTests
{
    const string List = "/v1/accounts/list";

    readonly Desk _desk = Desk.LoggedIn();

    [Fact]
    public void A_signed_request_gets_its_answer_and_an_unsigned_one_401_in_html()
    {
        Assert.Equal(200, _desk.Get(List).Status);
        var refused = _desk.Plain("GET", List);
        Assert.Equal((401, "text/html;charset=utf-8"), (refused.Status, refused.Type));
        Assert.Contains("oauth_problem=parameter_absent,oauth_parameters_absent=oauth_consumer_key", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_of_a_refusal_is_the_recorded_one()
    {
        _desk.Signer = _desk.Signer with { Token = "unknown" };
        Assert.Equal(File.ReadAllText(TestFolders.Golden("etrade", "errors-oauth-401.html")).TrimEnd(), _desk.Get(List).Body);
    }

    [Fact]
    public void Parameters_may_stand_in_any_order_with_blanks_and_a_realm()
    {
        var oauth = _desk.Signer.Parameters("GET", Desk.Root + List, _desk.Stamp(), ("oauth_version", "1.0"));
        oauth.Reverse();
        var header = "OAuth   realm=\"a, b=c\" ,  " + string.Join(" ,  ", oauth.Select(pair => $"{pair.Key} = \"{Uri.EscapeDataString(pair.Value)}\""));
        Assert.Equal(200, _desk.Plain("GET", List, "", ("authorization", header)).Status);
    }

    [Fact]
    public void Parameters_may_stand_in_the_query()
    {
        var oauth = _desk.Signer.Parameters("GET", Desk.Root + List + "?x=1", _desk.Stamp());
        var query = string.Join("&", oauth.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        Assert.Equal(200, _desk.Plain("GET", $"{List}?x=1&{query}").Status);
    }

    [Fact]
    public void A_query_with_reserved_characters_is_signed_decoded()
    {
        var reply = _desk.Get($"/v1/accounts/{_desk.MarginKey}/orders.json?symbol=AAPL%2CMSFT&count=5&note=a%20b%2Bc%3D%3D%2F");
        Assert.Equal(204, reply.Status);
    }

    [Theory]
    [InlineData("oauth_signature", "c2lnbmF0dXJl", "signature_invalid")]
    [InlineData("oauth_consumer_key", "other", "consumer_key_rejected")]
    [InlineData("oauth_token", "other", "token_rejected")]
    [InlineData("oauth_signature_method", "PLAINTEXT", "signature_method_rejected")]
    [InlineData("oauth_version", "2.0", "version_rejected")]
    [InlineData("oauth_timestamp", "yesterday", "timestamp_refused")]
    [InlineData("oauth_nonce", "", "parameter_absent")]
    public void What_is_wrong_is_named(string parameter, string value, string problem)
    {
        var oauth = _desk.Signer.Parameters("GET", Desk.Root + List, _desk.Stamp(), ("oauth_version", "1.0"));
        var changed = oauth.Select(pair => pair.Key == parameter ? new(pair.Key, value) : pair);
        Assert.Equal(problem, _desk.Plain("GET", List, "", ("Authorization", Signer.Header(changed))).Problem);
    }

    [Fact]
    public void A_parameter_that_stands_there_twice_is_refused()
    {
        var oauth = _desk.Signer.Parameters("GET", Desk.Root + List, _desk.Stamp());
        Assert.Equal("parameter_rejected", _desk.Plain("GET", List, "", ("Authorization", Signer.Header([.. oauth, oauth[1]]))).Problem);
    }

    [Fact]
    public void The_method_the_port_and_the_query_are_covered_by_the_signature()
    {
        var header = Signer.Header(_desk.Signer.Parameters("GET", Desk.Root + List, _desk.Stamp()));
        Assert.Equal("signature_invalid", _desk.Plain("GET", List + "?more=1", "", ("Authorization", header)).Problem);
        var elsewhere = _desk.Signer.Parameters("GET", "http://127.0.0.1:8601" + List, _desk.Stamp());
        Assert.Equal("signature_invalid", _desk.Plain("GET", List, "", ("Authorization", Signer.Header(elsewhere))).Problem);
        Assert.Equal(200, _desk.Plain("GET", List, "", ("Authorization", header)).Status);
    }

    [Fact]
    public void A_nonce_is_good_once_with_its_timestamp()
    {
        var header = Signer.Header(_desk.Signer.Parameters("GET", Desk.Root + List, (_desk.Wall.GetUtcNow().ToUnixTimeSeconds(), "once")));
        Assert.Equal(200, _desk.Plain("GET", List, "", ("Authorization", header)).Status);
        Assert.Equal("nonce_used", _desk.Plain("GET", List, "", ("Authorization", header)).Problem);
        _desk.Pass(1);
        header = Signer.Header(_desk.Signer.Parameters("GET", Desk.Root + List, (_desk.Wall.GetUtcNow().ToUnixTimeSeconds(), "once")));
        Assert.Equal(200, _desk.Plain("GET", List, "", ("Authorization", header)).Status);
    }

    [Theory]
    [InlineData(-300, null)]
    [InlineData(300, null)]
    [InlineData(-301, "timestamp_refused")]
    [InlineData(301, "timestamp_refused")]
    public void A_timestamp_may_be_five_minutes_off(int seconds, string? problem)
    {
        var now = _desk.Wall.GetUtcNow().ToUnixTimeSeconds();
        var reply = _desk.Plain("GET", List, "", ("Authorization", Signer.Header(_desk.Signer.Parameters("GET", Desk.Root + List, (now + seconds, "n")))));
        Assert.Equal(problem, reply.Problem);
        if (problem is not null) Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"oauth_acceptable_timestamps={now - 300}-{now + 300}"), reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_simulated_clock_runs_apart_its_time_is_good_too()
    {
        var desk = Desk.LoggedIn(new SimulatorOptions { Start = new DateTimeOffset(2024, 5, 1, 14, 0, 0, TimeSpan.Zero), LimitsRates = false });
        var simulated = desk.Broker.Clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(200, desk.Plain("GET", List, "", ("Authorization", Signer.Header(desk.Signer.Parameters("GET", Desk.Root + List, (simulated, "n"))))).Status);
    }

    [Fact]
    public void Remembered_nonces_are_bounded_in_number_and_age()
    {
        var memory = new NonceMemory(capacity: 100);
        for (var second = 0; second < 1_000; second++) Assert.True(memory.TryRemember(second, "n"));
        Assert.InRange(memory.Count, 1, 100);
        Assert.False(memory.TryRemember(999, "n"));
        memory.ForgetBefore(1_000);
        Assert.Equal(0, memory.Count);
    }
}
