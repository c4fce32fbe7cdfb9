namespace EtradeBot.Browser.Settings;

/// <summary>On a program of their own: settings are everybody's.</summary>
public class SettingsTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_change_is_shown_as_a_difference_saved_kept_in_the_history_and_undone()
    {
        var dashboard = await StartAsync();
        var admin = await VisitAsync(dashboard);
        await admin.OpenAsync("/settings/risk");
        var field = admin.Page.Locator("form.settings-form input").First;
        await field.FillAsync("0.5");
        await admin.Page.Keyboard.PressAsync("Tab");
        await admin.Button("Review changes (1)").ClickAsync();
        var review = admin.Page.GetByRole(AriaRole.Region, new() { Name = "Changes to save" });
        await Assertions.Expect(review).ToContainTextAsync("0.5");
        await admin.Button("Save").ClickAsync();
        await Assertions.Expect(admin.Page.GetByText("It can be undone under History")).ToBeVisibleAsync();
        await admin.ReloadAsync();
        await Assertions.Expect(field).ToHaveValueAsync("0.5");
        await admin.OpenAsync("/settings/history");
        await admin.Button("Undo").First.ClickAsync();
        await admin.Button("Save").ClickAsync();
        await admin.OpenAsync("/settings/risk");
        await Assertions.Expect(field).Not.ToHaveValueAsync("0.5");
    }

    [Fact]
    public async Task A_value_that_cannot_be_is_refused_at_its_field()
    {
        var admin = await VisitAsync();
        await admin.OpenAsync("/settings/risk");
        var field = admin.Page.Locator("form.settings-form input").First;
        await field.FillAsync("lots");
        await admin.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(admin.Page.Locator(".field-problem").First).ToContainTextAsync("must be");
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task A_secret_that_was_saved_is_never_shown_again()
    {
        const string secret = "browser-test-secret-7261";
        var dashboard = await StartAsync();
        var admin = await VisitAsync(dashboard);
        await admin.OpenAsync("/settings/broker");
        await admin.Page.Locator("form.settings-form input[type=password]").First.FillAsync(secret);
        await admin.Page.Keyboard.PressAsync("Tab");
        await admin.Button("Review changes (1)").ClickAsync();
        await admin.Button("Save").ClickAsync();
        await Assertions.Expect(admin.Page.GetByText("It can be undone under History").Or(admin.Page.GetByText("Saved:"))).ToBeVisibleAsync();
        foreach (var page in (string[])["/settings/broker", "/settings/history", "/settings/diagnostics"])
        {
            await admin.OpenAsync(page);
            Assert.DoesNotContain(secret, await admin.Page.ContentAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_guide_leads_a_newcomer_to_the_market_and_is_gone_then()
    {
        var dashboard = await StartAsync();
        var newcomer = await VisitAsync(dashboard);
        await newcomer.OpenAsync("/");
        await newcomer.Page.GetByRole(AriaRole.Link, new() { Name = "New here?" }).ClickAsync();
        for (var step = 1; step < 5; step++)
        {
            await Assertions.Expect(newcomer.Page.GetByText($"{step} of 5")).ToBeVisibleAsync();
            await newcomer.Page.GetByRole(AriaRole.Link, new() { Name = "Next", Exact = true }).ClickAsync();
        }
        await newcomer.Button("Show me the market").ClickAsync();
        await Assertions.Expect(newcomer.Drawn).ToBeAttachedAsync();
        await Assertions.Expect(newcomer.Page.GetByRole(AriaRole.Link, new() { Name = "New here?" })).ToHaveCountAsync(0);
    }
}
