using System.CommandLine;
using EtradeBot.App.Reports;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot backtest</c>: runs a strategy over history, prints what came of it and writes the result files.</summary>
static class BacktestCommand
{
    /// <summary>Below this many candles a run is over before a progress bar would help.</summary>
    const int CandlesWorthABar = 300_000;

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

    static int Run(ParseResult parse, Output output, CancellationToken cancellation)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var library = StrategyOptions.Library(parse);
        var strategy = library.Get(parse.GetValue(StrategyOptions.Name)!);
        var values = StrategyOptions.Values(parse);
        _ = strategy.Create(values);
        var terms = Account.Terms(parse);
        var requests = CandleOptions.Requests(parse);
        if (terms.Drill is not null && requests.Count > 1) throw new UsageException("--intrabar drill works on one symbol at a time");
        var plan = new BacktestOrder(requests, terms, strategy, values) { Seed = parse.GetValue(Seed) }.Load();
        var run = plan.CandleCount < CandlesWorthABar ? plan.Run(begun, null, cancellation) : WithABar(plan, output, begun, cancellation);
        var directory = parse.GetValue(Out) ?? Path.Combine(CandleOptions.StateFolder(parse), "runs", plan.FolderName(run));
        var files = ResultFiles.Write(directory, run);
        if (parse.GetValue(CandleOptions.Json)) output.Text(File.ReadAllText(Path.Combine(directory, "summary.json")));
        else Summary.Print(run, output, files);
        return ExitCode.Success;
    }

    static RunRecord WithABar(BacktestPlan plan, Output output, long begun, CancellationToken cancellation)
    {
        RunRecord? run = null;
        output.Progress("simulating", progress => run = plan.Run(begun, step =>
        {
            if (step.Phase == RunPhase.Simulating) progress?.Invoke(step.Done);
        }, cancellation));
        return run!;
    }
}
