using System.Globalization;
using System.Text;
using CsCheck;

namespace EtradeBot.Market;

/// <summary>Offsets, days, labels and closes; the system's own time-zone database is the judge of the offsets.</summary>
public class MarketCalendarTimeTests
{
    static readonly MarketCalendar Nyse = MarketCalendar.Nyse;
    static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    /// <summary>Instants from 1918 to 2099, where the time-zone database and our table must agree.</summary>
    static readonly Gen<DateTimeOffset> Instants =
        Gen.Long[Utc(1918, 1, 1).UtcTicks, Utc(2099, 12, 31).UtcTicks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    [Fact]
    public void Offsets_equal_the_time_zone_database_on_every_day_since_1918()
    {
        for (var day = new DateOnly(1918, 1, 1); day.Year < 2100; day = day.AddDays(1))
            if (NewYork.GetUtcOffset(day.ToDateTime(new TimeOnly(12, 0))) != Nyse.OffsetOn(day))
                Assert.Fail($"{day:O}: {Nyse.OffsetOn(day)}");
    }

    [Fact]
    public void Offsets_equal_the_time_zone_database_at_any_instant() =>
        Instants.Sample(instant => NewYork.GetUtcOffset(instant) == Nyse.OffsetAt(instant));

    [Fact]
    public void Labels_equal_the_time_zone_database_in_every_half_hour_around_the_switches()
    {
        foreach (var day in SwitchDays())
            for (var half = -4; half < 52; half++)
            {
                var instant = new DateTimeOffset(day.ToDateTime(default), TimeSpan.Zero).AddMinutes(30 * half + 1);
                var local = TimeZoneInfo.ConvertTime(instant, NewYork);
                Assert.Equal(local.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture), Nyse.Label(instant, Timeframe.M1));
            }
    }

    [Theory]
    [InlineData(2026, 3, 6, 14)] // Friday before the clocks go forward
    [InlineData(2026, 3, 9, 13)]
    [InlineData(2026, 10, 30, 13)] // Friday before they go back
    [InlineData(2026, 11, 2, 14)]
    [InlineData(2006, 3, 31, 14)] // the rule until 2006
    [InlineData(2006, 4, 3, 13)]
    [InlineData(1980, 4, 25, 14)] // outside the known sessions
    [InlineData(1980, 4, 28, 13)]
    [InlineData(2050, 7, 1, 13)]
    public void The_daily_open_is_half_past_nine_on_both_sides_of_a_switch(int year, int month, int day, int utcHour)
    {
        var open = Nyse.DailyOpen(new(year, month, day));

        Assert.Equal(Utc(year, month, day).AddHours(utcHour).AddMinutes(30), open);
        Assert.Equal(new DateOnly(year, month, day), Nyse.DayOf(open));
    }

    [Fact]
    public void Labels_are_days_or_times_with_the_offset_in_force()
    {
        var winter = Nyse.At(new(2021, 1, 4), new(9, 30));

        Assert.Equal("2021-01-04", Nyse.Label(winter, Timeframe.D1));
        Assert.Equal("2021-01-04", Nyse.Label(winter, Timeframe.W1));
        Assert.Equal("2021-01-04T09:30:00-05:00", Nyse.Label(winter, Timeframe.M1));
        Assert.Equal("2021-07-06T15:59:30-04:00", Nyse.Label(Nyse.At(new(2021, 7, 6), new(15, 59, 30)), Timeframe.H1));
    }

