using System.Diagnostics.CodeAnalysis;

namespace EtradeBot.Market;

/// <summary>A ticker, normalised to upper case: 1 to 24 of the characters A-Z 0-9 . - / ^ = _, the first a letter, a digit or ^.</summary>
public readonly record struct Symbol : IComparable<Symbol>
{
    readonly string? _ticker;

    Symbol(string ticker) => _ticker = ticker;

    public string Ticker => _ticker ?? "";

    /// <exception cref="FormatException">The text is not a ticker.</exception>
    public static Symbol Parse(string text) =>
        TryParse(text, out var symbol) ? symbol : throw new FormatException($"'{text}' is not a ticker: use 1 to 24 letters, digits or . - / ^ = _");

    public static bool TryParse([NotNullWhen(true)] string? text, out Symbol symbol)
    {
        symbol = default;
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length is 0 or > 24) return false;
        if (!char.IsAsciiLetterOrDigit(trimmed[0]) && trimmed[0] != '^') return false;
        foreach (var c in trimmed)
            if (!char.IsAsciiLetterOrDigit(c) && !".-/^=_".Contains(c, StringComparison.Ordinal)) return false;
        symbol = new Symbol(trimmed.ToUpperInvariant());
        return true;
    }

    public int CompareTo(Symbol other) => string.CompareOrdinal(Ticker, other.Ticker);

    public override string ToString() => Ticker;
}
