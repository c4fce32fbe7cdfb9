using System.Globalization;

namespace EtradeBot.Simulator.Protocol.OAuth;

/// <summary>Who may come in: checks keys, stamps, nonces, signatures and tokens of every request.</summary>
sealed class OAuthGate(SimulatorOptions options, TokenDesk tokens, TimeProvider clock, TimeProvider wall)
{
    const long StampSeconds = 300;
    const int LongestNonce = 256;

    readonly NonceMemory _nonces = new();

    /// <summary>A request without a token: the first step.</summary>
    public OAuthProblem? CheckFirst(OAuthRequest oauth) =>
        Formal(oauth) ?? Signature(oauth, "") ?? Callback(oauth);

    /// <summary>The second step: an approved request token and its verifier.</summary>
    public OAuthProblem? CheckExchange(OAuthRequest oauth, out RequestToken? token)
    {
        token = null;
        if (Formal(oauth, "oauth_token", "oauth_verifier") is { } problem) return problem;
        token = tokens.FindRequest(oauth["oauth_token"]!);
        if (token is null) return OAuthProblem.TokenRejected;
        if (Signature(oauth, token.Secret) is { } wrong) return wrong;
        return token.IsExpiredAt(clock.GetUtcNow()) || token.Verifier is null || token.Verifier != oauth["oauth_verifier"] ? OAuthProblem.TokenRejected : null;
    }

    /// <summary>A request with an access token. A sleeping one passes only where it is to be woken or ended.</summary>
    public OAuthProblem? CheckAccess(OAuthRequest oauth, bool mayBeAsleep, out AccessToken? token)
    {
        token = null;
        if (Formal(oauth, "oauth_token") is { } problem) return problem;
        token = tokens.FindAccess(oauth["oauth_token"]!);
        if (token is null) return OAuthProblem.TokenRejected;
        if (Signature(oauth, token.Secret) is { } wrong) return wrong;
        var now = clock.GetUtcNow();
        if (token.IsExpiredAt(now) || (!mayBeAsleep && token.IsAsleepAt(now))) return OAuthProblem.TokenExpired;
        token.UsedAt = now;
        return null;
    }

    /// <summary>What can be said without any secret.</summary>
    OAuthProblem? Formal(OAuthRequest oauth, params ReadOnlySpan<string> further)
    {
        if (oauth.Repeated is { } twice) return OAuthProblem.Twice(twice);
        foreach (var name in (ReadOnlySpan<string>)["oauth_consumer_key", "oauth_signature_method", "oauth_signature", "oauth_timestamp", "oauth_nonce", .. further])
            if (string.IsNullOrEmpty(oauth[name])) return OAuthProblem.Absent(name);
        if (oauth["oauth_consumer_key"] != options.ConsumerKey) return OAuthProblem.KeyRejected;
        if (oauth["oauth_signature_method"] != "HMAC-SHA1") return OAuthProblem.MethodRejected;
        if (oauth["oauth_version"] is { } version && version != "1.0") return OAuthProblem.VersionRejected;
        if (oauth["oauth_nonce"]!.Length > LongestNonce) return new OAuthProblem("parameter_rejected", "oauth_parameters_rejected=oauth_nonce");
        return Timestamp(oauth["oauth_timestamp"]!);
    }

    /// <summary>Good by the customer's clock or by the simulated one, which may run apart from it.</summary>
    OAuthProblem? Timestamp(string text)
    {
        var real = wall.GetUtcNow().ToUnixTimeSeconds();
        var simulated = clock.GetUtcNow().ToUnixTimeSeconds();
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var stamp) && (IsNear(stamp, real) || IsNear(stamp, simulated))) return null;
        return OAuthProblem.TimestampRefused(real - StampSeconds, real + StampSeconds);
    }

    static bool IsNear(long stamp, long now) => stamp >= now - StampSeconds && stamp <= now + StampSeconds;

    OAuthProblem? Signature(OAuthRequest oauth, string tokenSecret)
    {
        var expected = OAuthSignature.Compute(OAuthSignature.BaseString(oauth.Method, oauth.Address, oauth.Signed), options.ConsumerSecret, tokenSecret);
        if (!OAuthSignature.Equal(expected, oauth["oauth_signature"]!)) return OAuthProblem.SignatureInvalid;
        // Only what is signed is remembered: nobody else can use up a nonce, or the memory.
        _nonces.ForgetBefore(Math.Min(wall.GetUtcNow().ToUnixTimeSeconds(), clock.GetUtcNow().ToUnixTimeSeconds()) - StampSeconds);
        var stamp = long.Parse(oauth["oauth_timestamp"]!, NumberStyles.None, CultureInfo.InvariantCulture);
        return _nonces.TryRemember(stamp, oauth["oauth_nonce"]!) ? null : OAuthProblem.NonceUsed;
    }

    static OAuthProblem? Callback(OAuthRequest oauth) => oauth["oauth_callback"] switch
    {
        null => OAuthProblem.Absent("oauth_callback"),
        "oob" => null,
        _ => OAuthProblem.CallbackRejected,
    };
}
