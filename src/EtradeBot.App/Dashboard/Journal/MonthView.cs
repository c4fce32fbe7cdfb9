using EtradeBot.App.Hosting.Bots;
using EtradeBot.Market;

namespace EtradeBot.App.Dashboard.Journal;

/// <summary>A weekday of the month shown.</summary>
/// <param name="Profit">Dollars after fees of the shares that were left on it; null: none were.</param>
/// <param name="Exits">How many fills that took.</param>
public sealed record MonthDay(DateOnly Day, bool IsInMonth, bool IsSession, decimal? Profit, int Exits);

/// <summary>A month of days in New York, as a calendar from Monday to Friday.</summary>
/// <param name="Month">Its first day.</param>
public sealed record MonthView(DateOnly Month, IReadOnlyList<IReadOnlyList<MonthDay>> Weeks, decimal Profit)
{
    const int Weekdays = 5;

    public static MonthView Of(DateOnly month, IEnumerable<JournalTrade> trades)
    {
        var first = new DateOnly(month.Year, month.Month, 1);
        var days = trades.SelectMany(trade => trade.Exits).GroupBy(exit => exit.Day).ToDictionary(group => group.Key, group => (Profit: group.Sum(exit => exit.Profit), Count: group.Count()));
        var weeks = new List<IReadOnlyList<MonthDay>>();
        for (var monday = first.AddDays(-(((int)first.DayOfWeek + 6) % 7)); monday < first.AddMonths(1); monday = monday.AddDays(7))
        {
            var week = Enumerable.Range(0, Weekdays).Select(day => Cell(monday.AddDays(day))).ToList();
            if (week.Any(day => day.IsInMonth)) weeks.Add(week);
        }
        return new MonthView(first, weeks, days.Where(day => day.Key >= first && day.Key < first.AddMonths(1)).Sum(day => day.Value.Profit));

        MonthDay Cell(DateOnly day)
        {
            var isIn = day.Month == first.Month;
            var found = days.TryGetValue(day, out var traded) && isIn;
            return new MonthDay(day, isIn, MarketCalendar.Nyse.SessionOn(day) is not null, found ? traded.Profit : null, found ? traded.Count : 0);
        }
    }
}
