namespace EtradeBot.ETrade;

/// <summary>What can be done with the access token, by the client's own clock and the broker's last word.</summary>
public enum TokenState
{
    /// <summary>None yet, revoked, or refused by the broker: a person has to log in.</summary>
    NeedsPerson,

    Valid,

    /// <summary>Two hours without a call have passed or are about to: it wakes up by renewing.</summary>
    Idle,

    /// <summary>Midnight in New York is less than an hour away.</summary>
    Expiring,

    /// <summary>Past midnight in New York: a person has to log in.</summary>
    Expired,
}

/// <summary>A login that a person has to confirm in a browser.</summary>
/// <param name="AuthorizeUrl">The page to open; the code it shows completes the login. Valid for five minutes.</param>
public sealed record LoginRequest(Uri AuthorizeUrl, DateTimeOffset ExpiresAt)
{
    internal string Token { get; init; } = "";

    internal string Secret { get; init; } = "";

    public override string ToString() => "login request ****";
}
