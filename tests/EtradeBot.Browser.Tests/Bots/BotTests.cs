namespace EtradeBot.Browser.Bots;

/// <summary>A bot that is started, watched and stopped by its owner. In a dashboard of its own: it trades, and the market runs fast.</summary>
public partial class BotTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task An_owner_starts_the_bot_sees_it_trade_flattens_and_clears()
    {
        var dashboard = await StartAsync();
        var owner = await VisitAsync(dashboard);
        await owner.OpenAsync("/bot");
        await Assertions.Expect(owner.Page.Locator("[data-readiness=Ready]")).ToBeVisibleAsync();
        await owner.Page.GetByLabel("Symbols", new() { Exact = true }).FillAsync("MSFT, VOLTAR, COBALT, PIXELS");
        await owner.Page.GetByLabel("Candles", new() { Exact = true }).SelectOptionAsync("1m");
        await owner.SpeedOfTheMarket.SelectOptionAsync("60");
        await owner.Button("Start the bot").ClickAsync();
        await Assertions.Expect(owner.Page.Locator("[data-bot=running]")).ToBeVisibleAsync();
        await Assertions.Expect(owner.Page.Locator("tr[data-decision]")).Not.ToHaveCountAsync(0, Patiently);
        // A stop rests at the broker for every share that is held.
        await Assertions.Expect(owner.Page.Locator("tr[data-entry]").Filter(new() { HasText = " at " }).First).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await ReadWhyNotAsync(await owner.AnotherTabAsync());
        await FlattenAsync(owner);
        await Assertions.Expect(owner.Page.Locator("[data-killed=true]")).ToContainTextAsync("FLAT", new() { Timeout = 60_000 });
        await Assertions.Expect(owner.Page.Locator("[data-readiness=ExitsOnly]")).ToBeVisibleAsync();
        await KeepNoteAsync(await owner.AnotherTabAsync());
        await owner.ReloadAsync();
        await Assertions.Expect(owner.Page.Locator(".stopped")).ToBeVisibleAsync();
        await owner.Button("Clear").ClickAsync();
        await owner.Button("Yes, clear").ClickAsync();
        await Assertions.Expect(owner.Page.Locator("[data-readiness=Ready]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await owner.Button("Stop the bot").ClickAsync();
        await Assertions.Expect(owner.Button("Start the bot")).ToBeVisibleAsync();
    }

    static LocatorAssertionsToHaveCountOptions Patiently => new() { Timeout = 60_000 };

    /// <summary>Why a candle did not trade, by keyboard.</summary>
    static async Task ReadWhyNotAsync(Visitor reader)
    {
        await reader.OpenAsync("/decisions");
        var candle = reader.Page.Locator("tr[data-row]").Filter(new() { HasText = "no order" }).First.GetByRole(AriaRole.Button);
        await candle.FocusAsync();
        await reader.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(reader.Panel("Why").Locator("[data-outcome]")).ToContainTextAsync("no order");
        await Assertions.Expect(reader.Panel("Why")).ToContainTextAsync("rsi 14");
        Assert.Empty(await AxeRules.SeriousFindingsAsync(reader.Page));
        // And from there to what did trade.
        await reader.OpenAsync("/orders?show=filled");
        await reader.Page.Locator("tr[data-order]").Filter(new() { HasText = "entry" }).First.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("[data-step]").Last).ToContainTextAsync("filled");
        Assert.Empty(await AxeRules.SeriousFindingsAsync(reader.Page));
        await reader.Page.CloseAsync();
    }

    /// <summary>What was flattened is a closed trade, to which a note can be kept; and its day is decided again.</summary>
    static async Task KeepNoteAsync(Visitor reader)
    {
        await reader.OpenAsync("/journal");
        await Assertions.Expect(reader.Page.Locator("[data-verdict]")).ToContainTextAsync("closed", new() { Timeout = 60_000 });
        await reader.Page.Locator("tr[data-trade]").Last.GetByRole(AriaRole.Button).ClickAsync();
        await reader.Page.GetByLabel("What was good, what was not").FillAsync("in haste");
        await reader.Page.GetByLabel("Tags", new() { Exact = true }).FillAsync("chased");
        await reader.Button("Keep the note").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("tr[data-trade]").Last).ToContainTextAsync("chased");
        await reader.ReloadAsync();
        await Assertions.Expect(reader.Page.GetByLabel("What was good, what was not")).ToHaveValueAsync("in haste");
        await reader.Button("Decide this day again").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("[data-parity]")).ToHaveTextAsync(AllEqual(), Patience);
        await Assertions.Expect(reader.Page.Locator("tr[data-compared]")).Not.ToHaveCountAsync(0);
        await reader.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Assertions.Expect(reader.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        Assert.Empty(await AxeRules.SeriousFindingsAsync(reader.Page));
        await reader.Page.CloseAsync();
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"^All [\d,]+ decisions come out equal")]
    private static partial System.Text.RegularExpressions.Regex AllEqual();

    static LocatorAssertionsToHaveTextOptions Patience => new() { Timeout = 60_000 };

    /// <summary>By keyboard: twice, so that it cannot happen by accident.</summary>
    static async Task FlattenAsync(Visitor owner)
    {
        await owner.Button("Flatten").FocusAsync();
        await owner.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(owner.Button("Press again to flatten")).ToBeFocusedAsync();
        await owner.Page.Keyboard.PressAsync("Enter");
    }
}
