namespace EtradeBot.Market;

/// <summary>New York wall-clock time for <see cref="MarketCalendar"/>, which alone may use it.</summary>
/// <remarks>
/// The rules of daylight saving stand here as a table instead of being asked of the operating system: a candle then has the same
/// instant on a machine without a time-zone database, and no lookup costs more than two array reads. From 1918 on the table equals
/// the IANA zone America/New_York (a test compares them day by day); before that it is standard time throughout.
/// </remarks>
static class NewYorkTime
{
    const int FirstYear = 1900;
    const int LastYear = 2199;
    const int Standard = -5;
    const int Daylight = -4;

    static readonly int FirstDay = new DateOnly(FirstYear, 1, 1).DayNumber;
    static readonly sbyte[] HoursAtNoon = BuildHours();

    /// <summary>UTC offset in hours at noon of the New York day.</summary>
    public static int HoursOn(int dayNumber)
    {
        var index = dayNumber - FirstDay;
        return (uint)index < (uint)HoursAtNoon.Length ? HoursAtNoon[index] : HoursOutsideTable(dayNumber);
    }

    /// <summary>UTC offset in hours at the instant.</summary>
    public static int HoursAt(long utcTicks)
    {
        var utcDay = (int)(utcTicks / TimeSpan.TicksPerDay);
        var hours = HoursOn(utcDay);
        var before = HoursOn(utcDay - 1);
        if (hours == before) return hours;
        // The clocks change at 02:00 of the wall clock then in force, which is 06:00 or 07:00 UTC of the same day.
        return utcTicks % TimeSpan.TicksPerDay < (2 - before) * TimeSpan.TicksPerHour ? before : hours;
    }

    /// <summary>The instant of a wall-clock time; in the repeated hour of autumn the first, the skipped hour of spring as if it were daylight time.</summary>
    public static long UtcTicks(int dayNumber, long timeOfDayTicks)
    {
        var hours = HoursOn(timeOfDayTicks < 2 * TimeSpan.TicksPerHour ? dayNumber - 1 : dayNumber);
        return dayNumber * TimeSpan.TicksPerDay + timeOfDayTicks - hours * TimeSpan.TicksPerHour;
    }

    static sbyte[] BuildHours()
    {
        var hours = new sbyte[new DateOnly(LastYear + 1, 1, 1).DayNumber - FirstDay];
        Array.Fill(hours, (sbyte)Standard);
        for (var year = FirstYear; year <= LastYear; year++)
        {
            if (DaylightDays(year) is not var (start, end)) continue;
            hours.AsSpan(start - FirstDay, end - start).Fill(Daylight);
        }
        return hours;
    }

    static int HoursOutsideTable(int dayNumber)
    {
        if (dayNumber < FirstDay) return Standard;
        var year = DateOnly.FromDayNumber(dayNumber).Year;
        return DaylightDays(year) is var (start, end) && dayNumber >= start && dayNumber < end ? Daylight : Standard;
    }

    /// <summary>First day on daylight time and first day back on standard time.</summary>
    /// <remarks>IANA time zone database, file northamerica, rules US and NYC.</remarks>
    static (int Start, int End)? DaylightDays(int year) => year switch
    {
        < 1918 => null,
        <= 1920 => (LastSunday(year, 3), LastSunday(year, 10)),
        <= 1941 => (LastSunday(year, 4), LastSunday(year, 9)),
        1942 => (Day(year, 2, 9), Day(year + 1, 1, 1)),
        1943 or 1944 => (Day(year, 1, 1), Day(year + 1, 1, 1)),
        1945 => (Day(year, 1, 1), Day(year, 9, 30)),
        <= 1954 => (LastSunday(year, 4), LastSunday(year, 9)),
        1974 => (Day(year, 1, 6), LastSunday(year, 10)),
        1975 => (Day(year, 2, 23), LastSunday(year, 10)),
        <= 1986 => (LastSunday(year, 4), LastSunday(year, 10)),
        <= 2006 => (SundayOnOrAfter(year, 4, 1), LastSunday(year, 10)),
        _ => (SundayOnOrAfter(year, 3, 8), SundayOnOrAfter(year, 11, 1)),
    };

    static int Day(int year, int month, int day) => new DateOnly(year, month, day).DayNumber;

    static int LastSunday(int year, int month) => SundayOnOrAfter(year, month, DateTime.DaysInMonth(year, month) - 6);

    static int SundayOnOrAfter(int year, int month, int day)
    {
        var date = new DateOnly(year, month, day);
        return date.DayNumber + (7 - (int)date.DayOfWeek) % 7;
    }
}
