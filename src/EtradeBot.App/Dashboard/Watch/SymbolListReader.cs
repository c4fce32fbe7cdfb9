using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.App.Dashboard.Watch;

/// <summary>How a list of symbols is laid out.</summary>
public enum SymbolListLayout
{
    /// <summary>Every word is a symbol.</summary>
    Words,

    /// <summary>A table: the first column holds the symbols.</summary>
    FirstColumn,
}

/// <summary>A list of symbols as it was read.</summary>
/// <param name="Symbols">In the list's order, each once.</param>
/// <param name="Refused">What is no symbol, by line and text.</param>
/// <param name="Repeated">Symbols that the list holds more than once.</param>
public sealed record SymbolListReading(IReadOnlyList<Symbol> Symbols, IReadOnlyList<string> Refused, IReadOnlyList<Symbol> Repeated);

/// <summary>Reads lists of symbols as people keep them: one a line, in one line, or the first column of a table.</summary>
static class SymbolListReader
{
    static readonly char[] Separators = [',', ';', '\t'];

    static readonly string[] Headings = ["symbol", "ticker", "symbols", "tickers"];

    /// <summary>The layout a text looks like: a table when its lines have the same columns, more than one, and there are several.</summary>
    public static SymbolListLayout Guess(string text)
    {
        var lines = Lines(text).Select(line => line.Text).Where(line => line.Length > 0).ToList();
        if (lines.Count < 2) return SymbolListLayout.Words;
        return Separators.Any(separator => lines.All(line => line.Contains(separator, StringComparison.Ordinal)) && lines.Select(line => line.Count(letter => letter == separator)).Distinct().Count() == 1)
            ? SymbolListLayout.FirstColumn
            : SymbolListLayout.Words;
    }

    public static SymbolListReading Read(string text, SymbolListLayout layout)
    {
        var symbols = new List<Symbol>();
        var repeated = new List<Symbol>();
        var refused = new List<string>();
        var isFirst = true;
        foreach (var (number, line) in Lines(text))
        {
            foreach (var cell in Cells(line, layout))
            {
                if (isFirst && Headings.Contains(cell, StringComparer.OrdinalIgnoreCase))
                {
                    isFirst = false;
                    continue;
                }
                isFirst = false;
                if (!Symbol.TryParse(cell, out var symbol)) refused.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}: '{Short(cell)}' is no symbol"));
                else if (!symbols.Contains(symbol)) symbols.Add(symbol);
                else if (!repeated.Contains(symbol)) repeated.Add(symbol);
            }
        }
        return new(symbols, refused, repeated);
    }

    static IEnumerable<(int Number, string Text)> Lines(string text) => text.TrimStart('\uFEFF').Split('\n').Select((line, i) => (i + 1, line.Trim()));

    static IEnumerable<string> Cells(string line, SymbolListLayout layout)
    {
        if (line.Length == 0) return [];
        var cells = layout == SymbolListLayout.FirstColumn ? [line.Split(Separators, 2)[0]] : line.Split([.. Separators, ' '], StringSplitOptions.RemoveEmptyEntries);
        return cells.Select(cell => cell.Trim().Trim('"', '\'').Trim()).Where(cell => cell.Length > 0 || layout == SymbolListLayout.FirstColumn);
    }

    static string Short(string cell) => cell.Length <= 40 ? cell : cell[..40] + "…";
}
