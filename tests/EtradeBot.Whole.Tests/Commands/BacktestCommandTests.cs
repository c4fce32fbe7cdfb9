using System.Diagnostics;
using System.Text.Json;

namespace EtradeBot.App.Commands;

/// <summary>The command as a user types it, over files made for these tests.</summary>
public sealed class BacktestCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    static string Candles(string name) => TestFolders.Golden("synthetic", "ohlcv", name + ".csv");

    string Results => _folder["results"];

    public void Dispose() => _folder.Dispose();

    Cli Backtest(params string[] args) => Cli.Run(["backtest", "--data", _folder["data"], "--out", Results, .. args]);

    [Theory]
    [InlineData("SMOOTH", "all-in", "0.1", "", "")]
    [InlineData("WILD", "100", "0", "", "")]
    [InlineData("COARSE", "all-in", "0.25", "2012-01-03", "2016-06-30")]
    [InlineData("RUNS", "250", "0.1", "2011-05-02", "")]
    public void The_crossing_average_agrees_with_an_independent_program(string name, string size, string commission, string start, string end)
    {
        List<string> args = ["--csv", Candles(name), "--strategy", "sma-cross", "--param", "Fast=10", "--param", "Slow=20", "--size", size, "--commission-percent", commission, "--cash", "1000000"];
        if (start.Length > 0) args.AddRange(["--start", start]);
        if (end.Length > 0) args.AddRange(["--end", end]);
        Assert.Equal(0, Backtest([.. args]).ExitCode);
        var (exitCode, output) = Python(Path.Combine(TestFolders.Root, "tests", "independent", "sma_cross.py"), Candles(name), Results, "10", "20", size, "1000000", commission, start, end);
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("0 trades", output.Split(',')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_series_and_figures_of_other_backtesters_come_out_to_the_cent()
    {
        var generator = TestFolders.Shared("peers", "gen_bars.py");
        foreach (var (kind, count, size, trades, equity) in new[] { ("daily", "10000", "all-in", 275, "7633888.82"), ("minute", "100000", "100", 2729, "9945626.33") })
        {
            var series = _folder[kind + ".csv"];
            var (exitCode, output) = Python(generator, kind, count, series);
            if (exitCode != 0) Assert.Skip($"the generator of the series needs numpy: {output}");
            Assert.Equal(0, Backtest("--csv", series, "--strategy", "sma-cross", "--size", size, "--commission-percent", "0.1", "--cash", "10000000").ExitCode);
            Assert.Equal(trades, File.ReadLines(Path.Combine(Results, "trades.csv")).Count() - 1);
            var last = File.ReadLines(Path.Combine(Results, "equity.csv")).Last().Split(',');
            Assert.Equal(equity, Math.Round(decimal.Parse(last[1], System.Globalization.CultureInfo.InvariantCulture), 2).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("rule")]
    [InlineData("candle")]
    [InlineData("sma-cross")]
    [InlineData("buy-and-hold")]
    public void Two_runs_write_the_same_bytes_but_for_the_timing(string strategy)
    {
        string[] args = ["--csv", Candles("SMOOTH"), "--strategy", strategy, "--slippage", "bps:2", "--intrabar", "path"];
        Assert.Equal(0, Backtest(args).ExitCode);
        var first = Bytes();
        Directory.Delete(Results, recursive: true);
        Assert.Equal(0, Backtest(args).ExitCode);
        var second = Bytes();
        Assert.Equal(["equity.csv", "orders.csv", "report.html", "summary.json", "trades.csv"], first.Keys.Order(StringComparer.Ordinal));
        Assert.All(first, file => Assert.Equal(file.Value, second[file.Key]));

        Dictionary<string, string> Bytes() => Directory.GetFiles(Results).ToDictionary(file => Path.GetFileName(file), file =>
        {
            var text = File.ReadAllText(file);
            return file.EndsWith("summary.json", StringComparison.Ordinal) ? text[..text.IndexOf("\"timing\"", StringComparison.Ordinal)] : text;
        });
    }

    [Fact]
    public void The_summary_holds_what_is_needed_to_run_it_again()
    {
        Assert.Equal(0, Backtest("--csv", Candles("SMOOTH"), "--strategy", "rule", "--param", "StopAtr=1.5").ExitCode);
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(Results, "summary.json")));
        var root = summary.RootElement;
        Assert.Equal(1.5, root.GetProperty("parameters").GetProperty("StopAtr").GetProperty("value").GetDouble());
        Assert.Equal(64, root.GetProperty("data")[0].GetProperty("sha256").GetString()!.Length);
        Assert.Equal("0.1.0", root.GetProperty("engine_version").GetString());
        Assert.Equal(["load", "indicators", "simulation", "report", "total"], root.GetProperty("timing").EnumerateObject().Select(part => part.Name));
        Assert.Equal("timing", root.EnumerateObject().Last().Name);
    }

    [Fact]
    public void Without_a_place_for_results_each_run_gets_a_folder_of_its_own()
    {
        string[] args = ["backtest", "--data", _folder["data"], "--csv", Candles("SMOOTH"), "--strategy", "sma-cross"];
        Assert.Equal(0, Cli.Run(args).ExitCode);
        Assert.Equal(0, Cli.Run(args).ExitCode);
        Assert.Equal(0, Cli.Run([.. args, "--param", "Fast=5"]).ExitCode);
        Assert.Equal(2, Directory.GetDirectories(_folder["data", "runs"]).Length);
    }

    [Fact]
    public void Without_candles_the_demo_market_is_used_and_says_so()
    {
        var run = Backtest();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("SIMULATED", run.Out, StringComparison.Ordinal);
        Assert.Contains("SIMULATED", File.ReadAllText(Path.Combine(Results, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_goes_to_the_standard_output()
    {
        var run = Backtest("--csv", Candles("SMOOTH"), "--json");
        using var summary = JsonDocument.Parse(run.Out);
        Assert.Equal("backtest", summary.RootElement.GetProperty("mode").GetString());
    }

    [Fact]
    public void Finer_candles_decide_which_came_first()
    {
        Assert.Equal(0, Cli.Run("data", "demo", "--data", _folder["data"], "--symbols", "BASALT", "--timeframe", "30m", "--from", "2023-01-01", "--to", "2024-06-30").ExitCode);
        string[] args = ["--symbol", "BASALT", "--timeframe", "1d", "--strategy", "rule", "--param", "TrendPeriod=5", "--param", "StopAtr=0.3", "--param", "TargetAtr=0.3", "--param", "Confirmations=0"];
        double Final(params string[] more)
        {
            Assert.Equal(0, Backtest([.. args, .. more]).ExitCode);
            return double.Parse(File.ReadLines(Path.Combine(Results, "equity.csv")).Last().Split(',')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        var (worst, drilled, best) = (Final(), Final("--intrabar", "drill", "--drill", "30m"), Final("--intrabar", "best"));
        Assert.True(worst < best, "the rule must meet candles in doubt for this test to mean anything");
        Assert.InRange(drilled, worst, best);
    }

    [Theory]
    [InlineData("worst")]
    [InlineData("best")]
    [InlineData("path")]
    public void Every_policy_reports_the_same_distance_from_worst_to_best(string policy)
    {
        var (worst, best) = (Outcome("worst").Final, Outcome("best").Final);
        Assert.True(worst < best, "the rule must meet candles in doubt for this test to mean anything");
        Assert.Equal((worst, best), Outcome(policy).Reported);

        (double Final, (double, double) Reported) Outcome(string used)
        {
            Assert.Equal(0, Backtest("--csv", Candles("WILD"), "--strategy", "rule", "--param", "TrendPeriod=5", "--param", "StopAtr=0.3", "--param", "TargetAtr=0.3", "--param", "Confirmations=0", "--intrabar", used).ExitCode);
            using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(Results, "summary.json")));
            var root = summary.RootElement;
            var intrabar = root.GetProperty("intrabar");
            var reported = (Math.Round(intrabar.GetProperty("worst_final_equity").GetDouble(), 2), Math.Round(intrabar.GetProperty("best_final_equity").GetDouble(), 2));
            var last = File.ReadLines(Path.Combine(Results, "equity.csv")).Last().Split(',')[1];
            return (Math.Round(double.Parse(last, System.Globalization.CultureInfo.InvariantCulture), 2), reported);
        }
    }

    [Fact]
    public void The_hash_of_the_data_covers_the_candles_that_warm_up()
    {
        var lines = File.ReadAllLines(Candles("SMOOTH"));
        var other = _folder.Write("SMOOTH.csv", string.Join('\n', lines.Where((_, i) => i != 5)));
        Assert.NotEqual(Hash(Candles("SMOOTH")), Hash(other));

        string Hash(string file)
        {
            Assert.Equal(0, Backtest("--csv", file, "--strategy", "sma-cross", "--start", "2012-01-03").ExitCode);
            using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(Results, "summary.json")));
            return summary.RootElement.GetProperty("data")[0].GetProperty("sha256").GetString()!;
        }
    }

    [Theory]
    [InlineData(2, "lies before", "--start", "2015-01-02", "--end", "2014-01-02")]
    [InlineData(2, "not a day", "--start", "2nd of May")]
    [InlineData(2, "did you mean 'rule'", "--strategy", "rulle")]
    [InlineData(2, "did you mean 'StopAtr'", "--strategy", "rule", "--param", "StopAt=2")]
    [InlineData(2, "a number from 0.1 to 100", "--strategy", "rule", "--param", "StopAtr=NaN")]
    [InlineData(2, "NAME=VALUE", "--param", "StopAtr")]
    [InlineData(2, "not a size", "--size", "lots")]
    [InlineData(2, "not a slippage", "--slippage", "much")]
    [InlineData(2, "--cash", "--cash", "-5")]
    [InlineData(2, "Did you mean '--strategy'?", "--strateggy", "rule")]
    [InlineData(2, "--drill 1m", "--intrabar", "drill")]
    [InlineData(2, "must be below", "--strategy", "sma-cross", "--param", "Fast=30", "--param", "Slow=20")]
    [InlineData(3, "has no candles between the dates", "--start", "2030-01-01")]
    [InlineData(3, "one candle", "--start", "2011-01-03", "--end", "2011-01-03")]
    [InlineData(3, "warm up", "--strategy", "sma-cross", "--param", "Slow=5000")]
    public void A_wrong_request_is_one_message_and_leaves_nothing_behind(int exitCode, string words, params string[] args)
    {
        var run = Backtest(["--csv", Candles("SMOOTH"), .. args]);
        Assert.True(run.ExitCode == exitCode, $"exit code {run.ExitCode}: {run.Error}");
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
        Assert.False(Directory.Exists(Results));
    }

    [Theory]
    [InlineData("empty.csv", "")]
    [InlineData("header.csv", "Date,Open,High,Low,Close,Volume\n")]
    [InlineData("one.csv", "Date,Open,High,Low,Close,Volume\n2021-01-04,1,1,1,1,1\n")]
    [InlineData("nan.csv", "Date,Open,High,Low,Close,Volume\n2021-01-04,1,1,1,1,1\n2021-01-05,1,NaN,1,1,1\n2021-01-06,1,1,1,1,1\n")]
    [InlineData("infinite.csv", "Date,Open,High,Low,Close,Volume\n2021-01-04,1,1,1,1,1\n2021-01-05,1,Infinity,1,1,1\n2021-01-06,1,1,1,1,1\n")]
    [InlineData("binary.csv", "PK\u0003\u0004\0\0\0\0\0\0")]
    [InlineData("unknown.csv", "Tag,Auf,Hoch,Tief,Zu\n2021-01-04,1,1,1,1\n2021-01-05,1,1,1,1\n")]
    public void A_file_that_is_no_good_is_refused_by_name(string name, string text)
    {
        var run = Backtest("--csv", _folder.Write(name, text), "--strategy", "buy-and-hold");
        Assert.True(run.ExitCode == 3, $"exit code {run.ExitCode}: {run.Error}");
        Assert.Contains(name == "one.csv" ? "one candle" : name, run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.False(Directory.Exists(Results));
    }

    [Fact]
    public void A_line_of_ten_megabytes_is_refused()
    {
        var run = Backtest("--csv", _folder.Write("line.csv", new string('1', 10_000_000)));
        Assert.Equal(3, run.ExitCode);
        Assert.True(run.Error.Length < 1000, run.Error);
    }

    [Fact]
    public void A_missing_file_and_a_missing_symbol_say_what_exists_and_what_to_do()
    {
        var file = Backtest("--csv", _folder["nowhere.csv"]);
        Assert.Equal((3, true), (file.ExitCode, file.Error.Contains("nowhere.csv", StringComparison.Ordinal)));
        var symbol = Backtest("--symbol", "NOPE", "--data-dir", TestFolders.Golden("synthetic", "ohlcv"));
        Assert.Equal(3, symbol.ExitCode);
        Assert.Contains("SMOOTH", symbol.Error, StringComparison.Ordinal);
        var store = Backtest("--symbol", "NOPE");
        Assert.Contains("data import", store.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_strategy_file_in_the_folder_runs_by_name()
    {
        _folder.Write("mine/EveryTenth.cs", """
            public class EveryTenth : Strategy
            {
                public int Hold { get; init; } = 3;

                public override Signal? OnCandle(View view) =>
                    view.IsFlat && view.Index % 10 == 0
                        ? new() { Side = Side.Buy, Because = "tenth candle", MaxCandles = Hold }
                        : null;
            }
            """);
        var run = Backtest("--csv", Candles("SMOOTH"), "--strategies", _folder["mine"], "--strategy", "every-tenth", "--param", "Hold=2");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(File.ReadLines(Path.Combine(Results, "trades.csv")).Count() > 200);
    }

    static (int ExitCode, string Output) Python(params string[] args)
    {
        foreach (var python in new[] { "/usr/bin/python3", "python3" })
        {
            if (Path.IsPathRooted(python) && !File.Exists(python)) continue;
            try
            {
                using var process = Process.Start(new ProcessStartInfo(python, args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
                var error = process.StandardError.ReadToEndAsync();
                var output = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                return (process.ExitCode, output + error.Result);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // Not installed under that name.
            }
        }
        Assert.Skip("needs python3");
        return default;
    }
}
