namespace EtradeBot.ETrade.Wire;

public sealed class WireTimeTests
{
    [Theory]
    [InlineData(1773152142L, "2026-03-10T14:15:42Z")]
    [InlineData(1773152042417L, "2026-03-10T14:14:02.417Z")]
    public void Seconds_and_milliseconds_give_the_same_clock(long epoch, string utc) => Assert.Equal(Sample.Utc(utc), WireTime.FromEpoch(epoch, "x"));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-68400000)]
    public void Zero_and_less_mean_none(long epoch) => Assert.Null(WireTime.FromEpoch(epoch, "x"));

    [Theory]
    [InlineData(50_000_000_000)]
    [InlineData(100_000_000_000)]
    [InlineData(9_000_000_000_000)]
    [InlineData(long.MaxValue)]
    public void A_time_of_another_age_is_damage(long epoch) => Assert.Throws<WireException>(() => WireTime.FromEpoch(epoch, "x"));

    [Theory]
    [InlineData("")]
    [InlineData("10:15:42 CET 03-10-2026")]
    [InlineData("10:15:42 EDT 13-10-2026")]
    [InlineData("25:15:42 EDT 03-10-2026")]
    [InlineData("10:15:42 EDT 01-01-0001")]
    [InlineData("10:15:42 EDT")]
    public void Other_texts_are_no_time(string text) => Assert.Null(WireTime.FromWallClock(text));
}
