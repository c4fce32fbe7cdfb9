using EtradeBot.App.Commands;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Reports;

namespace EtradeBot.App.Hosting.Backtests;

public sealed class BacktestDeskTests
{
    const string Thrower = """
        public sealed class Thrower : Strategy
        {
            public override Signal? OnCandle(View view) => throw new System.InvalidOperationException("out of ideas");
        }
        """;

    [Fact]
    public async Task The_page_and_the_command_line_write_the_same_bytes_but_for_the_timing()
    {
        using var desk = new Desk();
        var run = await desk.RunAsync(Desk.Form.With("intrabar", "path").With("size", "percent").With("amount", "40").With("max-daily-loss", "3"));
        Assert.Equal(("", RunState.Finished), (run.Problem, run.State));
        using var output = new StringWriter();
        string[] args =
        [
            "backtest", "--data", desk.Folder["data"], "--out", desk.Folder["out"], "--symbol", "BASALT", "--timeframe", "1d", "--start", "2022-01-03", "--end", "2023-06-30", "--strategies", desk.Folder["strategies"],
            "--param", "TrendPeriod=30", "--size", "percent:40", "--regulatory-fees", "--slippage", "bps:2", "--settlement", "1", "--intrabar", "path", "--max-daily-loss", "3",
        ];
        Assert.Equal((0, ""), (CommandLine.Run(args, output, output), output.ToString()[..0]));
        Assert.All(ResultFiles.Names, name => Assert.Equal(Bytes(desk.Folder["out", name]), Bytes(Path.Combine(desk.Service.Folders.Of(run.Id), name))));

        static string Bytes(string path)
        {
            var text = File.ReadAllText(path);
            return path.EndsWith(".json", StringComparison.Ordinal) ? text[..text.IndexOf("\"timing\"", StringComparison.Ordinal)] : text;
        }
    }

