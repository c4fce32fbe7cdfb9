using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Wire;

/// <summary>Times as the broker writes them: seconds in some fields, milliseconds in others, New York wall-clock text in a few.</summary>
static class WireTime
{
    /// <summary>Seconds of the year 5138, milliseconds of 1973: nothing lies on the wrong side.</summary>
    const long FirstMilliseconds = 100_000_000_000;

    /// <summary>The first second of the year 2200.</summary>
    const long LastSecond = 7_258_118_400;

    /// <summary>Null for 0 and less, which the broker writes for "none" and "pending".</summary>
    /// <exception cref="WireException">A time beyond the year 2200.</exception>
    public static DateTimeOffset? FromEpoch(long value, string field)
    {
        if (value <= 0) return null;
        var milliseconds = value > FirstMilliseconds ? value : checked(value * 1000);
        if (milliseconds > LastSecond * 1000) throw new WireException($"{field} is {value}, which is no time of this age");
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    /// <summary><c>HH:MM:SS EST|EDT MM-DD-YYYY</c>; null when the text is of another form.</summary>
    public static DateTimeOffset? FromWallClock(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 3 || parts[1] is not ("EST" or "EDT")) return null;
        if (!TimeOnly.TryParseExact(parts[0], "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return null;
        if (!DateOnly.TryParseExact(parts[2], "MM-dd-yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return null;
        var offset = TimeSpan.FromHours(parts[1] == "EST" ? -5 : -4);
        return day.Year < 1980 ? null : new DateTimeOffset(day.ToDateTime(time), offset).ToUniversalTime();
    }

    /// <summary>The New York day of a field that holds its midnight.</summary>
    public static DateOnly? Day(DateTimeOffset? instant) => instant is { } at ? MarketCalendar.Nyse.DayOf(at) : null;

    /// <summary>The spelling of days in queries.</summary>
    public static string Query(DateOnly day) => day.ToString("MMddyyyy", CultureInfo.InvariantCulture);
}
