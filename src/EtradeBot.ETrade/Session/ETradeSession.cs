using EtradeBot.Brokers;
using EtradeBot.ETrade.Http;

namespace EtradeBot.ETrade;

/// <summary>The daily login and the life of its token. Safe for several threads. Reads and writes no file.</summary>
public sealed class ETradeSession : IDisposable
{
    const string LogIn = "Run 'etrade-bot login'.";
    static readonly TimeSpan RequestTokenLife = TimeSpan.FromMinutes(5);

    readonly Lock _gate = new();
    readonly ETradeOptions _options;
    readonly HttpMessageInvoker _attempts;
    TokenLife? _life;
    Task? _renewal;
    int _renewals;

    /// <param name="token">A token kept from earlier today; null: log in first.</param>
    /// <exception cref="ArgumentException">Settings that cannot be used, in words for the owner.</exception>
    internal ETradeSession(ETradeOptions options, AccessToken? token = null)
    {
        _options = options;
        Wire = new ETradeWire(options);
        _attempts = new HttpMessageInvoker(Wire.Attempts, disposeHandler: false);
        if (token is not null) _life = new TokenLife(token);
    }

    /// <summary>Called with each new token, and with null when it was revoked or the broker refuses it; what keeps it on disk listens here.</summary>
    /// <remarks>Midnight is not announced: <see cref="ExpiresAt"/> is known beforehand.</remarks>
    public event Action<AccessToken?>? TokenChanged;

    public TokenState State => Life?.At(_options.Time.GetUtcNow()) ?? TokenState.NeedsPerson;

    /// <summary>The token in use, asleep or past midnight as it may be; null without one.</summary>
    public AccessToken? Token => Life?.Token;

    /// <summary>The midnight in New York at which the token ends; null without one.</summary>
    public DateTimeOffset? ExpiresAt => Life?.EndsAt;

    internal ETradeWire Wire { get; }

    TokenLife? Life
    {
        get
        {
            lock (_gate) return _life;
        }
    }

    /// <summary>First half of the login. GET /oauth/request_token.</summary>
    /// <exception cref="BrokerException">Wrong key, wrong clock, no connection.</exception>
    public async Task<LoginRequest> BeginLoginAsync(CancellationToken stop = default)
    {
        var call = new ETradeCall(HttpMethod.Get, ETradeModule.OAuth, "/request_token", "begin the login");
        var (reply, state) = await AskAsync(call, default, [("oauth_callback", "oob")], stop).ConfigureAwait(false);
        var (token, secret) = TokenAnswer.Read(reply.Body) ?? throw NoToken(state, reply);
        var page = Wire.Hosts.AuthorizeUrl(_options.Consumer.Key, token);
        return new LoginRequest(page, _options.Time.GetUtcNow() + RequestTokenLife) { Token = token, Secret = secret };
    }

    /// <summary>Second half. GET /oauth/access_token.</summary>
    /// <param name="verifier">The code of the page, blanks around it allowed.</param>
    /// <exception cref="BrokerException">Wrong, spent or expired code.</exception>
    public async Task CompleteLoginAsync(LoginRequest request, string verifier, CancellationToken stop = default)
    {
        var call = new ETradeCall(HttpMethod.Get, ETradeModule.OAuth, "/access_token", "complete the login");
        verifier = verifier.Trim();
        if (verifier.Length == 0) throw Refusal(call, RequestFate.NotSent, "the code is empty", "Type the code that the login page shows.");
        var (reply, state) = await AskAsync(call, (request.Token, request.Secret), [("oauth_verifier", verifier)], stop).ConfigureAwait(false);
        var (token, secret) = TokenAnswer.Read(reply.Body) ?? throw NoToken(state, reply);
        Keep(new AccessToken(token, secret, reply.ReceivedAt));
    }

    /// <summary>Wakes an idle token; several callers at once share one request. GET /oauth/renew_access_token.</summary>
    /// <exception cref="BrokerException">No token, one past midnight, or the broker refuses to renew it: log in again.</exception>
    public async Task RenewAsync(CancellationToken stop = default)
    {
        try
        {
            await RenewSharedAsync(stop).ConfigureAwait(false);
        }
        catch (AttemptFailedException failure)
        {
            throw failure.Broker;
        }
    }

