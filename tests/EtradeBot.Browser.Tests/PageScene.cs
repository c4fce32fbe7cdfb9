namespace EtradeBot.Browser;

/// <summary>A state of panels, and how the program is brought to it: by what happens to people too, never by a page made for the picture.</summary>
sealed class PageScene(string state) : IAsyncDisposable
{
    /// <summary>Another machine's broker that does not answer: nobody listens at this port.</summary>
    static readonly (string, string)[] DeadBroker =
    [
        ("ETRADE_BASE_URL", "http://127.0.0.1:9"), ("ETRADE_CONSUMER_KEY", "key"), ("ETRADE_CONSUMER_SECRET", "secret"), ("ETRADE_OAUTH_TOKEN", "token"), ("ETRADE_OAUTH_TOKEN_SECRET", "secret"),
    ];

    /// <summary>ok, loading, empty, stale, error as panels say it; help, down, alerts, cut, locked, result and person are of the whole page.</summary>
    public string State => state;

    public RunningDashboard Dashboard { get; private set; } = null!;

    public static PageScene[] All =>
    [
        new("ok"), new("loading"), new("empty") { Files = [("watchlist.json", """{"simulator":[]}""")] }, new("stale"), new("error"), new("down") { Environment = DeadBroker }, new("help"), new("cut"), new("locked"), new("result"), new("alerts"),
        new("person") { Environment = [("ETRADE_ENV", "sandbox")] },
    ];

    (string, string)[] Environment { get; init; } = [];

    (string, string)[] Files { get; init; } = [];

    DistantBroker? _broker;
    bool _isSilent;

    public async Task<PageScene> SetAsync()
    {
        if (State == "stale")
        {
            _broker = await DistantBroker.StartAsync();
            Dashboard = await RunningDashboard.StartAsync([("ETRADE_BASE_URL", _broker.Address)], _broker.LogInAsync);
        }
        else Dashboard = await RunningDashboard.StartAsync(Environment, Files);
        if (State == "locked") await Dashboard.AddUserAsync("ada", "admin", "four words only here");
        return this;
    }

    /// <summary>False where no panel of this page comes to this state.</summary>
    public async Task<bool> ArriveAsync(Visitor visitor, string path)
    {
        switch (State)
        {
            case "loading":
                // The page as the server drew it at first, before its script is there.
                await visitor.Context.RouteAsync("**/blazor.web.js", route => route.AbortAsync());
                await visitor.Page.GotoAsync(path);
                break;
            case "error":
                await visitor.Context.RouteAsync("**/chart/**", route => route.AbortAsync());
                await visitor.OpenAsync(path);
                break;
            case "stale":
                await visitor.OpenAsync(path);
                await FallSilentAsync(visitor);
                await Assertions.Expect(visitor.Page.Locator("header [data-feed=old]")).ToBeAttachedAsync(new() { Timeout = 60_000 });
                break;
            case "help":
                await visitor.OpenAsync(path);
                await visitor.Page.Keyboard.PressAsync("?");
                return path == "/";
            case "alerts":
                if (path != "/") return false;
                await visitor.OpenAsync(path);
                await Assertions.Expect(visitor.Drawn).ToBeAttachedAsync();
                await visitor.ChartCanvas.DblClickAsync(new() { Position = new() { X = 300, Y = 90 } });
                await visitor.Button("Set").ClickAsync();
                await Assertions.Expect(visitor.Page.Locator(".alerts li")).ToHaveCountAsync(1);
                return true;
            case "locked":
                if (!path.StartsWith("/login", StringComparison.Ordinal)) return false;
                await visitor.OpenAsync(path);
                return true;
            case "result":
                if (path != "/backtest") return false;
                await visitor.OpenAsync(path);
                await visitor.Button("Run").ClickAsync();
                await Assertions.Expect(visitor.Panel("Verdict")).ToBeVisibleAsync(new() { Timeout = 60_000 });
                await Assertions.Expect(visitor.Page.Locator(".equity-chart canvas").First).ToBeVisibleAsync();
                return true;
            case "cut":
                await visitor.OpenAsync(path);
                if (path != "/") return false;
                await Dashboard.KillAsync();
                await Assertions.Expect(visitor.ReconnectBanner).ToBeVisibleAsync();
                await Dashboard.ReturnAsync();
                return true;
            default:
                await visitor.OpenAsync(path);
                break;
        }
        return await IsThereAsync(visitor);
    }

    async Task<bool> IsThereAsync(Visitor visitor)
    {
        if (State == "ok") await Assertions.Expect(visitor.Panels("loading")).ToHaveCountAsync(0);
        if (State is "ok" or "person") return true;
        if (State == "down")
        {
            await Assertions.Expect(visitor.Page.Locator("header [data-link=Down]")).ToBeAttachedAsync(new() { Timeout = 60_000 });
            return true;
        }
        try
        {
            await visitor.Panels(State).First.WaitForAsync(new() { Timeout = 1_500 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Once quotes had come.</summary>
    async Task FallSilentAsync(Visitor visitor)
    {
        if (_isSilent) return;
        await Assertions.Expect(visitor.Page.Locator("header [data-feed=fresh]")).ToBeAttachedAsync();
        await _broker!.FallSilentAsync();
        _isSilent = true;
    }

    public async ValueTask DisposeAsync()
    {
        await Dashboard.DisposeAsync();
        _broker?.Dispose();
    }
}