    [Fact]
    public async Task A_finished_run_is_there_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        string id;
        using (var desk = new Desk(folder)) id = (await desk.RunAsync(Desk.Form)).Id;
        using var later = new Desk(folder);
        var run = Assert.Single(later.Service.Runs);
        Assert.Equal((id, RunState.Finished, "ann"), (run.Id, run.State, run.By));
        Assert.Equal(later.Service.View(id)!.Trades, later.Service.Trades(id)!.Trades.Count);
        Assert.Equal(run.Figures!.RoundTrips, later.Service.View(id)!.Trades);
        Assert.Equal(Desk.Form.Address(), run.Form.Address());
    }

    [Fact]
    public async Task A_failed_run_keeps_its_sentence_over_a_restart()
    {
        using var folder = new TemporaryFolder();
        folder.Write("strategies/Thrower.cs", Thrower);
        using (var desk = new Desk(folder)) Assert.Equal(RunState.Failed, (await desk.RunAsync(Desk.Form.WithStrategy("thrower"))).State);
        using var later = new Desk(folder);
        var run = Assert.Single(later.Service.Runs);
        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("out of ideas", run.Problem, StringComparison.Ordinal);
        Assert.Contains("Thrower.cs", run.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_cancelled_where_it_stands_and_leaves_no_result()
    {
        using var desk = new Desk();
        desk.Service.Changed += id =>
        {
            if (desk.Service.Find(id)?.State == RunState.Running) desk.Service.Cancel(Desk.Trader, id);
        };
        var run = await desk.RunAsync(Desk.Form);
        Assert.Equal(RunState.Cancelled, run.State);
        Assert.Equal([RunRequest.FileName], Directory.GetFiles(desk.Service.Folders.Of(run.Id)).Select(Path.GetFileName));
    }

    [Fact]
    public void A_run_that_the_program_did_not_live_to_end_says_so()
    {
        using var folder = new TemporaryFolder();
        new RunFolders(folder["data"]).Save("basalt-rule-1d-x", new RunRequest { CreatedAt = default, By = "ann", State = RunState.Running, Fields = Desk.Form.Whole });
        using var desk = new Desk(folder);
        var run = Assert.Single(desk.Service.Runs);
        Assert.Equal(RunState.Interrupted, run.State);
        Assert.Contains("run it again", run.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_starts_cancels_and_deletes_nothing()
    {
        using var desk = new Desk();
        var run = await desk.RunAsync(Desk.Form);
        Assert.Throws<NotAllowedException>(() => desk.Service.Start(Desk.Viewer, Desk.Form));
        Assert.Throws<NotAllowedException>(() => desk.Service.Cancel(Desk.Viewer, run.Id));
        Assert.Throws<NotAllowedException>(() => desk.Service.Delete(Desk.Viewer, run.Id));
        Assert.Single(desk.Service.Runs);
        Assert.Single(File.ReadAllLines(desk.Folder["data", "audit.jsonl"]));
    }

    [Fact]
    public async Task A_deleted_run_is_gone_with_its_files_and_the_audit_log_knows()
    {
        using var desk = new Desk();
        var run = await desk.RunAsync(Desk.Form);
        desk.Service.Delete(Desk.Trader, run.Id);
        Assert.Empty(desk.Service.Runs);
        Assert.False(Directory.Exists(desk.Service.Folders.Of(run.Id)));
        Assert.Contains("backtest.delete", File.ReadAllText(desk.Folder["data", "audit.jsonl"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_with_a_problem_starts_nothing()
    {
        using var desk = new Desk();
        var refusal = Assert.Throws<FormException>(() => desk.Service.Start(Desk.Trader, Desk.Form.With("cash", "-1")));
        Assert.Contains("'-1' is not a number from", refusal.Problems["cash"], StringComparison.Ordinal);
        Assert.Empty(desk.Service.Runs);
    }

    [Fact]
    public async Task Nothing_differs_when_nothing_has_changed_and_the_repetition_has_the_same_bytes()
    {
        using var desk = new Desk();
        var first = await desk.RunAsync(Desk.Form);
        Assert.Empty(desk.Service.Differences(first.Id));
        var second = await desk.RunAsync(first.Form, first.Id);
        Assert.Equal(first.Id, second.AgainOf);
        foreach (var name in new[] { "trades.csv", "equity.csv", "orders.csv", "report.html", RunChart.FileName })
            Assert.Equal(File.ReadAllBytes(Path.Combine(desk.Service.Folders.Of(first.Id), name)), File.ReadAllBytes(Path.Combine(desk.Service.Folders.Of(second.Id), name)));
    }

    [Fact]
    public async Task Changed_candles_and_a_changed_strategy_are_named_before_a_repetition()
    {
        using var desk = new Desk();
        var source = File.ReadAllText(Path.Combine(TestFolders.Root, "strategies", "HammerInUptrend.cs"));
        desk.Folder.Write("strategies/HammerInUptrend.cs", source);
        var run = await desk.RunAsync(Desk.Form.WithStrategy("hammer-in-uptrend"));
        Assert.Equal(("", RunState.Finished), (run.Problem, run.State));
        Assert.Empty(desk.Service.Differences(run.Id));

        desk.Folder.Write("strategies/HammerInUptrend.cs", source.Replace("Reward { get; init; } = 2", "Reward { get; init; } = 3", StringComparison.Ordinal));
        using var output = new StringWriter();
        Assert.Equal(0, CommandLine.Run(["data", "demo", "--data", desk.Folder["data"], "--symbols", "BASALT", "--seed", "2"], output, output));
        var differences = desk.Service.Differences(run.Id);
        Assert.Contains(differences, difference => difference.Contains("HammerInUptrend.cs has changed since", StringComparison.Ordinal));
        Assert.Contains(differences, difference => difference == "parameter Reward was 2 and would be 3");
        Assert.Contains(differences, difference => difference.StartsWith("the candles of BASALT have changed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_of_the_command_line_is_listed_with_the_form_that_would_repeat_it()
    {
        using var desk = new Desk();
        using var output = new StringWriter();
        Assert.Equal(0, CommandLine.Run(["backtest", "--data", desk.Folder["data"], "--symbol", "BASALT", "--timeframe", "1d", "--size", "risk:2%", "--max-position", "50", "--slippage", "none"], output, output));
        var run = Assert.Single(desk.Service.Runs);
        Assert.True(run.IsFromCommandLine);
        Assert.Equal(("BASALT", "risk", "2", "50", "none", "own"), (run.SymbolNames, run.Form["size"], run.Form["amount"], run.Form["max-position"], run.Form["slippage"], run.Form["costs"]));
        var strategies = new StrategyList(Strategies.StrategyCatalog.BuiltIn, []);
        Assert.Empty(FormCheck.Of(run.Form, new CandleCatalog(desk.Folder["data"]).List(), strategies).Problems);
    }
}
