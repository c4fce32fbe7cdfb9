using EtradeBot.Market;

namespace EtradeBot.App.Reports;

/// <summary>Returns by month, distribution of the trades' results, drawdowns.</summary>
static class ReportFigures
{
    static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    // The steps of the heat map: a month beyond the last has the full colour.
    static readonly double[] Steps = [0.01, 0.03, 0.06, 0.10];

    public static void Write(Html html, RunRecord run)
    {
        Monthly(html, MonthlyReturns.Of(run.Curve));
        html.Add($"<div class=\"pair\">\n");
        Histogram.Write(html, run.Result.RoundTrips);
        Scatter.Write(html, run.Result.RoundTrips);
        html.Add($"</div>\n");
        Falls(html, run);
    }

    static void Monthly(Html html, IReadOnlyList<YearOfReturns> years)
    {
        if (years.Count == 0) return;
        html.Add($"<section class=\"card\"><h2>Return by month, %</h2><div class=\"scroll\"><table class=\"heat\"><thead><tr><th>Year</th>");
        foreach (var month in Months) html.Add($"<th class=\"right\">{month}</th>");
        html.Add($"<th class=\"right total\">Year</th></tr></thead><tbody>\n");
        foreach (var year in years)
        {
            html.Add($"<tr><th scope=\"row\">{year.Year}</th>");
            foreach (var value in year.Months) Cell(html, value, "");
            Cell(html, year.Total, " total");
            html.Add($"</tr>\n");
        }
        html.Add($"</tbody></table></div></section>\n");
    }

    static void Cell(Html html, double value, string extra)
    {
        if (!double.IsFinite(value))
        {
            html.Add($"<td class=\"right{extra}\"></td>");
            return;
        }
        var step = Array.FindIndex(Steps, limit => Math.Abs(value) < limit);
        var strength = step < 0 ? Steps.Length + 1 : step + 1;
        var tone = value > 0 ? "u" : "d";
        var text = Display.SignedPercent(value)[..^2];
        html.Add($"<td class=\"right {(Math.Abs(value) < 0.00005 ? "none" : tone)}{strength}{extra}\">{text}</td>");
    }

    static void Falls(Html html, RunRecord run)
    {
        var falls = Drawdowns.Deepest(run.Curve, 5);
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
