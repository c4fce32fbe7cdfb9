namespace EtradeBot.Browser.Shell;

/// <summary>Nothing freezes silently.</summary>
public class ReconnectTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    static readonly string[] OfTheCut = ["WebSocket", "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "Failed to fetch", "Connection disconnected", "Failed to complete negotiation", "Failed to start the connection", "Cannot send data if the connection"];

    [Fact]
    public async Task A_page_whose_program_ended_says_since_when_and_comes_back_with_it()
    {
        var dashboard = await StartAsync();
        var visitor = await VisitAsync(dashboard);
        visitor.Watch.Expect(OfTheCut);
        await visitor.OpenAsync("/");
        await dashboard.KillAsync();
        await Assertions.Expect(visitor.ReconnectBanner).ToBeVisibleAsync();
        await Assertions.Expect(visitor.ReconnectBanner).ToContainTextAsync("since");
        await dashboard.ReturnAsync();
        await Assertions.Expect(visitor.ReconnectBanner).ToBeHiddenAsync();
        await Assertions.Expect(visitor.Page.Locator(Visitor.Ready)).ToBeAttachedAsync();
    }

    [Fact]
    public async Task A_page_whose_program_stands_still_says_so_and_goes_on_with_it()
    {
        var dashboard = await StartAsync();
        var visitor = await VisitAsync(dashboard);
        visitor.Watch.Expect(OfTheCut);
        await visitor.OpenAsync("/");
        await dashboard.PauseAsync();
        try
        {
            await Assertions.Expect(visitor.ReconnectBanner).ToBeVisibleAsync(new() { Timeout = 60_000 });
        }
        finally
        {
            await dashboard.ResumeAsync();
        }
        await Assertions.Expect(visitor.ReconnectBanner).ToBeHiddenAsync();
    }
}
