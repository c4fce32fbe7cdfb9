using System.Text.RegularExpressions;
using System.Web;

namespace EtradeBot.Browser.Scanner;

public partial class ScannerTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_filter_is_in_the_address_and_stays_after_a_reload()
    {
        var scanner = await OpenAsync();
        await scanner.Page.GetByLabel("Direction").SelectOptionAsync("up");
        await Assertions.Expect(Rows(scanner).Locator("td[title] > .down[aria-hidden=true]")).ToHaveCountAsync(0);
        await scanner.ReloadAsync();
        await Assertions.Expect(scanner.Page.GetByLabel("Direction")).ToHaveValueAsync("up");
        await scanner.Button("Clear filters").ClickAsync();
        await Assertions.Expect(scanner.Page.GetByLabel("Direction")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_row_leads_to_its_chart()
    {
        var scanner = await OpenAsync();
        var link = Rows(scanner).First.GetByRole(AriaRole.Link);
        var symbol = HttpUtility.ParseQueryString(new Uri(new Uri(scanner.Page.Url), await link.GetAttributeAsync("href")).Query)["symbol"]!;
        await link.ClickAsync();
        await Assertions.Expect(scanner.Drawn).ToBeAttachedAsync();
        await Assertions.Expect(scanner.ChartCanvas).ToHaveAttributeAsync("aria-label", new Regex("^" + Regex.Escape(symbol) + ","));
    }

    [Fact]
    public async Task A_heading_sorts_and_the_rows_can_be_taken_along()
    {
        var scanner = await OpenAsync();
        var heading = scanner.Page.Locator("table.scan").GetByRole(AriaRole.Columnheader).Filter(new() { HasText = "Symbol" });
        await heading.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(heading).ToHaveAttributeAsync("aria-sort", SortedEitherWay());
        var file = await scanner.Page.RunAndWaitForDownloadAsync(() => scanner.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        Assert.EndsWith(".csv", file.SuggestedFilename, StringComparison.Ordinal);
        Assert.Contains(',', await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken));
    }

    async Task<Visitor> OpenAsync()
    {
        var visitor = await VisitAsync();
        await visitor.OpenAsync("/scanner?last=10");
        await Assertions.Expect(Rows(visitor).First).ToBeVisibleAsync();
        return visitor;
    }

    static ILocator Rows(Visitor visitor) => visitor.Page.Locator("table.scan tbody tr");

    [GeneratedRegex("^(ascending|descending)$")]
    private static partial Regex SortedEitherWay();
}
