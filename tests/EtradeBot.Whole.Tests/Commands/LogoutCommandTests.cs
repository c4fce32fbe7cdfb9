using EtradeBot.App.Broker;
using EtradeBot.App.Storage;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Commands;

/// <summary>What becomes of a login: it sleeps, wakes, ends at midnight, is damaged, is ended.</summary>
public sealed class LogoutCommandTests : IAsyncLifetime
{
    RunningSimulator _simulator = null!;

    public async ValueTask InitializeAsync() => _simulator = await RunningSimulator.StartAsync();

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Fact]
    public void A_sleeping_login_is_woken()
    {
        _simulator.LogIn();
        SleepThreeHours();
        var run = _simulator.Run("login --renew");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Renewed the login: SIMULATED, ", run.Lines[0], StringComparison.Ordinal);
        SleepThreeHours();
        Assert.Equal(0, _simulator.Run("accounts").ExitCode);
    }

    [Fact]
    public void Midnight_at_the_broker_ends_the_login_and_what_is_kept_of_it()
    {
        _simulator.LogIn();
        _simulator.Broker.Clock.JumpTo(_simulator.Broker.Clock.GetUtcNow().AddDays(1));
        _simulator.Refused("accounts", "", "the broker does not accept the access token any more", "./etrade-bot login --env simulator");
        Assert.False(File.Exists(_simulator.TokenFile));
        _simulator.Refused("accounts", "", "not logged in to the simulator", "./etrade-bot login --env simulator");
    }

    [Fact]
    public void Yesterdays_login_is_due_again_without_asking_the_broker()
    {
        var yesterday = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(-1));
        new TokenStore(_simulator.State, yesterday).Save(_simulator.Access.Session, new KeptSession(new AccessToken("t", "s", yesterday.GetUtcNow())));
        _simulator.Refused("quote AAPL", "", "ended at midnight New York time; the daily login is due", "Log in with './etrade-bot login --env simulator'.");
        Assert.False(File.Exists(_simulator.TokenFile));
    }

    [Fact]
    public async Task A_damaged_token_file_is_named_and_a_new_login_replaces_it()
    {
        _simulator.LogIn();
        await File.WriteAllTextAsync(_simulator.TokenFile, "garbage", TestContext.Current.CancellationToken);
        _simulator.Refused("accounts", "", Path.GetFileName(_simulator.TokenFile), "Log in with './etrade-bot login --env simulator'.");
        _simulator.LogIn();
        Assert.Equal(0, _simulator.Run("accounts").ExitCode);
    }

    [Fact]
    public async Task Logging_out_ends_the_token_at_the_broker_and_here()
    {
        Assert.StartsWith("Not logged in to the simulator", _simulator.Run("logout").Out, StringComparison.Ordinal);
        _simulator.LogIn();
        using var client = _simulator.Client();
        await client.AccountsAsync(TestContext.Current.CancellationToken);
        var run = _simulator.Run("logout");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.False(File.Exists(_simulator.TokenFile));
        var problem = await Assert.ThrowsAsync<BrokerException>(() => client.AccountsAsync(TestContext.Current.CancellationToken));
        Assert.Equal(BrokerFault.SessionExpired, problem.Fault);
    }

    [Fact]
    public async Task Logging_out_without_the_broker_forgets_the_login_and_says_what_may_remain()
    {
        _simulator.LogIn();
        await _simulator.StopAsync();
        _simulator.Refused("logout", "", "the login is forgotten here, but the broker may keep it until midnight New York time", "./etrade-bot simulator --port");
        Assert.False(File.Exists(_simulator.TokenFile));
    }

    [Fact]
    public void A_token_of_the_settings_is_used_instead_of_the_kept_one()
    {
        _simulator.LogIn();
        var token = _simulator.Tokens.Read(_simulator.Access.Session)!.Token;
        File.Delete(_simulator.TokenFile);
        (string, string)[] settings = [("ETRADE_OAUTH_TOKEN", token.Value), ("ETRADE_OAUTH_TOKEN_SECRET", token.Secret)];
        Assert.Equal(0, _simulator.Run("accounts", settings).ExitCode);
        Assert.Equal(2, _simulator.Run("login --auto", settings).ExitCode);
        Assert.Contains("Remove ETRADE_OAUTH_TOKEN and ETRADE_OAUTH_TOKEN_SECRET from .env and the environment.", _simulator.Run("logout", settings).Lines);
        Assert.Equal(4, _simulator.Run("accounts", settings).ExitCode);
        Assert.False(File.Exists(_simulator.TokenFile));
    }

    void SleepThreeHours() => _simulator.Broker.Clock.JumpTo(_simulator.Broker.Clock.GetUtcNow().AddHours(3));
}
