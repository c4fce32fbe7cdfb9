namespace EtradeBot.Market;

/// <summary>Finds the known word that a mistyped one was meant to be.</summary>
public static class Spelling
{
    const int LongestWord = 64;

    /// <summary><c>; did you mean 'sma-cross'?</c>, or nothing when no known word is near.</summary>
    public static string DidYouMean(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } near ? $"; did you mean '{near}'?" : "";

    /// <summary><c> Did you mean 'backtest'?</c> with a leading blank, to be put behind a sentence; empty when nothing is near.</summary>
    public static string Question(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>The known word with the fewest typing errors, case ignored; null when more than a third of the letters would be wrong.
    /// A word that begins with what was typed (three letters or more) counts as near too. Ties go to the first in ordinal order.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(known);
        if (word.Length is 0 or > LongestWord) return null;
        string? best = null;
        var fewest = int.MaxValue;
        foreach (var candidate in known.Order(StringComparer.Ordinal))
        {
            var errors = Distance(word, candidate);
            if (errors > Math.Max(1, Math.Max(word.Length, candidate.Length) / 3))
            {
                if (word.Length < 3 || !candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase)) continue;
            }
            if (errors >= fewest) continue;
            (best, fewest) = (candidate, errors);
        }
        return best;
    }

    /// <summary>Letters to insert, delete, change or swap with their neighbour to turn one word into the other; case ignored.</summary>
    /// <remarks>Damerau, "A technique for computer detection and correction of spelling errors", CACM 7 (1964), in its restricted form:
    /// no letter is edited twice.</remarks>
    internal static int Distance(string a, string b)
    {
        var beforeLast = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + change);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }
            (beforeLast, last, row) = (last, row, beforeLast);
        }
        return last[b.Length];
    }

    static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
