using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EtradeBot.Simulator.Protocol;

/// <summary>Signs as a customer would, written from RFC 5849 apart from the simulator's own code.</summary>
sealed record Signer(string Key, string Secret)
{
    public string Token { get; init; } = "";

    public string TokenSecret { get; init; } = "";

    public string BaseString(string method, string url, IEnumerable<KeyValuePair<string, string>> oauth)
    {
        var uri = new Uri(url);
        var port = uri.IsDefaultPort ? "" : ":" + uri.Port.ToString(CultureInfo.InvariantCulture);
        var pairs = oauth.ToList();
        foreach (var part in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.Split('=', 2);
            pairs.Add(new(Uri.UnescapeDataString(equals[0]), equals.Length > 1 ? Uri.UnescapeDataString(equals[1]) : ""));
        }
        var sorted = pairs
            .Select(pair => (Uri.EscapeDataString(pair.Key), Uri.EscapeDataString(pair.Value)))
            .OrderBy(pair => pair.Item1, StringComparer.Ordinal).ThenBy(pair => pair.Item2, StringComparer.Ordinal);
        var parameters = string.Join("&", sorted.Select(pair => $"{pair.Item1}={pair.Item2}"));
        return $"{method}&{Uri.EscapeDataString($"{uri.Scheme}://{uri.Host}{port}{uri.AbsolutePath}")}&{Uri.EscapeDataString(parameters)}";
    }

    public string Sign(string method, string url, IEnumerable<KeyValuePair<string, string>> oauth)
    {
        var key = Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(Secret)}&{Uri.EscapeDataString(TokenSecret)}");
#pragma warning disable CA5350 // the protocol prescribes SHA-1
        return Convert.ToBase64String(HMACSHA1.HashData(key, Encoding.ASCII.GetBytes(BaseString(method, url, oauth))));
#pragma warning restore CA5350
    }

    /// <summary>The OAuth parameters of a request, signature included.</summary>
    public List<KeyValuePair<string, string>> Parameters(string method, string url, (long Timestamp, string Nonce) stamp, params (string Name, string Value)[] further)
    {
        List<KeyValuePair<string, string>> oauth =
        [
            new("oauth_consumer_key", Key),
            new("oauth_nonce", stamp.Nonce),
            new("oauth_signature_method", "HMAC-SHA1"),
            new("oauth_timestamp", stamp.Timestamp.ToString(CultureInfo.InvariantCulture)),
        ];
        if (Token.Length > 0) oauth.Add(new("oauth_token", Token));
        oauth.AddRange(further.Select(pair => new KeyValuePair<string, string>(pair.Name, pair.Value)));
        oauth.Add(new("oauth_signature", Sign(method, url, oauth)));
        return oauth;
    }

    public static string Header(IEnumerable<KeyValuePair<string, string>> oauth) =>
        "OAuth " + string.Join(",", oauth.Select(pair => $"{pair.Key}=\"{Uri.EscapeDataString(pair.Value)}\""));
}
