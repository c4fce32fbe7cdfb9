using System.CommandLine;
using EtradeBot.App.Reports;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot backtest</c>: runs a strategy over history, prints what came of it and writes the result files.</summary>
static class BacktestCommand
{
    static readonly Option<string?> Out = new("--out") { Description = "Folder for the result files (default: one of its own under --data).", HelpName = "DIR" };
    static readonly Option<ulong> Seed = new("--seed") { HelpName = "N", Description = "Seed of the resampling behind the intervals.", DefaultValueFactory = _ => 1ul };
    static readonly BacktestOptions Account = new();

    public static Command Create()
    {
        var command = new Command("backtest", "Run a strategy over history and report what came of it.");
        CandleOptions.AddTo(command);
        StrategyOptions.AddTo(command);
        Account.AddTo(command);
        command.Options.Add(Seed);
        command.Options.Add(Out);
        command.Options.Add(CandleOptions.Json);
        command.SetAction((parse, cancellation) => Task.FromResult(Run(parse, Output.Of(parse), cancellation)));
        return command;
    }

    /// <summary>The run of <c>etrade-bot</c> without a command: what candles there are, else the demo market's, under the default strategy.</summary>
    public static int RunDemo(Output output) => Run(Create().Parse([]), output, CancellationToken.None);

    static int Run(ParseResult parse, Output output, CancellationToken cancellation)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var library = StrategyOptions.Library(parse);
        var strategy = library.Get(parse.GetValue(StrategyOptions.Name)!);
        var values = StrategyOptions.Values(parse);
        _ = strategy.Create(values);
        var settings = Account.Settings(parse);
        var drill = Account.Drill(parse);

        var requests = CandleOptions.Requests(parse);
        var found = requests.Select(CandleLibrary.Find).ToArray();
        var candles = found.Select(one => one.Candles).ToArray();
        if (drill is { } finer)
        {
            if (requests.Count > 1) throw new UsageException("--intrabar drill works on one symbol at a time");
            settings = settings with { Fills = settings.Fills with { Finer = CandleLibrary.Load(requests[0] with { Symbol = candles[0].Symbol, Timeframe = finer }) } };
        }
        var plan = new BacktestPlan(settings, strategy, values, candles, parse.GetValue(Seed));
        var defects = candles.SelectMany(Defects).ToArray();
        var run = plan.Run(output, begun, cancellation) with { Warnings = [.. defects, .. found.SelectMany(one => one.Notes)] };
        var directory = parse.GetValue(Out) ?? Path.Combine(CandleOptions.StateFolder(parse), "runs", plan.FolderName(run));
        var files = ResultFiles.Write(directory, run);
        if (parse.GetValue(CandleOptions.Json)) output.Text(File.ReadAllText(Path.Combine(directory, "summary.json")));
        else Summary.Print(run, output, files);
        return ExitCode.Success;
    }

    /// <summary>What 'data check' would hold against these candles, short: a result is worth no more than its candles.</summary>
    static IEnumerable<string> Defects(CandleSeries candles) =>
        from finding in CandleAudit.Check(candles)
        where finding.Severity >= FindingSeverity.Warning
        let examples = finding.Examples.Count > 0 ? $" ({string.Join("; ", finding.Examples.Take(2))}{(finding.Examples.Count > 2 ? "; ..." : "")})" : ""
        select $"{candles.Symbol} candles: {finding.Words}{examples}";
}
