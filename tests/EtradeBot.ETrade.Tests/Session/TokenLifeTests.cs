using CsCheck;
using EtradeBot.Market;

namespace EtradeBot.ETrade;

public sealed class TokenLifeTests
{
    // 2026: the clocks go forward on 8 March and back on 1 November, at 02:00 New York time.
    [Theory]
    [InlineData("2026-03-10T14:00:00Z", "2026-03-11T04:00:00Z")]
    [InlineData("2026-01-15T20:00:00Z", "2026-01-16T05:00:00Z")]
    [InlineData("2026-03-08T04:59:59Z", "2026-03-08T05:00:00Z")]
    [InlineData("2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z")]
    [InlineData("2026-03-08T06:59:59Z", "2026-03-09T04:00:00Z")]
    [InlineData("2026-03-08T07:00:00Z", "2026-03-09T04:00:00Z")]
    [InlineData("2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z")]
    [InlineData("2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")]
    [InlineData("2026-11-01T05:30:00Z", "2026-11-02T05:00:00Z")]
    [InlineData("2026-11-01T06:30:00Z", "2026-11-02T05:00:00Z")]
    [InlineData("2026-12-31T23:00:00Z", "2027-01-01T05:00:00Z")]
    public void A_token_ends_at_the_midnight_in_New_York_after_it_was_issued(string issued, string ends)
    {
        var life = new TokenLife(new AccessToken("t", "s", At(issued)));
        Assert.Equal(At(ends), life.EndsAt);
        Assert.NotEqual(TokenState.Expired, life.At(At(ends).AddTicks(-1)));
        Assert.Equal(TokenState.Expired, life.At(At(ends)));
    }

    [Theory]
    [InlineData("14:00:00", "Valid")]
    [InlineData("15:54:59", "Valid")]
    [InlineData("15:55:00", "Idle")]
    [InlineData("17:00:00", "Idle")]
    public void It_falls_asleep_five_minutes_before_two_hours_are_over(string time, string state) =>
        Assert.Equal(state, new TokenLife(new AccessToken("t", "s", At("2026-03-10T14:00:00Z"))).At(At($"2026-03-10T{time}Z")).ToString());

    [Fact]
    public void A_used_token_is_valid_until_the_last_hour()
    {
        var life = new TokenLife(new AccessToken("t", "s", At("2026-03-10T14:00:00Z"))) with { LastUse = At("2026-03-11T02:30:00Z") };
        Assert.Equal(TokenState.Valid, life.At(At("2026-03-11T03:00:00Z")));
        Assert.Equal(TokenState.Expiring, life.At(At("2026-03-11T03:00:00Z").AddTicks(1)));
        Assert.Equal(TokenState.Expiring, life.At(At("2026-03-11T03:59:59Z")));
    }

    [Fact]
    public void Sleep_counts_before_the_last_hour_since_it_can_be_ended() =>
        Assert.Equal(TokenState.Idle, new TokenLife(new AccessToken("t", "s", At("2026-03-10T14:00:00Z"))).At(At("2026-03-11T03:30:00Z")));

    [Fact]
    public void A_doubted_token_has_to_be_renewed() =>
        Assert.Equal(TokenState.Idle, (new TokenLife(new AccessToken("t", "s", At("2026-03-10T14:00:00Z"))) with { IsDoubted = true }).At(At("2026-03-10T14:00:01Z")));

    [Fact]
    public void At_any_time_of_ten_years_a_token_lives_at_most_25_hours_and_ends_at_midnight() =>
        Gen.Long[0, 315_360_000].Sample(seconds =>
        {
            var issued = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(seconds);
            var ends = new TokenLife(new AccessToken("t", "s", issued)).EndsAt;
            var day = MarketCalendar.Nyse.DayOf(issued);
            return ends > issued && ends - issued <= TimeSpan.FromHours(25)
                && MarketCalendar.Nyse.DayOf(ends) == day.AddDays(1) && MarketCalendar.Nyse.DayOf(ends.AddTicks(-1)) == day;
        });

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
