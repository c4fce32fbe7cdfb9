using EtradeBot.Backtests;
using EtradeBot.Market;

namespace EtradeBot.App.Reports;

/// <summary>What was run, what came out, and what to doubt about it: before any chart.</summary>
static class ReportHeader
{
    /// <summary>Metrics shown large, by key, where the run has them.</summary>
    static readonly string[] Tiles =
        ["total_return", "cagr", "sharpe", "max_drawdown", "trades", "win_rate", "profit_factor", "expectancy"];

    static readonly HashSet<string> Signed = ["total_return", "cagr", "expectancy"];

    public static void Write(Html html, RunRecord run, EquityColumns equity)
    {
        var curve = run.Curve;
        html.Add($"<header>\n<div class=\"bar\"><h1>{run.Strategy} <span>on {run.SymbolNames}</span></h1><span class=\"badge mode\">BACKTEST</span>");
        if (run.IsSimulated) html.Add($"<span class=\"badge fake\" title=\"The candles come from a model market, not from an exchange\">SIMULATED</span>");
        html.Add($"<span class=\"push\"></span><button id=\"theme\" type=\"button\" title=\"Light, dark, or as the system says\">Theme</button></div>\n");
        html.Add($"<p class=\"span\">{Period(curve)}</p>\n");
        Verdict(html, run, equity);
        html.Add($"</header>\n<main>\n");
        Caveats(html, run);
        html.Add($"<section class=\"tiles\" aria-label=\"Key figures\">\n");
        foreach (var key in Tiles)
            if (run.Metrics.Rows.FirstOrDefault(row => row.Key == key) is { } row) Tile(html, row);
        html.Add($"</section>\n");
    }

    public static string Period(EquityCurve curve)
    {
        if (curve.Count == 0) return "no candles";
        var calendar = MarketCalendar.Nyse;
        var first = calendar.DayOf(new DateTimeOffset(curve.OpenTicks[0], TimeSpan.Zero));
        var last = calendar.DayOf(new DateTimeOffset(curve.OpenTicks[^1], TimeSpan.Zero));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{first:yyyy-MM-dd} to {last:yyyy-MM-dd}, {curve.Count:N0} candles of {curve.Timeframe}");
    }

    static void Verdict(Html html, RunRecord run, EquityColumns equity)
    {
        var start = run.Curve.StartingCash;
        if (equity.Equity.Length == 0 || start <= 0)
        {
            html.Add($"<p class=\"verdict\">Nothing to judge: no candle was traded.</p>\n");
            return;
        }
        var gain = equity.Equity[^1] / start - 1;
        var held = equity.Benchmark[^1] / start - 1;
        var worst = equity.Drawdown.Min();
        html.Add($"<p class=\"verdict\"><strong class=\"{Display.Tone(gain)}\"><span aria-hidden=\"true\">{Display.Arrow(gain)}</span> {Display.SignedPercent(gain)}</strong> ");
        html.Add($"{Display.Money(start)} became {Display.Money(equity.Equity[^1])}; buying and holding made {Display.SignedPercent(held)}, ");
        html.Add($"{Display.Percent(Math.Abs(gain - held))} {(gain >= held ? "less" : "more")}. The account fell {Display.Percent(-worst)} from a peak at worst.</p>\n");
    }

    static void Caveats(Html html, RunRecord run)
    {
        var caveats = ReportCaveats.Of(run);
        if (caveats.Count == 0) return;
        html.Add($"<section class=\"caveats\" aria-label=\"Before you believe this\"><h2>Before you believe this</h2><ul>\n");
        foreach (var caveat in caveats) html.Add($"<li>{caveat}</li>\n");
        html.Add($"</ul></section>\n");
    }

    static void Tile(Html html, MetricRow row)
    {
        var value = row.Value ?? 0;
        var isSigned = Signed.Contains(row.Key) && row.Value is not null;
        html.Add($"<div class=\"tile {(isSigned ? Display.Tone(value) : "")}\" title=\"{row.Definition}\"><span>{row.Label}</span><strong>");
        if (isSigned) html.Add($"<i aria-hidden=\"true\">{Display.Arrow(value)}</i> ");
        html.Add($"{row.Text}</strong></div>\n");
    }
}
