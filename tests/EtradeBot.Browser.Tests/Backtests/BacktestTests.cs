using System.Text.RegularExpressions;

namespace EtradeBot.Browser.Backtests;

public partial class BacktestTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_backtest_of_a_newcomer_runs_and_explains_itself()
    {
        var desk = await RunAsync();
        await Assertions.Expect(desk.Panel("Verdict")).ToContainTextAsync("SIMULATED");
        await Assertions.Expect(desk.Panel("All figures")).ToContainTextAsync("Sharpe");
        await Assertions.Expect(desk.Panels("loading")).ToHaveCountAsync(0);
        await desk.ReloadAsync();
        await Assertions.Expect(desk.Panel("Verdict")).ToBeVisibleAsync();
        Assert.Empty(await AxeRules.SeriousFindingsAsync(desk.Page));
        await desk.Page.SetViewportSizeAsync(Narrow, 800);
        await Shell.EveryPageTests.AssertFitsAsync(desk.Page, Narrow);
    }

    [Fact]
    public async Task The_letters_j_and_k_go_through_the_trades()
    {
        var desk = await RunAsync();
        var chosen = desk.Page.Locator("[data-trades] tr[aria-selected=true]");
        await Assertions.Expect(desk.Page.Locator("[data-trades] tbody tr[aria-selected]").First).ToBeVisibleAsync();
        // The chart hears the letters.
        await Assertions.Expect(desk.Page.Locator(".equity-chart canvas").First).ToBeVisibleAsync();
        await desk.Page.Keyboard.PressAsync("j");
        await Assertions.Expect(chosen).ToHaveCountAsync(1);
        var first = await chosen.TextContentAsync();
        await desk.Page.Keyboard.PressAsync("j");
        await Assertions.Expect(chosen).Not.ToHaveTextAsync(first!);
        await desk.Page.Keyboard.PressAsync("k");
        await Assertions.Expect(chosen).ToHaveTextAsync(first!);
    }

    [Fact]
    public async Task The_same_run_again_gives_the_same_and_the_two_can_be_compared()
    {
        var desk = await RunAsync();
        var one = RunId(desk);
        await desk.Button("Run again exactly").ClickAsync();
        await Assertions.Expect(desk.Page).Not.ToHaveURLAsync(new Regex(one + "$"), new() { Timeout = 60_000 });
        // Its files are offered once it has finished.
        await Assertions.Expect(desk.Page.Locator($"a[href='backtest/runs/{RunId(desk)}/summary.json']")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await desk.OpenAsync($"/backtest/compare?runs={one},{RunId(desk)}");
        await Assertions.Expect(desk.Panel("What differs")).ToContainTextAsync("the same");
        await Assertions.Expect(desk.Panels("loading")).ToHaveCountAsync(0);
        Assert.Empty(await AxeRules.SeriousFindingsAsync(desk.Page));
    }

    [Fact]
    public async Task A_value_that_cannot_be_is_refused_at_its_field()
    {
        var desk = await FormAsync();
        await desk.Page.GetByLabel("Starting cash").FillAsync("-5");
        await desk.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(desk.Page.GetByLabel("Starting cash")).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task A_filled_form_is_in_the_address_and_stays_after_a_reload()
    {
        var desk = await FormAsync();
        await desk.Page.GetByLabel("Starting cash").FillAsync("54321");
        await desk.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(desk.Page).ToHaveURLAsync(new Regex("54321"));
        await desk.ReloadAsync();
        await Assertions.Expect(desk.Page.GetByLabel("Starting cash")).ToHaveValueAsync("54321");
    }

    /// <summary>The form as it opens, with the first symbol it offers.</summary>
    async Task<Visitor> FormAsync()
    {
        var visitor = await VisitAsync();
        await visitor.OpenAsync("/backtest?t=5m");
        var symbol = await visitor.Page.Locator("#symbols option").First.GetAttributeAsync("value");
        await visitor.Page.Locator("#symbol-add").FillAsync(symbol!);
        await visitor.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visitor.Page.Locator(".chips")).ToContainTextAsync(symbol!);
        await Assertions.Expect(visitor.Page.Locator(".coverage")).ToContainTextAsync("candles");
        return visitor;
    }

    /// <summary>On the page of its result.</summary>
    async Task<Visitor> RunAsync()
    {
        var visitor = await FormAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(RunInAddress());
        await Assertions.Expect(visitor.Panel("Verdict")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        return visitor;
    }

    static string RunId(Visitor visitor) => RunInAddress().Match(visitor.Page.Url).Groups[1].Value;

    [GeneratedRegex("/backtest/([^/?]+)$")]
    private static partial Regex RunInAddress();
}
