using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace EtradeBot.ETrade.Http;

/// <summary>OAuth 1.0a signatures by HMAC-SHA1, as RFC 5849 section 3.4 has them. Bodies of XML and JSON take no part.</summary>
static class OAuthSignature
{
    public const string Method = "HMAC-SHA1";

    /// <summary>What is signed: method, address without query, and all parameters in order, each part escaped. RFC 5849 section 3.4.1.</summary>
    /// <param name="url">As sent: its path is signed with the escapes it has, its query is unescaped first.</param>
    /// <param name="oauth">Parameters of the header without signature and realm, not escaped.</param>
    public static string BaseString(HttpMethod method, Uri url, IEnumerable<(string Name, string Value)> oauth)
    {
        var port = url.IsDefaultPort ? "" : $":{url.Port}";
        var address = $"{url.Scheme}://{url.Host}{port}{url.AbsolutePath}";
        var pairs = oauth.Concat(QueryOf(url)).Select(pair => (Name: Escape(pair.Name), Value: Escape(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal);
        return $"{method.Method}&{Escape(address)}&{Escape(string.Join('&', pairs.Select(pair => $"{pair.Name}={pair.Value}")))}";
    }

    /// <summary>The signature in base64, not yet escaped. RFC 5849 section 3.4.2.</summary>
    /// <param name="tokenSecret">Empty as long as there is no token.</param>
    [SuppressMessage("Security", "CA5350", Justification = "The broker takes no other method; as a keyed hash SHA-1 is not broken.")]
    public static string Sign(string baseString, string consumerSecret, string tokenSecret)
    {
        var key = $"{Escape(consumerSecret)}&{Escape(tokenSecret)}";
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes(baseString)));
    }

    /// <summary>What follows <c>OAuth</c> in the Authorization header. RFC 5849 section 3.5.1.</summary>
    public static string Header(IEnumerable<(string Name, string Value)> oauth, string signature) =>
        string.Join(", ", oauth.Append(("oauth_signature", signature)).Select(pair => $"{pair.Item1}=\"{Escape(pair.Item2)}\""));

    /// <summary>Everything but letters, digits and <c>- . _ ~</c> as upper-case hex of its UTF-8 bytes. RFC 5849 section 3.6.</summary>
    public static string Escape(string text) => Uri.EscapeDataString(text);

    static IEnumerable<(string Name, string Value)> QueryOf(Uri url)
    {
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            yield return at < 0 ? (Unescape(pair), "") : (Unescape(pair[..at]), Unescape(pair[(at + 1)..]));
        }
    }

    // A query is read as a form: RFC 5849 section 3.4.1.3.1.
    static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
