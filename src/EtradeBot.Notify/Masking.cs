using System.Text.RegularExpressions;

namespace EtradeBot.Notify;

/// <summary>Takes secrets and account numbers out of everything that leaves or is kept. Safe for several threads.</summary>
public sealed partial class Masking
{
    /// <summary>Shorter ones would blank out ordinary words.</summary>
    const int ShortestSecret = 4;

    volatile string[] _secrets = [];

    public Masking(IEnumerable<string>? secrets = null) => Replace(secrets ?? []);

    /// <summary>Forgets the secrets known so far and takes these.</summary>
    public void Replace(IEnumerable<string> secrets) =>
        _secrets = [.. secrets.Where(secret => secret.Length >= ShortestSecret).SelectMany(Spellings).Distinct().OrderByDescending(secret => secret.Length)];

    public string Mask(string text)
    {
        foreach (var secret in _secrets) text = text.Replace(secret, "***", StringComparison.Ordinal);
        return AccountNumber().Replace(text, match => "****" + match.Value[^4..]);
    }

    /// <summary>A secret may be quoted by a provider as it stood in an address or in JSON.</summary>
    static IEnumerable<string> Spellings(string secret) =>
        [secret, Uri.EscapeDataString(secret), System.Text.Json.JsonEncodedText.Encode(secret).ToString()];

    /// <summary>Eight or nine digits by themselves, as E*TRADE numbers its accounts; amounts have a point, a comma or a sign of money beside them.</summary>
    [GeneratedRegex(@"(?<![\w.,$+#-])\d{8,9}(?![\w,]|\.\d)", RegexOptions.CultureInvariant)]
    private static partial Regex AccountNumber();
}
