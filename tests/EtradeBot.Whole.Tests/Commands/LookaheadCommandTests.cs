using System.Text.Json;

namespace EtradeBot.App.Commands;

public sealed class LookaheadCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public LookaheadCommandTests()
    {
        _folder.Write("SMOOTH.csv", string.Join('\n', File.ReadLines(TestFolders.Golden("synthetic", "ohlcv", "SMOOTH.csv")).Take(201)) + "\n");
        _folder.Write("mine/Cheat.cs", """
            public sealed class Cheat : Strategy
            {
                public int Ahead { get; init; } = 2;
                Line _later = null!;
                public override void Init(View view) =>
                    _later = view.Line(c => [.. Enumerable.Range(0, c.Count).Select(i => i + Ahead < c.Count ? c.Close[i + Ahead] : double.NaN)]);
                public override Signal? OnCandle(View view) =>
                    view.IsFlat && _later.Now > view.Now.Close ? new() { Side = Side.Buy, Because = "it will rise" } : null;
            }
            """);
        _folder.Write("mine/Throws.cs", """
            public sealed class Throws : Strategy
            {
                public override Signal? OnCandle(View view) =>
                    view.Index == 5 ? throw new InvalidOperationException("five") : null;
            }
            """);
        _folder.Write("mine/Idle.cs", "public sealed class Idle : Strategy { public override Signal? OnCandle(View view) => null; }");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_honest_strategy_ends_with_0_and_says_what_was_tried()
    {
        var run = Run("sma-cross", "--param", "Fast=3", "--param", "slow=9");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.EndsWith("1d (SMOOTH.csv): no look-ahead found.", run.Lines[0], StringComparison.Ordinal);
        Assert.Matches("^  Tried: 200 candles, [0-9]+ decisions, 2 lines; 199 shortened histories \\(cut after every candle\\)\\.$", run.Lines[1]);
    }

    [Fact]
    public void A_cheat_ends_with_1_and_says_what_leaked_and_from_how_far()
    {
        var run = Run("cheat");
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.EndsWith("CAUGHT, its results cannot be believed.", run.Lines[0], StringComparison.Ordinal);
        Assert.Matches("^  line 1 at 20..-..-..: .* with all 200 candles, but NaN with the first .*; it looks 2 candles ahead\\.$", run.Lines[1]);
        Assert.Contains("it will rise", run.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void The_findings_as_JSON()
    {
        using var report = JsonDocument.Parse(Run("cheat", "--json", "--param", "ahead=3").Out);
        Assert.False(report.RootElement.GetProperty("clean").GetBoolean());
        var finding = report.RootElement.GetProperty("findings")[0];
        Assert.Equal(("line", 1, 3), (finding.GetProperty("kind").GetString(), finding.GetProperty("line").GetInt32(), finding.GetProperty("candles_ahead").GetInt32()));
    }

    [Fact]
    public void A_strategy_that_never_decides_proves_nothing() =>
        Assert.Contains("It never decided anything", Run("idle").Out, StringComparison.Ordinal);

    [Fact]
    public void A_strategy_that_throws_ends_with_1_and_one_line()
    {
        var run = Run("throws");
        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Matches("^etrade-bot: strategy throws failed at the candle of 20..-..-.. \\(.*Throws.cs:4\\): five \\(InvalidOperationException\\)\n$", run.Error);
    }

    [Theory]
    [InlineData("sma-crss", "", "unknown strategy 'sma-crss': there are ")]
    [InlineData("sma-cross", "Fats=3", "strategy sma-cross has no parameter 'Fats': it has Fast, Slow; did you mean 'Fast'?")]
    [InlineData("sma-cross", "Fast=0", "parameter Fast of strategy sma-cross must be a whole number from 1")]
    [InlineData("sma-cross", "Fast", "--param Fast: write NAME=VALUE, for example --param Fast=10")]
    public void A_wrong_name_or_value_ends_with_2(string strategy, string parameter, string message)
    {
        var run = parameter.Length == 0 ? Run(strategy) : Run(strategy, "--param", parameter);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("etrade-bot: " + message, run.Error, StringComparison.Ordinal);
    }

    Cli Run(string strategy, params string[] more) =>
        Cli.Run(["lookahead", "--strategy", strategy, "--csv", _folder["SMOOTH.csv"], "--strategies", _folder["mine"], "--data", _folder["data"], .. more]);
}
