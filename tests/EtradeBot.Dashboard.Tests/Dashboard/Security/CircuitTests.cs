using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Orders;
using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>What can be done over the line of an open page, beside everything a browser would let its person press.</summary>
public sealed class CircuitTests : IAsyncLifetime
{
    const string Ticket = "/?symbol=VOLTAR&side=buy&shares=3";

    RunningServer _server = null!;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    IReadOnlyList<string> Deeds => [.. AuditReader.Read(_server.Get<AuditLog>()).Entries.Select(entry => entry.Action).Where(action => action is not ("login" or "logout")).Distinct().Order(StringComparer.Ordinal)];

    bool HasTraded => Deeds is var deeds && deeds.Contains("watchlist.change") && deeds.Any(deed => deed is "order.place" or "entries.stop");

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(("ann", Role.Admin), ("tom", Role.Trader), ("vera", Role.Viewer));
        await ConnectedAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_trader_who_presses_everything_trades()
    {
        using var trader = await _server.LogInAsync("tom");
        await using var page = await Circuit.OpenAsync(trader, Ticket);
        Assert.True(await page.PressAllAsync(() => HasTraded) > 0);
        Assert.True(HasTraded, string.Join(' ', Deeds));
    }

    [Fact]
    public async Task A_viewer_who_presses_everything_on_every_page_does_nothing()
    {
        using var viewer = await _server.LogInAsync("vera");
        foreach (var path in new[] { Ticket, "/scanner", "/backtest", "/settings/risk", "/settings/data", "/settings/backup", "/welcome" })
        {
            await using var page = await Circuit.OpenAsync(viewer, path);
            await page.PressAllAsync();
        }
        Assert.Empty(Deeds);
        Assert.False(_server.Get<OrderDesk>().AreEntriesStopped);
        Assert.False(File.Exists(Path.Combine(_server.Folder, "orders.jsonl")));
    }

    [Theory]
    [InlineData("logout")]
    [InlineData("ended by an admin")]
    [InlineData("role lowered")]
    [InlineData("removed")]
    [InlineData("new password")]
    public async Task An_open_page_is_told_that_its_session_is_over_and_does_nothing_more(string how)
    {
        using var trader = await _server.LogInAsync("tom");
        await using var page = await Circuit.OpenAsync(trader, Ticket);
        var handlers = page.Handlers;
        await EndAsync(how, trader);
        await page.UntilAsync("This session is over");
        foreach (var (id, name) in handlers) await page.RaiseAsync(id, name[2..], "{}");
        await page.PressAllAsync();
        Assert.DoesNotContain(Deeds, deed => deed is "watchlist.change" or "order.place" or "entries.stop");
    }

    /// <summary>The page hears of that within seconds; what is pressed before it does is refused as well.</summary>
    [Theory]
    [InlineData("Viewer")]
    [InlineData("Admin")]
    public async Task A_change_by_another_process_counts_from_the_next_press_on(string role)
    {
        using var trader = await _server.LogInAsync("tom");
        await using var page = await Circuit.OpenAsync(trader, Ticket);
        using (var elsewhere = new UserAccounts(_server.Folder, TimeProvider.System)) await elsewhere.SetRoleAsync("tom", Enum.Parse<Role>(role));
        await page.PressAllAsync();
        Assert.Empty(Deeds);
    }

    async Task EndAsync(string how, Visitor trader)
    {
        var desk = _server.Get<UserDesk>();
        var admin = new Actor("ann", Role.Admin, () => true);
        var proof = new Proof(RunningServer.Password);
        switch (how)
        {
            case "logout":
                using (await trader.PostAsync("/logout", await trader.FormAsync("/"))) break;
            case "ended by an admin":
                desk.EndSession(admin, _server.Get<SessionRegistry>().Alive.Single().Id);
                break;
            case "role lowered":
                await desk.SetRoleAsync(admin, "tom", Role.Viewer, proof);
                break;
            case "removed":
                await desk.RemoveAsync(admin, "tom", proof);
                break;
            default:
                await desk.ResetAsync(admin, "tom", "another of my words", proof);
                break;
        }
    }

    /// <summary>The built-in broker answers: before that nobody could trade.</summary>
    async Task ConnectedAsync()
    {
        var live = _server.Get<LiveState>();
        var isUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = live.Subscribe(LiveTopics.All, _ =>
        {
            if (live.Account.ReadAt is not null) isUp.TrySetResult();
            return Task.CompletedTask;
        });
        if (live.Account.ReadAt is null) await isUp.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
    }
}
