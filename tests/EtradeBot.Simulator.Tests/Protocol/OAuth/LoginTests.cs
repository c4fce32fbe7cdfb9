using System.Text.RegularExpressions;

namespace EtradeBot.Simulator.Protocol.OAuth;

public sealed class LoginTests
{
    readonly Desk _desk = new();

    Reply RequestToken(string callback = "oob", string method = "GET") => _desk.Send(method, "/oauth/request_token", further: ("oauth_callback", callback));

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public void Tokens_are_given_by_get_and_post_and_written_as_recorded(string method)
    {
        var reply = RequestToken(method: method);
        var recorded = File.ReadAllText(TestFolders.Golden("etrade", "oauth-request-token.txt")).Trim();
        Assert.Matches("^oauth_token=[A-Za-z0-9%]+&oauth_token_secret=[A-Za-z0-9%]+&oauth_callback_confirmed=false$", reply.Body);
        Assert.Equal(Names(recorded), Names(reply.Body));
        var consumer = _desk.Signer;
        _desk.Signer = Desk.Take(consumer, reply);
        Assert.Equal(44, _desk.Signer.Token.Length);
        var code = _desk.Approve(_desk.Signer.Token);
        Assert.Matches("^[A-Z0-9]{5,7}$", code);
        var access = _desk.Send(method, "/oauth/access_token", further: ("oauth_verifier", code));
        Assert.Equal(Names(File.ReadAllText(TestFolders.Golden("etrade", "oauth-access-token.txt")).Trim()), Names(access.Body));
        _desk.Signer = Desk.Take(consumer, access);
        Assert.Equal(200, _desk.Get("/v1/accounts/list").Status);
    }

    [Fact]
    public void Tokens_hold_the_characters_that_break_careless_clients()
    {
        var values = Enumerable.Range(0, 20).SelectMany(_ => RequestToken().Body.Split('&')).Select(part => Uri.UnescapeDataString(part)).ToList();
        foreach (var character in "/+=") Assert.Contains(values, value => value.Split('=', 2)[1].Contains(character, StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_seed_gives_the_same_tokens() => Assert.Equal(RequestToken().Body, new Desk().Send("GET", "/oauth/request_token", further: ("oauth_callback", "oob")).Body);

    [Fact]
    public void Another_callback_than_oob_is_refused()
    {
        var reply = RequestToken("http://localhost/back");
        Assert.Equal(401, reply.Status);
        Assert.Contains("oauth_problem=callback_rejected,oauth_acceptable_callback=oob", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_verifier_is_good_once_for_its_own_token_only()
    {
        var consumer = _desk.Signer;
        var (first, second) = (Desk.Take(consumer, RequestToken()), Desk.Take(consumer, RequestToken()));
        var code = _desk.Approve(first.Token);
        _desk.Signer = second;
        Assert.Equal("token_rejected", _desk.Send("GET", "/oauth/access_token", further: ("oauth_verifier", code)).Problem);
        _desk.Signer = first;
        Assert.Equal("token_rejected", _desk.Send("GET", "/oauth/access_token", further: ("oauth_verifier", "WRONG")).Problem);
        Assert.Equal(200, _desk.Send("GET", "/oauth/access_token", further: ("oauth_verifier", code)).Status);
        Assert.Equal("token_rejected", _desk.Send("GET", "/oauth/access_token", further: ("oauth_verifier", code)).Problem);
    }

    [Theory]
    [InlineData(299, 200)]
    [InlineData(300, 401)]
    public void A_request_token_lives_five_minutes(double seconds, int status)
    {
        _desk.Signer = Desk.Take(_desk.Signer, RequestToken());
        var code = _desk.Approve(_desk.Signer.Token);
        _desk.Pass(seconds);
        Assert.Equal(status, _desk.Send("GET", "/oauth/access_token", further: ("oauth_verifier", code)).Status);
    }

    [Fact]
    public void The_login_page_is_a_form_that_a_script_can_send()
    {
        var token = Desk.Take(_desk.Signer, RequestToken()).Token;
        var page = _desk.Plain("GET", $"/e/t/etws/authorize?key={_desk.Options.ConsumerKey}&token={Uri.EscapeDataString(token)}");
        Assert.Equal(200, page.Status);
        Assert.Contains("SIMULATED", page.Body, StringComparison.Ordinal);
        Assert.Matches("(?s)<form method=\"post\".*type=\"hidden\" name=\"key\".*type=\"hidden\" name=\"token\".*type=\"submit\"[^>]*value=\"[^\"]*Accept", page.Body);
        var hidden = System.Net.WebUtility.HtmlDecode(Regex.Match(page.Body, "name=\"token\" value=\"([^\"]*)\"").Groups[1].Value);
        Assert.Equal(token, hidden);
    }

    [Fact]
    public void With_a_registered_callback_the_browser_is_sent_there()
    {
        var desk = new Desk(new SimulatorOptions { Callback = new Uri("https://example.org/back?a=1") });
        var reply = desk.Send("GET", "/oauth/request_token", further: ("oauth_callback", "oob"));
        Assert.EndsWith("oauth_callback_confirmed=true", reply.Body, StringComparison.Ordinal);
        var token = Desk.Take(desk.Signer, reply).Token;
        var page = desk.Plain("POST", "/e/t/etws/authorize", $"key={desk.Options.ConsumerKey}&token={Uri.EscapeDataString(token)}");
        Assert.Equal(302, page.Status);
        var location = page.Raw.Headers.Single(header => header.Key == "Location").Value;
        Assert.StartsWith($"https://example.org/back?a=1&oauth_token={Uri.EscapeDataString(token)}&oauth_verifier=", location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key=<script>alert(1)</script>&token=x", "consumer key is not known")]
    [InlineData("key=simulator-key&token=<script>", "request token is not known")]
    [InlineData("", "consumer key is not known")]
    public void A_wrong_key_or_token_gets_a_page_that_says_so_and_repeats_nothing(string query, string words)
    {
        var page = _desk.Plain("GET", "/e/t/etws/authorize?" + query);
        Assert.Equal(400, page.Status);
        Assert.Contains(words, page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expired_token_gets_a_page_that_says_so()
    {
        var token = Desk.Take(_desk.Signer, RequestToken()).Token;
        _desk.Pass(300);
        var page = _desk.Plain("POST", "/e/t/etws/authorize", $"key={_desk.Options.ConsumerKey}&token={Uri.EscapeDataString(token)}");
        Assert.Contains("has expired", page.Body, StringComparison.Ordinal);
    }

    static List<string> Names(string form) => [.. form.Split('&').Select(part => part.Split('=')[0])];
}
