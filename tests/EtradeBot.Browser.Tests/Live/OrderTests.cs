using System.Globalization;
using System.Text.RegularExpressions;

namespace EtradeBot.Browser.Live;

public class OrderTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_newcomer_places_an_order_and_sees_it_filled()
    {
        var trader = await TicketAsync("buy", 3);
        await trader.Page.GetByLabel("Type").SelectOptionAsync("Market");
        await trader.Button("Preview").ClickAsync();
        await Assertions.Expect(Review(trader)).ToContainTextAsync("3");
        await trader.Button("Place").ClickAsync();
        await Assertions.Expect(trader.Page.Locator(".result")).ToBeVisibleAsync();
        await Assertions.Expect(Rows(trader).Filter(new() { HasText = "filled" }).Filter(new() { HasText = "3 / 3" }).First).ToBeVisibleAsync();
        await trader.Page.GetByRole(AriaRole.Tab, new() { Name = "Fills" }).ClickAsync();
        await Assertions.Expect(Rows(trader).First).ToBeVisibleAsync();
        await trader.Page.GetByRole(AriaRole.Tab, new() { Name = "Positions" }).ClickAsync();
        await Assertions.Expect(Rows(trader).First).ToBeVisibleAsync();
        await Assertions.Expect(trader.Page.GetByRole(AriaRole.Tab, new() { Name = "Positions" })).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(trader.Page).ToHaveURLAsync(new Regex("[?&]tab=positions"));
        await trader.ReloadAsync();
        await Assertions.Expect(trader.Page.GetByRole(AriaRole.Tab, new() { Name = "Positions" })).ToHaveAttributeAsync("aria-selected", "true");
    }

    [Fact]
    public async Task A_double_click_on_Place_gives_one_order_which_can_be_cancelled()
    {
        var trader = await TicketAsync("buy", 7);
        var limit = await FarBelowAsync(trader);
        await trader.Button("Preview").ClickAsync();
        await trader.Button("Place").DblClickAsync();
        var order = Rows(trader).Filter(new() { HasText = limit });
        await Assertions.Expect(trader.Page.Locator(".result")).ToBeVisibleAsync();
        await Assertions.Expect(order).ToHaveCountAsync(1);
        await order.GetByRole(AriaRole.Button, new() { Name = "Cancel order" }).ClickAsync();
        await order.GetByRole(AriaRole.Button, new() { Name = "Yes, cancel" }).ClickAsync();
        await Assertions.Expect(order).ToContainTextAsync("cancel");
        await Assertions.Expect(order.GetByRole(AriaRole.Button, new() { Name = "Cancel order" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_order_is_placed_and_changed_by_keyboard_alone()
    {
        var trader = await TicketAsync("buy", 5);
        var limit = await FarBelowAsync(trader);
        // Enter in the form previews; the heading of the preview takes the focus, so that a second Enter places nothing.
        await trader.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Review(trader).GetByRole(AriaRole.Heading)).ToBeFocusedAsync();
        await trader.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(trader.Button("Place")).ToBeEnabledAsync();
        await trader.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(trader.Button("Place")).ToBeFocusedAsync();
        await trader.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Rows(trader).Filter(new() { HasText = limit })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Sizing_shows_its_arithmetic_and_a_field_says_what_is_wrong()
    {
        var trader = await TicketAsync("buy", 1);
        await trader.Page.GetByLabel("Size by").SelectOptionAsync("Risk");
        await trader.Page.Locator("#t-size").FillAsync("1");
        await Assertions.Expect(Ticket(trader)).ToContainTextAsync("shares");
        await trader.Page.Locator("#t-size").FillAsync("much");
        await trader.Button("Preview").ClickAsync();
        await Assertions.Expect(trader.Page.Locator("#t-size")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(Ticket(trader)).ToContainTextAsync("'much' is not a number");
    }

    [Fact]
    public async Task An_order_of_one_tab_appears_in_the_other()
    {
        var trader = await TicketAsync("buy", 9);
        var other = await trader.AnotherTabAsync();
        await other.OpenAsync("/");
        await trader.Page.BringToFrontAsync();
        var limit = await FarBelowAsync(trader);
        await trader.Button("Preview").ClickAsync();
        await trader.Button("Place").ClickAsync();
        await Assertions.Expect(Rows(other).Filter(new() { HasText = limit })).ToHaveCountAsync(1);
    }

    async Task<Visitor> TicketAsync(string side, int shares)
    {
        var visitor = await VisitAsync();
        await visitor.OpenAsync(string.Create(CultureInfo.InvariantCulture, $"/?side={side}&shares={shares}"));
        await Assertions.Expect(visitor.Page.Locator("#t-size")).ToHaveValueAsync(shares.ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(visitor.Page.Locator("#t-limit")).Not.ToHaveValueAsync("");
        return visitor;
    }

    /// <summary>Types a limit that no market meets, and that no other test of this run has. The focus stays in its field.</summary>
    static async Task<string> FarBelowAsync(Visitor trader)
    {
        var ask = decimal.Parse(await trader.Page.Locator("#t-limit").InputValueAsync(), CultureInfo.InvariantCulture);
        var limit = (Math.Floor(ask * 0.9m) + int.Parse(await trader.Page.Locator("#t-size").InputValueAsync(), CultureInfo.InvariantCulture) / 100m).ToString("0.00", CultureInfo.InvariantCulture);
        await trader.Page.Locator("#t-limit").FillAsync(limit);
        return limit;
    }

    static ILocator Ticket(Visitor visitor) => visitor.Page.Locator("#ticket");

    static ILocator Review(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Group, new() { Name = "Preview" });

    /// <summary>Of the tab that is open below the chart.</summary>
    static ILocator Rows(Visitor visitor) => visitor.Page.Locator("#tab-body tbody tr");
}
