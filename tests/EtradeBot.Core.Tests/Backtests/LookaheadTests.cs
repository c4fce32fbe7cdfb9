using EtradeBot.Market;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.Backtests;

public class LookaheadTests
{
    static readonly CandleSeries Candles = RandomWalk.Of(300);

    public static TheoryData<Type> AllCheats => [.. Strategies(typeof(Cheats))];

    public static TheoryData<Type> AllHonest => [.. Strategies(typeof(HonestStrategies))];

    public static TheoryData<string> BuiltIn => [.. StrategyCatalog.BuiltIn.Entries.Select(e => e.Name).DefaultIfEmpty("")];

    [Theory]
    [MemberData(nameof(AllCheats))]
    public void A_strategy_that_sees_the_future_is_caught(Type cheat)
    {
        var report = Check(cheat);
        Assert.False(report.IsClean, report.Effort);
        Assert.All(report.Findings, f => Assert.NotEqual(LookaheadKind.Failure, f.Kind));
    }

    [Theory]
    [MemberData(nameof(AllHonest))]
    public void A_strategy_that_sees_the_past_only_passes(Type honest)
    {
        var report = Check(honest);
        Assert.Empty(report.Findings);
        Assert.Equal(Candles.Count - 1, report.CutsRun);
        Assert.True(report.Decisions > 0, "the test proves nothing when the strategy never decides");
    }

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void Every_built_in_strategy_passes(string name)
    {
        if (name.Length == 0) Assert.Skip("no strategy is built in yet");
        var report = LookaheadCheck.Run(Candles, () => StrategyCatalog.BuiltIn.Create(name, []), new LookaheadOptions());
        Assert.Empty(report.Findings);
    }

    [Theory]
    [InlineData(typeof(Cheats.NextClose), 1)]
    [InlineData(typeof(Cheats.CentredAverage), 5)]
    [InlineData(typeof(Cheats.PivotStampedEarly), 3)]
    [InlineData(typeof(Cheats.AnchoredAtTheEnd), 1)]
    [InlineData(typeof(Cheats.SavitzkyGolay), 1)]
    public void The_finding_says_how_many_candles_ahead_a_line_looks(Type cheat, int ahead)
    {
        var finding = Assert.Single(Check(cheat).Findings, f => f.Kind == LookaheadKind.Line);
        Assert.Equal(ahead, finding.CandlesAhead);
        Assert.Equal(1, finding.Line);
    }

    [Fact]
    public void A_leak_without_a_line_is_found_in_the_decisions()
    {
        var finding = Assert.Single(Check(typeof(Cheats.KeepsTheCandles)).Findings);
        Assert.Equal((LookaheadKind.Decision, 20), (finding.Kind, finding.CandlesAhead));
        Assert.Contains("about to rise", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(77)]
    public void A_leak_from_far_ahead_is_measured_too(int ahead)
    {
        var report = LookaheadCheck.Run(Candles, () => new SeesOneLine(i => i + ahead), new LookaheadOptions());
        Assert.Equal(ahead, Assert.Single(report.Findings).CandlesAhead);
    }

    [Fact]
    public void Only_the_line_that_leaks_is_named()
    {
        var report = LookaheadCheck.Run(Candles, () => new ThreeLines(), new LookaheadOptions());
        var finding = Assert.Single(report.Findings);
        Assert.Equal(2, finding.Line);
        Assert.Equal(0, finding.Index);
        Assert.StartsWith("line 2 at 2015-01-05: 101.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_differs_from_run_to_run_is_called_not_repeatable() =>
        Assert.Equal(LookaheadKind.NotRepeatable, Assert.Single(Check(typeof(Cheats.Chance)).Findings).Kind);

    [Fact]
    public void Failing_on_short_histories_only_is_reported_as_such()
    {
        var report = LookaheadCheck.Run(Candles, () => new NeedsFiftyCandles(), new LookaheadOptions());
        var finding = Assert.Single(report.Findings);
        Assert.Equal(LookaheadKind.Failure, finding.Kind);
        Assert.Contains("with only the first 1 of the candles", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_strategy_that_always_fails_says_where()
    {
        var failure = Assert.Throws<StrategyFailedException>(() => LookaheadCheck.Run(Candles, () => new FailsAtTen(), new LookaheadOptions()));
        Assert.StartsWith("strategy fails-at-ten failed at the candle of 2015-01-19 (", failure.Message, StringComparison.Ordinal);
        Assert.Contains("LookaheadTests.cs:", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("): ten is too many (InvalidOperationException)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_history_is_cut_at_its_decisions_at_even_places_and_at_random()
    {
        var candles = RandomWalk.Of(6_000);
        var options = new LookaheadOptions { MaxSteps = 300_000 };
        var report = LookaheadCheck.Run(candles, () => new SeesOneLine(i => i), options);
        Assert.True(report.IsClean);
        Assert.InRange(report.CutsRun, 2_030, 2_060);
        Assert.Contains("random places (seed 1)", report.Cuts, StringComparison.Ordinal);
        var leak = LookaheadCheck.Run(candles, () => new SeesOneLine(i => i > 4_000 ? i + 1_500 : i), options);
        Assert.InRange(Assert.Single(leak.Findings).CandlesAhead!.Value, 1_500, 1_500);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    public void A_history_too_short_to_trade_is_refused(int count) =>
        Assert.Throws<CandleDataException>(() => LookaheadCheck.Run(RandomWalk.Of(count), () => new HonestStrategies.RollingMaximum(), new LookaheadOptions()));

    [Fact]
    public void Rounding_in_the_last_bits_is_no_leak() =>
        Assert.True(LookaheadCheck.Run(Candles, () => new RoundsByLength(), new LookaheadOptions()).IsClean);

    static LookaheadReport Check(Type strategy) =>
        LookaheadCheck.Run(Candles, () => (Strategy)Activator.CreateInstance(strategy)!, new LookaheadOptions());

    static IEnumerable<Type> Strategies(Type holder) =>
        holder.GetNestedTypes().Where(t => !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal);

    sealed class SeesOneLine(Func<int, int> index) : Strategy
    {
        public override void Init(View view) => view.Line(candles =>
            [.. Enumerable.Range(0, candles.Count).Select(i => index(i) < candles.Count ? candles.Close[index(i)] : double.NaN)]);

        public override Signal? OnCandle(View view) => null;
    }

    sealed class ThreeLines : Strategy
    {
        public override void Init(View view)
        {
            view.Line(candles => candles.Close.ToArray());
            view.Line(candles => [.. candles.Close.ToArray().Select(c => c + candles.Count / 1e3)]);
            view.Line(candles => candles.Open.ToArray());
        }

        public override Signal? OnCandle(View view) => null;
    }

    sealed class NeedsFiftyCandles : Strategy
    {
        public override void Init(View view) => view.Line(candles =>
            candles.Count < 50 ? throw new InvalidOperationException("too few candles") : candles.Close.ToArray());

        public override Signal? OnCandle(View view) => null;
    }

    sealed class FailsAtTen : Strategy
    {
        public override Signal? OnCandle(View view) => view.Index == 10 ? throw new InvalidOperationException("ten is too many") : null;
    }

    sealed class RoundsByLength : Strategy
    {
        public override void Init(View view) => view.Line(candles =>
            [.. candles.Close.ToArray().Select(c => c + candles.Count * 1e-13)]);

        public override Signal? OnCandle(View view) => null;
    }
}
