using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Broker;
using EtradeBot.App.Storage;
using EtradeBot.Market;
using EtradeBot.Simulator;

namespace EtradeBot.App.Commands;

/// <summary><c>data record</c> of the built program, against a simulator in which a minute lasts a second.</summary>
public sealed class DataCommandRecordTests : IAsyncLifetime
{
    RunningSimulator _simulator = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await RunningSimulator.StartAsync(new SimulatorOptions { Start = RunningSimulator.Start, Speed = 60 }, TimeProvider.System);
        _simulator.LogIn();
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    /// <summary>Lines of the output until there are enough.</summary>
    static List<string> Read(Process process, int count, Func<string, bool>? wanted = null)
    {
        var lines = new List<string>();
        while (lines.Count < count && process.StandardOutput.ReadLine() is { } line)
            if (wanted?.Invoke(line) ?? true) lines.Add(line);
        return lines;
    }

    static void Interrupt(Process process)
    {
        using var kill = ChildProgram.Start("kill", "-INT", process.Id.ToString(CultureInfo.InvariantCulture));
        kill.WaitForExit();
    }

    [Fact]
    public void Candles_are_printed_and_stored_as_they_close_until_Ctrl_C()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill -INT");
        using var process = _simulator.Begin("data record --symbols AAPL,NOSUCHCO,MSFT --timeframe 1m,5m --json");
        var printed = Read(process, 12).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Interrupt(process);
        printed.AddRange(process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement));
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("NOSUCHCO: UNKNOWN SYMBOL: the broker does not know NOSUCHCO", error, StringComparison.Ordinal);
        Assert.All(printed, candle => Assert.True(candle.GetProperty("simulated").GetBoolean()));
        Assert.Equal(["AAPL", "MSFT"], printed.Select(candle => candle.GetProperty("symbol").GetString()).Distinct().Order());
        using var store = LiveCandleStore.OpenToRead(_simulator.State)!;
        foreach (var group in printed.GroupBy(candle => (candle.GetProperty("symbol").GetString(), candle.GetProperty("timeframe").GetString())))
        {
            var stored = store.Candles(new("simulator", Symbol.Parse(group.Key.Item1!), Timeframe.Parse(group.Key.Item2!)));
            Assert.Equal(group.Select(candle => candle.GetProperty("close").GetDouble()), stored.Select(candle => candle.Candle.Close));
            Assert.Equal(group.Select(candle => candle.GetProperty("volume").GetInt64()), stored.Select(candle => candle.Candle.Volume));
        }
        Assert.Contains("SIMULATED  live quotes, simulator", _simulator.Run("data list").Out, StringComparison.Ordinal);
        Assert.Equal(0, _simulator.Run("analyze --symbol AAPL --timeframe 5m").ExitCode);
    }

    [Fact]
    public void A_kill_loses_no_candle_that_was_printed()
    {
        using var process = _simulator.Begin("data record --symbols AAPL --json");
        var printed = Read(process, 3);
        process.Kill();
        process.WaitForExit();
        using (var store = LiveCandleStore.OpenToRead(_simulator.State)!)
        {
            var stored = store.Candles(new("simulator", Symbol.Parse("AAPL"), Timeframe.M1)).Select(candle => RecordingReport.Json(candle, isSimulated: true)).ToList();
            Assert.Equal(printed, stored.Take(3));
        }
        // The next one takes the file over.
        using var next = _simulator.Begin("data record --symbols AAPL --json");
        Assert.Single(Read(next, 1));
        next.Kill();
        next.WaitForExit();
    }

    [Fact]
    public void It_ends_after_the_time_given_and_says_what_it_has_done()
    {
        var run = _simulator.Run("data record --symbols AAPL --for 4s");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal($"SIMULATED candles from quotes of the simulator at {_simulator.Url.AbsoluteUri.TrimEnd('/')}", run.Lines[0]);
        Assert.Matches(@"^\d+ candles? recorded into data[/\\]live\.db", run.Lines[^1]);
        Assert.Contains("AAPL: quotes are good", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_unknown_symbols_end_it_at_once()
    {
        var run = _simulator.Run("data record --symbols NOSUCHCO");
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("it is not asked for any more", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_at_once_are_refused()
    {
        using var first = _simulator.Begin("data record --symbols AAPL --json");
        Assert.Single(Read(first, 1));
        var second = _simulator.Run("data record --symbols MSFT");
        first.Kill();
        first.WaitForExit();
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("another program is recording into", second.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data record", "--symbols")]
    [InlineData("data record --symbols A,,B", "is not a ticker")]
    [InlineData("data record --symbols A --timeframe 1w", "--timeframe '1w' cannot be built from quotes: use 1m 2m 5m 15m 30m 1h 1d")]
    [InlineData("data record --symbols A --timeframe 1m,1m", "--timeframe 1m,1m names one twice")]
    [InlineData("data record --symbols A --interval 0", "--interval 0: give seconds from 0.1 to 3600")]
    [InlineData("data record --symbols A --for soon", "--for 'soon' is no length of time up to 30 days: write 90s, 30m, 6h or 2d")]
    [InlineData("data record --symbols A --for 0s", "--for '0s' is no length of time")]
    [InlineData("data record --symbols A --for 1h --until-close", "give one of the two")]
    public void A_wrong_option_is_named(string command, string words)
    {
        var run = Cli.Run(command.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_login_or_a_simulator_it_says_what_to_do()
    {
        Directory.Delete(_simulator.State, recursive: true);
        Assert.Contains("login --env simulator", _simulator.Run("data record --symbols AAPL").Error, StringComparison.Ordinal);
        await _simulator.StopAsync();
        var run = _simulator.Run("data record --symbols AAPL");
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("Start the simulator in another terminal", run.Error, StringComparison.Ordinal);
    }
}
