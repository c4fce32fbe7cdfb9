using System.Security.Cryptography;
using System.Text;

namespace EtradeBot.Simulator.Protocol.OAuth;

/// <summary>The signature a request ought to carry.</summary>
/// <remarks>RFC 5849 section 3.4.</remarks>
static class OAuthSignature
{
    /// <param name="address">Scheme, host, port and path as they were sent, without the query.</param>
    /// <param name="parameters">Decoded, without realm and signature: those of the header, the query and a form.</param>
    public static string BaseString(string method, RequestAddress address, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var pairs = parameters
            .Select(pair => (Name: Percent.Encode(pair.Key), Value: Percent.Encode(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}");
        return $"{method.ToUpperInvariant()}&{Percent.Encode(address.Signed)}&{Percent.Encode(string.Join('&', pairs))}";
    }

    // SHA-1 is what the protocol prescribes; nothing of value hangs on it here.
#pragma warning disable CA5350
    public static string Compute(string baseString, string consumerSecret, string tokenSecret)
    {
        var key = $"{Percent.Encode(consumerSecret)}&{Percent.Encode(tokenSecret)}";
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(baseString)));
    }
#pragma warning restore CA5350

    public static bool Equal(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
