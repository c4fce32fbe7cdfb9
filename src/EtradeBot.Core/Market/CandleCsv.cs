using System.Globalization;

namespace EtradeBot.Market;

/// <summary>Reads candle files of every dialect met in the wild.</summary>
public static class CandleCsv
{
    /// <summary>Reads a file; its dialect is found from the file itself.</summary>
    /// <param name="name">File name for messages and for <see cref="CandleOrigin.Source"/>.</param>
    /// <exception cref="CandleDataException">Nothing usable, or bad rows under <see cref="BadRows.Fail"/>.</exception>
    public static CsvReadResult Read(Stream stream, string name, CsvOptions options)
    {
        var result = Inspect(stream, name, options);
        var report = result.Report;
        if (report.Rejected > 0 && (options.BadRows == BadRows.Fail || report.Kept == 0)) throw Refuse(report);
        return result;
    }

    /// <summary>Reads a file as under <see cref="BadRows.Skip"/>, and does not throw when every row is bad: then there are no candles.</summary>
    /// <exception cref="CandleDataException">No table of candles: no data row, or columns, dates, timeframe or symbol that stay unknown.</exception>
    public static CsvReadResult Inspect(Stream stream, string name, CsvOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(options);
        var file = Path.GetFileName(name);
        var dates = new CsvDates(DateOrder(options.DateOrder));
        var lines = new CsvRows(stream, file);
        var layout = CsvDialect.Find(lines, file, options);
        var rows = new CsvCandleRows(lines, layout, dates, file, Capacity(stream, lines));
        rows.ReadAll();
        if (rows.DataRows == 0) throw new CandleDataException($"{file} has a header and no row below it");
        return Finish(rows, layout, options, file);
    }

    static CsvReadResult Finish(CsvCandleRows rows, CsvLayout layout, CsvOptions options, string file)
    {
        var assumptions = new List<string>(layout.Assumptions);
        var symbol = SymbolOf(rows.Ticker ?? layout.NamedTicker, options, file, assumptions);
        var timeline = new CsvTimeline(rows, options, file);
        if (rows.Columns.Count > 0) timeline.Resolve();
        var order = new CsvOrder();
        var columns = order.Sort(rows.Columns);
        assumptions.AddRange(timeline.Assumptions);
        if (rows.MissingVolumes > 0) assumptions.Add($"{rows.MissingVolumes} missing volumes taken as 0");
        if (rows.NegativeVolumes > 0) assumptions.Add($"{rows.NegativeVolumes} volumes below zero taken as 0");
        var timeframe = columns.Count > 0 ? timeline.Timeframe : options.Timeframe ?? Timeframe.D1;
        var report = new CsvReport
        {
            Name = file,
            Dialect = $"{layout.Words}, {(rows.AreEpoch ? "times since 1970" : "times")} like {rows.FirstTime}",
            DataRows = rows.DataRows,
            Kept = columns.Count,
            RejectedCells = rows.Rejected(CsvReject.Cells),
            RejectedDate = rows.Rejected(CsvReject.Date),
            RejectedMissing = rows.Rejected(CsvReject.Missing),
            RejectedNonPositive = rows.Rejected(CsvReject.NonPositive),
            RejectedOhlc = rows.Rejected(CsvReject.Ohlc),
            BadRows = rows.BadRows,
            DuplicatesIdentical = order.Identical,
            DuplicatesConflicting = order.Conflicting,
            IdenticalTimes = Labels(order.IdenticalTimes, timeframe),
            ConflictingTimes = Labels(order.ConflictingTimes, timeframe),
            Order = order.FileOrder,
            Assumptions = assumptions,
            Timeframe = timeframe,
            TimeframeFound = columns.Count > 0 ? timeline.TimeframeFound : "not found: no good row",
        };
        return new(CandleSeries.FromColumns(symbol, timeframe, new CandleOrigin(file), columns), report);
    }

    static List<string> Labels(IReadOnlyList<long> ticks, Timeframe timeframe)
    {
        var labels = new List<string>();
        foreach (var time in ticks) labels.Add(MarketCalendar.Nyse.Label(new DateTimeOffset(time, TimeSpan.Zero), timeframe));
        return labels;
    }

    // The file's length over the length of its first lines, so that columns need not grow while reading.
    static int Capacity(Stream stream, CsvRows rows)
    {
        var head = rows.Head;
        var lines = head.Count((byte)'\n') + 16L;
        if (rows.HeadIsAll || !stream.CanSeek || head.IsEmpty) return (int)lines;
        return (int)Math.Min(stream.Length / (double)head.Length * lines * 1.02, int.MaxValue / 16);
    }

    static CsvDateOrder DateOrder(string? asked) => asked?.Trim().ToLowerInvariant() switch
    {
        null => CsvDateOrder.Unknown,
        "mdy" => CsvDateOrder.MonthFirst,
        "dmy" => CsvDateOrder.DayFirst,
        _ => throw new CandleDataException($"--date-order '{asked}' is unknown; use mdy (month/day/year) or dmy (day/month/year)"),
    };

    static Symbol SymbolOf(string? ticker, CsvOptions options, string file, List<string> assumptions)
    {
        // Stooq marks American tickers by their country.
        if (ticker is not null && ticker.EndsWith(".US", StringComparison.OrdinalIgnoreCase)) ticker = ticker[..^3];
        var isNamed = Symbol.TryParse(ticker, out var named);
        if (options.Symbol is { } asked)
        {
            if (isNamed && named != asked) assumptions.Add($"the file names {named}; read as {asked}, as asked");
            return asked;
        }
        if (isNamed) return named;
        if (!Symbol.TryParse(Path.GetFileNameWithoutExtension(file), out var stem))
            throw new CandleDataException($"{file} names no symbol, and '{Path.GetFileNameWithoutExtension(file)}' is no ticker; say --symbol");
        assumptions.Add($"symbol {stem} taken from the file's name");
        return stem;
    }

    static CandleDataException Refuse(CsvReport report)
    {
        var listed = string.Join("", report.BadRows.Select(r => $"\n  {r}"));
        var more = report.Rejected > report.BadRows.Count ? string.Create(CultureInfo.InvariantCulture, $"\n  and {report.Rejected - report.BadRows.Count:N0} more") : "";
        var what = string.Create(CultureInfo.InvariantCulture, $"{report.Name}: {report.Rejected:N0} of {report.DataRows:N0} rows {(report.Rejected == 1 ? "is" : "are")} bad");
        var remedy = report.Kept == 0 ? "No row is usable, so check that this is a candle file and that its columns were found right" : "Correct them, or leave them out with --bad-rows skip";
        return new($"{what}:{listed}{more}\n{remedy} ({report.Dialect}).");
    }
}
