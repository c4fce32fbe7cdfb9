using System.Text.Encodings.Web;
using System.Text.Json;
using EtradeBot.Backtests;
using EtradeBot.Market;

namespace EtradeBot.App.Reports;

/// <summary>Seconds of each part of the work: the one object of summary.json that differs between two equal runs.</summary>
sealed record Timings(double Load, double Indicators, double Simulation, double Report, double Total);

/// <summary>summary.json: everything but the rows. Keys: docs/results.md.</summary>
static class SummaryJson
{
    static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        NewLine = "\n",
        // A file of its own, never inside a page: names and reasons stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(Stream stream, RunRecord run, Timings timings)
    {
        using var json = new Utf8JsonWriter(stream, Readable);
        json.WriteStartObject();
        Head(json, run);
        Data(json, run.Result.Candles, run.DataHashes);
        Settings(json, run);
        Metrics(json, run.Metrics);
        Outcome(json, run);
        Timing(json, timings);
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    static void Head(Utf8JsonWriter json, RunRecord run)
    {
        var curve = run.Curve;
        json.WriteNumber("format", 1);
        json.WriteString("engine_version", run.EngineVersion);
        json.WriteString("mode", "backtest");
        json.WriteBoolean("simulated", run.IsSimulated);
        json.WriteStartArray("symbols");
        foreach (var series in run.Result.Candles) json.WriteStringValue(series.Symbol.Ticker);
        json.WriteEndArray();
        json.WriteString("timeframe", curve.Timeframe.ToString());
        Label(json, "start", curve, 0);
        Label(json, "end", curve, curve.Count - 1);
        json.WriteNumber("candles", curve.Count);
        json.WriteString("strategy", run.Strategy);
        json.WriteNumber("seed", run.Seed);
    }

    static void Label(Utf8JsonWriter json, string name, EquityCurve curve, int index)
    {
        if (index >= 0 && index < curve.Count)
            json.WriteString(name, MarketCalendar.Nyse.Label(new DateTimeOffset(curve.OpenTicks[index], TimeSpan.Zero), curve.Timeframe));
        else json.WriteNull(name);
    }

    static void Data(Utf8JsonWriter json, IReadOnlyList<CandleSeries> all, IReadOnlyDictionary<Symbol, string> hashes)
    {
        json.WriteStartArray("data");
        foreach (var series in all)
        {
            json.WriteStartObject();
            json.WriteString("symbol", series.Symbol.Ticker);
            json.WriteString("source", series.Origin.Source);
            json.WriteString("adjustment", Words.Of(series.Origin.Adjustment));
            json.WriteBoolean("simulated", series.Origin.IsSimulated);
            json.WriteNumber("candles", series.Count);
            json.WriteString("start", series.Count > 0 ? series.Label(0) : null);
            json.WriteString("end", series.Count > 0 ? series.Label(series.Count - 1) : null);
            json.WriteString("sha256", hashes.GetValueOrDefault(series.Symbol));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Settings(Utf8JsonWriter json, RunRecord run)
    {
        json.WriteStartObject("parameters");
        foreach (var parameter in run.Parameters)
        {
            json.WriteStartObject(parameter.Name);
            JsonValues.Write(json, "value", parameter.Value);
            JsonValues.Write(json, "default", parameter.Default);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartObject("settings");
        foreach (var setting in run.Settings) JsonValues.Write(json, setting.Key, setting.Value);
        json.WriteEndObject();
    }

    static void Metrics(Utf8JsonWriter json, Metrics metrics)
    {
        json.WriteStartObject("metrics");
        foreach (var row in metrics.Rows())
            if (row.Unit is MetricUnit.Time or MetricUnit.Text) JsonValues.Write(json, row.Key, row.IsDefined ? row.Text : null);
            else JsonValues.Write(json, row.Key, row.Number);
        json.WriteEndObject();
    }

    static void Outcome(Utf8JsonWriter json, RunRecord run)
    {
        var result = run.Result;
        json.WriteNumber("round_trips", result.RoundTrips.Count);
        json.WriteNumber("orders", result.Orders.Count);
        json.WriteNumber("fills", result.Fills.Count);
        json.WriteStartObject("intrabar");
        json.WriteString("policy", run.Intrabar.Policy);
        json.WriteNumber("ambiguous_candles", result.AmbiguousCandles);
        JsonValues.Write(json, "worst_final_equity", run.Intrabar.WorstEquity);
        JsonValues.Write(json, "best_final_equity", run.Intrabar.BestEquity);
        JsonValues.Write(json, "spread", run.Intrabar.Spread);
        json.WriteEndObject();
        json.WriteStartObject("gaps");
        json.WriteNumber("fills", result.GapFills);
        json.WriteNumber("cost", result.GapCost);
        json.WriteEndObject();
        OpenPositions(json, run);
        json.WriteStartObject("denials");
        foreach (var rule in result.Denials.CountBy(denial => denial.Rule).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteNumber(rule.Key, rule.Value);
        json.WriteEndObject();
        json.WriteStartArray("warnings");
        foreach (var warning in run.AllWarnings) json.WriteStringValue(warning);
        json.WriteEndArray();
    }

    static void OpenPositions(Utf8JsonWriter json, RunRecord run)
    {
        json.WriteStartArray("open_positions");
        foreach (var position in run.Result.OpenPositions)
        {
            json.WriteStartObject();
            json.WriteString("symbol", position.Symbol.Ticker);
            json.WriteNumber("shares", position.Shares);
            json.WriteString("entry_time", MarketCalendar.Nyse.Label(position.EntryTime, run.Curve.Timeframe));
            json.WriteNumber("average_price", position.AveragePrice);
            json.WriteNumber("last_price", position.LastPrice);
            json.WriteNumber("unrealized_pnl", position.UnrealizedProfitAndLoss);
            json.WriteString("entry_reason", position.EntryReason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Timing(Utf8JsonWriter json, Timings timings)
    {
        json.WriteStartObject("timing");
        JsonValues.Write(json, "load", Math.Round(timings.Load, 6));
        JsonValues.Write(json, "indicators", Math.Round(timings.Indicators, 6));
        JsonValues.Write(json, "simulation", Math.Round(timings.Simulation, 6));
        JsonValues.Write(json, "report", Math.Round(timings.Report, 6));
        JsonValues.Write(json, "total", Math.Round(timings.Total, 6));
        json.WriteEndObject();
    }
}
