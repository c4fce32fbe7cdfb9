using System.Globalization;

namespace EtradeBot.Market;

/// <summary>The regular session of one trading day, as UTC instants.</summary>
public readonly record struct Session(DateOnly Day, DateTimeOffset Open, DateTimeOffset Close)
{
    public TimeSpan Length => Close - Open;
}

/// <summary>The sessions of the New York Stock Exchange, and the only code that knows New York time.</summary>
public sealed class MarketCalendar
{
    /// <summary>The NYSE. Sessions are known from 1990 to 2035.</summary>
    public static MarketCalendar Nyse { get; } = new();

    static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    MarketCalendar()
    {
    }

    /// <summary>UTC minus New York time at noon of that day: -5 or -4 hours.</summary>
    public TimeSpan OffsetOn(DateOnly day) => NewYork.GetUtcOffset(day.ToDateTime(new TimeOnly(12, 0)));

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, NewYork).DateTime);

    /// <summary>The instant of a New York wall-clock time outside the 02:00 switch hour.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly newYorkTime) => new DateTimeOffset(day.ToDateTime(newYorkTime), OffsetOn(day)).ToUniversalTime();

    /// <summary>09:30 New York time of any day, trading day or not: the open time of a daily candle.</summary>
    public DateTimeOffset DailyOpen(DateOnly day) => At(day, new TimeOnly(9, 30));

    /// <summary>True for days whose sessions are known.</summary>
    public bool Covers(DateOnly day) => day.Year is >= 1990 and <= 2035;

    /// <summary>The session of that day; null when the exchange is closed.</summary>
    public Session? SessionOn(DateOnly day) =>
        day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || (day.Month, day.Day) is (1, 1) or (7, 4) or (12, 25)
            ? null
            : new Session(day, DailyOpen(day), At(day, new TimeOnly(16, 0)));

    /// <summary><c>2021-01-04</c> for days and weeks, <c>2021-01-04T09:30:00-05:00</c> within a day.</summary>
    public string Label(DateTimeOffset openTime, Timeframe timeframe)
    {
        var local = TimeZoneInfo.ConvertTime(openTime, NewYork);
        return local.ToString(timeframe.IsIntraday ? "yyyy-MM-ddTHH:mm:sszzz" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
