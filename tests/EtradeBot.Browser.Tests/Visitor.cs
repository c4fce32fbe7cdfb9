namespace EtradeBot.Browser;

/// <summary>A person in front of a page.</summary>
sealed record Visitor(IBrowserContext Context, IPage Page, PageWatch Watch)
{
    /// <summary>Until then, clicks go nowhere: the page was drawn by the server and waits for its line to it.</summary>
    public const string Ready = "[data-live=yes], [data-live=static], main.door";

    public ILocator Keys => Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" });

    public ILocator ReconnectBanner => Page.Locator("#components-reconnect-modal");

    /// <summary>There once the chart has drawn its candles.</summary>
    public ILocator Drawn => Page.Locator(".chart[data-busy=false]");

    /// <summary>Where the chart takes keys and mouse.</summary>
    public ILocator ChartCanvas => Page.Locator("[data-canvas]");

    /// <summary>Opens a page and waits until it listens.</summary>
    public async Task OpenAsync(string path)
    {
        var answer = await Page.GotoAsync(path);
        Assert.Equal(200, answer!.Status);
        await Assertions.Expect(Page.Locator(Ready)).ToBeAttachedAsync();
    }

    /// <summary>Loads the page anew and waits until it listens.</summary>
    public async Task ReloadAsync()
    {
        await Page.ReloadAsync();
        await Assertions.Expect(Page.Locator(Ready)).ToBeAttachedAsync();
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The built-in simulator's, in the bar.</summary>
    public ILocator SpeedOfTheMarket => Page.GetByLabel("Speed of the simulated market");

    /// <summary>Those in a state: loading, empty, stale, error or ok.</summary>
    public ILocator Panels(string state) => Page.Locator($".panel[data-state={state}]");

    /// <summary>A panel by its heading.</summary>
    public ILocator Panel(string title) => Page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });

    /// <summary>Another tab of the same person.</summary>
    public async Task<Visitor> AnotherTabAsync() => this with { Page = await Context.NewPageAsync() };
}
