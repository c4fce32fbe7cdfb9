using System.Text.RegularExpressions;

namespace EtradeBot.Browser.Live;

public partial class ChartTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Candles_move_without_anything_filled_in()
    {
        var chart = await OpenAsync("/");
        await chart.Page.WaitForFunctionAsync("() => window.chartLatency.length >= 3");
        await Assertions.Expect(Legend(chart)).ToContainTextAsync("forming, closes in");
    }

    [Fact]
    public async Task Arrow_keys_go_to_a_pattern_and_Enter_explains_it()
    {
        var chart = await OpenAsync("/");
        await ExplainAsync(chart);
        await Assertions.Expect(chart.Page.Locator("#pattern-title")).ToBeFocusedAsync();
        await chart.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(chart.Page.GetByRole(AriaRole.Complementary)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Escape_on_the_chart_itself_closes_what_is_explained()
    {
        var chart = await OpenAsync("/");
        await ExplainAsync(chart);
        await Assertions.Expect(chart.Page.Locator("#pattern-title")).ToBeFocusedAsync();
        await chart.ChartCanvas.FocusAsync();
        await chart.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(chart.Page.GetByRole(AriaRole.Complementary)).ToBeHiddenAsync();
    }

    static async Task ExplainAsync(Visitor chart)
    {
        await chart.ChartCanvas.FocusAsync();
        for (var candles = 0; candles < 200 && await Legend(chart).Locator(".chip").CountAsync() == 0; candles++)
        {
            var before = await Legend(chart).Locator("b").TextContentAsync();
            await chart.Page.Keyboard.PressAsync("ArrowLeft");
            await Assertions.Expect(Legend(chart).Locator("b")).Not.ToHaveTextAsync(before ?? "");
        }
        var name = (await Legend(chart).Locator(".chip").First.TextContentAsync())!.Split(" (")[0];
        await chart.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(chart.Page.GetByRole(AriaRole.Complementary)).ToContainTextAsync(name, new() { IgnoreCase = true });
    }

    [Fact]
    public async Task A_price_alert_set_on_the_chart_is_hit_by_the_market_and_told_on_the_page()
    {
        var chart = await OpenAsync("/");
        await chart.ChartCanvas.DblClickAsync(new() { Position = new() { X = 200, Y = 120 } });
        var price = chart.Page.GetByLabel("Tell me when it trades at");
        await Assertions.Expect(price).ToHaveValueAsync(new Regex(@"^\d+(\.\d+)?$"));
        // A price that the next trades pass: just above the one of the newest candle.
        var near = await chart.Page.Locator(".alerts p").First.TextContentAsync();
        var last = decimal.Parse(Regex.Match(near!, @"at ([\d,.]+) now").Groups[1].Value.Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
        foreach (var by in (decimal[])[0.01m, -0.01m])
        {
            await price.FillAsync((last + by).ToString(System.Globalization.CultureInfo.InvariantCulture));
            await chart.Button("Set").ClickAsync();
            await Assertions.Expect(chart.Page.Locator(".alerts [role=status]")).ToContainTextAsync(new Regex("Set at|already"));
        }
        await Assertions.Expect(chart.Page.Locator(".alerts li[data-alert=hit]").First).ToContainTextAsync("was hit at", new() { Timeout = 30_000 });
        await chart.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(chart.Page.Locator(".alerts")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_timeframe_is_in_the_address_and_stays_after_a_reload()
    {
        var chart = await OpenAsync("/");
        await chart.Button("5m").ClickAsync();
        await Assertions.Expect(chart.Page).ToHaveURLAsync(TimeframeOfFive());
        await chart.ReloadAsync();
        await Assertions.Expect(chart.Button("5m")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(chart.Drawn).ToBeAttachedAsync();
    }

    [Fact]
    public async Task A_typed_number_changes_the_timeframe()
    {
        var chart = await OpenAsync("/");
        await chart.ChartCanvas.FocusAsync();
        await chart.Page.Keyboard.TypeAsync("15");
        await chart.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(chart.Button("15m")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task What_is_shown_with_the_candles_is_in_the_address_and_stays_after_a_reload()
    {
        var chart = await OpenAsync("/");
        foreach (var name in (string[])["RSI", "MACD", "Bollinger"])
        {
            await chart.Button(name).ClickAsync();
            await Assertions.Expect(chart.Button(name)).ToHaveAttributeAsync("aria-pressed", "true");
            await Assertions.Expect(chart.Page).ToHaveURLAsync(new Regex(name, RegexOptions.IgnoreCase));
        }
        await chart.ReloadAsync();
        foreach (var name in (string[])["MACD", "Bollinger"]) await Assertions.Expect(chart.Button(name)).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(chart.Button("RSI")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task The_stretch_in_sight_is_in_the_address_and_comes_back_from_it()
    {
        var chart = await OpenAsync("/");
        await chart.ChartCanvas.HoverAsync();
        await chart.Page.Mouse.DownAsync();
        await chart.Page.Mouse.MoveAsync(1_300, 300, new() { Steps = 5 });
        await chart.Page.Mouse.UpAsync();
        await Assertions.Expect(chart.Page).ToHaveURLAsync(RangeInAddress());
        var range = RangeInAddress().Match(chart.Page.Url).Value;
        await chart.ReloadAsync();
        await Assertions.Expect(chart.Drawn).ToBeAttachedAsync();
        await Assertions.Expect(chart.Page).ToHaveURLAsync(new Regex(Regex.Escape(range)));
        await chart.Button("Now").ClickAsync();
        await Assertions.Expect(chart.Page).Not.ToHaveURLAsync(RangeInAddress());
    }

    [Fact]
    public async Task Two_tabs_look_at_two_timeframes_and_both_move()
    {
        var one = await OpenAsync("/?t=1m");
        var other = await one.AnotherTabAsync();
        await other.OpenAsync("/?t=5m");
        foreach (var tab in (Visitor[])[one, other])
        {
            await tab.Page.BringToFrontAsync();
            await tab.Page.WaitForFunctionAsync("from => window.chartLatency.length > from + 1", await tab.Page.EvaluateAsync<int>("() => window.chartLatency?.length ?? 0"));
        }
        await Assertions.Expect(one.Button("1m")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(other.Button("5m")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task The_candles_can_be_read_as_a_table()
    {
        var chart = await OpenAsync("/");
        await chart.Page.GetByText("Candles in sight as a table").ClickAsync();
        var table = chart.Page.Locator("[data-table] table");
        await Assertions.Expect(table.Locator("caption")).ToContainTextAsync("candles in sight");
        Assert.True(await table.Locator("tbody tr").CountAsync() > 20);
    }

    async Task<Visitor> OpenAsync(string path)
    {
        var visitor = await VisitAsync();
        await visitor.OpenAsync(path);
        await Assertions.Expect(visitor.Drawn).ToBeAttachedAsync();
        return visitor;
    }

    static ILocator Legend(Visitor visitor) => visitor.Page.Locator("[data-legend]");

    [GeneratedRegex("[?&]t=5m")]
    private static partial Regex TimeframeOfFive();

    [GeneratedRegex(@"range=\d+-\d+")]
    private static partial Regex RangeInAddress();
}
