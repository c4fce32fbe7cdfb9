namespace EtradeBot.App.Reports;

public class ReportInBrowserTests
{
    [Fact]
    public void The_report_draws_its_chart_and_its_trades()
    {
        using var folder = new TemporaryFolder();
        ResultFiles.Write(folder["out"], SampleRun.Of("SMOOTH"));
        var page = new Uri(folder["out", "report.html"]).AbsoluteUri;
        if (Environment.GetEnvironmentVariable("ETRADE_BOT_KEEP_REPORT") is { } kept) File.Copy(folder["out", "report.html"], kept, overwrite: true);
        var document = Chromium.Document(page, folder["profile"]);
        Assert.Contains("data-state=\"ok\"", document, StringComparison.Ordinal);
        Assert.True(document.Split("<canvas").Length > 8, "the chart has drawn no canvas");
        Assert.Contains("data-trip=\"0\"", document, StringComparison.Ordinal);
    }
}
