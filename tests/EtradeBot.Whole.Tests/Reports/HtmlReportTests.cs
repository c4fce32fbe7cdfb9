using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EtradeBot.Engine;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.App.Reports;

public partial class HtmlReportTests
{
    const string Hostile = "</script><script>document.body.dataset.owned=1</script><img src=x onerror=\"document.body.dataset.owned=2\"><!--'&";

    [Fact]
    public void It_shows_every_figure_with_its_definition()
    {
        var run = SmallRun.Record;
        var page = Page(run);
        foreach (var row in run.Metrics.Rows())
            Assert.Contains($"<dt>{row.Label}</dt><dd>{row.Text}</dd>", page, StringComparison.Ordinal);
        Assert.Contains("title=\"share of round trips with a profit after costs\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<span class=\"badge mode\">BACKTEST</span>")]
    [InlineData("In 1 candle stop and target were both in reach and their order had to be assumed (worst). The worst assumption ends at $10,060.50, the best at $10,100.75: a spread of $40.25.")]
    [InlineData("2 stops were filled at an open beyond the stop price; these gaps cost $3.50.")]
    [InlineData("3 signals were turned down by the limits: gross_exposure 2, daily_loss 1.")]
    [InlineData("<li>2 candles had no volume.</li>")]
    [InlineData("<dt>Slow</dt><dd>30 <small>default 20</small></dd>")]
    [InlineData("<dt>Commission</dt><dd>$0.005 a share, at least $1.00</dd>")]
    [InlineData("<th scope=\"row\">2024</th><td class=\"right\"></td><td class=\"right\"></td><td class=\"right u1\">+0.6</td>")]
    [InlineData("<rect class=\"down\"")]
    [InlineData("<td class=\"right down\"><span aria-hidden=\"true\">▼</span> 1.1 %</td><td>2024-03-11</td>")]
    public void It_says(string markup) => Assert.Contains(markup, Page(SmallRun.Record), StringComparison.Ordinal);

    [Fact]
    public void Simulated_candles_are_marked()
    {
        Assert.DoesNotContain("SIMULATED</span>", Page(SmallRun.Record), StringComparison.Ordinal);
        Assert.Contains(">SIMULATED</span>", Page(SampleRun.Of("SMOOTH", 300)), StringComparison.Ordinal);
    }

    [Fact]
    public void It_asks_nobody_for_anything()
    {
        var page = Page(SmallRun.Record);
        Assert.DoesNotMatch(@"<link|<iframe|<object|<embed|@import|\ssrc=", page);
        var links = Links().Matches(page).Select(match => match.Groups[1].Value).Distinct();
        Assert.Equal(["#trades", "https://www.tradingview.com/"], links.Order(StringComparer.Ordinal));
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_scripts_named_by_hash_may_run()
    {
        var page = Page(SampleRun.Of("SMOOTH", 300));
        var allowed = AllowedHashes().Matches(page).Select(match => match.Groups[1].Value).ToArray();
        var scripts = Scripts().Matches(page).Select(match => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups[1].Value))));
        Assert.Equal(allowed, scripts);
        Assert.Equal(3, allowed.Length);
        Assert.DoesNotContain("script-src 'unsafe-inline'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_library_keeps_its_licence()
    {
        var page = Page(SmallRun.Record);
        Assert.Contains("Licensed under Apache License 2.0", page, StringComparison.Ordinal);
        Assert.Contains("TradingView Lightweight Charts", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        var page = Page(HostileRun());
        Assert.DoesNotContain("<script>document", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--'", page, StringComparison.Ordinal);
        var plain = Page(SmallRun.Record);
        Assert.Equal(Count(plain, "<script"), Count(page, "<script"));
        Assert.Equal(Count(plain, "</script"), Count(page, "</script"));
        Assert.Contains("&lt;/script&gt;&lt;script&gt;document.body", page, StringComparison.Ordinal);
    }

    [Fact]
    public void More_candles_than_fit_are_drawn_as_longer_ones_and_it_says_so()
    {
        var series = SomeCandles.Of("MANY", Timeframe.M1, 30_000);
        var page = Page(SampleRun.From(ResultFilesTests.Idle(series)));
        Assert.Contains("Drawn as candles of 2m made of 1m", page, StringComparison.Ordinal);
    }

    /// <summary>A run in which everything a user or a file can name is an attack.</summary>
    internal static RunRecord HostileRun()
    {
        var result = SmallRun.Result;
        var trip = result.RoundTrips[0] with { EntryReason = Hostile, ExitReason = Hostile };
        var order = result.Orders[0] with { Order = result.Orders[0].Order with { Because = Hostile }, Note = Hostile };
        var candles = result.Candles[0].With(Symbol.Parse("A--B/C"), new CandleOrigin(Hostile));
        return SampleRun.From(result with
        {
            Candles = [candles],
            RoundTrips = [trip with { Symbol = candles.Symbol }, result.RoundTrips[1]],
            Orders = [order, .. result.Orders.Skip(1)],
            Denials = [new Denial(trip.EntryTime, trip.Symbol, Side.Buy, Hostile, Hostile)],
            Warnings = [Hostile],
        }) with
        {
            Strategy = Hostile,
            EngineVersion = Hostile,
            Parameters = [new(Hostile, Hostile, Hostile)],
            Settings = [new(Hostile, Hostile, Hostile, Hostile)],
            Intrabar = new IntrabarOutcome(Hostile, null, null),
        };
    }

    internal static string Page(RunRecord run)
    {
        using var buffer = new MemoryStream();
        HtmlReport.Write(buffer, run);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("<a [^>]*href=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex("'sha256-([^']+)'")]
    private static partial Regex AllowedHashes();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();
}
