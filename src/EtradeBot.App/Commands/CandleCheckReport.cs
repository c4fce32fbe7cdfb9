using System.Globalization;
using System.Text.Json;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

/// <summary>What is known about one file or stored symbol after looking it over.</summary>
sealed record CandleCheck(string Name)
{
    public CandleSeries? Candles { get; init; }

    public CsvReport? Report { get; init; }

    public IReadOnlyList<CandleFinding> Findings { get; init; } = [];

    /// <summary>Why nothing could be read; null when it could.</summary>
    public string? Problem { get; init; }

    /// <summary>No bad row and no finding that makes results wrong.</summary>
    public bool IsClean => Problem is null && Report is not { Rejected: > 0 } && Findings.All(finding => finding.Severity != FindingSeverity.Error);
}

/// <summary>A <see cref="CandleCheck"/> as text and as JSON.</summary>
static class CandleCheckReport
{
    public static void Print(Output output, CandleCheck check)
    {
        if (check.Candles is not { } candles)
        {
            output.Line($"{check.Name}: cannot be read", Tone.Bad);
            output.Line($"  {check.Problem}");
            return;
        }
        var range = candles.Count == 0 ? "no candle" : $"{Count(candles.Count)} candles, {candles.Label(0)} to {candles.Label(candles.Count - 1)}";
        output.Line($"{check.Name}: {candles.Symbol} {candles.Timeframe}, {range}{(candles.Origin.IsSimulated ? ", SIMULATED" : "")}");
        if (check.Report is { } report) Print(output, report);
        foreach (var finding in check.Findings) Print(output, finding);
        if (check.Findings.Count == 0) output.Line("  nothing to report", Tone.Good);
    }

    static void Print(Output output, CsvReport report)
    {
        output.Line($"  dialect    {report.Dialect}");
        output.Line($"  timeframe  {report.Timeframe}: {report.TimeframeFound}");
        output.Line($"  rows       {Count(report.DataRows)} read, {Count(report.Kept)} kept, {Count(report.Rejected)} bad, {Count(report.DuplicatesIdentical + report.DuplicatesConflicting)} repeated");
        foreach (var row in report.BadRows) output.Line($"    {row}", Tone.Bad);
        if (report.Rejected > report.BadRows.Count) output.Line($"    and {Count(report.Rejected - report.BadRows.Count)} more", Tone.Bad);
    }

    static void Print(Output output, CandleFinding finding)
    {
        // Bad rows stand above, one by one.
        if (finding.Id == "rejected-rows") return;
        var (label, tone) = finding.Severity switch
        {
            FindingSeverity.Error => ("error", Tone.Bad),
            FindingSeverity.Warning => ("warning", Tone.Warning),
            _ => ("note", Tone.Plain),
        };
        output.Line($"  {label,-10} {finding.Words} [{finding.Id}]", tone);
        foreach (var example in finding.Examples) output.Line($"    {example}", Tone.Faint);
        output.Line($"    -> {finding.Remedy}");
    }

    static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static void Write(Utf8JsonWriter json, IReadOnlyList<CandleCheck> checks)
    {
        json.WriteStartArray();
        foreach (var check in checks)
        {
            json.WriteStartObject();
            json.WriteString("name", check.Name);
            json.WriteBoolean("clean", check.IsClean);
            if (check.Problem is { } problem) json.WriteString("problem", problem);
            if (check.Candles is { } candles) Write(json, candles);
            if (check.Report is { } report) Write(json, report);
            json.WriteStartArray("findings");
            foreach (var finding in check.Findings) Write(json, finding);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, CandleSeries candles)
    {
        json.WriteString("symbol", candles.Symbol.Ticker);
        json.WriteString("timeframe", candles.Timeframe.ToString());
        json.WriteNumber("candles", candles.Count);
        json.WriteString("first", candles.Count == 0 ? null : candles.Label(0));
        json.WriteString("last", candles.Count == 0 ? null : candles.Label(candles.Count - 1));
        json.WriteBoolean("simulated", candles.Origin.IsSimulated);
    }

    static void Write(Utf8JsonWriter json, CsvReport report)
    {
        json.WriteString("dialect", report.Dialect);
        json.WriteString("timeframe_found", report.TimeframeFound);
        json.WriteNumber("data_rows", report.DataRows);
        json.WriteNumber("kept", report.Kept);
        json.WriteNumber("rejected_cells", report.RejectedCells);
        json.WriteNumber("rejected_date", report.RejectedDate);
        json.WriteNumber("rejected_missing", report.RejectedMissing);
        json.WriteNumber("rejected_non_positive", report.RejectedNonPositive);
        json.WriteNumber("rejected_ohlc", report.RejectedOhlc);
        json.WriteNumber("duplicates_identical", report.DuplicatesIdentical);
        json.WriteNumber("duplicates_conflicting", report.DuplicatesConflicting);
        json.WriteString("file_order", report.Order.ToString().ToLowerInvariant());
        json.WriteStartArray("bad_rows");
        foreach (var row in report.BadRows) Write(json, row);
        json.WriteEndArray();
        json.WriteStartArray("assumptions");
        foreach (var assumption in report.Assumptions) json.WriteStringValue(assumption);
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, CsvBadRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("line", row.Line);
        json.WriteString("column", row.Column);
        json.WriteString("value", row.Value);
        json.WriteString("rule", row.Rule);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, CandleFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("id", finding.Id);
        json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
        json.WriteNumber("count", finding.Count);
        json.WriteString("words", finding.Words);
        json.WriteStartArray("examples");
        foreach (var example in finding.Examples) json.WriteStringValue(example);
        json.WriteEndArray();
        json.WriteString("remedy", finding.Remedy);
        json.WriteEndObject();
    }
}
