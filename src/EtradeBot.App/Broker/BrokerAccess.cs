using EtradeBot.App.Commands;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;
using EtradeBot.ETrade;
using EtradeBot.Simulator;

namespace EtradeBot.App.Broker;

/// <summary>Key and secret of an application.</summary>
sealed record KeyPair(Secret Key, Secret Secret)
{
    public static readonly KeyPair OfSimulator = new(new Secret(SimulatorOptions.DefaultConsumerKey), new Secret(SimulatorOptions.DefaultConsumerSecret));

    public ConsumerKey ForClient() => new(Key.Reveal(), Secret.Reveal());
}

/// <summary>Which server a command talks to, and with whose keys: the settings' answer, checked.</summary>
/// <param name="Server">Stands in for the broker's hosts; null for the broker itself.</param>
/// <param name="Keys">Null for a simulator whose keys come with the login, or are its usual ones.</param>
sealed record BrokerAccess(ETradeEnvironment Environment, Uri? Server, KeyPair? Keys)
{
    /// <summary>Where the simulator listens unless it is told otherwise.</summary>
    public const int UsualPort = 8600;

    static readonly Uri UsualSimulator = new($"http://127.0.0.1:{UsualPort}");

    /// <summary>Under which the session is kept.</summary>
    public SessionName Session => new(Environment, Server, Keys?.Key ?? new Secret(""));

    /// <summary>SIMULATED, SANDBOX or LIVE: stands in the heading of everything that is printed.</summary>
    public string Kind => Environment switch
    {
        ETradeEnvironment.Simulator => "SIMULATED",
        ETradeEnvironment.Sandbox => "SANDBOX",
        _ => "LIVE",
    };

    /// <summary>The environment as options and settings spell it.</summary>
    public string Name => Environment.ToString().ToLowerInvariant();

    /// <summary>Who answers, in words.</summary>
    public string Answers => (Environment, Server) switch
    {
        (ETradeEnvironment.Simulator, { } server) => $"the simulator at {Address(server)}",
        (_, { } server) => $"the server at {Address(server)}",
        (ETradeEnvironment.Sandbox, null) => "E*TRADE's sandbox",
        _ => "E*TRADE",
    };

    /// <summary>The command that logs in here.</summary>
    public string LoginCommand => $"./etrade-bot login --env {Name}";

    /// <exception cref="UsageException">A key is missing, or the settings contradict each other: names the setting.</exception>
    public static BrokerAccess Of(BotSettings settings)
    {
        var environment = settings.Environment == SettingRule.Paper
            ? settings.BaseUrl is null ? ETradeEnvironment.Production : ETradeEnvironment.Simulator
            : Enum.Parse<ETradeEnvironment>(settings.Environment, ignoreCase: true);
        var server = settings.BaseUrl ?? (environment == ETradeEnvironment.Simulator ? UsualSimulator : null);
        if (settings.BaseUrl is { } given && IsTheBroker(given))
            throw new UsageException($"{SettingRule.BaseUrl} points at E*TRADE itself: leave it empty and choose sandbox or production with --env or {SettingRule.Environment}");
        return new BrokerAccess(environment, server, KeysOf(environment, settings));
    }

    static KeyPair? KeysOf(ETradeEnvironment environment, BotSettings settings)
    {
        var (usual, usualSecret) = (settings.ConsumerKey, settings.ConsumerSecret);
        switch (environment)
        {
            case ETradeEnvironment.Production:
                return Pair(usual, usualSecret, "production", SettingRule.ConsumerKey, SettingRule.ConsumerSecret);
            case ETradeEnvironment.Simulator:
                return settings.BaseUrl is null || usual is null ? null : Pair(usual, usualSecret, Of(settings.BaseUrl), SettingRule.ConsumerKey, SettingRule.ConsumerSecret);
        }
        if (settings.SandboxConsumerKey is null && settings.SandboxConsumerSecret is null && usual is not null)
        {
            if (settings.BaseUrl is not null) return Pair(usual, usualSecret, Of(settings.BaseUrl), SettingRule.ConsumerKey, SettingRule.ConsumerSecret);
            throw new UsageException($"{SettingRule.SandboxConsumerKey} is not set: sandbox and production have keys of their own, and {SettingRule.ConsumerKey} is the one for production. "
                + $"Ask for a sandbox key at https://developer.etrade.com and put it into {SettingRule.SandboxConsumerKey} and {SettingRule.SandboxConsumerSecret}, or use --env production");
        }
        return Pair(settings.SandboxConsumerKey, settings.SandboxConsumerSecret, "the sandbox", SettingRule.SandboxConsumerKey, SettingRule.SandboxConsumerSecret);

        static string Of(Uri server) => $"the server at {Address(server)}";
    }

    static KeyPair Pair(Secret? key, Secret? secret, string where, string keyName, string secretName)
    {
        if (key is not null && secret is not null) return new KeyPair(key, secret);
        var missing = key is null ? keyName : secretName;
        throw new UsageException($"{missing} is not set: {where} needs {keyName} and {secretName}, key and secret of your application. "
            + "E*TRADE gives them out at https://developer.etrade.com; put them into .env or the environment. To try things without any: --env simulator");
    }

    /// <summary>A real account must never stand under the heading SIMULATED.</summary>
    static bool IsTheBroker(Uri server) =>
        server.Host.Equals("etrade.com", StringComparison.OrdinalIgnoreCase) || server.Host.EndsWith(".etrade.com", StringComparison.OrdinalIgnoreCase);

    static string Address(Uri server) => server.AbsoluteUri.TrimEnd('/');
}
