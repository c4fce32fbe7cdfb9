using EtradeBot.App.Commands;
using EtradeBot.App.Settings;

namespace EtradeBot.App.Broker;

public sealed class BrokerAccessTests : IDisposable
{
    const string Local = "http://127.0.0.1:8700";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_simulator_needs_no_setting()
    {
        var access = Access();
        Assert.Equal(("SIMULATED", "simulator", "http://127.0.0.1:8600/", true), (access.Kind, access.Name, access.Server!.AbsoluteUri, access.Keys is null));
        Assert.Equal("the simulator at http://127.0.0.1:8600", access.Answers);
    }

    [Fact]
    public void The_simulator_uses_keys_of_the_settings_only_at_an_address_of_the_settings()
    {
        Assert.Null(Access(("ETRADE_CONSUMER_KEY", "k"), ("ETRADE_CONSUMER_SECRET", "s")).Keys);
        Assert.Null(Access(("ETRADE_BASE_URL", Local)).Keys);
        AssertKeys("k", "s", Access(("ETRADE_BASE_URL", Local), ("ETRADE_CONSUMER_KEY", "k"), ("ETRADE_CONSUMER_SECRET", "s")));
    }

    [Fact]
    public void Production_is_live_with_its_own_keys()
    {
        var access = Access(("ETRADE_ENV", "production"), ("ETRADE_CONSUMER_KEY", "k"), ("ETRADE_CONSUMER_SECRET", "s"), ("ETRADE_SANDBOX_CONSUMER_KEY", "no"), ("ETRADE_SANDBOX_CONSUMER_SECRET", "no"));
        Assert.Equal(("LIVE", null, "E*TRADE"), (access.Kind, access.Server, access.Answers));
        AssertKeys("k", "s", access);
    }

    [Fact]
    public void The_sandbox_has_keys_of_its_own()
    {
        var access = Access(("ETRADE_ENV", "sandbox"), ("ETRADE_CONSUMER_KEY", "no"), ("ETRADE_CONSUMER_SECRET", "no"), ("ETRADE_SANDBOX_CONSUMER_KEY", "k"), ("ETRADE_SANDBOX_CONSUMER_SECRET", "s"));
        Assert.Equal(("SANDBOX", "E*TRADE's sandbox"), (access.Kind, access.Answers));
        AssertKeys("k", "s", access);
    }

    [Fact]
    public void At_another_server_the_usual_key_serves_the_sandbox_too() =>
        AssertKeys("k", "s", Access(("ETRADE_ENV", "sandbox"), ("ETRADE_BASE_URL", Local), ("ETRADE_CONSUMER_KEY", "k"), ("ETRADE_CONSUMER_SECRET", "s")));

    [Theory]
    [InlineData("simulator", "the simulator at http://127.0.0.1:8700")]
    [InlineData("sandbox", "the server at http://127.0.0.1:8700")]
    [InlineData("production", "the server at http://127.0.0.1:8700")]
    public void Another_server_is_named_in_every_environment(string environment, string answers) =>
        Assert.Equal(answers, Access(("ETRADE_ENV", environment), ("ETRADE_BASE_URL", Local), ("ETRADE_CONSUMER_KEY", "k"), ("ETRADE_CONSUMER_SECRET", "s")).Answers);

    [Theory]
    [InlineData("production", "ETRADE_CONSUMER_SECRET", "ETRADE_CONSUMER_KEY is not set: production needs ETRADE_CONSUMER_KEY and ETRADE_CONSUMER_SECRET")]
    [InlineData("production", "ETRADE_CONSUMER_KEY", "ETRADE_CONSUMER_SECRET is not set: production needs")]
    [InlineData("sandbox", "ETRADE_SANDBOX_CONSUMER_SECRET", "ETRADE_SANDBOX_CONSUMER_KEY is not set: the sandbox needs")]
    [InlineData("sandbox", "ETRADE_SANDBOX_CONSUMER_KEY", "ETRADE_SANDBOX_CONSUMER_SECRET is not set: the sandbox needs")]
    [InlineData("sandbox", "ETRADE_CONSUMER_KEY", "ETRADE_SANDBOX_CONSUMER_KEY is not set: sandbox and production have keys of their own, and ETRADE_CONSUMER_KEY is the one for production")]
    public void A_missing_key_is_named_with_its_setting(string environment, string theOnlyOneSet, string message)
    {
        var problem = Assert.Throws<UsageException>(() => Access(("ETRADE_ENV", environment), (theOnlyOneSet, "hunter2")));
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("simulator", "https://api.etrade.com")]
    [InlineData("simulator", "https://APISB.ETRADE.COM/")]
    [InlineData("production", "https://etrade.com")]
    public void A_real_account_can_never_stand_under_another_heading(string environment, string server) =>
        Assert.StartsWith("ETRADE_BASE_URL points at E*TRADE itself", Assert.Throws<UsageException>(() => Access(("ETRADE_ENV", environment), ("ETRADE_BASE_URL", server))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_token_of_the_settings_needs_its_secret()
    {
        var problem = Assert.Throws<UsageException>(() => ETradeConnection.Open(Request(("ETRADE_OAUTH_TOKEN", "hunter2"))));
        Assert.Equal("ETRADE_OAUTH_TOKEN and ETRADE_OAUTH_TOKEN_SECRET belong together: set both or none", problem.Message);
    }

    [Fact]
    public void A_login_that_a_setting_would_win_over_is_refused() =>
        Assert.StartsWith("ETRADE_OAUTH_TOKEN is set and would win over the new login", Assert.Throws<UsageException>(
            () => ETradeConnection.OpenForLogin(Request(("ETRADE_OAUTH_TOKEN", "t"), ("ETRADE_OAUTH_TOKEN_SECRET", "s")))).Message, StringComparison.Ordinal);

    [Fact]
    public void Keys_on_the_command_line_are_for_the_simulator_only()
    {
        var given = new KeyPair(new Secret("k"), new Secret("s"));
        var live = Request(("ETRADE_ENV", "production"), ("ETRADE_CONSUMER_KEY", "k"), ("ETRADE_CONSUMER_SECRET", "s")) with { GivenKeys = given };
        Assert.StartsWith("--consumer-key and --consumer-secret are for the simulator only", Assert.Throws<UsageException>(() => ETradeConnection.OpenForLogin(live)).Message, StringComparison.Ordinal);
        var both = Request(("ETRADE_BASE_URL", Local), ("ETRADE_CONSUMER_KEY", "k"), ("ETRADE_CONSUMER_SECRET", "s")) with { GivenKeys = given };
        Assert.StartsWith("--consumer-key contradicts ETRADE_CONSUMER_KEY", Assert.Throws<UsageException>(() => ETradeConnection.OpenForLogin(both)).Message, StringComparison.Ordinal);
    }

    BrokerAccess Access(params (string Name, string Value)[] settings) => BrokerAccess.Of(Request(settings).Settings);

    ConnectionRequest Request(params (string Name, string Value)[] settings) => new(
        BotSettings.Load(new SettingSources { Environment = settings.ToDictionary(pair => pair.Name, pair => pair.Value), WorkingFolder = _folder.Path }),
        _folder["data"],
        TimeProvider.System);

    static void AssertKeys(string key, string secret, BrokerAccess access) => Assert.Equal((key, secret), (access.Keys!.Key.Reveal(), access.Keys.Secret.Reveal()));
}
