using System.Text;

namespace EtradeBot.ETrade;

/// <summary>Token and secret from the answer of a step of the login: <c>oauth_token=..&amp;oauth_token_secret=..</c>, escaped.</summary>
static class TokenAnswer
{
    /// <returns>Null when one of them is missing.</returns>
    public static (string Token, string Secret)? Read(ReadOnlyMemory<byte> body)
    {
        string? token = null, secret = null;
        foreach (var pair in Encoding.UTF8.GetString(body.Span).Trim().Split('&'))
        {
            if (pair.StartsWith("oauth_token=", StringComparison.Ordinal)) token = Unescape(pair["oauth_token=".Length..]);
            if (pair.StartsWith("oauth_token_secret=", StringComparison.Ordinal)) secret = Unescape(pair["oauth_token_secret=".Length..]);
        }
        return string.IsNullOrEmpty(token) || string.IsNullOrEmpty(secret) ? null : (token, secret);
    }

    // Base64 has no blank: a + that somebody forgot to escape means itself.
    static string Unescape(string text) => Uri.UnescapeDataString(text);
}
