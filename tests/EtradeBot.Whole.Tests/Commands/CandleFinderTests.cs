using EtradeBot.Market;

namespace EtradeBot.App.Commands;

public class CandleFinderTests
{
    // 09:30, 09:35, ... New York time on 8 January 2024.
    static readonly CandleSeries Minutes = SomeCandles.Of("MIN", Timeframe.M5, 20);

    [Theory]
    [InlineData("2024-01-08T09:35", 1)]
    [InlineData("2024-01-08 09:35", 1)]
    [InlineData("2024-01-08T09:35:00", 1)]
    [InlineData("2024-01-08T09:35:00-05:00", 1)]
    [InlineData("2024-01-08T14:35:00Z", 1)]
    [InlineData(" 2024-01-08T11:05 ", 19)]
    public void A_candle_within_the_day_is_found_by_its_New_York_time(string text, int index) =>
        Assert.Equal(index, CandleFinder.Find(Minutes, text));

    [Theory]
    [InlineData("2024-01-08", "name the time as well, such as 2024-01-08T09:30:00-05:00")]
    [InlineData("2024-01-08T09:36", "The nearest are 2024-01-08T09:35:00-05:00 and 2024-01-08T09:40:00-05:00.")]
    [InlineData("2024-01-09", "has no candle then")]
    public void What_names_no_single_candle_is_answered_with_one_that_does(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<UsageException>(() => CandleFinder.Find(Minutes, text)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_empty_series_has_no_nearest_candle() =>
        Assert.Contains("none at all", Assert.Throws<UsageException>(() => CandleFinder.Find(Minutes.Slice(0, 0), "2024-01-08")).Message, StringComparison.Ordinal);
}
