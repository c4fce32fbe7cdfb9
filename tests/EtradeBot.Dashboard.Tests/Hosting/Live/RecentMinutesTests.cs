using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

public sealed class RecentMinutesTests
{
    static readonly Symbol Basalt = Symbol.Parse("BASALT");
    static readonly DateOnly Day = new(2026, 3, 10);
    static readonly CandleSeries Truth = new DemoMarket(7).Generate(Basalt, Timeframe.M1, Day.AddDays(-1), Day);

    public static TheoryData<string> Longer => ["2m", "5m", "15m", "30m", "1h", "1d"];

    [Theory]
    [MemberData(nameof(Longer))]
    public void A_longer_forming_candle_is_what_resampling_makes_of_its_minutes(string text)
    {
        var timeframe = Timeframe.Parse(text);
        var minutes = new RecentMinutes(true);
        var begin = Truth.IndexAtOrAfter(MarketCalendar.Nyse.SessionOn(Day)!.Value.Open);
        minutes.Put(Basalt, Enumerable.Range(0, begin).Select(i => Truth[i]));
        for (var i = begin; i < Truth.Count; i++)
        {
            var forming = Forming(Truth[i]);
            var folded = minutes.Fold(Basalt, timeframe, forming, Truth.OpenTime(i).AddSeconds(30))!;
            var resampled = Truth.Slice(0, i + 1).Resample(timeframe);
            var last = resampled[resampled.Count - 1];
            Assert.Equal((last.OpenTime, last.Open, last.High, last.Low, last.Close, last.Volume), (folded.OpenTime, folded.Prices.First, folded.Prices.Highest, folded.Prices.Lowest, folded.Prices.Last, folded.Volume));
            minutes.Put(Basalt, [Truth[i]]);
        }
    }

    [Fact]
    public void Nothing_forms_after_the_end_of_the_last_period_until_something_trades()
    {
        var minutes = new RecentMinutes(true);
        minutes.Put(Basalt, [Truth[0]]);
        var open = Truth.OpenTime(0);
        Assert.NotNull(minutes.Fold(Basalt, Timeframe.M5, null, open.AddMinutes(2)));
        Assert.Null(minutes.Fold(Basalt, Timeframe.M5, null, open.AddMinutes(5)));
        Assert.Null(minutes.Fold(Basalt, Timeframe.D1, null, open.AddDays(1)));
    }

    [Fact]
    public void A_sparkline_is_thinned_out_to_sixty_and_ends_with_the_last_close()
    {
        var minutes = new RecentMinutes(true);
        minutes.Put(Basalt, Enumerable.Range(0, Truth.Count).Reverse().Select(i => Truth[i]));
        var line = minutes.Sparkline(Basalt, Day);
        Assert.InRange(line.Count, 50, 60);
        Assert.Equal(Truth.Close[^1], line[^1]);
        Assert.Empty(minutes.Sparkline(Basalt, Day.AddDays(1)));
    }

    static FormingCandle Forming(in Candle candle) =>
        new(Basalt, Timeframe.M1, candle.OpenTime, candle.OpenTime.AddMinutes(1), candle.Volume, candle.OpenTime.AddSeconds(30)) { Prices = (candle.Open, candle.High, candle.Low, candle.Close) };
}
