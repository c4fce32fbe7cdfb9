using EtradeBot.Market;

namespace EtradeBot.Backtests;

/// <summary>Return of the candles that opened in a New York month, a fraction; NaN where the month began with nothing.</summary>
public readonly record struct MonthReturn(int Year, int Month, double Return)
{
    // Months are found by binary search: no candle is looked at but the last of each.
    internal static IReadOnlyList<MonthReturn> Table(EquityCurve curve)
    {
        var months = new List<MonthReturn>();
        var before = curve.StartingCash;
        for (var at = 0; at < curve.Count;)
        {
            var day = MarketCalendar.Nyse.DayOf(new DateTimeOffset(curve.OpenTicks[at], TimeSpan.Zero));
            var next = MarketCalendar.Nyse.At(new DateOnly(day.Year, day.Month, 1).AddMonths(1), TimeOnly.MinValue).UtcTicks;
            var found = Array.BinarySearch(curve.OpenTicks, at, curve.Count - at, next);
            at = found >= 0 ? found : ~found;
            var end = curve.Equity[at - 1];
            months.Add(new MonthReturn(day.Year, day.Month, before > 0 ? end / before - 1 : double.NaN));
            before = end;
        }
        return months;
    }
}
