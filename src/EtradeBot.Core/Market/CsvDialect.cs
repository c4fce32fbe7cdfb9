using System.Text;

namespace EtradeBot.Market;

/// <summary>Finds a file's dialect from its first bytes: encoding, delimiter, header and columns.</summary>
static class CsvDialect
{
    // A candle needs a time and four prices, so its delimiter stands at least four times in a line.
    const int FewestDelimiters = 4;

    static readonly (char Sign, string Words)[] Delimiters = [('\t', "tab"), (';', "semicolon"), ('|', "bar"), (',', "comma")];

    /// <summary>Leaves <paramref name="rows"/> before the first data row.</summary>
    /// <exception cref="CandleDataException">No table of candles.</exception>
    public static CsvLayout Find(CsvRows rows, string name, CsvOptions options)
    {
        var head = rows.Head;
        RefuseOtherKinds(head, name);
        var start = head.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        var firstLine = FirstLine(head[start..], name);
        var delimiter = Delimiter(firstLine, name);
        rows.Begin((byte)delimiter.Sign, start);
        if (!rows.Next()) throw Empty(name);
        var cells = Cells(rows, name);
        var isHeader = cells.Count(IsNumber) < 3;
        var ticker = isHeader && cells[0] == "Price" ? TickerRows(rows, name, cells) : null;
        var layout = isHeader ? CsvHeader.FromNames(name, cells, options) : CsvHeader.FromPlaces(name, cells, IsClock(cells[1]), options);
        if (!isHeader) rows.Begin((byte)delimiter.Sign, start);
        layout = layout with { NamedTicker = ticker };
        layout = layout with { IsLean = IsLean(options.Format, isHeader, name) };
        if (HasCommaInNumber(head, delimiter.Sign)) layout = layout with { Assumptions = [.. layout.Assumptions, "commas inside numbers taken as thousands separators"] };
        return layout with { Words = Words(head, delimiter.Words, layout) };
    }

    static void RefuseOtherKinds(ReadOnlySpan<byte> head, string name)
    {
        if (head.IsEmpty) throw Empty(name);
        var kind = head switch
        {
            _ when head.StartsWith(new byte[] { 0xFF, 0xFE }) || head.StartsWith(new byte[] { 0xFE, 0xFF }) => "is UTF-16 text; save it as UTF-8",
            _ when head.StartsWith(new byte[] { 0x1F, 0x8B }) => "is a gzip archive; unpack it first",
            _ when head.StartsWith("PK\u0003\u0004"u8) => "is a zip archive or a spreadsheet; unpack it or save the sheet as CSV",
            _ when head.StartsWith("PAR1"u8) => "is a Parquet file, not CSV",
            _ when head.Contains((byte)0) => "is not text: it holds zero bytes; give a CSV file",
            _ => null,
        };
        if (kind is not null) throw new CandleDataException($"{name} {kind}");
    }

