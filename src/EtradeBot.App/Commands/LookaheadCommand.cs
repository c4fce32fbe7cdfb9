using System.CommandLine;
using System.Text.Json;
using EtradeBot.App.Storage;
using EtradeBot.Backtests;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot lookahead</c>: whether a strategy sees the future.</summary>
static class LookaheadCommand
{
    static readonly Option<int> Seed = new("--seed") { Description = "Seed of the random cuts of a long history.", HelpName = "N", DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new Command("lookahead", "Run a strategy on shortened histories: nothing in the past may change.");
        StrategyOptions.AddTo(command);
        CandleOptions.AddTo(command);
        command.Options.Add(Seed);
        command.Options.Add(CandleOptions.Json);
        command.SetAction(Run);
        return command;
    }

    /// <returns>Failure when the strategy was caught.</returns>
    static int Run(ParseResult parse)
    {
        using var library = StrategyOptions.Library(parse);
        var strategy = library.Get(parse.GetValue(StrategyOptions.Name)!);
        var values = StrategyOptions.Values(parse);
        _ = strategy.Create(values);
        var candles = CandleLibrary.Load(CandleOptions.Request(parse));
        var report = LookaheadCheck.Run(candles, () => strategy.Create(values), new LookaheadOptions { Seed = parse.GetValue(Seed) });
        var output = Output.Of(parse);
        if (parse.GetValue(CandleOptions.Json)) output.Json(json => Write(json, strategy.Name, report));
        else
        {
            var subject = $"{strategy.Name} on {candles.Symbol} {candles.Timeframe} ({candles.Origin.Source}{(candles.Origin.IsSimulated ? ", SIMULATED" : "")})";
            Print(output, subject, report);
        }
        return report.IsClean ? ExitCode.Success : ExitCode.Failure;
    }

    static void Print(Output output, string subject, LookaheadReport report)
    {
        if (report.IsClean) output.Line($"{subject}: no look-ahead found.", Tone.Good);
        else output.Line($"{subject}: CAUGHT, its results cannot be believed.", Tone.Bad);
        foreach (var finding in report.Findings) output.Line($"  {finding.Message}.");
        output.Line($"  Tried: {report.Effort}.", Tone.Faint);
        if (report is { IsClean: true, Decisions: 0 })
            output.Line("  It never decided anything, so nothing is proved about its decisions: try other candles or parameters.", Tone.Warning);
    }

    static void Write(Utf8JsonWriter json, string strategy, LookaheadReport report)
    {
        json.WriteStartObject();
        json.WriteString("strategy", strategy);
        json.WriteBoolean("clean", report.IsClean);
        json.WriteNumber("candles", report.Candles);
        json.WriteNumber("decisions", report.Decisions);
        json.WriteNumber("lines", report.Lines);
        json.WriteNumber("histories", report.CutsRun);
        json.WriteString("cuts", report.Cuts);
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", KindOf(finding.Kind));
            json.WriteNumber("index", finding.Index);
            if (finding.Line is { } line) json.WriteNumber("line", line);
            else json.WriteNull("line");
            if (finding.CandlesAhead is { } ahead) json.WriteNumber("candles_ahead", ahead);
            else json.WriteNull("candles_ahead");
            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static string KindOf(LookaheadKind kind) => kind switch
    {
        LookaheadKind.NotRepeatable => "not_repeatable",
        LookaheadKind.Line => "line",
        LookaheadKind.Decision => "decision",
        _ => "failure",
    };
}
