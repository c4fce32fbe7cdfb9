using EtradeBot.Backtests;

namespace EtradeBot.App.Reports;

/// <summary>Returns by calendar month of New York days: fractions, NaN where there are no candles.</summary>
sealed record YearOfReturns(int Year, double[] Months, double Total);

static class MonthlyReturns
{
    public static IReadOnlyList<YearOfReturns> Of(EquityCurve curve)
    {
        var years = new List<YearOfReturns>();
        var times = new NewYorkTimes(curve.Timeframe);
        var (monthStart, yearStart) = (curve.StartingCash, curve.StartingCash);
        var months = EmptyMonths();
        var next = curve.Count > 0 ? times.DayOf(curve.OpenTicks[0]) : default;
        for (var i = 0; i < curve.Count; i++)
        {
            var day = next;
            next = i + 1 < curve.Count ? times.DayOf(curve.OpenTicks[i + 1]) : DateOnly.MaxValue;
            if (next.Month == day.Month && next.Year == day.Year) continue;
            var equity = curve.Equity[i];
            months[day.Month - 1] = equity / monthStart - 1;
            monthStart = equity;
            if (next.Year == day.Year) continue;
            years.Add(new YearOfReturns(day.Year, months, equity / yearStart - 1));
            yearStart = equity;
            months = EmptyMonths();
        }
        return years;
    }

    static double[] EmptyMonths()
    {
        var months = new double[12];
        Array.Fill(months, double.NaN);
        return months;
    }
}
