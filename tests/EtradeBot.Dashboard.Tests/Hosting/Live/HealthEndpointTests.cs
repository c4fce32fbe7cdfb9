using System.Net.Http.Json;
using EtradeBot.App.Dashboard;
using EtradeBot.App.Settings;

namespace EtradeBot.App.Hosting.Live;

public sealed class HealthEndpointTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_answers_anybody_without_a_secret()
    {
        var settings = BotSettings.Load(new SettingSources { Environment = new Dictionary<string, string>(), WorkingFolder = _folder.Path });
        await using var app = DashboardServer.Build(new DashboardOptions { Port = 0, StateFolder = _folder.Path }, () => settings, TimeProvider.System);
        var stop = TestContext.Current.CancellationToken;
        await app.StartAsync(stop);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var report = await client.GetFromJsonAsync<HealthReport>(HealthEndpoint.Route, stop);
        Assert.Equal("simulated", report!.Mode);
        await app.StopAsync(stop);
    }

    [Fact]
    public void It_is_degraded_while_quotes_are_missing_in_the_session_only()
    {
        var now = new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero);
        var state = new LiveState();
        Assert.Equal(new HealthReport("degraded", "simulated", "connecting", null, 0), HealthEndpoint.Report(state, now));
        state.SetSession(new SessionFacts { Link = BrokerLink.Up, Hours = Feeds.Live.MarketHours.Regular, LastQuoteReceivedAt = now.AddSeconds(-2.04) });
        Assert.Equal(new HealthReport("ok", "simulated", "up", 2, 0), HealthEndpoint.Report(state, now));
        Assert.Equal("degraded", HealthEndpoint.Report(state, now.AddMinutes(1)).Status);
        state.SetSession(state.Session with { Hours = Feeds.Live.MarketHours.Closed });
        Assert.Equal("ok", HealthEndpoint.Report(state, now.AddMinutes(1)).Status);
    }
}
