namespace EtradeBot.ETrade.Http;

public sealed class ETradeHostsTests
{
    static readonly ETradeCall Quote = new(HttpMethod.Get, ETradeModule.Market, "/market/quote/AAPL,MSFT.json", "get quotes") { Query = [("detailFlag", "ALL"), ("marker", "a b/+=é")] };
    static readonly ETradeCall Renew = new(HttpMethod.Get, ETradeModule.OAuth, "/renew_access_token", "renew the login");

    [Fact]
    public void Production_and_sandbox_log_in_at_the_same_hosts()
    {
        var production = ETradeHosts.For(Options(ETradeEnvironment.Production));
        var sandbox = ETradeHosts.For(Options(ETradeEnvironment.Sandbox));
        Assert.Equal("https://api.etrade.com/v1/market/quote/AAPL,MSFT.json?detailFlag=ALL&marker=a%20b%2F%2B%3D%C3%A9", production.UrlOf(Quote).AbsoluteUri);
        Assert.StartsWith("https://apisb.etrade.com/v1/market/quote/", sandbox.UrlOf(Quote).AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("https://api.etrade.com/oauth/renew_access_token", production.UrlOf(Renew).AbsoluteUri);
        Assert.Equal(production.UrlOf(Renew), sandbox.UrlOf(Renew));
        Assert.Equal("https://us.etrade.com/e/t/etws/authorize?key=k%2F1&token=a%2Fb%2Bc%3D", sandbox.AuthorizeUrl("k/1", "a/b+c=").AbsoluteUri);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8600")]
    [InlineData("http://127.0.0.1:8600/")]
    [InlineData("http://localhost:8600")]
    [InlineData("http://[::1]:8600")]
    [InlineData("https://example.com/broker")]
    public void A_base_address_stands_in_for_all_three_hosts(string url)
    {
        var hosts = ETradeHosts.For(Options(ETradeEnvironment.Simulator, url));
        var start = url.TrimEnd('/');
        Assert.StartsWith(start + "/v1/market/", hosts.UrlOf(Quote).AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(start + "/oauth/renew_access_token", hosts.UrlOf(Renew).AbsoluteUri);
        Assert.StartsWith(start + "/e/t/etws/authorize?", hosts.AuthorizeUrl("k", "t").AbsoluteUri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com", "unencrypted to example.com")]
    [InlineData("http://192.168.1.5:8600", "unencrypted to 192.168.1.5")]
    [InlineData("ftp://127.0.0.1", "not an address")]
    [InlineData("https://user:hunter2@example.com", "leave them out")]
    [InlineData("https://example.com/?a=b", "address of the server only")]
    public void An_address_that_must_not_be_used_is_refused_in_words(string url, string words)
    {
        var refused = Assert.Throws<ArgumentException>(() => ETradeHosts.For(Options(ETradeEnvironment.Production, url)));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_simulator_needs_an_address() =>
        Assert.Contains("ETRADE_BASE_URL", Assert.Throws<ArgumentException>(() => ETradeHosts.For(Options(ETradeEnvironment.Simulator))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "s")]
    [InlineData("k", " ")]
    public void An_empty_key_or_secret_is_refused_before_anything_is_sent(string key, string secret) =>
        Assert.Contains("Consumer key or secret is empty", Assert.Throws<ArgumentException>(() => new ETradeSession(Options(ETradeEnvironment.Sandbox) with { Consumer = new ConsumerKey(key, secret) })).Message, StringComparison.Ordinal);

    static ETradeOptions Options(ETradeEnvironment environment, string? url = null) =>
        new() { Environment = environment, Consumer = new ConsumerKey("k", "s"), BaseUrl = url is null ? null : new Uri(url) };
}
