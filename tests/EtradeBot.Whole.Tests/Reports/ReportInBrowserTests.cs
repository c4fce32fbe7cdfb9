using System.Text.RegularExpressions;

namespace EtradeBot.App.Reports;

public partial class ReportInBrowserTests
{
    [Fact]
    public void The_report_draws_its_chart_and_its_trades()
    {
        var document = Open(SampleRun.Of("SMOOTH"), "");
        Assert.Contains("data-state=\"ok\"", document, StringComparison.Ordinal);
        Assert.True(Canvases().Count(document) > 8, "the four panes have drawn no canvas");
        Assert.Contains("data-trip=\"0\"", document, StringComparison.Ordinal);
        Assert.Contains("94 trades in sight", document, StringComparison.Ordinal);
        // Rows out of sight do not exist: the list must not grow with the number of trades.
        Assert.DoesNotContain("data-trip=\"60\"", document, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_opens_a_trade_in_list_and_chart()
    {
        var document = Open(SampleRun.Of("SMOOTH"), "#trade=61&theme=dark");
        Assert.Contains("data-state=\"ok\"", document, StringComparison.Ordinal);
        Assert.Matches("<tr class=\"row chosen\" data-trip=\"60\"", document);
        Assert.DoesNotContain("94 trades in sight", document, StringComparison.Ordinal);
        Assert.Contains("data-theme=\"dark\"", document, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_runs_nowhere()
    {
        var document = Open(HtmlReportTests.HostileRun(), "#trade=1");
        Assert.Contains("data-state=\"ok\"", document, StringComparison.Ordinal);
        Assert.DoesNotContain("data-owned", document, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_report_about_almost_nothing_opens(int candles)
    {
        var document = Open(SampleRun.From(ResultFilesTests.Idle(SampleRun.Synthetic("FLAT", candles))), "");
        Assert.Contains("data-state=\"ok\"", document, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_symbols_share_one_chart()
    {
        var (one, other) = (SampleRun.Of("SMOOTH", 900), SampleRun.Of("RUNS", 700));
        var result = one.Result with
        {
            Candles = [one.Result.Candles[0], other.Result.Candles[0]],
            RoundTrips = [.. one.Result.RoundTrips, .. other.Result.RoundTrips],
        };
        var document = Open(SampleRun.From(result), $"#trade={one.Result.RoundTrips.Count + 1}");
        Assert.Contains("data-state=\"ok\"", document, StringComparison.Ordinal);
        Assert.Contains("<option value=\"1\">RUNS</option>", document, StringComparison.Ordinal);
    }

    static string Open(RunRecord run, string state)
    {
        using var folder = new TemporaryFolder();
        ResultFiles.Write(folder["out"], run);
        return Chromium.Document(new Uri(folder["out", "report.html"]).AbsoluteUri + state, folder["profile"]);
    }

    [GeneratedRegex("<canvas")]
    private static partial Regex Canvases();
}
