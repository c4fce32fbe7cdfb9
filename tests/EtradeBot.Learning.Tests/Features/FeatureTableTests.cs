using EtradeBot.Market;

namespace EtradeBot.Learning.Features;

public sealed class FeatureTableTests
{
    static readonly CandleSeries Days = Demo(Timeframe.D1, new(2022, 1, 3), new(2023, 12, 29));

    [Fact]
    public void No_row_changes_when_a_future_is_appended()
    {
        foreach (var candles in (CandleSeries[])[Days, Demo(Timeframe.M5, new(2024, 1, 2), new(2024, 1, 12))])
        {
            var whole = FeatureTable.Rows(candles);
            foreach (var count in (int[])[60, 61, candles.Count / 2, candles.Count - 1])
                Assert.Equal(whole[..(count * FeatureTable.Names.Count)], FeatureTable.Rows(candles.Slice(0, count)));
        }
    }

    [Fact]
    public void Only_the_warm_up_is_not_finite()
    {
        var rows = FeatureTable.Rows(Days);
        Assert.Contains(rows[..FeatureTable.Names.Count], float.IsNaN);
        Assert.All(rows[(40 * FeatureTable.Names.Count)..], value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Candles_that_never_move_and_never_trade_give_finite_rows()
    {
        var still = CandleSeries.From(Days.Symbol, Timeframe.D1, Days.Origin, Enumerable.Range(0, 100).Select(i => Days[i] with { Open = 5, High = 5, Low = 5, Close = 5, Volume = 0 }));
        Assert.All(FeatureTable.Rows(still)[(40 * FeatureTable.Names.Count)..], value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void The_time_of_day_turns_within_a_session_and_stands_still_for_days()
    {
        var column = FeatureTable.Names.ToList().IndexOf("daySin");
        Assert.All(Column(Days, column), value => Assert.Equal(0, value));
        // Half past nine in New York, in January and in July.
        var expected = (float)Math.Sin(Math.Tau * 9.5 / 24);
        Assert.Equal(expected, Column(Demo(Timeframe.M5, new(2024, 1, 2), new(2024, 1, 2)), column)[0], 1e-6f);
        Assert.Equal(expected, Column(Demo(Timeframe.M5, new(2024, 7, 2), new(2024, 7, 2)), column)[0], 1e-6f);
    }

    static float[] Column(CandleSeries candles, int column) => [.. FeatureTable.Rows(candles).Where((_, i) => i % FeatureTable.Names.Count == column)];

    static CandleSeries Demo(Timeframe timeframe, DateOnly from, DateOnly to) => new DemoMarket(1).Generate(DemoMarket.Symbols[0].Symbol, timeframe, from, to);
}