    /// <summary>Ends the token at the broker; without one there is nothing to do. GET /oauth/revoke_access_token.</summary>
    /// <exception cref="BrokerException">The broker could not be asked: the token still lives.</exception>
    public async Task RevokeAsync(CancellationToken stop = default)
    {
        if (Life is not { } life) return;
        var call = new ETradeCall(HttpMethod.Get, ETradeModule.OAuth, "/revoke_access_token", "end the login");
        try
        {
            if (life.At(_options.Time.GetUtcNow()) != TokenState.Expired) await AskAsync(call, (life.Token.Value, life.Token.Secret), [], stop).ConfigureAwait(false);
        }
        catch (BrokerException refused) when (refused.Fault == BrokerFault.SessionExpired)
        {
            // Dead already, which is what was wanted.
        }
        Drop(life.Token);
    }

    public void Dispose()
    {
        _attempts.Dispose();
        Wire.Dispose();
    }

    /// <exception cref="AttemptFailedException">No token, or one past midnight: known without asking the broker.</exception>
    internal TokenLife RequireToken(CallState state)
    {
        var life = Life;
        if (life is not null && life.At(_options.Time.GetUtcNow()) != TokenState.Expired) return life;
        var happened = life is null ? "nobody is logged in" : "the login ended at midnight in New York";
        throw new AttemptFailedException(state, Refusal(state.Call, RequestFate.NotSent, happened, LogIn), RetryRule.Never);
    }

    /// <summary>Gives the attempt the token, awake.</summary>
    internal async ValueTask SignAsync(CallState state, CancellationToken stop)
    {
        if (RequireToken(state).At(_options.Time.GetUtcNow()) == TokenState.Idle) await WakeAsync(state, stop).ConfigureAwait(false);
        lock (_gate)
        {
            if (_life is { } life) state.SignWith(life.Token, _renewals);
            else RequireToken(state);
        }
    }

    /// <summary>The broker took a request: the token's two hours begin anew.</summary>
    internal void NoteUse(CallState state, DateTimeOffset sentAt)
    {
        lock (_gate)
        {
            if (_life is { } life && life.Token == state.Access?.Token && sentAt > life.LastUse) _life = life with { LastUse = sentAt };
        }
    }

    /// <summary>A read was refused for its token: renews it, unless that, or a new login, has happened since.</summary>
    internal async Task RenewAfterRefusalAsync(CallState state, CancellationToken stop)
    {
        lock (_gate)
        {
            if (_life?.Token != state.Access?.Token || _renewals != state.Access?.Renewals) return;
        }
        await WakeAsync(state, stop).ConfigureAwait(false);
    }

    /// <summary>A call ended for its token: after a renewal that is final, before one the next call renews first.</summary>
    internal void NoteFailure(AttemptFailedException failure)
    {
        if (failure.Retry != RetryRule.OnceRenewed || failure.State.Access is not { } access) return;
        if (failure.State.FailuresOf(RetryRule.OnceRenewed) > 1)
        {
            Drop(access.Token);
            return;
        }
        lock (_gate)
        {
            if (_life?.Token == access.Token && _renewals == access.Renewals) _life = _life with { IsDoubted = true };
        }
    }

    async Task WakeAsync(CallState state, CancellationToken stop)
    {
        try
        {
            await RenewSharedAsync(stop).ConfigureAwait(false);
        }
        catch (AttemptFailedException failure)
        {
            // The call itself never left; its own rule of retries goes on where the renewal failed in passing.
            var cause = failure.Broker;
            var broker = new BrokerException(cause.Fault, RequestFate.NotSent, cause.Message, cause) { Code = cause.Code, HttpStatus = cause.HttpStatus, BrokerMessage = cause.BrokerMessage };
            throw new AttemptFailedException(state, broker, failure.Retry is RetryRule.BackOff or RetryRule.Paced ? failure.Retry : RetryRule.Never);
        }
    }

