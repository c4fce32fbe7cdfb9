using System.Globalization;
using EtradeBot.App.Broker;
using EtradeBot.App.Settings;
using EtradeBot.Market;
using EtradeBot.Simulator;
using EtradeBot.Simulator.Hosting;

namespace EtradeBot.App.Hosting.Live;

/// <summary>A broker beyond this process, over real sockets.</summary>
public sealed class RemoteSessionTests : IAsyncLifetime
{
    readonly TemporaryFolder _folder = new();
    readonly SimulatedBroker _broker = new(new SimulatorOptions { Start = new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero) }, TimeProvider.System);
    SimulatorServer _server = null!;

    Dictionary<string, string> Settings => new() { [SettingRule.BaseUrl] = _server.BaseUrl.AbsoluteUri };

    public async ValueTask InitializeAsync() => _server = await SimulatorServer.StartAsync(_broker, 0, TimeProvider.System, problem => throw problem);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_broker_that_goes_down_is_said_to_be_and_taken_up_again_when_it_is_back()
    {
        await LoginAsync();
        await using var session = await RunningSession.StartAsync(_folder.Path, settings: Settings);
        await session.UntilAsync(state => state.Session.Link == BrokerLink.Up && state.Account.ReadAt is not null && state.Symbols.All(facts => facts.Quote is not null));
        Assert.Equal(new DateOnly(2026, 3, 10), MarketCalendar.Nyse.DayOf(session.State.Session.ExchangeTime!.Value));
        var positions = session.State.Account.ReadAt;
        var port = _server.BaseUrl.Port;

        await _server.DisposeAsync();
        await session.UntilAsync(state => state.Session.Link == BrokerLink.Down && state.Account.Problem.Length > 0);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"./etrade-bot simulator --port {port}"), session.State.Session.LinkReason, StringComparison.Ordinal);
        Assert.NotNull(session.State.Account.Balance);

        _server = await SimulatorServer.StartAsync(_broker, port, TimeProvider.System, problem => throw problem);
        await session.UntilAsync(state => state.Session.Link == BrokerLink.Up && state.Account.Problem.Length == 0 && state.Account.ReadAt > positions);
        Assert.Equal("", session.State.Session.LinkReason);
    }

    [Fact]
    public async Task Without_a_login_it_says_how_to_log_in_and_takes_up_the_login_at_once()
    {
        await using var session = await RunningSession.StartAsync(_folder.Path, settings: Settings);
        await session.UntilAsync(state => state.Session.Link == BrokerLink.NeedsLogin);
        Assert.Contains("./etrade-bot login --env simulator", session.State.Session.LinkReason, StringComparison.Ordinal);
        Assert.Null(session.Session.Broker);
        Assert.Null(session.Session.Simulation);
        await LoginAsync();
        await session.Session.ReconnectAsync();
        Assert.Equal(BrokerLink.Up, session.State.Session.Link);
        Assert.NotNull(session.Session.Broker);
        Assert.NotNull(session.State.Session.TokenEndsAt);
    }

    [Fact]
    public async Task A_missing_key_is_named()
    {
        await using var session = await RunningSession.StartAsync(_folder.Path, settings: new() { [SettingRule.Environment] = "sandbox" });
        await session.UntilAsync(state => state.Session.Link == BrokerLink.NotConfigured);
        Assert.Contains(SettingRule.SandboxConsumerKey, session.State.Session.LinkReason, StringComparison.Ordinal);
        Assert.Equal(TradingMode.Sandbox, session.State.Session.Mode);
        Assert.Equal("SPY", session.State.Symbols[0].Symbol.Ticker);
    }

    [Fact]
    public async Task An_account_that_does_not_exist_is_said_without_its_number()
    {
        await LoginAsync();
        var settings = Settings;
        settings[SettingRule.AccountId] = "987654321";
        await using var session = await RunningSession.StartAsync(_folder.Path, settings: settings);
        await session.UntilAsync(state => state.Session.Link == BrokerLink.NotConfigured);
        Assert.Contains(SettingRule.AccountId, session.State.Session.LinkReason, StringComparison.Ordinal);
        Assert.DoesNotContain("987654321", session.State.Session.LinkReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_the_broker_ends_asks_for_a_person()
    {
        await LoginAsync();
        await using var session = await RunningSession.StartAsync(_folder.Path, settings: Settings);
        await session.UntilAsync(state => state.Session.Link == BrokerLink.Up);
        _broker.AddFault(new Simulator.Faults.Fault("kill-token"));
        await session.UntilAsync(state => state.Session.Link == BrokerLink.NeedsLogin);
        Assert.Contains("login", session.State.Session.LinkReason, StringComparison.Ordinal);
    }

    async Task LoginAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        var settings = BotSettings.Load(new SettingSources { Environment = Settings, WorkingFolder = _folder.Path });
        using var connection = ETradeConnection.OpenForLogin(new ConnectionRequest(settings, _folder.Path, TimeProvider.System));
        var request = await connection.Client.Session.BeginLoginAsync(stop);
        await connection.Client.Session.CompleteLoginAsync(request, await AuthorizePage.ReadCodeAsync(request.AuthorizeUrl, stop), stop);
    }
}
