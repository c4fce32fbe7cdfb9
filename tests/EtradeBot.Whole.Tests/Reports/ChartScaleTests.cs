using EtradeBot.Market;

namespace EtradeBot.App.Reports;

public class ChartScaleTests
{
    [Theory]
    [InlineData("1d", 2_000, "1d")]
    [InlineData("1m", 20_000, "1m")]
    [InlineData("1m", 20_001, "2m")]
    [InlineData("1m", 90_000, "5m")]
    [InlineData("5m", 20_001, "15m")]
    [InlineData("1m", 1_000_000, "1h")]
    public void The_shortest_timeframe_that_fits_is_drawn(string source, int count, string shown)
    {
        var series = Sessions(Timeframe.Parse(source), count);
        Assert.Equal(shown, ChartScale.For(series.Timeframe, series.OpenTicks).Shown.ToString());
    }

    [Fact]
    public void Longer_candles_hold_what_the_shorter_ones_did()
    {
        var series = Sessions(Timeframe.M1, 50_000);
        var scale = ChartScale.For(Timeframe.M1, series.OpenTicks);
        var drawn = PriceColumns.From(series, scale);
        var at = 0;
        foreach (var bucket in Enumerable.Range(0, series.Count).GroupBy(i => Bucket(series.OpenTime(i), 5)))
        {
            Assert.Equal(bucket.Key, drawn.Time[at]);
            Assert.Equal(series.Open[bucket.First()], drawn.Open[at]);
            Assert.Equal(series.Close[bucket.Last()], drawn.Close[at]);
            Assert.Equal(bucket.Max(i => series.High[i]), drawn.High[at]);
            Assert.Equal(bucket.Min(i => series.Low[i]), drawn.Low[at]);
            Assert.Equal(bucket.Sum(i => series.Volume[i]), drawn.Volume[at]);
            at++;
        }
        Assert.Equal(at, drawn.Time.Length);
    }

    [Theory]
    [InlineData("1d")]
    [InlineData("1h")]
    public void Times_ascend_strictly_through_clock_changes(string shown)
    {
        var series = Sessions(Timeframe.Parse(shown), 3_000);
        var scale = ChartScale.For(series.Timeframe, series.OpenTicks);
        var times = series.OpenTicks.ToArray().Select(scale.Seconds).ToArray();
        Assert.Equal(times.Order().Distinct(), times);
    }

    [Fact]
    public void The_deepest_drawdown_of_a_drawn_candle_stays_in_sight()
    {
        var series = Sessions(Timeframe.M1, 30_000);
        var result = ResultFilesTests.Idle(series);
        result.Curve.Equity[12_344] = 4_000;
        var drawn = EquityColumns.From(result.Curve, result.Candles, ChartScale.For(Timeframe.M1, series.OpenTicks));
        Assert.Equal(-0.2, drawn.Drawdown.Min(), 12);
        Assert.All(drawn.Equity, equity => Assert.Equal(5_000, equity));
    }

    [Fact]
    public void Buy_and_hold_starts_with_the_cash_at_the_first_open()
    {
        var series = Sessions(Timeframe.D1, 300);
        var result = ResultFilesTests.Idle(series);
        var drawn = EquityColumns.From(result.Curve, result.Candles, ChartScale.For(Timeframe.D1, series.OpenTicks));
        Assert.Equal(5_000 * series.Close[0] / series.Open[0], drawn.Benchmark[0], 9);
        Assert.Equal(5_000 * series.Close[299] / series.Open[0], drawn.Benchmark[^1], 9);
    }

    /// <summary>Start of the candle by the New York wall clock, in seconds since 1970.</summary>
    static double Bucket(DateTimeOffset open, int minutes)
    {
        var local = open.ToOffset(MarketCalendar.Nyse.OffsetOn(MarketCalendar.Nyse.DayOf(open)));
        var sinceOpen = (int)(local.TimeOfDay - new TimeSpan(9, 30, 0)).TotalMinutes;
        var start = local.Date.AddMinutes(570 + sinceOpen / minutes * minutes);
        return (start - DateTime.UnixEpoch).TotalSeconds;
    }

    /// <summary>Candles of regular sessions from January 2014 on.</summary>
    static CandleSeries Sessions(Timeframe timeframe, int count)
    {
        var columns = new CandleColumns(count);
        foreach (var session in MarketCalendar.Nyse.Sessions(new DateOnly(2014, 1, 2), new DateOnly(2035, 12, 31)))
            for (var at = session.Open; at < session.Close && columns.Count < count; at += timeframe.IsIntraday ? timeframe.Length : TimeSpan.FromDays(1))
                columns.Add(SomeCandles.At(columns.Count, at));
        return CandleSeries.FromColumns(Symbol.Parse("SOME"), timeframe, new CandleOrigin("some.csv"), columns);
    }
}
