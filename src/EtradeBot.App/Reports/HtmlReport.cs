using System.Security.Cryptography;

namespace EtradeBot.App.Reports;

/// <summary>report.html: one file that needs nothing else, no network, no server.</summary>
static class HtmlReport
{
    static readonly byte[] Styles = Asset("report.css");
    static readonly byte[] Theme = Asset("theme.js");
    static readonly byte[] Library = Asset("lightweight-charts.js");

    static readonly byte[] Script =
    [
        .. "(() => {\n\"use strict\";\n"u8,
        .. Asset("data.js"), .. Asset("marks.js"), .. Asset("chart.js"), .. Asset("trades.js"), .. Asset("main.js"),
        .. "})();\n"u8,
    ];

    public static void Write(Stream stream, RunRecord run)
    {
        var output = new Utf8Writer(stream);
        var html = new Html(output);
        var scale = ChartScale.For(run.Curve.Timeframe, run.Curve.OpenTicks);
        var equity = EquityColumns.From(run.Curve, run.Result.Candles, scale);
        Head(html, run);
        ReportHeader.Write(html, run);
        ChartSection.Write(html, run, scale);
        TradeSection.Write(html, run);
        ReportFigures.Write(html, run);
        ReportTables.Write(html, run);
        Foot(html, run);
        ReportData.Write(html, run, scale, equity);
        Scripts(html);
        output.Flush();
    }

    static void Head(Html html, RunRecord run)
    {
        // Scripts run by their hash only, so that no text of the run can become one; nothing may be fetched from anywhere.
        // Styles stay 'unsafe-inline' because the chart library adds a rule for its logo; without any fetch they can do no harm.
        html.Add($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{Hash(Theme)}' 'sha256-{Hash(Library)}' 'sha256-{Hash(Script)}'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="color-scheme" content="light dark">
            <title>{run.Strategy} on {run.SymbolNames}: backtest</title>
            <style>

            """);
        html.Trusted(Styles);
        html.Add($"</style>\n<script>");
        html.Trusted(Theme);
        html.Add($"</script>\n</head>\n<body data-state=\"loading\">\n<a class=\"skip\" href=\"#trades\">Skip to the trades</a>\n");
    }

    static void Foot(Html html, RunRecord run)
    {
        html.Add($"""
            <footer>
            <p>Made by etrade-bot {run.EngineVersion}, seed {run.Seed}. A backtest is a calculation on past prices, not a promise; nothing here is investment advice.</p>
            <p>All times are New York time (America/New_York: EST, in summer EDT). Charts: TradingView Lightweight Charts™, © TradingView, Inc., <a href="https://www.tradingview.com/" rel="noreferrer">tradingview.com</a>, Apache License 2.0. This page loads nothing from any network.</p>
            </footer>

            """);
    }

    static void Scripts(Html html)
    {
        html.Add($"<script>");
        html.Trusted(Library);
        html.Add($"</script>\n<script>");
        html.Trusted(Script);
        html.Add($"</script>\n</body>\n</html>\n");
    }

    static string Hash(byte[] script) => Convert.ToBase64String(SHA256.HashData(script));

    static byte[] Asset(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the program was built without its asset {name}");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
