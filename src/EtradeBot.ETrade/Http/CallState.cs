namespace EtradeBot.ETrade.Http;

/// <summary>What belongs to one call on its way through the handlers. One attempt at a time writes it.</summary>
sealed class CallState(ETradeCall call)
{
    static readonly HttpRequestOptionsKey<CallState> Key = new("etrade-call");

    readonly Dictionary<RetryRule, int> _failures = [];

    public ETradeCall Call { get; } = call;

    /// <summary>The token that signs; empty for the first step of the login.</summary>
    public string Token { get; private set; } = "";

    public string TokenSecret { get; private set; } = "";

    /// <summary>Parameters that only steps of the login have, such as <c>oauth_callback</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> OAuthExtras { get; init; } = [];

    /// <summary>The access token of the attempt, and how often it had been renewed by then.</summary>
    public (AccessToken Token, int Renewals)? Access { get; private set; }

    /// <summary>The answer of the last attempt, if it had one.</summary>
    public ETradeReply? Reply { get; set; }

    public AttemptFailedException? LastFailure { get; private set; }

    /// <summary>The body, which knows whether it was asked for; null for a GET.</summary>
    public WatchedContent? Content { get; init; }

    /// <summary>Something that might have an effect may have left this machine.</summary>
    public bool MayHaveLeft => Content is { Started: true };

    public static CallState Of(HttpRequestMessage request) =>
        request.Options.TryGetValue(Key, out var state) ? state : throw new InvalidOperationException("the request did not come from the wire");

    public void Attach(HttpRequestMessage request) => request.Options.Set(Key, this);

    public void SignWith(AccessToken token, int renewals)
    {
        SignWith(token.Value, token.Secret);
        Access = (token, renewals);
    }

    public void SignWith(string token, string secret) => (Token, TokenSecret) = (token, secret);

    public void Note(AttemptFailedException failure)
    {
        LastFailure = failure;
        _failures[failure.Retry] = FailuresOf(failure.Retry) + 1;
    }

    public int FailuresOf(RetryRule rule) => _failures.GetValueOrDefault(rule);
}
