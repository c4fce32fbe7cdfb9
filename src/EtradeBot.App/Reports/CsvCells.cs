namespace EtradeBot.App.Reports;

/// <summary>Text cells of a CSV file (RFC 4180).</summary>
static class CsvCells
{
    /// <summary>Quoted where needed. A text that a spreadsheet would run as a formula gets an apostrophe in front.</summary>
    public static void Cell(this Utf8Writer output, string text)
    {
        var isFormula = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal);
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            if (isFormula) output.Byte('\'');
            output.Text(text);
            return;
        }
        output.Byte('"');
        if (isFormula) output.Byte('\'');
        output.Text(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        output.Byte('"');
    }

    public static void Next(this Utf8Writer output) => output.Byte(',');
}