    async Task RenewSharedAsync(CancellationToken stop)
    {
        var call = new ETradeCall(HttpMethod.Get, ETradeModule.OAuth, "/renew_access_token", "renew the login");
        var life = RequireToken(new CallState(call));
        TaskCompletionSource? mine = null;
        Task renewal;
        lock (_gate)
        {
            if (_renewal is null) _renewal = (mine = new TaskCompletionSource()).Task;
            renewal = _renewal;
        }
        // Nobody's own: whoever gives up waiting must not end it for the others.
        if (mine is not null) _ = RenewOnceAsync(call, life.Token, mine);
        try
        {
            await renewal.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (AttemptFailedException failure) when (failure.Retry == RetryRule.OnceRenewed)
        {
            if (failure.State.Token == life.Token.Value) Drop(life.Token);
            throw;
        }
    }

    async Task RenewOnceAsync(ETradeCall call, AccessToken token, TaskCompletionSource renewal)
    {
        try
        {
            var sentAt = _options.Time.GetUtcNow();
            await AttemptAsync(call, (token.Value, token.Secret), [], CancellationToken.None).ConfigureAwait(false);
            lock (_gate)
            {
                _renewal = null;
                _renewals++;
                if (_life?.Token == token) _life = new TokenLife(token, sentAt, IsDoubted: false);
            }
            // Outside the lock: who waited goes on right here.
            renewal.SetResult();
        }
        catch (Exception problem)
        {
            lock (_gate) _renewal = null;
            renewal.SetException(problem);
        }
    }

    async Task<(ETradeReply Reply, CallState State)> AskAsync(ETradeCall call, (string Token, string Secret) token, (string, string)[] extras, CancellationToken stop)
    {
        try
        {
            return await AttemptAsync(call, token, extras, stop).ConfigureAwait(false);
        }
        catch (AttemptFailedException failure) when (failure.Retry == RetryRule.OnceRenewed && call.Path == "/access_token")
        {
            throw Refusal(call, RequestFate.Refused, "the code is wrong, was used before, or is older than five minutes", "Start again with 'etrade-bot login'.", failure.Broker);
        }
        catch (AttemptFailedException failure)
        {
            throw failure.Broker;
        }
    }

    /// <summary>One attempt, and a second one with a new nonce where the broker stumbled over the first one's.</summary>
    async Task<(ETradeReply Reply, CallState State)> AttemptAsync(ETradeCall call, (string Token, string Secret) token, (string, string)[] extras, CancellationToken stop)
    {
        var state = new CallState(call) { OAuthExtras = extras };
        state.SignWith(token.Token ?? "", token.Secret ?? "");
        while (true)
        {
            try
            {
                using var request = Wire.Request(state);
                using var response = await _attempts.SendAsync(request, stop).ConfigureAwait(false);
                return (state.Reply!, state);
            }
            catch (AttemptFailedException failure) when (failure.Retry == RetryRule.OnceNow && state.FailuresOf(RetryRule.OnceNow) == 1)
            {
                // The loop is the remedy.
            }
        }
    }

    void Keep(AccessToken token)
    {
        lock (_gate) _life = new TokenLife(token);
        TokenChanged?.Invoke(token);
    }

    void Drop(AccessToken token)
    {
        lock (_gate)
        {
            if (_life?.Token != token) return;
            _life = null;
        }
        TokenChanged?.Invoke(null);
    }

    static BrokerException NoToken(CallState state, ETradeReply reply) =>
        new(BrokerFault.UnexpectedReply, RequestFate.Refused, Verdict.Sentence(state.Call, RequestFate.Refused, "the answer holds no token", "Try again.")) { HttpStatus = reply.Status };

    static BrokerException Refusal(ETradeCall call, RequestFate fate, string happened, string remedy, BrokerException? cause = null) =>
        new(BrokerFault.SessionExpired, fate, Verdict.Sentence(call, fate, happened, remedy), cause) { HttpStatus = cause?.HttpStatus };
}
