using System.Globalization;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>One call being served.</summary>
/// <param name="Call">Its name in the fault catalogue.</param>
/// <param name="Arguments">What stands in the variable places of the path, decoded.</param>
sealed record Visit(string Call, SimulatorRequest Request, RequestAddress Address, IReadOnlyList<string> Arguments, DateTimeOffset Now)
{
    readonly Dictionary<string, string> _query = Index(Address.Parameters());

    public required bool AsJson { get; init; }

    /// <summary>Value of a query parameter, whatever the case of its name; null without it or when it is empty.</summary>
    public string? Query(string name) => _query.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public bool Flag(string name) => string.Equals(Query(name), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A whole number of the query; null without it.</summary>
    /// <exception cref="BadQueryException">Something else.</exception>
    public int? Number(string name)
    {
        if (Query(name) is not { } text) return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new BadQueryException($"{name} must be a whole number.");
    }

    /// <exception cref="BadQueryException">Something else.</exception>
    public DateOnly? Day(string name)
    {
        if (Query(name) is not { } text) return null;
        return Rendering.Wire.QueryDay(text) ?? throw new BadQueryException($"{name} must be a day written as MMDDYYYY.");
    }

    /// <summary>One of the words, in upper case; null without the parameter.</summary>
    /// <exception cref="BadQueryException">Another word.</exception>
    public string? Word(string name, params ReadOnlySpan<string> allowed)
    {
        if (Query(name)?.ToUpperInvariant() is not { } word) return null;
        foreach (var candidate in allowed)
            if (candidate == word) return word;
        throw new BadQueryException($"{name} must be one of {string.Join(", ", allowed)}.");
    }

    /// <summary>A link to another call, in the format of this one.</summary>
    public string Link(string path, string query = "") =>
        $"{Address.Root}/v1/{path}{(AsJson ? ".json" : "")}{(query.Length == 0 ? "" : "?" + query)}";

    static Dictionary<string, string> Index(List<KeyValuePair<string, string>> pairs)
    {
        var index = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in pairs) index.TryAdd(name, value);
        return index;
    }
}

/// <summary>A query parameter that cannot be used: answered with status 400.</summary>
sealed class BadQueryException(string message) : Exception(message);
