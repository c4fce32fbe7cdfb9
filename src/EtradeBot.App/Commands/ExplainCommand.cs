using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EtradeBot.Analysis;
using EtradeBot.App.Reports;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot explain</c>: why a candlestick pattern is at a candle, or is not, condition by condition.</summary>
static class ExplainCommand
{
    static readonly Option<string> Date = new("--date") { Description = "The candle: 2021-01-04, within a day 2021-01-04T09:30 (New York time).", HelpName = "D", Required = true };
    static readonly Option<string?> PatternName = new("--pattern") { Description = "One pattern, such as Hammer or CDLHAMMER; all without it.", HelpName = "P" };

    static readonly Column[] SummaryColumns = [Column.Text("pattern"), Column.Text("ta-lib"), Column.Number("value"), Column.Text("reading"), Column.Text("conditions met")];
    static readonly Column[] CheckColumns =
        [Column.Text("condition"), Column.Number("value"), Column.Text(""), Column.Number("threshold"), Column.Text("result"), Column.Text("rule"), Column.Text("for")];

    public static Command Create()
    {
        var command = new Command("explain", "Show why a candlestick pattern is at a candle, or is not: every condition with its numbers.");
        CandleOptions.AddTo(command);
        foreach (var option in new Option[] { Date, PatternName, CandleOptions.Json }) command.Options.Add(option);
        command.SetAction(Run);
        return command;
    }

    static int Run(ParseResult parse)
    {
        var patterns = Wanted(parse.GetValue(PatternName));
        var candles = CandleLibrary.Load(CandleOptions.Request(parse));
        var index = CandleFinder.Find(candles, parse.GetValue(Date)!);
        var explanations = patterns.Select(pattern => Patterns.Explain(candles, index, pattern)).ToList();
        var output = Output.Of(parse);
        if (parse.GetValue(CandleOptions.Json)) output.Json(json => Write(json, candles, index, explanations));
        else Print(output, candles, index, explanations);
        return ExitCode.Success;
    }

    static IReadOnlyList<Pattern> Wanted(string? name)
    {
        if (name is null) return [.. Patterns.All.Select(info => info.Pattern)];
        if (Patterns.TryParse(name, out var pattern)) return [pattern];
        var names = Patterns.All.SelectMany(info => new[] { info.Name, info.NameOf(100), info.NameOf(-100), info.TaLibName });
        throw new UsageException($"--pattern '{name}' is unknown.{Spelling.Question(name, names)} Patterns are {string.Join(", ", Patterns.All.Select(info => info.Name))}.");
    }

    static void Print(Output output, CandleSeries candles, int index, List<PatternExplanation> explanations)
    {
        var candle = candles[index];
        output.Line(string.Create(CultureInfo.InvariantCulture,
            $"{candles.Symbol} {candles.Timeframe} {candles.Label(index)}{(candles.Origin.IsSimulated ? " SIMULATED" : "")}: open {candle.Open}, high {candle.High}, low {candle.Low}, close {candle.Close}, {(candle.IsWhite ? "white" : "black")}"));
        output.Line();
        if (explanations.Count > 1)
        {
            output.Table(SummaryColumns, [.. explanations.Select(SummaryRow)]);
            output.Line();
        }
        var details = explanations.Count == 1 ? explanations : explanations.FindAll(explanation => explanation.Value is not null and not 0);
        if (details.Count == 0) output.Line("No pattern here. --pattern NAME shows the conditions of one.");
        foreach (var explanation in details) PrintChecks(output, explanation);
    }

    static string[] SummaryRow(PatternExplanation explanation)
    {
        var shared = explanation.Checks.Where(check => check.ForValue is null).ToList();
        return
        [
            explanation.Pattern.Name, explanation.Pattern.TaLibName, Value(explanation), Reading(explanation),
            string.Create(CultureInfo.InvariantCulture, $"{shared.Count(check => check.Passed)} of {shared.Count}"),
        ];
    }

