using EtradeBot.App.Commands;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;
using EtradeBot.Brokers;
using EtradeBot.ETrade;

namespace EtradeBot.App.Broker;

/// <summary>What a connection is made of.</summary>
/// <param name="StateFolder">Where the sessions of the day are kept.</param>
sealed record ConnectionRequest(BotSettings Settings, string StateFolder, TimeProvider Time)
{
    /// <summary>Keys for a simulator that was started with its own.</summary>
    public KeyPair? GivenKeys { get; init; }

    /// <summary>Whole life of a call with its retries; a person in front of a terminal waits less long than a program.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>A client of the chosen server with the token of the day; each new token is kept, a dead one forgotten.</summary>
sealed class ETradeConnection : IDisposable
{
    readonly TokenStore _store;
    readonly KeyPair? _givenKeys;

    ETradeConnection(BrokerAccess access, TokenStore store, KeptSession? session, (ConnectionRequest Request, bool KeepsTokens) how)
    {
        (Access, _store) = (access, store);
        _givenKeys = how.Request.GivenKeys ?? (session?.Keys is { } kept ? new KeyPair(kept.Key, kept.Secret) : null);
        Client = new ETradeClient(
            new ETradeOptions
            {
                Environment = access.Environment,
                BaseUrl = access.Server,
                Consumer = (access.Keys ?? _givenKeys ?? KeyPair.OfSimulator).ForClient(),
                Time = how.Request.Time,
                Deadline = how.Request.Patience,
            },
            session?.Token);
        if (how.KeepsTokens) Client.Session.TokenChanged += Keep;
    }

    public BrokerAccess Access { get; }

    public ETradeClient Client { get; }

    /// <summary>The file that keeps the session.</summary>
    public string TokenFile => _store.PathOf(Access.Session);

    /// <summary>Ready for calls, with the token of the settings or the one kept today.</summary>
    /// <exception cref="BrokerException">Not logged in, or the login of yesterday is over.</exception>
    /// <exception cref="UsageException">A setting is missing.</exception>
    public static ETradeConnection Open(ConnectionRequest request)
    {
        var access = BrokerAccess.Of(request.Settings);
        var store = new TokenStore(request.StateFolder, request.Time);
        if (TokenOf(request) is { } token) return new ETradeConnection(access, store, new KeptSession(token), (request, KeepsTokens: false));
        var session = store.Read(access.Session)
            ?? throw new BrokerException(BrokerFault.SessionExpired, RequestFate.NotSent, $"not logged in to {access.Answers}");
        return new ETradeConnection(access, store, session, (request, KeepsTokens: true));
    }

    /// <summary>Without a token, to get one.</summary>
    /// <exception cref="UsageException">A setting is missing, or one would win over the new token.</exception>
    public static ETradeConnection OpenForLogin(ConnectionRequest request)
    {
        var access = BrokerAccess.Of(request.Settings);
        if (TokenOf(request) is not null)
            throw new UsageException($"{SettingRule.OAuthToken} is set and would win over the new login: remove it and {SettingRule.OAuthTokenSecret} from .env and the environment first");
        if (request.GivenKeys is not null && access.Environment != ETradeEnvironment.Simulator)
            throw new UsageException("--consumer-key and --consumer-secret are for the simulator only: other programs can see a command line. "
                + $"Put the keys for {access.Name} into .env or the environment");
        if (request.GivenKeys is not null && access.Keys is not null)
            throw new UsageException($"--consumer-key contradicts {SettingRule.ConsumerKey}, which every command uses: leave the option out, or empty the setting");
        return new ETradeConnection(access, new TokenStore(request.StateFolder, request.Time), null, (request, KeepsTokens: true));
    }

    public void Dispose() => Client.Dispose();

    void Keep(AccessToken? token)
    {
        if (token is null) _store.Delete(Access.Session);
        else _store.Save(Access.Session, new KeptSession(token, _givenKeys is { } keys ? (keys.Key, keys.Secret) : null));
    }

    /// <summary>Nobody knows when a token of the settings was made: it counts as today's until the broker says otherwise.</summary>
    static AccessToken? TokenOf(ConnectionRequest request) => (request.Settings.OAuthToken, request.Settings.OAuthTokenSecret) switch
    {
        ({ } token, { } secret) => new AccessToken(token.Reveal(), secret.Reveal(), request.Time.GetUtcNow()),
        (null, null) => null,
        _ => throw new UsageException($"{SettingRule.OAuthToken} and {SettingRule.OAuthTokenSecret} belong together: set both or none"),
    };
}
