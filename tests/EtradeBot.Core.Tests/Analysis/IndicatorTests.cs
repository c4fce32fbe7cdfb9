using CsCheck;
using EtradeBot.Market;
using EtradeBot.Strategies;

namespace EtradeBot.Analysis;

public class IndicatorTests
{
    /// <summary>Index of the first value of each result column, for the default periods (20 where there is none).</summary>
    static readonly Dictionary<string, int[]> FirstIndex = new()
    {
        ["Sma(values, period)"] = [19],
        ["Ema(values, period)"] = [19],
        ["StdDev(values, period)"] = [19],
        ["Bollinger(values, period, deviations)"] = [19, 19, 19],
        ["Rsi(close, period)"] = [14],
        ["Macd(close, fast, slow, signal)"] = [33, 33, 33],
        ["Roc(values, period)"] = [10],
        ["Stochastic(candles, period, smooth, signal)"] = [15, 17],
        ["WilliamsR(candles, period)"] = [13],
        ["Cci(candles, period)"] = [19],
        ["TrueRange(candles)"] = [1],
        ["Atr(candles, period)"] = [14],
        ["Atr(high, low, close, period)"] = [14],
        ["Highest(values, period)"] = [19],
        ["Lowest(values, period)"] = [19],
        ["Donchian(candles, period)"] = [19, 19, 19],
        ["Keltner(candles, period, multiple, atrPeriod)"] = [19, 19, 19],
        ["Adx(candles, period)"] = [27, 14, 14],
        ["Supertrend(candles, period, multiple)"] = [10, 10],
        ["Obv(candles)"] = [0],
        ["Vwap(candles)"] = [0],
    };

    public static TheoryData<string> Everyone => [.. AnyIndicator.All.Select(indicator => indicator.Signature)];

