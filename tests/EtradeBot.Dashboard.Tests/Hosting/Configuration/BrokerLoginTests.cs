using EtradeBot.App.Broker;
using EtradeBot.App.Commands;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;
using EtradeBot.Brokers;
using EtradeBot.Simulator;
using EtradeBot.Simulator.Hosting;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>Logins over real sockets.</summary>
public sealed class BrokerLoginTests : IAsyncLifetime
{
    readonly Desk _desk = new();
    readonly SimulatedBroker _broker = new(new SimulatorOptions { Start = new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero) }, TimeProvider.System);
    SimulatorServer _server = null!;
    LiveSession _session = null!;

    BrokerLogin Login => new(_desk.Effective, _session, _desk.State, (_desk.Audit, TimeProvider.System));

    public async ValueTask InitializeAsync()
    {
        _server = await SimulatorServer.StartAsync(_broker, 0, TimeProvider.System, problem => throw problem);
        await _desk.SaveAsync((SettingRule.BaseUrl, _server.BaseUrl.AbsoluteUri));
        _session = new LiveSession(new LiveState(), () => _desk.Effective.Current, _desk.State, TimeProvider.System) { Patience = TimeSpan.FromSeconds(5) };
        await _session.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _session.StopAsync(CancellationToken.None);
        _session.Dispose();
        await _server.DisposeAsync();
        _desk.Dispose();
    }

    [Fact]
    public async Task Two_steps_log_in_and_the_session_goes_on_by_itself_until_the_logout()
    {
        var stop = TestContext.Current.CancellationToken;
        Assert.False(Login.IsBuiltIn);
        using var pending = await Login.BeginAsync(Desk.Admin, stop);
        var code = await AuthorizePage.ReadCodeAsync(pending.Page, stop);
        Assert.Contains("still waits", (await Assert.ThrowsAsync<UsageException>(() => Login.CompleteAsync(Desk.Admin, pending, "no code!", stop))).Message, StringComparison.Ordinal);
        Assert.Equal(_broker.Accounts.Count, await Login.CompleteAsync(Desk.Admin, pending, $" {code} ", stop));
        Assert.Equal(BrokerLink.Up, _session.State.Session.Link);

        var accounts = (await Login.AccountsAsync(Desk.Admin, stop))!;
        Assert.Single(accounts, account => account.IsInUse);
        Assert.All(accounts, account => Assert.StartsWith("****", account.Name, StringComparison.Ordinal));

        await Login.LogOutAsync(Desk.Admin, stop);
        Assert.Equal(BrokerLink.NeedsLogin, _session.State.Session.Link);
        Assert.Null(await Login.AccountsAsync(Desk.Admin, stop));
        var audit = await File.ReadAllTextAsync(_desk.Folder["state", "audit.jsonl"], stop);
        Assert.Contains("broker.login", audit, StringComparison.Ordinal);
        Assert.DoesNotContain(code, audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_account_is_traded_once_it_is_chosen()
    {
        var stop = TestContext.Current.CancellationToken;
        var follower = new SettingsFollower(_desk.Effective, _session);
        await follower.StartAsync(stop);
        using var pending = await Login.BeginAsync(Desk.Admin, stop);
        await Login.CompleteAsync(Desk.Admin, pending, await AuthorizePage.ReadCodeAsync(pending.Page, stop), stop);
        var other = (await Login.AccountsAsync(Desk.Admin, stop))!.First(account => account is { IsActive: true, IsInUse: false });
        await _desk.SaveAsync((SettingRule.AccountId, other.Number.Reveal()));
        await _session.ReconnectAsync();
        Assert.Equal(other.Name, (await Login.AccountsAsync(Desk.Admin, stop))!.Single(account => account.IsInUse).Name);
        await follower.StopAsync(stop);
    }

    [Fact]
    public async Task A_wrong_code_is_said_in_words()
    {
        using var pending = await Login.BeginAsync(Desk.Admin, TestContext.Current.CancellationToken);
        var problem = await Assert.ThrowsAsync<BrokerException>(() => Login.CompleteAsync(Desk.Admin, pending, "AAAAA", TestContext.Current.CancellationToken));
        Assert.Contains("the code is wrong", problem.Message, StringComparison.Ordinal);
        Assert.Equal(BrokerLink.NeedsLogin, _session.State.Session.Link);
    }

    [Fact]
    public async Task Only_an_admin_may_log_in_or_out()
    {
        var trader = new Actor("tom", Role.Trader, () => true);
        using var pending = await Login.BeginAsync(Desk.Admin, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<NotAllowedException>(() => Login.BeginAsync(trader, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<NotAllowedException>(() => Login.CompleteAsync(trader, pending, "AAAAA", TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<NotAllowedException>(() => Login.LogOutAsync(trader, TestContext.Current.CancellationToken));
    }
}
