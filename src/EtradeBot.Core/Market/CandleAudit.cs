using System.Globalization;

namespace EtradeBot.Market;

/// <summary>Looks candles over for everything that makes a backtest lie: holes, wrong clocks, splits, bad prices. It reports and changes nothing.</summary>
public static class CandleAudit
{
    /// <summary>All findings, the gravest first. Sessions are checked in the years whose calendar is known.</summary>
    /// <param name="report">How the candles were read, when they come from a file.</param>
    public static IReadOnlyList<CandleFinding> Check(CandleSeries candles, CsvReport? report = null)
    {
        ArgumentNullException.ThrowIfNull(candles);
        var findings = new List<CandleFinding>();
        if (candles.Origin.IsSimulated)
            findings.Add(new("simulated", FindingSeverity.Note, candles.Count, "These candles are SIMULATED by a market model; no such trades took place.", [], "Use them to learn the program; import real candles to learn about a market."));
        if (report is not null) AddReading(findings, report);
        if (candles.Count > 0)
        {
            CandleAuditSessions.Add(findings, candles);
            CandleAuditPrices.Add(findings, candles);
        }
        return [.. findings.OrderByDescending(f => f.Severity)];
    }

    /// <summary>Findings about candles of one symbol that are to be used together, such as two files of one import.</summary>
    public static IReadOnlyList<CandleFinding> CheckTogether(IReadOnlyList<CandleSeries> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var findings = new List<CandleFinding>();
        string[] Distinct(Func<CandleSeries, string> what) => [.. parts.Select(what).Distinct().Order(StringComparer.Ordinal)];
        void Differ(string id, FindingSeverity severity, string[] values, string words, string remedy)
        {
            if (values.Length > 1) findings.Add(new(id, severity, values.Length, words, [.. values.Take(5)], remedy));
        }
        Differ("mixed-symbols", FindingSeverity.Error, Distinct(p => p.Symbol.Ticker), "The candles belong to different symbols.", "Keep each symbol by itself.");
        Differ("mixed-timeframes", FindingSeverity.Error, Distinct(p => p.Timeframe.ToString()), "The candles have different timeframes.", "Resample the shorter ones first.");
        Differ("mixed-adjustment", FindingSeverity.Error, Distinct(p => p.Origin.Adjustment.ToString()), "The prices are adjusted in different ways, so their scales differ.", "Use prices of one kind.");
        Differ("mixed-simulated", FindingSeverity.Error, Distinct(p => p.Origin.IsSimulated ? "simulated" : "real"), "Simulated and real candles are mixed.", "Keep them apart.");
        Differ("mixed-sources", FindingSeverity.Warning, Distinct(p => p.Origin.Source), "The candles come from several sources, which often differ in price scale, volume and clock.", "Compare the sources where they overlap, or use one.");
        AddContradictions(findings, parts);
        return [.. findings.OrderByDescending(f => f.Severity)];
    }

    static void AddContradictions(List<CandleFinding> findings, IReadOnlyList<CandleSeries> parts)
    {
        var seen = new Dictionary<long, (double Close, int Part)>();
        var places = new FindingPlaces();
        for (var p = 0; p < parts.Count; p++)
        {
            var part = parts[p];
            for (var i = 0; i < part.Count; i++)
            {
                if (seen.TryAdd(part.OpenTicks[i], (part.Close[i], p))) continue;
                var (close, other) = seen[part.OpenTicks[i]];
                if (Math.Abs(close - part.Close[i]) <= 0.005 * close) continue;
                places.Add(string.Create(CultureInfo.InvariantCulture, $"{part.Label(i)}: close {close} in {parts[other].Origin.Source}, {part.Close[i]} in {part.Origin.Source}"));
            }
        }
        if (places.Count > 0)
            findings.Add(new("contradicting-sources", FindingSeverity.Error, places.Count, $"Candles that close more than half a percent apart in two sources: {places.Count}.", places.Examples, "Find out which source is right; a constant ratio points to a split or to adjusted prices."));
    }

    static void AddReading(List<CandleFinding> findings, CsvReport report)
    {
        string[] Rows() => [.. report.BadRows.Take(5).Select(r => r.ToString())];
        if (report.Rejected > 0)
            findings.Add(new("rejected-rows", FindingSeverity.Warning, report.Rejected, $"Bad rows: {report.Rejected} of {report.DataRows}: {Reasons(report)}.", Rows(), "Correct the rows in the file; until then they are read with --bad-rows skip only."));
        if (report.DuplicatesConflicting > 0)
            findings.Add(new("duplicates-conflicting", FindingSeverity.Warning, report.DuplicatesConflicting, $"Rows that say something else for the same time: {report.DuplicatesConflicting}. The last one in the file was kept.", [.. report.ConflictingTimes.Take(5)], "Often an unfinished candle and its final one; remove the wrong row when the last is not the right one."));
        if (report.DuplicatesIdentical > 0)
            findings.Add(new("duplicates-identical", FindingSeverity.Note, report.DuplicatesIdentical, $"Rows that repeat another word for word: {report.DuplicatesIdentical}. They were left out.", [.. report.IdenticalTimes.Take(5)], "Nothing to do."));
        if (report.Order == CsvFileOrder.Mixed)
            findings.Add(new("file-order", FindingSeverity.Warning, 1, "The rows are out of order and were sorted by time.", [], "Check that the file was not joined from files of different symbols or price scales."));
        if (report.Order == CsvFileOrder.Descending)
            findings.Add(new("file-order", FindingSeverity.Note, 1, "The file lists the newest row first; the rows were turned round.", [], "Nothing to do."));
        if (report.Assumptions.Count > 0)
            findings.Add(new("assumptions", FindingSeverity.Note, report.Assumptions.Count, "The file does not prove everything about itself; it was read on assumptions.", report.Assumptions, "Say otherwise with --columns, --date-order, --zone, --labels, --timeframe or --symbol."));
    }

    static string Reasons(CsvReport report)
    {
        (long Count, string Words)[] all =
        [
            (report.RejectedCells, "with too many or too few cells"), (report.RejectedDate, "without a readable date"), (report.RejectedMissing, "without a price"),
            (report.RejectedNonPositive, "with a price of zero or below"), (report.RejectedOhlc, "with an impossible high or low"),
        ];
        return string.Join(", ", all.Where(r => r.Count > 0).Select(r => $"{r.Count} {r.Words}"));
    }
}
