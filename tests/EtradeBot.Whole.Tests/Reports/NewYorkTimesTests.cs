using System.Text;
using EtradeBot.Market;

namespace EtradeBot.App.Reports;

public class NewYorkTimesTests
{
    [Theory]
    [InlineData("1d")]
    [InlineData("1m")]
    public void Labels_are_those_of_the_calendar_on_every_day_and_through_clock_changes(string timeframe)
    {
        var length = Timeframe.Parse(timeframe);
        var times = new NewYorkTimes(length);
        using var buffer = new MemoryStream();
        var output = new Utf8Writer(buffer);
        var expected = new StringBuilder();
        for (var at = new DateTimeOffset(2023, 12, 30, 0, 7, 0, TimeSpan.Zero); at.Year < 2025; at += TimeSpan.FromMinutes(23))
        {
            times.Write(output, at);
            output.Byte('\n');
            expected.Append(MarketCalendar.Nyse.Label(at, length)).Append('\n');
        }
        output.Flush();
        Assert.Equal(expected.ToString(), Encoding.ASCII.GetString(buffer.ToArray()));
    }

    [Fact]
    public void The_wall_clock_moves_with_the_season()
    {
        var times = new NewYorkTimes(Timeframe.M1);
        foreach (var day in new[] { new DateOnly(2024, 3, 8), new DateOnly(2024, 3, 11) })
            Assert.Equal(new DateTime(day, new TimeOnly(9, 30)).Ticks, times.WallTicks(MarketCalendar.Nyse.DailyOpen(day).UtcTicks));
    }
}
