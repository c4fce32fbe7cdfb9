using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EtradeBot.ETrade.Http;
using EtradeBot.Simulator;
using EtradeBot.Simulator.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Bench;

/// <summary>A customer with a login at a simulated broker of his own, on a Tuesday half an hour after the open.</summary>
sealed partial class SimulatorCustomer
{
    const string Root = "http://127.0.0.1:8600";

    /// <summary>Between two requests: what the broker's rate limit would leave.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 14, 0, 0, TimeSpan.Zero));
    readonly SimulatorOptions _options = new() { LimitsRates = false, Cash = 10_000_000, Symbols = ETradeRows.Symbols };
    readonly SimulatedBroker _broker;
    (string Name, string Secret) _token = ("", "");
    int _signed;

    SimulatorCustomer() => _broker = new SimulatedBroker(_options, _time);

    /// <summary>Of the first account.</summary>
    public string AccountKey => _broker.Accounts[0].Key;

    public static SimulatorCustomer LoggedIn()
    {
        var customer = new SimulatorCustomer();
        customer.Take(customer.Signed("GET", "/oauth/request_token", ("oauth_callback", "oob")));
        var accept = $"key={customer._options.ConsumerKey}&token={Uri.EscapeDataString(customer._token.Name)}&submit=Accept";
        var page = Text(customer.Send(new SimulatorRequest("POST", Root + "/e/t/etws/authorize", [], Encoding.UTF8.GetBytes(accept))));
        customer.Take(customer.Signed("GET", "/oauth/access_token", ("oauth_verifier", Verifier().Match(page).Groups[1].Value)));
        return customer;
    }

    /// <summary>A request without a body, which no signature covers.</summary>
    public SimulatorRequest Signed(string method, string path, params (string Name, string Value)[] further)
    {
        List<(string, string)> oauth =
        [
            ("oauth_consumer_key", _options.ConsumerKey),
            ("oauth_nonce", (++_signed).ToString("x8", CultureInfo.InvariantCulture)),
            ("oauth_signature_method", OAuthSignature.Method),
            ("oauth_timestamp", _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            .. further,
        ];
        if (_token.Name.Length > 0) oauth.Add(("oauth_token", _token.Name));
        var text = OAuthSignature.BaseString(new HttpMethod(method), new Uri(Root + path), oauth);
        var signature = OAuthSignature.Sign(text, _options.ConsumerSecret, _token.Secret);
        return new(method, Root + path, [new("Authorization", "OAuth " + OAuthSignature.Header(oauth, signature))], Array.Empty<byte>());
    }

    public SimulatorResponse Send(SimulatorRequest request)
    {
        _time.Advance(Pause);
        return _broker.Handle(request);
    }

    void Take(SimulatorRequest request)
    {
        var values = Text(Send(request)).Split('&').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => Uri.UnescapeDataString(part[1]));
        _token = (values["oauth_token"], values["oauth_token_secret"]);
    }

    static string Text(SimulatorResponse response) => Encoding.UTF8.GetString(response.Body.Span);

    [GeneratedRegex("id=\"oauth_verifier\"[^>]*value=\"([A-Z0-9]+)\"")]
    private static partial Regex Verifier();
}
