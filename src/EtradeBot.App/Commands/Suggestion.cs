namespace EtradeBot.App.Commands;

/// <summary>The "did you mean" of messages about misspelt names.</summary>
static class Suggestion
{
    /// <summary><c> Did you mean 'backtest'?</c> with a leading blank, to be put behind a sentence; empty when nothing is near.</summary>
    public static string For(string text, IEnumerable<string> names) =>
        Nearest(text, names) is { } name ? $" Did you mean '{name}'?" : "";

    /// <summary>The name that takes fewest edits to reach, at most one for every three letters (case apart); null when none is that near.</summary>
    public static string? Nearest(string text, IEnumerable<string> names)
    {
        var wanted = text.ToUpperInvariant();
        var allowed = Math.Max(1, wanted.Length / 3);
        return names
            .Select(name => (Name: name, Edits: Edits(wanted, name.ToUpperInvariant())))
            .Where(candidate => candidate.Edits <= allowed)
            .OrderBy(candidate => candidate.Edits)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).</summary>
    static int Edits(string from, string to)
    {
        var table = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= to.Length; j++) table[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
            for (var j = 1; j <= to.Length; j++)
            {
                var substituted = table[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(substituted, 1 + Math.Min(table[i - 1, j], table[i, j - 1]));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        return table[from.Length, to.Length];
    }
}
