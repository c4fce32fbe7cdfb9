[assembly: AssemblyFixture(typeof(EtradeBot.Browser.BrowserFixture))]
// One browser and one program on two cores: tests beside each other would only wait for each other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace EtradeBot.Browser;

/// <summary>The browser and the program that all tests share.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    IPlaywright? _playwright;
    RunningDashboard? _dashboard;

    internal IBrowser Browser { get; private set; } = null!;

    internal RunningDashboard Dashboard => _dashboard!;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Path is null) return;
        // The machine that tests may be busy: a wait ends as soon as it can, so long ones cost nothing.
        Assertions.SetDefaultExpectTimeout(45_000);
        _playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(_playwright);
        _dashboard = await RunningDashboard.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_playwright is null) return;
        await Browser.CloseAsync();
        _playwright.Dispose();
        if (_dashboard is not null) await _dashboard.DisposeAsync();
    }
}
