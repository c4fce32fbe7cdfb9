namespace EtradeBot.ETrade.Http;

/// <summary>The three hosts of an environment, without a slash at the end.</summary>
/// <param name="Resources">Before <c>/v1</c>.</param>
/// <param name="OAuth">Before <c>/oauth</c>: the production host for the sandbox too.</param>
/// <param name="Login">Before <c>/e/t/etws/authorize</c>.</param>
sealed record ETradeHosts(string Resources, string OAuth, string Login)
{
    const string Production = "https://api.etrade.com";
    const string LoginHost = "https://us.etrade.com";

    /// <exception cref="ArgumentException">No address for the simulator, or one that must not be used; in words for the owner.</exception>
    public static ETradeHosts For(ETradeOptions options)
    {
        if (options.BaseUrl is { } url) return new(Checked(url), Checked(url), Checked(url));
        return options.Environment switch
        {
            ETradeEnvironment.Production => new(Production, Production, LoginHost),
            ETradeEnvironment.Sandbox => new("https://apisb.etrade.com", Production, LoginHost),
            _ => throw new ArgumentException("The simulator has no address: start 'etrade-bot simulator' and set ETRADE_BASE_URL to what it prints, such as http://127.0.0.1:8600."),
        };
    }

    public Uri UrlOf(ETradeCall call)
    {
        var start = call.Module == ETradeModule.OAuth ? OAuth + "/oauth" : Resources + "/v1";
        var query = string.Join('&', call.Query.Select(pair => $"{OAuthSignature.Escape(pair.Name)}={OAuthSignature.Escape(pair.Value)}"));
        return new Uri(start + call.Path + (query.Length > 0 ? "?" + query : ""));
    }

    /// <summary>The page on which a person confirms the login. A token holds + and /: escaped once, or the page complains of a delay.</summary>
    public Uri AuthorizeUrl(string consumerKey, string token) =>
        new($"{Login}/e/t/etws/authorize?key={OAuthSignature.Escape(consumerKey)}&token={OAuthSignature.Escape(token)}");

    static string Checked(Uri url)
    {
        // What may be wrong with the address may be a password in it: such an address is not repeated.
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")) throw new ArgumentException("ETRADE_BASE_URL is not an address such as https://host or http://127.0.0.1:8600.");
        if (url.UserInfo.Length > 0) throw new ArgumentException("ETRADE_BASE_URL holds a user name or a password: leave them out.");
        if (url.Query.Length > 0 || url.Fragment.Length > 0) throw new ArgumentException("ETRADE_BASE_URL holds a '?' or a '#': give the address of the server only.");
        if (url.Scheme == "http" && !url.IsLoopback)
            throw new ArgumentException($"ETRADE_BASE_URL sends orders and tokens unencrypted to {url.Host}: use https, or http on this machine only, such as http://127.0.0.1:8600.");
        return url.AbsoluteUri.TrimEnd('/');
    }
}
