namespace EtradeBot.Browser.Shell;

/// <summary>What holds for every page, now and later.</summary>
public class EveryPageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    public static TheoryData<string> Pages => SiteRoutes.All;

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task No_page_has_a_serious_accessibility_finding_in_either_theme(string path)
    {
        var visitor = await OpenSettledAsync(path, Wide);
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-theme", scheme == ColorScheme.Dark ? "dark" : "light");
            Assert.Empty(await AxeRules.SeriousFindingsAsync(visitor.Page));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_page_fits_a_phone_has_one_title_and_says_whose_money_it_is(string path)
    {
        var visitor = await OpenSettledAsync(path, Narrow);
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Page.Locator(".status .badge")).ToHaveTextAsync("SIMULATED");
        await AssertFitsAsync(visitor.Page, Narrow);
    }

    /// <summary>Nothing makes the page scroll sideways; what does is named.</summary>
    internal static async Task AssertFitsAsync(IPage page, int width) =>
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            width => Math.max(document.documentElement.scrollWidth, innerWidth) <= width ? [] : [...document.querySelectorAll("body *")]
              .filter(element => element.getBoundingClientRect().right > width + 0.5 && !element.closest(".scroll, [class*=scroll]"))
              .slice(0, 8).map(element => `${Math.round(element.getBoundingClientRect().right)} px: ${element.outerHTML.slice(0, 160)}`)
            """, width));

    async Task<Visitor> OpenSettledAsync(string path, int width)
    {
        var visitor = await VisitAsync(width: width);
        await visitor.OpenAsync(path);
        await Assertions.Expect(visitor.Panels("loading")).ToHaveCountAsync(0);
        return visitor;
    }
}
