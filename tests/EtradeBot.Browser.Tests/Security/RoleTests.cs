using System.Net;

namespace EtradeBot.Browser.Security;

/// <summary>A program with people who log in. What requests could do beside the pages is tested without a browser.</summary>
public class RoleTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    const string Password = "four words only here";

    [Fact]
    public async Task A_viewer_sees_everything_and_can_trade_by_nothing()
    {
        var dashboard = await StartAsync();
        await dashboard.AddUserAsync("ada", "admin", Password);
        await dashboard.AddUserAsync("vera", "viewer", Password);
        var viewer = await VisitAsync(dashboard);
        await LogInAsync(viewer, "vera", Password);
        await viewer.Page.GotoAsync("/?side=buy&shares=3");
        await Assertions.Expect(viewer.Drawn).ToBeAttachedAsync();
        await Assertions.Expect(viewer.Button("Place")).ToHaveCountAsync(0);
        var preview = viewer.Button("Preview");
        if (await preview.CountAsync() > 0 && await preview.IsEnabledAsync())
        {
            await preview.ClickAsync();
            await Assertions.Expect(viewer.Page.Locator("#ticket")).ToContainTextAsync("viewer");
            await Assertions.Expect(viewer.Button("Place")).ToHaveCountAsync(0);
        }
        await viewer.Page.GotoAsync("/settings/risk");
        await Assertions.Expect(viewer.Page.Locator("main").GetByRole(AriaRole.Alert).First).ToContainTextAsync("admin");
        await Assertions.Expect(viewer.Button("Save")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_login_is_accessible_and_a_wrong_password_says_so()
    {
        var dashboard = await StartAsync();
        await dashboard.AddUserAsync("ada", "admin", Password);
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            var visitor = await VisitAsync(dashboard, scheme, Narrow);
            await visitor.OpenAsync("/");
            Assert.EndsWith("/login", new Uri(visitor.Page.Url).AbsolutePath, StringComparison.Ordinal);
            Assert.Empty(await AxeRules.SeriousFindingsAsync(visitor.Page));
            await LogInAsync(visitor, "ada", "something else entirely");
            await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task After_the_logout_the_page_and_its_cookie_are_dead()
    {
        var dashboard = await StartAsync();
        await dashboard.AddUserAsync("ada", "admin", Password);
        await dashboard.AddUserAsync("tom", "trader", Password);
        var trader = await VisitAsync(dashboard);
        await LogInAsync(trader, "tom", Password);
        await Assertions.Expect(trader.Drawn).ToBeAttachedAsync();
        var cookies = await trader.Context.CookiesAsync();
        await trader.Page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await Assertions.Expect(trader.Page.GetByRole(AriaRole.Heading, new() { Name = "Log in" })).ToBeVisibleAsync();

        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, dashboard.Address + "/chart/candles/AAPL?t=1m");
        request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    static async Task LogInAsync(Visitor visitor, string name, string password)
    {
        if (!visitor.Page.Url.Contains("/login", StringComparison.Ordinal)) await visitor.Page.GotoAsync("/login");
        await visitor.Page.GetByLabel("Name").FillAsync(name);
        await visitor.Page.GetByLabel("Password").FillAsync(password);
        await visitor.Button("Log in").ClickAsync();
    }
}
