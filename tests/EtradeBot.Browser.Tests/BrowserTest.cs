namespace EtradeBot.Browser;

/// <summary>A test with a browser profile of its own, as a stranger has it: no cookie, nothing stored. Whatever a page did that no page may do fails it.</summary>
public abstract class BrowserTest(BrowserFixture fixture) : IAsyncLifetime
{
    readonly List<IBrowserContext> _contexts = [];
    readonly List<PageWatch> _watches = [];
    readonly List<RunningDashboard> _dashboards = [];

    internal const int Wide = 1400;
    internal const int Narrow = 360;

    protected BrowserFixture Fixture => fixture;

    internal RunningDashboard Shared => fixture.Dashboard;

    public ValueTask InitializeAsync()
    {
        if (Chromium.Path is null) Assert.Skip(Chromium.Missing);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        // The pages before the programs they show: a page whose program is gone complains, rightly.
        foreach (var context in _contexts) await context.DisposeAsync();
        foreach (var dashboard in _dashboards) await dashboard.DisposeAsync();
        var complaints = _watches.SelectMany(watch => watch.Complaints).Distinct().ToArray();
        var said = string.Join('\n', _dashboards.DefaultIfEmpty(fixture.Dashboard).Select(dashboard => dashboard.Said));
        Assert.True(complaints.Length == 0, $"{string.Join('\n', complaints)}\nThe program said:\n{said}");
        GC.SuppressFinalize(this);
    }

    /// <summary>A program of this test's own.</summary>
    internal async Task<RunningDashboard> StartAsync()
    {
        var dashboard = await RunningDashboard.StartAsync();
        _dashboards.Add(dashboard);
        return dashboard;
    }

    /// <summary>A person at the shared program.</summary>
    internal Task<Visitor> VisitAsync(ColorScheme scheme = ColorScheme.Dark, int width = Wide) => VisitAsync(Shared, scheme, width);

    internal async Task<Visitor> VisitAsync(RunningDashboard dashboard, ColorScheme scheme = ColorScheme.Dark, int width = Wide)
    {
        var context = await fixture.Browser.NewContextAsync(new()
        {
            BaseURL = dashboard.Address,
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = width == Narrow ? 800 : 900 },
            TimezoneId = "Europe/Berlin",
        });
        context.SetDefaultTimeout(60_000);
        var watch = new PageWatch(context);
        watch.AllowHost(dashboard.Address);
        _contexts.Add(context);
        _watches.Add(watch);
        return new Visitor(context, await context.NewPageAsync(), watch);
    }
}
