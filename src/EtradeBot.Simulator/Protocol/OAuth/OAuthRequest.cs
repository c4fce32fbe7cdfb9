namespace EtradeBot.Simulator.Protocol.OAuth;

/// <summary>The OAuth side of a request: its parameters wherever they stand, and everything the signature covers.</summary>
sealed class OAuthRequest
{
    const string Scheme = "OAuth";
    const string FormType = "application/x-www-form-urlencoded";

    readonly Dictionary<string, string> _oauth = new(StringComparer.Ordinal);

    OAuthRequest(string method, RequestAddress address, List<KeyValuePair<string, string>> signed) => (Method, Address, Signed) = (method, address, signed);

    public string Method { get; }

    public RequestAddress Address { get; }

    /// <summary>Decoded parameters that take part in the signature.</summary>
    public List<KeyValuePair<string, string>> Signed { get; }

    /// <summary>A parameter that stands there twice; null when none does.</summary>
    public string? Repeated { get; private set; }

    /// <summary>Value of an OAuth parameter; null without it.</summary>
    public string? this[string name] => _oauth.GetValueOrDefault(name);

    public static OAuthRequest Of(SimulatorRequest request, RequestAddress address)
    {
        List<KeyValuePair<string, string>> all = [.. HeaderParameters(request.Header("Authorization")), .. address.Parameters(), .. FormParameters(request)];
        var parsed = new OAuthRequest(request.Method, address, [.. all.Where(pair => pair.Key != "oauth_signature")]);
        foreach (var (name, value) in all)
            if (name.StartsWith("oauth_", StringComparison.Ordinal) && !parsed._oauth.TryAdd(name, value)) parsed.Repeated ??= name;
        return parsed;
    }

    static IEnumerable<KeyValuePair<string, string>> HeaderParameters(string? header)
    {
        if (header is null || header.Length <= Scheme.Length || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || !char.IsWhiteSpace(header[Scheme.Length])) yield break;
        foreach (var part in Parts(header[Scheme.Length..]))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) continue;
            var name = Percent.Decode(part[..equals].Trim());
            // Tells which part of a site the request is for; it is never signed.
            if (!name.Equals("realm", StringComparison.OrdinalIgnoreCase)) yield return new(name, Percent.Decode(part[(equals + 1)..].Trim().Trim('"')));
        }
    }

    /// <summary>Between commas, but for those within quotes: a realm may hold one.</summary>
    static IEnumerable<string> Parts(string text)
    {
        var (start, isQuoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') isQuoted = !isQuoted;
            if (text[i] != ',' || isQuoted) continue;
            yield return text[start..i];
            start = i + 1;
        }
        yield return text[start..];
    }

    static List<KeyValuePair<string, string>> FormParameters(SimulatorRequest request) =>
        request.Method is not "GET" && request.Body.Length > 0 && request.Header("Content-Type")?.TrimStart().StartsWith(FormType, StringComparison.OrdinalIgnoreCase) == true
            ? Percent.Form(System.Text.Encoding.UTF8.GetString(request.Body.Span))
            : [];
}
