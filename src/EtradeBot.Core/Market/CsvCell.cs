using System.Text;

namespace EtradeBot.Market;

/// <summary>What surrounds the value in a cell.</summary>
static class CsvCell
{
    const int LongestShown = 40;

    /// <summary>The value without blanks and without the quotes around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell)
    {
        cell = TrimBlanks(cell);
        if (cell.Length >= 2 && cell[0] == '"' && cell[^1] == '"') cell = TrimBlanks(cell[1..^1]);
        return cell;
    }

    /// <summary>The value for a message: one line, printable, at most 40 characters.</summary>
    public static string Show(ReadOnlySpan<byte> cell)
    {
        var text = Encoding.UTF8.GetString(Trim(cell)[..Math.Min(Trim(cell).Length, LongestShown * 4)]);
        var shown = new StringBuilder();
        foreach (var c in text)
        {
            if (shown.Length == LongestShown) return shown.Append("...").ToString();
            shown.Append(char.IsControl(c) ? '\uFFFD' : c);
        }
        return shown.ToString();
    }

    // The two bytes of a no-break space in UTF-8 count as blanks: spreadsheets and web pages leave them behind.
    static ReadOnlySpan<byte> TrimBlanks(ReadOnlySpan<byte> cell)
    {
        while (true)
        {
            var length = cell.Length;
            cell = cell.Trim(" \t"u8);
            if (cell.StartsWith("\u00A0"u8)) cell = cell[2..];
            if (cell.EndsWith("\u00A0"u8)) cell = cell[..^2];
            if (cell.Length == length) return cell;
        }
    }
}
