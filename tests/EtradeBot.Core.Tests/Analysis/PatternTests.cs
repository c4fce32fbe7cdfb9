using CsCheck;
using EtradeBot.Market;

namespace EtradeBot.Analysis;

public class PatternTests
{
    const string Seed = "0N0XIzNsQ0O2";

    static readonly Pattern[] Everyone = Enum.GetValues<Pattern>();

    public static TheoryData<Pattern> AllPatterns => [.. Everyone];

    [Theory]
    [MemberData(nameof(AllPatterns))]
    public void A_future_appended_changes_nothing_in_the_past(Pattern pattern) =>
        Gen.Select(AnyCandles.Of(1, 300), Gen.Int[0, 300]).Sample((candles, cut) =>
        {
            var past = candles.Slice(0, Math.Min(cut, candles.Count));
            Assert.Equal(Patterns.Find(past, pattern), Patterns.Find(candles, pattern).Take(past.Count));
        }, seed: Seed, iter: 200);

    [Theory]
    [MemberData(nameof(AllPatterns))]
    public void Values_are_those_of_its_row_and_begin_at_its_first_index(Pattern pattern)
    {
        var row = PatternTable.Row(pattern);
        var signs = row.Sign == SignRule.AsWritten ? [1] : new[] { 1, -1 };
        int[] allowed = [0, .. row.Variants.SelectMany(variant => signs.Select(sign => sign * variant.Value))];
        AnyCandles.Of(0, 200).Sample(candles =>
        {
            var values = Patterns.Find(candles, pattern);
            Assert.Equal(candles.Count, values.Length);
            Assert.All(values.Take(row.Info.FirstIndex), value => Assert.Equal(0, value));
            Assert.All(values, value => Assert.Contains(value, allowed));
        }, seed: Seed, iter: 100);
    }

    [Fact]
    public void Patterns_found_together_are_those_found_alone() =>
        AnyCandles.Of(0, 300).Sample(candles =>
        {
            var together = Patterns.FindAll(candles, Everyone);
            foreach (var (pattern, values) in Everyone.Zip(together)) Assert.Equal(Patterns.Find(candles, pattern), values);
        }, seed: Seed, iter: 50);

    [Theory]
    [MemberData(nameof(AllPatterns))]
    public void An_explanation_agrees_with_what_was_found(Pattern pattern) =>
        AnyCandles.Of(1, 150).Sample(candles =>
        {
            var values = Patterns.Find(candles, pattern);
            for (var i = 0; i < candles.Count; i++)
            {
                var explanation = Patterns.Explain(candles, i, pattern);
                Assert.Equal(i < explanation.Pattern.FirstIndex ? null : values[i], explanation.Value);
                if (explanation.Value is { } value) Assert.Equal(value == 0 ? 0 : Math.Abs(value), Strength(pattern, explanation.Checks));
                Assert.All(explanation.Checks, check => Assert.Equal(Holds(check), check.Passed));
            }
        }, seed: Seed, iter: 20);

    /// <summary>What the checks alone say: the first form whose conditions all hold, once the shared ones do.</summary>
    static int Strength(Pattern pattern, IReadOnlyList<PatternCheck> checks)
    {
        var row = PatternTable.Row(pattern);
        if (!checks.Take(row.Conditions.Length).All(check => check.Passed)) return 0;
        var next = row.Conditions.Length;
        foreach (var variant in row.Variants)
        {
            var own = checks.Skip(next).Take(variant.Conditions.Length).ToList();
            Assert.All(own, check => Assert.Equal(variant.Value, check.ForValue));
            if (own.All(check => check.Passed)) return Math.Abs(variant.Value);
            next += variant.Conditions.Length;
        }
        return 0;
    }

    static bool Holds(PatternCheck check) => check.Operator switch
    {
        "<" => check.Value < check.Threshold,
        "<=" => check.Value <= check.Threshold,
        ">" => check.Value > check.Threshold,
        ">=" => check.Value >= check.Threshold,
        _ => check.Value < check.Threshold || check.Value > check.Threshold,
    };

    [Fact]
    public void A_candle_whose_close_is_its_open_is_white()
    {
        // A black body, then a doji of the same height: the colours differ, so the doji engulfs where it reaches further.
        double[][] bodies = [[10, 10], [10, 9], [8, 11], [11, 11]];
        var values = Patterns.Find(FromBodies(bodies), Pattern.Engulfing);
        Assert.Equal(new sbyte[] { 0, 0, 100, 0 }, values);
    }

    [Theory]
    [InlineData(9, 10, 0)] // the very same body: neither end is beyond
    [InlineData(9, 11, 80)]
    [InlineData(8, 10, 80)]
    [InlineData(8, 11, 100)]
    [InlineData(8, 9.5, 0)]
    public void Engulfing_is_weaker_when_one_end_only_matches(double open, double close, int expected) =>
        Assert.Equal(expected, Patterns.Find(FromBodies([[10, 10], [10, 9], [open, close]]), Pattern.Engulfing)[2]);

    [Fact]
    public void Explaining_no_candle_is_refused()
    {
        var candles = FromBodies([[10, 10], [10, 9]]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Patterns.Explain(candles, 2, Pattern.Doji));
        Assert.Throws<ArgumentOutOfRangeException>(() => Patterns.Explain(candles, -1, Pattern.Doji));
        Assert.Throws<ArgumentOutOfRangeException>(() => Patterns.Find(candles, (Pattern)99));
    }

    static CandleSeries FromBodies(double[][] bodies) => CandleSeries.From(Symbol.Parse("B"), Timeframe.D1, new CandleOrigin("by hand"),
        bodies.Select((body, i) => new Candle(MarketCalendar.Nyse.DailyOpen(new DateOnly(2024, 1, 8).AddDays(i)),
            body[0], Math.Max(body[0], body[1]) + 0.5, Math.Min(body[0], body[1]) - 0.5, body[1], 100)));
}
