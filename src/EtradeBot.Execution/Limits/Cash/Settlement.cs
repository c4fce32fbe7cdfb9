using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Cash;

/// <summary>The day on which the money of a stock trade changes hands.</summary>
/// <remarks>SEC Rule 15c6-1(a): one business day after the trade since 28 May 2024, two from 5 September 2017 on. A day on which banks are closed and the exchange is
/// open (Columbus Day, Veterans Day) settles nothing (FINRA and DTCC notices of those days).</remarks>
public static class Settlement
{
    static readonly DateOnly OneDaySince = new(2024, 5, 28);

    /// <param name="tradeDay">A New York day.</param>
    /// <exception cref="ArgumentOutOfRangeException">No session is known after that day.</exception>
    public static DateOnly DayOf(DateOnly tradeDay)
    {
        var day = tradeDay;
        for (var left = tradeDay >= OneDaySince ? 1 : 2; left > 0; left--)
        {
            day = MarketCalendar.Nyse.NextSession(day);
            while (IsBankHoliday(day)) day = MarketCalendar.Nyse.NextSession(day);
        }
        return day;
    }

    /// <summary>Columbus Day, the second Monday of October, or Veterans Day, 11 November (on Monday when it is a Sunday).</summary>
    static bool IsBankHoliday(DateOnly day) =>
        day is { Month: 10, DayOfWeek: DayOfWeek.Monday, Day: >= 8 and <= 14 }
        || day is { Month: 11, Day: 11 }
        || day is { Month: 11, Day: 12, DayOfWeek: DayOfWeek.Monday };
}
