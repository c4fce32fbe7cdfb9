using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.Simulator.Protocol.OAuth;

/// <summary>A token of the first step, on its way to be approved. Prints as ****.</summary>
sealed class RequestToken(string value, string secret, DateTimeOffset issuedAt)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public string Value { get; } = value;

    public string Secret { get; } = secret;

    public DateTimeOffset IssuedAt { get; } = issuedAt;

    /// <summary>The code that proves a person's consent; null before that.</summary>
    public string? Verifier { get; set; }

    public bool IsExpiredAt(DateTimeOffset now) => now - IssuedAt >= Life;

    public override string ToString() => "****";
}

/// <summary>A token that opens the accounts. Prints as ****.</summary>
sealed class AccessToken(string value, string secret, DateTimeOffset issuedAt)
{
    /// <summary>Without a call for so long, a token has to be renewed.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2);

    public string Value { get; } = value;

    public string Secret { get; } = secret;

    public DateTimeOffset IssuedAt { get; } = issuedAt;

    public DateTimeOffset UsedAt { get; set; } = issuedAt;

    /// <summary>Ended before its time by a fault.</summary>
    public bool IsDead { get; set; }

    /// <summary>The midnight in New York that follows: a rule of the calendar, not 24 hours.</summary>
    public DateTimeOffset EndsAt => MarketCalendar.Nyse.At(MarketCalendar.Nyse.DayOf(IssuedAt).AddDays(1), TimeOnly.MinValue);

    public bool IsExpiredAt(DateTimeOffset now) => IsDead || now >= EndsAt;

    public bool IsAsleepAt(DateTimeOffset now) => now - UsedAt >= Idle;

    public override string ToString() => "****";
}

/// <summary>All tokens given out. Each is drawn from the seed and a running number, so that a run can be repeated.</summary>
sealed class TokenDesk(int seed)
{
    const int SecretBytes = 32;
    const int MostTokens = 1_000;
    const string VerifierLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>How long a token that has ended is still known as such.</summary>
    static readonly TimeSpan Remembered = TimeSpan.FromDays(2);

    readonly Dictionary<string, RequestToken> _requests = new(StringComparer.Ordinal);
    readonly Dictionary<string, AccessToken> _access = new(StringComparer.Ordinal);

    /// <summary>Draws so far.</summary>
    public int Drawn { get; private set; }

    public IReadOnlyCollection<AccessToken> AccessTokens => _access.Values;

    public RequestToken IssueRequest(DateTimeOffset now)
    {
        Drop(_requests, token => now - token.IssuedAt >= Remembered, token => token.IssuedAt);
        var token = new RequestToken(Draw(), Draw(), now);
        return _requests[token.Value] = token;
    }

    public RequestToken? FindRequest(string value) => _requests.GetValueOrDefault(value);

    public AccessToken? FindAccess(string value) => _access.GetValueOrDefault(value);

    /// <summary>A person agreed: the same code however often the page is sent.</summary>
    public string Approve(RequestToken token) => token.Verifier ??= DrawVerifier();

    /// <summary>Spends the request token.</summary>
    public AccessToken Exchange(RequestToken spent, DateTimeOffset now)
    {
        _requests.Remove(spent.Value);
        Drop(_access, token => now - token.EndsAt >= Remembered, token => token.IssuedAt);
        var token = new AccessToken(Draw(), Draw(), now);
        return _access[token.Value] = token;
    }

    public void Revoke(AccessToken token) => _access.Remove(token.Value);

    /// <summary>Takes up what was given out before a restart.</summary>
    public void Restore(int drawn, IEnumerable<AccessToken> tokens)
    {
        Drawn = drawn;
        foreach (var token in tokens) _access[token.Value] = token;
    }

    static void Drop<T>(Dictionary<string, T> tokens, Func<T, bool> isOver, Func<T, DateTimeOffset> age)
    {
        foreach (var (value, token) in tokens)
            if (isOver(token)) tokens.Remove(value);
        while (tokens.Count >= MostTokens) tokens.Remove(tokens.MinBy(entry => age(entry.Value)).Key);
    }

    string Draw()
    {
        var random = Stream();
        var bytes = new byte[SecretBytes];
        for (var i = 0; i < bytes.Length; i += sizeof(ulong)) BitConverter.TryWriteBytes(bytes.AsSpan(i), random.Next());
        return Convert.ToBase64String(bytes);
    }

    string DrawVerifier()
    {
        var random = Stream();
        var length = 5 + (int)(random.Next() % 3);
        return string.Create(CultureInfo.InvariantCulture, $"{string.Concat(Enumerable.Range(0, length).Select(_ => VerifierLetters[(int)(random.Next() % (ulong)VerifierLetters.Length)]))}");
    }

    SeededRandom Stream() => new(SeededRandom.Derive((ulong)(uint)seed, "token", ++Drawn));
}