    static void PrintChecks(Output output, PatternExplanation explanation)
    {
        var info = explanation.Pattern;
        var (outcome, tone) = explanation.Value switch
        {
            null => (string.Create(CultureInfo.InvariantCulture, $"not defined before candle {info.FirstIndex + 1} of the series (this is candle {explanation.Index + 1})"), Tone.Warning),
            0 => ("not here", Tone.Plain),
            { } value => (string.Create(CultureInfo.InvariantCulture, $"found, {value} ({Reading(explanation)})"), Tone.Good),
        };
        output.Line($"{info.NameOf(explanation.Value ?? 0)} ({info.TaLibName}): {outcome}", tone);
        output.Line($"  {info.Description}", Tone.Faint);
        output.Table(CheckColumns, [.. explanation.Checks.Select(CheckRow)]);
        output.Line();
    }

    static string[] CheckRow(PatternCheck check)
    {
        var (value, threshold) = Pair(check);
        return
        [
            check.Words, value, check.Operator, threshold, check.Passed ? "pass" : "FAIL", check.Rule,
            check.ForValue is { } strength ? Math.Abs(strength).ToString(CultureInfo.InvariantCulture) : "",
        ];
    }

    /// <summary>Six digits are enough to read, unless the two sides look alike then and are not.</summary>
    static (string Value, string Threshold) Pair(PatternCheck check)
    {
        var (value, threshold) = (Digits(check.Value, "G6"), Digits(check.Threshold, "G6"));
        return value == threshold && check.Value != check.Threshold ? (Digits(check.Value, "R"), Digits(check.Threshold, "R")) : (value, threshold);
    }

    static string Digits(double number, string format) => double.IsNaN(number) ? "missing" : number.ToString(format, CultureInfo.InvariantCulture);

    static string Value(PatternExplanation explanation) => explanation.Value?.ToString(CultureInfo.InvariantCulture) ?? "";

    static string Reading(PatternExplanation explanation) => (explanation.Value, explanation.Pattern.DirectionOf(explanation.Value ?? 0)) switch
    {
        (null, _) => "not defined yet",
        (0, _) => "",
        (_, > 0) => "bullish",
        (_, < 0) => "bearish",
        _ => "no direction",
    };

    static void Write(Utf8JsonWriter json, CandleSeries candles, int index, List<PatternExplanation> explanations)
    {
        var candle = candles[index];
        json.WriteStartObject();
        json.WriteString("symbol", candles.Symbol.Ticker);
        json.WriteString("timeframe", candles.Timeframe.ToString());
        json.WriteString("time", candles.Label(index));
        json.WriteBoolean("simulated", candles.Origin.IsSimulated);
        json.WriteNumber("open", candle.Open);
        json.WriteNumber("high", candle.High);
        json.WriteNumber("low", candle.Low);
        json.WriteNumber("close", candle.Close);
        json.WriteStartArray("patterns");
        foreach (var explanation in explanations) Write(json, explanation);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, PatternExplanation explanation)
    {
        json.WriteStartObject();
        json.WriteString("pattern", explanation.Pattern.NameOf(explanation.Value ?? 0));
        json.WriteString("ta_lib", explanation.Pattern.TaLibName);
        JsonValues.Write(json, "value", explanation.Value);
        json.WriteNumber("direction", explanation.Pattern.DirectionOf(explanation.Value ?? 0));
        json.WriteStartArray("conditions");
        foreach (var check in explanation.Checks)
        {
            json.WriteStartObject();
            json.WriteString("words", check.Words);
            json.WriteString("rule", check.Rule);
            JsonValues.Write(json, "value", check.Value);
            json.WriteString("operator", check.Operator);
            JsonValues.Write(json, "threshold", check.Threshold);
            json.WriteBoolean("passed", check.Passed);
            JsonValues.Write(json, "for_value", check.ForValue);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
