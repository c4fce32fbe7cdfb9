using System.Text;
using CsCheck;

namespace EtradeBot.Simulator.Protocol;

/// <summary>Whatever is sent, an answer with an HTTP status comes back, and the books stay as they are.</summary>
public sealed class FuzzTests
{
    static readonly string[] Pieces =
    [
        "PreviewOrderRequest", "PlaceOrderRequest", "Order", "Instrument", "Product", "PreviewIds", "previewId", "quantity", "priceType", "limitPrice",
        "<", ">", "</", "/>", "{", "}", "[", "]", ":", ",", "\"", "\\u0000", "\u0000", "1e999", "-1", "NaN", "99999999999999999999", "BUY", "AAPL", "&", "&#0;", "\uD800", "null",
    ];

    static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "", "\u0000"];

    static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String,
        Gen.Int[0, Pieces.Length - 1].Array[0, 40].Select(picks => string.Concat(picks.Select(pick => Pieces[pick]))));

    [Fact]
    public void Bodies_of_any_kind_are_answered()
    {
        var desk = Desk.LoggedIn();
        var recorded = File.ReadAllText(TestFolders.Golden("etrade", "preview-request.json"));
        var xml = File.ReadAllText(TestFolders.Golden("etrade", "place-request.xml"));
        Gen.Select(Texts, Gen.Bool, Gen.Int[0, 1_000], Gen.Bool).Sample((text, isJson, at, isPlace) =>
        {
            var valid = isJson ? recorded : xml;
            var cut = at % valid.Length;
            var body = at % 3 == 0 ? text : valid[..cut] + text + valid[Math.Min(cut + text.Length, valid.Length)..];
            var reply = desk.Send("POST", $"/v1/accounts/{desk.MarginKey}/orders/{(isPlace ? "place" : "preview")}{(isJson ? ".json" : "")}", body);
            return reply.Status is >= 200 and < 600;
        }, iter: 3_000, threads: 1);
        Assert.Empty(desk.Broker.Books.EveryOrder(desk.MarginKey));
    }

    [Fact]
    public void Headers_of_any_kind_are_answered()
    {
        var desk = new Desk();
        Gen.Select(Texts, Texts, Gen.Bool).Sample((name, value, isOAuth) =>
        {
            var header = isOAuth ? $"OAuth oauth_consumer_key=\"{name}\",oauth_nonce={value},oauth_timestamp=\"1\"" : value;
            return desk.Plain("GET", "/v1/accounts/list", "", ("Authorization", header), (name, value)).Status == 401;
        }, iter: 3_000, threads: 1);
    }

    [Fact]
    public void Addresses_of_any_kind_are_answered()
    {
        var desk = Desk.LoggedIn();
        Gen.Select(Texts, Texts, Gen.Int[0, 5], Gen.Int[0, 5].Select(pick => Methods[pick])).Sample((path, query, place, method) =>
        {
            var start = ((string[])["/", "/v1/", "/oauth/", "/sim/", "/e/t/etws/authorize", "/v1/market/quote/"])[place];
            var request = new SimulatorRequest(method, Desk.Root + start + path + "?" + query, [], Encoding.UTF8.GetBytes(query));
            return desk.Broker.Handle(request).Status is >= 200 and < 600;
        }, iter: 3_000, threads: 1);
    }

    [Fact]
    public void Signed_questions_of_any_kind_are_answered_in_well_formed_xml_and_json()
    {
        var desk = Desk.LoggedIn();
        var paths = (string[])["market/quote/", "market/lookup/", "user/alerts/", $"accounts/{desk.MarginKey}/orders/", "accounts/", $"accounts/{desk.MarginKey}/transactions/"];
        var names = (string[])["count", "marker", "symbol", "detailFlag", "fromDate", "view", "pageNumber", "expiryYear", "strikePriceNear", "noOfStrikes"];
        Gen.Select(Texts, Texts, Gen.Int[0, paths.Length - 1], Gen.Int[0, names.Length - 1], Gen.Bool).Sample((text, value, path, name, isJson) =>
        {
            // Lone surrogates cannot be sent; everything else can.
            var sent = Uri.EscapeDataString(text.Replace("\uD800", "", StringComparison.Ordinal));
            var reply = desk.Get($"/v1/{paths[path]}{(sent is "" or "." or ".." ? "x" : sent)}{(isJson ? ".json" : "")}?{names[name]}={Uri.EscapeDataString(value.Replace("\uD800", "", StringComparison.Ordinal))}");
            if (reply.Body.Length > 0 && !reply.Type.StartsWith("text/html", StringComparison.Ordinal))
            {
                if (reply.Type.StartsWith("application/json", StringComparison.Ordinal)) Assert.Equal(System.Text.Json.JsonValueKind.Object, reply.Json.ValueKind);
                else Assert.NotNull(System.Xml.Linq.XDocument.Parse(reply.Body).Root);
            }
            return reply.Status is >= 200 and < 600;
        }, iter: 2_000, threads: 1);
    }

    [Fact]
    public void What_is_too_large_is_refused()
    {
        var desk = Desk.LoggedIn();
        Assert.Equal(413, desk.Send("POST", $"/v1/accounts/{desk.MarginKey}/orders/preview", new string('x', (1 << 20) + 1)).Status);
        Assert.Equal(414, desk.Plain("GET", "/" + new string('x', 1 << 14)).Status);
    }
}
