namespace EtradeBot.App.Reports;

/// <summary>Every metric with its definition, and everything needed to run it again.</summary>
static class ReportTables
{
    public static void Write(Html html, RunRecord run)
    {
        html.Add($"<section class=\"card\"><h2>All figures</h2><p class=\"note\">Point at a figure for its definition.</p><div class=\"groups\">\n");
        foreach (var group in run.Metrics.Rows().GroupBy(row => row.Group))
        {
            html.Add($"<div class=\"group\"><h3>{group.Key}</h3><dl>\n");
            foreach (var row in group)
                html.Add($"<div title=\"{row.Definition}\"><dt>{row.Label}</dt><dd>{row.Text}</dd></div>\n");
            html.Add($"</dl></div>\n");
        }
        html.Add($"</div></section>\n<section class=\"card\"><h2>How it was run</h2><div class=\"groups\">\n");
        Parameters(html, run);
        Settings(html, run);
        Data(html, run);
        html.Add($"</div></section>\n</main>\n");
    }

    static void Parameters(Html html, RunRecord run)
    {
        if (run.Parameters.Count == 0) return;
        html.Add($"<div class=\"group\"><h3>Parameters of {run.Strategy}</h3><dl>\n");
        foreach (var parameter in run.Parameters)
        {
            html.Add($"<div title=\"default {JsonValues.Words(parameter.Default)}\"><dt>{parameter.Name}</dt><dd>{JsonValues.Words(parameter.Value)}");
            if (parameter.IsChanged) html.Add($" <small>default {JsonValues.Words(parameter.Default)}</small>");
            html.Add($"</dd></div>\n");
        }
        html.Add($"</dl></div>\n");
    }

    static void Settings(Html html, RunRecord run)
    {
        html.Add($"<div class=\"group\"><h3>Account, costs, limits</h3><dl>\n");
        foreach (var setting in run.Settings)
            html.Add($"<div><dt>{setting.Label}</dt><dd>{setting.Words}</dd></div>\n");
        html.Add($"<div><dt>Order of stop and target in one candle</dt><dd>{run.Intrabar.Policy}</dd></div>\n</dl></div>\n");
    }

    static void Data(Html html, RunRecord run)
    {
        foreach (var series in run.Result.Candles)
        {
            html.Add($"<div class=\"group\"><h3>Candles of {series.Symbol.Ticker}</h3><dl>\n<div><dt>Source</dt><dd>{series.Origin.Source}{(series.Origin.IsSimulated ? " (SIMULATED)" : "")}</dd></div>\n");
            html.Add($"<div><dt>Adjusted for</dt><dd>{Words.Of(series.Origin.Adjustment).Replace('_', ' ')}</dd></div>\n<div><dt>Candles</dt><dd>{Display.Number(series.Count, "N0")}</dd></div>\n");
            if (series.Count > 0) html.Add($"<div><dt>First, last</dt><dd>{series.Label(0)}<br>{series.Label(series.Count - 1)}</dd></div>\n");
            html.Add($"<div><dt>SHA-256</dt><dd class=\"hash\">{run.DataHashes.GetValueOrDefault(series.Symbol)}</dd></div>\n</dl></div>\n");
        }
    }
}
