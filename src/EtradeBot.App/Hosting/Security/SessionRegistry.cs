using System.Security.Cryptography;
using System.Text;

namespace EtradeBot.App.Hosting.Security;

/// <summary>A login and what became of it.</summary>
/// <param name="Id">Shown in lists; opens nothing.</param>
/// <param name="Stamp">The user's when it began, see <see cref="KnownUser.Stamp"/>.</param>
/// <param name="From">The remote address.</param>
sealed record LoginSession(string Id, string UserId, string Stamp, string From, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt);

/// <summary>The sessions of this run of the program. The cookie holds a random number, this the hash of it and everything else, so a session
/// that was ended here is dead at once, wherever its cookie was copied to. Safe for several threads.</summary>
sealed class SessionRegistry(UserDirectory users, TimeProvider time)
{
    public static readonly TimeSpan LongestIdle = TimeSpan.FromHours(12);
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(7);

    readonly Lock _gate = new();
    readonly Dictionary<string, LoginSession> _byToken = [];

    /// <summary>Some session ended, or users changed: look whether yours is still alive.</summary>
    public event Action? Changed;

    /// <returns>What the cookie carries; kept nowhere.</returns>
    public string Open(KnownUser user, string from)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        lock (_gate)
        {
            RemoveDead();
            _byToken[Hash(token)] = new LoginSession(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), user.Id, user.Stamp, from, now, now);
        }
        return token;
    }

    /// <summary>The session of a cookie while it is alive, and its user.</summary>
    public (LoginSession Session, KnownUser User)? Find(string token)
    {
        lock (_gate) return _byToken.TryGetValue(Hash(token), out var session) && UserOf(session) is { } user ? (session, user) : null;
    }

    /// <summary>The user while the session is alive; null from its end on.</summary>
    public KnownUser? UserOf(string sessionId)
    {
        lock (_gate) return Entry(sessionId) is { } entry ? UserOf(entry.Value) : null;
    }

    /// <summary>The person has done something: the idle time begins anew.</summary>
    public void Touch(string sessionId)
    {
        lock (_gate)
            if (Entry(sessionId) is { } entry && UserOf(entry.Value) is not null)
                _byToken[entry.Key] = entry.Value with { LastSeenAt = time.GetUtcNow() };
    }

    /// <summary>Those alive, newest first.</summary>
    public IReadOnlyList<LoginSession> Alive
    {
        get
        {
            lock (_gate) return [.. _byToken.Values.Where(session => UserOf(session) is not null).OrderByDescending(session => session.CreatedAt)];
        }
    }

    public void End(string sessionId)
    {
        lock (_gate)
            if (Entry(sessionId) is { } entry) _byToken.Remove(entry.Key);
        Changed?.Invoke();
    }

    /// <summary>Something about users changed: sessions of an older stamp are over, and who waits is told.</summary>
    /// <param name="keptSessionId">That of the person who made the change goes on with the new stamp; empty for none.</param>
    public void UsersChanged(string keptSessionId = "")
    {
        lock (_gate)
        {
            if (Entry(keptSessionId) is { } entry && users.Find(entry.Value.UserId) is { } user) _byToken[entry.Key] = entry.Value with { Stamp = user.Stamp };
            RemoveDead();
        }
        Changed?.Invoke();
    }

    KeyValuePair<string, LoginSession>? Entry(string sessionId)
    {
        foreach (var entry in _byToken)
            if (entry.Value.Id == sessionId) return entry;
        return null;
    }

    KnownUser? UserOf(LoginSession session)
    {
        var now = time.GetUtcNow();
        return now - session.LastSeenAt < LongestIdle && now - session.CreatedAt < LongestLife && users.Find(session.UserId) is { } user && user.Stamp == session.Stamp ? user : null;
    }

    void RemoveDead()
    {
        foreach (var (key, session) in _byToken.ToArray())
            if (UserOf(session) is null) _byToken.Remove(key);
    }

    static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
