namespace EtradeBot.Market;

/// <summary>The opening hours of the New York Stock Exchange by rule, for <see cref="MarketCalendar"/>.</summary>
/// <remarks>
/// Sources: NYSE Rule 51 (hours) and 7.2 (holidays), the exchange's yearly holiday notices, and its list "Special Closings"
/// for what no rule foretells. Interruptions of less than half an hour, such as minutes of silence at the open
/// (2001-09-17, 2003-03-20, ...) or the 15:56 close of 2005-06-01, and halts within a session are not modelled.
/// </remarks>
static class NyseHours
{
    public const int FirstYear = 1990;
    public const int LastYear = 2035;

    /// <summary>09:30 in minutes after midnight.</summary>
    public const int RegularOpen = 9 * 60 + 30;

    /// <summary>16:00 in minutes after midnight.</summary>
    public const int RegularClose = 16 * 60;

    const int OneOClock = 13 * 60;
    const int TwoOClock = 14 * 60;

    static readonly (DateOnly Day, int Open, int Close)[] OneOffs =
    [
        (new(1990, 12, 27), 11 * 60, RegularClose), // transformer explosion
        (new(1994, 2, 11), RegularOpen, 14 * 60 + 30), // snow
        (new(1994, 4, 27), 0, 0), // funeral of President Nixon
        (new(1995, 12, 18), 10 * 60 + 30, RegularClose), // computer trouble
        (new(1996, 1, 8), 11 * 60, TwoOClock), // snow
        (new(1997, 10, 27), RegularOpen, 15 * 60 + 30), // circuit breakers
        (new(1997, 12, 26), RegularOpen, OneOClock),
        (new(2001, 9, 11), 0, 0),
        (new(2001, 9, 12), 0, 0),
        (new(2001, 9, 13), 0, 0),
        (new(2001, 9, 14), 0, 0),
        (new(2002, 9, 11), 12 * 60, RegularClose), // anniversary
        (new(2003, 12, 26), RegularOpen, OneOClock),
        (new(2004, 6, 11), 0, 0), // mourning for President Reagan
        (new(2007, 1, 2), 0, 0), // mourning for President Ford
        (new(2012, 10, 29), 0, 0), // hurricane Sandy
        (new(2012, 10, 30), 0, 0),
        (new(2018, 12, 5), 0, 0), // mourning for President G. H. W. Bush
        (new(2025, 1, 9), 0, 0), // mourning for President Carter
    ];

    /// <summary>Open and close of every day from 1 January of the first year to 31 December of the last, in New York minutes after midnight; both 0 on a day without a session.</summary>
    public static (int Open, int Close)[] EveryDay()
    {
        var first = new DateOnly(FirstYear, 1, 1).DayNumber;
        var hours = new (int Open, int Close)[new DateOnly(LastYear + 1, 1, 1).DayNumber - first];
        for (var i = 0; i < hours.Length; i++) hours[i] = ByRule(DateOnly.FromDayNumber(first + i));
        foreach (var (day, open, close) in OneOffs) hours[day.DayNumber - first] = (open, close);
        return hours;
    }

    static (int Open, int Close) ByRule(DateOnly day) =>
        day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || IsHoliday(day) ? default : (RegularOpen, ScheduledClose(day));

    /// <summary>Holidays by rule; <paramref name="day"/> is a weekday.</summary>
    static bool IsHoliday(DateOnly day) => day.Month switch
    {
        // A New Year's Day on a Saturday is not made up for: the Friday before closes the year's books (NYSE Rule 7.2).
        1 => day.Day == 1 || day is { Day: 2, DayOfWeek: DayOfWeek.Monday } || (day.Year >= 1998 && IsThirdMonday(day)),
        2 => IsThirdMonday(day),
        3 or 4 => day == GoodFriday(day.Year),
        5 => day is { DayOfWeek: DayOfWeek.Monday, Day: > 24 },
        6 => day.Year >= 2022 && IsObserved(day, 19),
        7 => IsObserved(day, 4),
        9 => day is { DayOfWeek: DayOfWeek.Monday, Day: <= 7 },
        11 => day is { DayOfWeek: DayOfWeek.Thursday, Day: >= 22 and <= 28 },
        12 => IsObserved(day, 25),
        _ => false,
    };

    /// <summary>A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after.</summary>
    static bool IsObserved(DateOnly day, int dayOfMonth) =>
        day.Day == dayOfMonth
        || (day.DayOfWeek == DayOfWeek.Friday && day.Day == dayOfMonth - 1)
        || (day.DayOfWeek == DayOfWeek.Monday && day.Day == dayOfMonth + 1);

    static bool IsThirdMonday(DateOnly day) => day is { DayOfWeek: DayOfWeek.Monday, Day: >= 15 and <= 21 };

    /// <summary>Close of a trading day: 13:00 around holidays since 1993, 14:00 before.</summary>
    static int ScheduledClose(DateOnly day)
    {
        var early = day.Year >= 1993 ? OneOClock : TwoOClock;
        return day switch
        {
            // Christmas Eve is a session from Monday to Thursday only; on a Friday it is the holiday itself.
            { Month: 12, Day: 24 } => early,
            { Month: 11, DayOfWeek: DayOfWeek.Friday, Day: >= 23 and <= 29, Year: >= 1992 } => early,
            { Month: 7 } when ClosesEarlyInJuly(day) => early,
            _ => RegularClose,
        };
    }

    /// <remarks>Since 1995 the day before the holiday; beside a holiday on Thursday it was the Friday after until 2012, the Wednesday before since 2013.</remarks>
    static bool ClosesEarlyInJuly(DateOnly day) => day.Year >= 1995 && (day.Day, day.DayOfWeek) switch
    {
        (3, DayOfWeek.Monday or DayOfWeek.Tuesday or DayOfWeek.Thursday) => true,
        (3, DayOfWeek.Wednesday) => day.Year >= 2013,
        (5, DayOfWeek.Friday) => day.Year <= 2012,
        _ => false,
    };

    /// <remarks>Easter by the anonymous Gregorian algorithm: Meeus, Astronomical Algorithms (1991), chapter 8.</remarks>
    static DateOnly GoodFriday(int year)
    {
        int a = year % 19, b = year / 100, c = year % 100;
        int d = b / 4, e = b % 4, g = (8 * b + 13) / 25;
        int h = (19 * a + b - d - g + 15) % 30;
        int i = c / 4, k = c % 4;
        int l = (32 + 2 * e + 2 * i - h - k) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int n = h + l - 7 * m + 114;
        return new DateOnly(year, n / 31, n % 31 + 1).AddDays(-2);
    }
}
