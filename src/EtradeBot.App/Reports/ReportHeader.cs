using EtradeBot.Backtests;

namespace EtradeBot.App.Reports;

/// <summary>What was run, what came out, and what to doubt about it: before any chart.</summary>
static class ReportHeader
{
    static readonly HashSet<string> Signed = ["total_return", "cagr", "expectancy"];

    public static void Write(Html html, RunRecord run)
    {
        html.Add($"<header>\n<div class=\"bar\"><h1>{run.Strategy} <span>on {run.SymbolNames}</span></h1><span class=\"badge mode\">BACKTEST</span>");
        if (run.IsSimulated) html.Add($"<span class=\"badge fake\" title=\"The candles come from a model market, not from an exchange\">SIMULATED</span>");
        html.Add($"<span class=\"push\"></span><button id=\"theme\" type=\"button\" title=\"Light, dark, or as the system says\">Theme</button></div>\n");
        html.Add($"<p class=\"span\">{KeyFigures.Period(run.Curve)}</p>\n");
        Verdict(html, run);
        html.Add($"</header>\n<main>\n");
        Caveats(html, run);
        html.Add($"<section class=\"tiles\" aria-label=\"Key figures\">\n");
        foreach (var figure in KeyFigures.Of(run.Metrics).Take(8)) Tile(html, figure.Row, figure.Beside);
        html.Add($"</section>\n");
    }

    static void Verdict(Html html, RunRecord run)
    {
        var returns = run.Metrics.Returns;
        if (run.Curve.Count == 0)
        {
            html.Add($"<p class=\"verdict\">Nothing to judge: there was no candle.</p>\n");
            return;
        }
        var gain = returns.TotalReturn;
        html.Add($"<p class=\"verdict\"><strong class=\"{Display.Tone(gain)}\"><span aria-hidden=\"true\">{Display.Arrow(gain)}</span> {Display.SignedPercent(gain)}</strong> ");
        html.Add($"{Display.Money(returns.StartValue)} became {Display.Money(returns.EndValue)}");
        if (run.Metrics.Benchmark is { } held)
            html.Add($"; buying {held.Symbol.Ticker} and holding it would have made {Display.SignedPercent(held.TotalReturn)}");
        html.Add($". On the way the account fell {Display.Percent(run.Metrics.Risk.MaxDrawdown)} from a peak.</p>\n");
    }

    static void Caveats(Html html, RunRecord run)
    {
        var caveats = ReportCaveats.Of(run);
        if (caveats.Count == 0) return;
        html.Add($"<section class=\"caveats\" aria-label=\"Before you believe this\"><h2>Before you believe this</h2><ul>\n");
        foreach (var caveat in caveats) html.Add($"<li>{caveat}</li>\n");
        html.Add($"</ul></section>\n");
    }

    static void Tile(Html html, MetricsRow row, string beside)
    {
        var isSigned = Signed.Contains(row.Key) && row.Number is not null;
        html.Add($"<div class=\"tile {(isSigned ? Display.Tone(row.Number ?? 0) : "")}\" title=\"{row.Definition}\"><span>{row.Label}</span><strong>");
        if (isSigned) html.Add($"<i aria-hidden=\"true\">{Display.Arrow(row.Number ?? 0)}</i> ");
        html.Add($"{row.Text}</strong><small>{beside}</small></div>\n");
    }
}