    [Theory]
    [MemberData(nameof(Everyone))]
    public void A_future_appended_changes_nothing_in_the_past(string signature)
    {
        var indicator = AnyIndicator.Named(signature);
        Gen.Select(AnyCandles.Of(1, 90), Gen.Int[0, 90]).Sample((candles, cut) =>
        {
            var past = candles.Slice(0, Math.Min(cut, candles.Count));
            foreach (var (early, late) in indicator.Columns(past).Zip(indicator.Columns(candles)))
                Assert.Equal(early.Select(BitConverter.DoubleToInt64Bits), late.Take(past.Count).Select(BitConverter.DoubleToInt64Bits));
        }, seed: "0N0XIzNsQ0O2", iter: 200);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public void Results_are_as_long_as_the_candles_and_begin_where_the_documentation_says(string signature)
    {
        var indicator = AnyIndicator.Named(signature);
        var expected = FirstIndex[signature];
        AnyCandles.Of(0, 90).Sample(candles =>
        {
            var columns = indicator.Columns(candles);
            Assert.Equal(expected.Length, columns.Length);
            foreach (var (column, first) in columns.Zip(expected))
            {
                Assert.Equal(candles.Count, column.Length);
                Assert.All(column.Take(first), value => Assert.True(double.IsNaN(value)));
                Assert.All(column.Skip(first), value => Assert.True(double.IsFinite(value)));
            }
        }, seed: "0N0XIzNsQ0O2", iter: 100);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public void A_period_below_one_is_refused_by_name(string signature)
    {
        var indicator = AnyIndicator.Named(signature);
        var candles = RandomWalk.Of(50);
        foreach (var place in indicator.PeriodPlaces)
        {
            var arguments = indicator.Arguments.ToArray();
            arguments[place] = 0;
            var problem = Assert.Throws<ArgumentOutOfRangeException>((Action)(() => indicator.Columns(candles, arguments)));
            Assert.Equal(indicator.Method.GetParameters()[place].Name == "slow" ? "fast" : indicator.Method.GetParameters()[place].Name, problem.ParamName);
        }
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public void A_period_longer_than_the_candles_gives_no_value(string signature)
    {
        var indicator = AnyIndicator.Named(signature);
        var candles = RandomWalk.Of(30);
        foreach (var place in indicator.PeriodPlaces.Where(place => indicator.Method.GetParameters()[place].Name != "fast"))
        {
            var arguments = indicator.Arguments.ToArray();
            arguments[place] = int.MaxValue;
            // The last column is the one that waits for all periods, save ADX whose first does.
            var columns = indicator.Columns(candles, arguments);
            Assert.All(columns[indicator.Method.Name == nameof(Indicators.Adx) ? 0 : ^1], value => Assert.True(double.IsNaN(value)));
        }
    }

    [Fact]
    public void An_indicator_of_an_indicator_begins_after_its_warm_up()
    {
        var candles = RandomWalk.Of(60);
        var rsi = Indicators.Rsi(candles.Close);
        var known = rsi.AsSpan(14);
        foreach (var (whole, part) in new[]
        {
            (Indicators.Sma(rsi, 5), Indicators.Sma(known, 5)),
            (Indicators.Ema(rsi, 5), Indicators.Ema(known, 5)),
            (Indicators.StdDev(rsi, 5), Indicators.StdDev(known, 5)),
            (Indicators.Rsi(rsi, 5), Indicators.Rsi(known, 5)),
            (Indicators.Macd(rsi).Signal, Indicators.Macd(known).Signal),
            (Indicators.Bollinger(rsi).Upper, Indicators.Bollinger(known).Upper),
            (Indicators.Roc(rsi, 5), Indicators.Roc(known, 5)),
            (Indicators.Highest(rsi, 5), Indicators.Highest(known, 5)),
        })
            Assert.Equal(Enumerable.Repeat(double.NaN, 14).Concat(part), whole);
    }

    [Fact]
    public void A_missing_value_is_never_bridged()
    {
        double[] values = [1, 2, 3, 4, double.NaN, 6, 7, 8, 9, 10];
        Assert.Equal([double.NaN, 2, 3, 4, double.NaN, double.NaN, 7, 8, 9, 10], Indicators.Highest(values, 2));
        Assert.All(Indicators.Sma(values, 2).Skip(4), value => Assert.True(double.IsNaN(value)));
        Assert.All(Indicators.Ema(values, 2).Skip(4), value => Assert.True(double.IsNaN(value)));
        Assert.All(Indicators.Rsi(values, 2).Skip(4), value => Assert.True(double.IsNaN(value)));
        Assert.All(Indicators.StdDev(values, 2).Skip(4), value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void Macd_refuses_a_fast_average_that_is_not_the_faster() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Indicators.Macd([1, 2, 3], fast: 26, slow: 26));

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_band_width_that_is_no_width_is_refused(double width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Indicators.Bollinger([1, 2, 3], 2, width));

    [Fact]
    public void Rsi_of_rising_falling_and_resting_prices()
    {
        Assert.Equal(100, Indicators.Rsi([1, 2, 3, 4], 3)[3]);
        Assert.Equal(0, Indicators.Rsi([4, 3, 2, 1], 3)[3]);
        Assert.Equal(0, Indicators.Rsi([2, 2, 2, 2], 3)[3]);
    }

    [Fact]
    public void What_is_left_by_rounding_counts_as_nothing()
    {
        // TA-Lib's zero is 1e-14: a deviation of equal prices, and gains that have all but faded away.
        Assert.All(Indicators.StdDev([.. Enumerable.Repeat(0.1, 40)], 7).Skip(6), value => Assert.Equal(0, value));
        double[] longRest = [1, 2, .. Enumerable.Repeat(2.0, 600)];
        Assert.Equal(100, Indicators.Rsi(longRest)[100]);
        Assert.Equal(0, Indicators.Rsi(longRest)[^1]);
    }

    [Fact]
    public void Vwap_begins_anew_with_each_New_York_day()
    {
        // 19:30 and 20:00 New York time are one UTC day later than the day they belong to.
        var start = new DateTimeOffset(2024, 1, 9, 0, 30, 0, TimeSpan.Zero);
        var candles = CandleSeries.From(Symbol.Parse("V"), Timeframe.M30, new CandleOrigin("by hand"),
        [
            new Candle(start, 10, 13, 10, 13, 0),
            new Candle(start.AddMinutes(30), 10, 12, 9, 12, 100),
            new Candle(start.AddMinutes(60), 12, 15, 12, 15, 300),
            new Candle(start.AddHours(14), 20, 23, 20, 23, 50),
        ]);
        // Typical prices 12, 11, 14 and 22; nothing was traded in the first candle.
        Assert.Equal([double.NaN, 11, (11.0 * 100 + 14 * 300) / 400, 22], Indicators.Vwap(candles));
    }
}
