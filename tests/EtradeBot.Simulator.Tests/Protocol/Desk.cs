using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Simulator.Protocol;

/// <summary>An answer as a test looks at it.</summary>
sealed record Reply(int Status, string Type, string Body, SimulatorResponse Raw)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement.Clone();

    public string? Problem => Regex.Match(Body, "oauth_problem=([a-z_]+)") is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Follows member names, and numbers into arrays.</summary>
    public JsonElement At(params object[] path) => path.Aggregate(Json, (element, step) => step is int index ? element[index] : element.GetProperty((string)step));
}

/// <summary>A simulated broker with a customer in front of it, both on clocks of the test: a Tuesday, half an hour after the open unless told otherwise.</summary>
sealed class Desk
{
    public const string Root = "http://127.0.0.1:8600";

    int _nonces;

    public Desk(SimulatorOptions? options = null, FakeTimeProvider? wall = null)
    {
        Options = options ?? new SimulatorOptions { LimitsRates = false };
        Wall = wall ?? new FakeTimeProvider(new DateTimeOffset(2026, 3, 10, 14, 0, 0, TimeSpan.Zero));
        Broker = new SimulatedBroker(Options, Wall);
        Signer = new Signer(Options.ConsumerKey, Options.ConsumerSecret);
    }

    public SimulatorOptions Options { get; }

    public FakeTimeProvider Wall { get; }

    public SimulatedBroker Broker { get; }

    public Signer Signer { get; set; }

    public string MarginKey => Broker.Accounts[0].Key;

    public string CashKey => Broker.Accounts[1].Key;

    public static Desk LoggedIn(SimulatorOptions? options = null)
    {
        var desk = new Desk(options);
        desk.LogIn();
        return desk;
    }

    public (long Timestamp, string Nonce) Stamp() => (Wall.GetUtcNow().ToUnixTimeSeconds(), (++_nonces).ToString("x8", CultureInfo.InvariantCulture));

    public void LogIn()
    {
        var fresh = new Signer(Options.ConsumerKey, Options.ConsumerSecret);
        Signer = fresh;
        Signer = Take(fresh, Send("GET", "/oauth/request_token", further: ("oauth_callback", "oob")));
        var code = Approve(Signer.Token);
        Signer = Take(fresh, Send("GET", "/oauth/access_token", further: ("oauth_verifier", code)));
    }

    /// <summary>Presses Accept and reads the code off the page.</summary>
    public string Approve(string requestToken)
    {
        var page = Plain("POST", "/e/t/etws/authorize", $"key={Options.ConsumerKey}&token={Uri.EscapeDataString(requestToken)}&submit=Accept");
        return Regex.Match(page.Body, "id=\"oauth_verifier\"[^>]*value=\"([A-Z0-9]+)\"").Groups[1].Value;
    }

    public static Signer Take(Signer signer, Reply reply)
    {
        var values = reply.Body.Split('&').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => Uri.UnescapeDataString(part[1]));
        return signer with { Token = values["oauth_token"], TokenSecret = values["oauth_token_secret"] };
    }

    public Reply Get(string path) => Send("GET", path);

    public Reply Send(string method, string path, string body = "", params (string Name, string Value)[] further)
    {
        var oauth = Signer.Parameters(method, Root + path, Stamp(), further);
        return Plain(method, path, body, ("Authorization", Signer.Header(oauth)));
    }

    /// <summary>Without a signature.</summary>
    public Reply Plain(string method, string path, string body = "", params (string Name, string Value)[] headers)
    {
        var request = new SimulatorRequest(method, Root + path, [.. headers.Select(header => new KeyValuePair<string, string>(header.Name, header.Value))], Encoding.UTF8.GetBytes(body));
        var response = Broker.Handle(request);
        return new Reply(response.Status, response.ContentType, Encoding.UTF8.GetString(response.Body.Span), response);
    }

    public void Pass(double seconds) => Wall.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Previews and places; the number of the order.</summary>
    public long Place(OrderText order, string? account = null)
    {
        var path = $"/v1/accounts/{account ?? MarginKey}/orders";
        var preview = Send("POST", path + "/preview.json", order.Preview());
        Assert.True(preview.Status == 200, preview.Body);
        var placed = Send("POST", path + "/place.json", order.Place(preview.At("PreviewOrderResponse", "PreviewIds", 0, "previewId").GetInt64()));
        Assert.True(placed.Status == 200, placed.Body);
        return placed.At("PlaceOrderResponse", "OrderIds", 0, "orderId").GetInt64();
    }

    public JsonElement OrderDetail(long id) => Get($"/v1/accounts/{MarginKey}/orders/{id}.json").At("OrdersResponse", "Order", 0, "OrderDetail", 0);
}
