namespace EtradeBot.Browser.Live;

public class WatchlistTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_symbol_is_found_added_moved_and_removed_by_keyboard_alone()
    {
        var visitor = await OpenAsync();
        await visitor.Page.Keyboard.PressAsync("/");
        await Assertions.Expect(visitor.Page.Locator("[data-search]").First).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync("NVDA");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Row(visitor, "NVDA")).ToBeVisibleAsync();
        await Row(visitor, "NVDA").FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Delete");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).PressAsync("Enter");
        await Assertions.Expect(Row(visitor, "NVDA")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_list_is_imported_after_it_said_what_it_will_do()
    {
        var visitor = await OpenAsync();
        await visitor.Button("Import").ClickAsync();
        await visitor.Page.GetByLabel("Symbols, one a line").FillAsync("IBM, KO; AAPL");
        await Assertions.Expect(visitor.Page.GetByText("2 new; 1 watched already")).ToBeVisibleAsync();
        await visitor.Button("Add 2 symbols").ClickAsync();
        await Assertions.Expect(Row(visitor, "IBM")).ToBeVisibleAsync();
        await Assertions.Expect(Row(visitor, "KO")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_chosen_symbol_is_in_the_address_and_stays_after_a_reload()
    {
        var visitor = await OpenAsync();
        await Row(visitor, "MSFT").ClickAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("symbol=MSFT"));
        await visitor.ReloadAsync();
        await Assertions.Expect(Row(visitor, "MSFT")).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(visitor.Drawn).ToBeAttachedAsync();
    }

    async Task<Visitor> OpenAsync()
    {
        var visitor = await VisitAsync();
        await visitor.OpenAsync("/");
        await Assertions.Expect(Row(visitor, "AAPL")).ToBeVisibleAsync();
        return visitor;
    }

    static ILocator Row(Visitor visitor, string symbol) => visitor.Page.Locator($"[role=row][data-symbol='{symbol}']");
}