    static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text, string name)
    {
        text = text.TrimStart("\r\n \t"u8);
        if (text.IsEmpty) throw Empty(name);
        var end = text.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0) end = text.Length;
        if (end > CsvRows.MaxLineBytes) throw CsvRows.TooLong(name, 1);
        return text[..end];
    }

    static (char Sign, string Words) Delimiter(ReadOnlySpan<byte> line, string name)
    {
        foreach (var candidate in Delimiters)
        {
            var count = 0;
            var quoted = false;
            foreach (var c in line)
            {
                if (c == '"') quoted = !quoted;
                else if (c == candidate.Sign && !quoted) count++;
            }
            if (count >= FewestDelimiters) return candidate;
        }
        throw new CandleDataException($"{name} line 1: '{CsvCell.Show(line)}' is no row of a table; expected a header or time, open, high, low, close, volume, separated by commas, semicolons, tabs or bars");
    }

    static string[] Cells(CsvRows rows, string name)
    {
        var cells = new string[rows.CellCount];
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = CsvCell.Trim(rows.Cell(i));
            if (!System.Text.Unicode.Utf8.IsValid(cell))
                throw new CandleDataException($"{name} line {rows.Line}, column {i + 1}: '{CsvCell.Show(cell)}' is not UTF-8 text; save the file as UTF-8");
            cells[i] = Encoding.UTF8.GetString(cell);
        }
        // A delimiter at the end of each line makes no column.
        return cells.Length > 1 && cells[^1].Length == 0 ? cells[..^1] : cells;
    }

    // A current yfinance file has three header rows: "Price,Close,High,...", "Ticker,AAPL,AAPL,..." and "Date,,,,".
    static string TickerRows(CsvRows rows, string name, string[] names)
    {
        if (!rows.Next() || Cells(rows, name) is not ["Ticker", var ticker, ..] tickers)
            throw new CandleDataException($"{name} line 2: a first column named Price needs a row of tickers below it, as yfinance writes; if this is another file, put the time first or name that column Date");
        if (tickers.Skip(1).FirstOrDefault(t => t != ticker) is { } other)
            throw new CandleDataException($"{name} line 2: the file holds several symbols ({ticker}, {other}); give each symbol a file of its own");
        if (!rows.Next()) throw Empty(name);
        names[0] = Cells(rows, name)[0];
        return ticker;
    }

    static bool IsLean(string? format, bool isHeader, string name) => format?.Trim().ToLowerInvariant() switch
    {
        null => false,
        "lean" when isHeader => throw new CandleDataException($"{name} line 1: a header, but files of the lean format have none; leave --format out"),
        "lean" => true,
        _ => throw new CandleDataException($"--format '{format}' is unknown; the only one a file cannot show by itself is lean"),
    };

    // 1,234 is a thousand or a bit over one, depending on the country; three digits always follow, or the number is refused.
    static bool HasCommaInNumber(ReadOnlySpan<byte> head, char delimiter)
    {
        if (delimiter == ',' && !head.Contains((byte)'"')) return false;
        var quoted = delimiter != ',' || head[0] == '"';
        for (var i = 1; i + 1 < head.Length; i++)
        {
            if (head[i] == '"' && delimiter == ',') quoted = !quoted;
            if (head[i] == ',' && quoted && char.IsAsciiDigit((char)head[i - 1]) && char.IsAsciiDigit((char)head[i + 1])) return true;
        }
        return false;
    }

    static string Words(ReadOnlySpan<byte> head, string delimiter, CsvLayout layout)
    {
        var words = new List<string> { $"{delimiter}-separated", layout.HasHeader ? layout.NamedTicker is null ? "header" : "three header rows" : "no header" };
        if (head.Contains((byte)'"')) words.Add("quoted cells");
        words.Add(head.Contains((byte)'\r') ? head.Contains((byte)'\n') ? "CRLF" : "CR" : "LF");
        if (head.StartsWith(Encoding.UTF8.Preamble)) words.Add("byte-order mark");
        if (layout.IsLean) words.Add("QuantConnect Lean prices in 1/10,000 dollar");
        var time = layout.Clock < 0 ? layout.Name(layout.Time) : $"{layout.Name(layout.Time)} and {layout.Name(layout.Clock)}";
        words.Add($"time from {time}, open {layout.Name(layout.Open)}, high {layout.Name(layout.High)}, low {layout.Name(layout.Low)}, close {layout.Name(layout.Close)}");
        if (layout.Volume >= 0) words.Add($"volume {layout.Name(layout.Volume)}");
        return string.Join(", ", words);
    }

    static bool IsNumber(string cell) => CsvNumbers.TryRead(Encoding.UTF8.GetBytes(cell), out _);

    static bool IsClock(string cell) => cell.Contains(':', StringComparison.Ordinal) && CsvClock.TryRead(Encoding.UTF8.GetBytes(cell), out _, out _);

    static CandleDataException Empty(string name) => new($"{name} is empty; a candle file needs a time, open, high, low and close in each row");
}
