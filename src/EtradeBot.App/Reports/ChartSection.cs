namespace EtradeBot.App.Reports;

/// <summary>The frame of the chart; the page's script draws into it.</summary>
static class ChartSection
{
    public static void Write(Html html, RunRecord run, ChartScale scale)
    {
        html.Add($"<section class=\"card chart-card\" aria-label=\"Chart\">\n<div class=\"bar\"><h2>Price, volume, equity, drawdown</h2>");
        if (run.Result.Candles.Count > 1)
        {
            html.Add($"<label>Symbol <select id=\"symbol\">");
            var number = 0;
            foreach (var series in run.Result.Candles) html.Add($"<option value=\"{number++}\">{series.Symbol.Ticker}</option>");
            html.Add($"</select></label>");
        }
        html.Add($"<span class=\"push\"></span><button type=\"button\" id=\"previous\" title=\"Previous trade (k)\">Previous <kbd>k</kbd></button><button type=\"button\" id=\"next\" title=\"Next trade (j)\">Next <kbd>j</kbd></button><button type=\"button\" id=\"held\" aria-pressed=\"true\" title=\"Show buying and holding beside the equity\">Buy and hold</button><button type=\"button\" id=\"log\" aria-pressed=\"false\" title=\"Logarithmic prices: equal distances are equal percentages\">Log</button><button type=\"button\" id=\"whole\" title=\"Show the whole period (Esc)\">Whole period</button></div>\n");
        if (scale.IsCoarser)
            html.Add($"<p class=\"note\">Drawn as candles of {scale.Shown.ToString()} made of {scale.Source.ToString()} (more than {Display.Number(ChartScale.MostCandles, "N0")} would not fit); each shows its deepest drawdown. The trades and all figures use every candle.</p>\n");
        html.Add($"""
            <div class="legend" id="legend" aria-live="off"><span>&nbsp;</span></div>
            <div id="chart" tabindex="0" role="img" aria-label="Candles with the trades, volume, equity with buy and hold, and drawdown on one time axis. The same numbers stand in trades.csv and equity.csv."></div>
            <p class="note key"><span class="k-up">hollow</span> up candle <span class="k-down">filled</span> down candle · ▲ bought, ▼ sold, dashed from entry to exit · New York time · <span id="density"></span></p>
            <noscript><p class="note">Chart and trade list need JavaScript; it is part of this file and talks to nobody.</p></noscript>
            </section>

            """);
    }
}
