using EtradeBot.Backtests;
using EtradeBot.Market;

namespace EtradeBot.App.Reports;

/// <summary>Returns by month, distribution of the trades' results, drawdowns.</summary>
static class ReportFigures
{
    static readonly string[] MonthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    // The steps of the heat map: a month beyond the last has the full colour.
    static readonly double[] Steps = [0.01, 0.03, 0.06, 0.10];

    public static void Write(Html html, RunRecord run)
    {
        Monthly(html, run.Metrics.Months);
        html.Add($"<div class=\"pair\">\n");
        Histogram.Write(html, run.Result.RoundTrips);
        Scatter.Write(html, run.Result.RoundTrips);
        html.Add($"</div>\n");
        Falls(html, run);
    }

    static void Monthly(Html html, IReadOnlyList<MonthReturn> months)
    {
        if (months.Count == 0) return;
        html.Add($"<section class=\"card\"><h2>Return by month, %</h2><div class=\"scroll\"><table class=\"heat\"><thead><tr><th>Year</th>");
        foreach (var month in MonthNames) html.Add($"<th class=\"right\">{month}</th>");
        html.Add($"<th class=\"right total\">Year</th></tr></thead><tbody>\n");
        foreach (var year in months.GroupBy(month => month.Year))
        {
            html.Add($"<tr><th scope=\"row\">{year.Key}</th>");
            for (var month = 1; month <= 12; month++) Cell(html, ReturnOf(year, month), "");
            Cell(html, year.Aggregate(1.0, (growth, month) => growth * (1 + month.Return)) - 1, " total");
            html.Add($"</tr>\n");
        }
        html.Add($"</tbody></table></div></section>\n");
    }

    static double ReturnOf(IEnumerable<MonthReturn> year, int month)
    {
        foreach (var found in year)
            if (found.Month == month) return found.Return;
        return double.NaN;
    }

    static void Cell(Html html, double value, string extra)
    {
        if (!double.IsFinite(value))
        {
            html.Add($"<td class=\"right{extra}\"></td>");
            return;
        }
        if (Math.Abs(value) < 0.0005)
        {
            html.Add($"<td class=\"right{extra}\">0.0</td>");
            return;
        }
        var step = Array.FindIndex(Steps, limit => Math.Abs(value) < limit);
        var strength = step < 0 ? Steps.Length + 1 : step + 1;
        var tone = value > 0 ? "u" : "d";
        var text = Display.SignedPercent(value)[..^2];
        html.Add($"<td class=\"right {tone}{strength}{extra}\">{text}</td>");
    }

    static void Falls(Html html, RunRecord run)
    {
        var falls = EquityFalls.Deepest(run.Curve, 5);
        if (falls.Count == 0) return;
        html.Add($"<section class=\"card\"><h2>Deepest drawdowns</h2><div class=\"scroll\"><table class=\"plain\"><thead><tr><th class=\"right\">Depth</th><th>From the peak on</th><th>Lowest on</th><th>Recovered on</th><th class=\"right\">Calendar days</th></tr></thead><tbody>\n");
        foreach (var fall in falls)
        {
            var from = Day(run, Math.Max(0, fall.Peak));
            var until = Day(run, fall.Recovered ?? run.Curve.Count - 1);
            html.Add($"<tr><td class=\"right down\"><span aria-hidden=\"true\">▼</span> {Display.Percent(fall.Depth)}</td><td>{Text(from)}</td><td>{Text(Day(run, fall.Trough))}</td>");
            html.Add($"<td>{(fall.Recovered is null ? "not yet" : Text(until))}</td><td class=\"right\">{until.DayNumber - from.DayNumber}</td></tr>\n");
        }
        html.Add($"</tbody></table></div></section>\n");
    }

    static DateOnly Day(RunRecord run, int candle) => MarketCalendar.Nyse.DayOf(new DateTimeOffset(run.Curve.OpenTicks[candle], TimeSpan.Zero));

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
