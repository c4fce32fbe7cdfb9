using EtradeBot.Execution.Limits.Gates;
using static EtradeBot.Execution.Limits.Gates.TestDesk;

namespace EtradeBot.Execution.Limits.Losses;

public class FirstLiveWeekTests
{
    [Theory]
    [InlineData(7, "+++++", true)]
    [InlineData(6, "+++++", false)] // time alone is missing
    [InlineData(7, "++++", false)]
    [InlineData(30, "+++++-", false)]
    [InlineData(30, "-+++++", true)]
    [InlineData(30, "++-+++++", true)]
    [InlineData(30, "+++-++++", false)]
    [InlineData(0, "", false)]
    public void Only_time_and_clean_days_lift_the_cap(int daysAgo, string days, bool isOver) => Assert.Equal(isOver, FirstLiveWeek.IsOver(Days(daysAgo, days), Today));

    [Fact]
    public void The_present_day_proves_nothing_yet() => Assert.False(FirstLiveWeek.IsOver([.. Days(7, "++++"), new LiveDay(Today, IsClean: true)], Today));

    [Fact]
    public void What_is_missing_is_said() => Assert.Equal(
        "the first week with real money is capped until 2026-11-26 and 5 clean days in a row (2 so far)", FirstLiveWeek.Words(Days(4, "-++"), Today));

    [Fact]
    public void No_limit_raises_the_cap()
    {
        var wide = LimitCatalog.All.Aggregate(Entry.Limits, (limits, limit) => limit.Write(limits, limit.IsTighterWhenHigher ? limit.Range.Least : limit.Range.Most));
        var live = (Entry with { Limits = wide }).Desk(desk => desk with { IsLive = true });
        Assert.Equal("first-week-notional", live.BlockedBy());
        Assert.Equal("first-week-orders", live.Ordering(order => order with { Shares = 5 }).Sent([.. Enumerable.Range(0, 3).Select(i => Before(TimeSpan.FromMinutes(i + 1), $"b{i}"))]).BlockedBy());
        Assert.Null(live.Desk(desk => desk with { LiveDays = Days(7, "+++++") }).BlockedBy());
    }

    static List<LiveDay> Days(int firstDaysAgo, string days) => [.. days.Select((day, i) => new LiveDay(Today.AddDays(-firstDaysAgo + i), day == '+'))];
}