    [Fact]
    public void Labels_of_any_instant_equal_the_time_zone_database() =>
        Instants.Sample(instant => Nyse.Label(instant, Timeframe.M5)
            == TimeZoneInfo.ConvertTime(instant, NewYork).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));

    [Fact]
    public void A_label_parses_back_to_its_instant() =>
        Instants.Sample(instant =>
        {
            var whole = new DateTimeOffset(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
            return DateTimeOffset.Parse(Nyse.Label(whole, Timeframe.M1), CultureInfo.InvariantCulture) == whole;
        });

    [Theory]
    [InlineData(9, false)]
    [InlineData(24, false)]
    [InlineData(25, true)]
    [InlineData(64, true)]
    public void A_label_is_written_only_where_it_fits(int room, bool fits)
    {
        Span<byte> utf8 = stackalloc byte[room];
        utf8.Fill((byte)'x');

        Assert.Equal(fits, Nyse.TryFormatLabel(Nyse.DailyOpen(new(2021, 1, 4)).UtcTicks, Timeframe.M1, utf8, out var written));

        Assert.Equal(fits ? 25 : 0, written);
        Assert.Equal(fits ? "2021-01-04T09:30:00-05:00" : "", Encoding.ASCII.GetString(utf8[..written]));
        Assert.Equal(-1, utf8[written..].IndexOfAnyExcept((byte)'x'));
    }

    [Fact]
    public void Wall_clock_times_become_instants_by_day_and_by_day_number()
    {
        var day = new DateOnly(2026, 3, 9);

        Assert.Equal(Utc(2026, 3, 9).AddHours(13.5).UtcTicks, Nyse.UtcTicks(day, TimeSpan.FromHours(9.5).Ticks));
        Assert.Equal(Utc(2026, 3, 9).AddHours(13.5).UtcTicks, Nyse.UtcTicks(day.DayNumber, TimeSpan.FromHours(9.5).Ticks));
    }

    [Fact]
    public void Midnight_before_the_switch_hour_has_the_old_offset()
    {
        Assert.Equal(Utc(2026, 3, 8).AddHours(5), Nyse.At(new(2026, 3, 8), new(0, 0)));
        Assert.Equal(Utc(2026, 11, 1).AddHours(4), Nyse.At(new(2026, 11, 1), new(0, 0)));
        Assert.Equal(Utc(2026, 11, 1).AddHours(5.5), Nyse.At(new(2026, 11, 1), new(1, 30)));
    }

    [Theory]
    [InlineData("2020-11-25T15:30:00-05:00", "1h", "2020-11-25T16:00:00-05:00")] // cut by the close
    [InlineData("2020-11-27T12:30:00-05:00", "1h", "2020-11-27T13:00:00-05:00")] // cut by the early close
    [InlineData("2020-11-27T12:30:00-05:00", "30m", "2020-11-27T13:00:00-05:00")]
    [InlineData("2020-11-25T10:30:00-05:00", "1h", "2020-11-25T11:30:00-05:00")]
    [InlineData("2020-11-25T09:00:00-05:00", "1h", "2020-11-25T10:00:00-05:00")] // clock-hour files
    [InlineData("2020-11-25T16:00:00-05:00", "1h", "2020-11-25T17:00:00-05:00")] // after the session
    [InlineData("2020-11-26T10:00:00-05:00", "1h", "2020-11-26T11:00:00-05:00")] // Thanksgiving
    [InlineData("2020-11-25T09:30:00-05:00", "1d", "2020-11-25T16:00:00-05:00")]
    [InlineData("2020-11-27T09:30:00-05:00", "1d", "2020-11-27T13:00:00-05:00")]
    [InlineData("2020-11-23T09:30:00-05:00", "1w", "2020-11-27T13:00:00-05:00")]
    [InlineData("2001-09-10T09:30:00-04:00", "1w", "2001-09-10T16:00:00-04:00")] // closed from Tuesday on
    [InlineData("2024-03-25T09:30:00-04:00", "1w", "2024-03-28T16:00:00-04:00")] // Good Friday
    [InlineData("1980-11-25T09:30:00-05:00", "1d", "1980-11-25T16:00:00-05:00")]
    [InlineData("1980-11-25T09:30:00-05:00", "1w", "1980-11-28T16:00:00-05:00")]
    [InlineData("1980-11-25T15:45:00-05:00", "30m", "1980-11-25T16:00:00-05:00")]
    public void A_candle_closes_with_its_session_or_its_length(string open, string timeframe, string close) =>
        Assert.Equal(
            DateTimeOffset.Parse(close, CultureInfo.InvariantCulture),
            Nyse.CloseTime(DateTimeOffset.Parse(open, CultureInfo.InvariantCulture), Timeframe.Parse(timeframe)));

    [Fact]
    public void Nothing_is_allocated_for_a_candle()
    {
        Span<byte> utf8 = stackalloc byte[25];
        var ticks = Nyse.DailyOpen(new(2020, 11, 27)).UtcTicks;
        Touch(utf8, ticks);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Touch(utf8, ticks + i * TimeSpan.TicksPerMinute);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    static void Touch(Span<byte> utf8, long ticks)
    {
        Nyse.TryFormatLabel(ticks, Timeframe.M1, utf8, out _);
        Nyse.CloseTicks(ticks, Timeframe.M1);
        Nyse.UtcTicks(Nyse.DayOf(ticks).DayNumber, TimeSpan.TicksPerHour);
        Nyse.SessionOn(Nyse.DayOf(ticks));
    }

    static IEnumerable<DateOnly> SwitchDays()
    {
        for (var day = new DateOnly(1918, 1, 2); day.Year < 2040; day = day.AddDays(1))
            if (Nyse.OffsetOn(day) != Nyse.OffsetOn(day.AddDays(-1))) yield return day;
    }

    static DateTimeOffset Utc(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);
}
