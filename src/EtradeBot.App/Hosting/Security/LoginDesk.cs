using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace EtradeBot.App.Hosting.Security;

/// <summary>What came of a try to log in.</summary>
abstract record LoginAnswer
{
    /// <param name="Why">For the person; does not tell whether the name exists.</param>
    public sealed record Refused(string Why) : LoginAnswer;

    /// <param name="Pending">Stands for the password given: the code goes with it.</param>
    public sealed record NeedsCode(string Pending) : LoginAnswer;

    /// <param name="Token">For the cookie.</param>
    public sealed record Done(string Token) : LoginAnswer;
}

/// <summary>The door: password, then the second factor where it is on. Safe for several threads.</summary>
sealed partial class LoginDesk(UserDirectory users, UserAccounts accounts, SessionRegistry sessions, LoginThrottle throttle, AuditLog audit, TimeProvider time, ILogger<LoginDesk> logger)
{
    public static readonly TimeSpan LongestPending = TimeSpan.FromMinutes(5);

    const int MostCodes = 5;

    readonly Lock _gate = new();
    readonly Dictionary<string, (KnownUser User, DateTimeOffset Until, int Tries)> _pending = [];

    public async Task<LoginAnswer> WithPasswordAsync(string name, string password, IPAddress address)
    {
        if (!users.DemandsLogin) return new LoginAnswer.Refused("No user is set up: there is nothing to log in to.");
        if (throttle.Begin(name, address) is { } wait) return TooMany(wait);
        if (!await accounts.IsPasswordAsync(name, password) || users.FindByName(name.Trim()) is not { } user)
        {
            Note(users.FindByName(name.Trim())?.Name ?? "unknown name", "login.failed", $"password, from {address}");
            return new LoginAnswer.Refused("Name or password is wrong.");
        }
        if (!user.HasTotp) return Complete(user, address);
        throttle.TakeBack(name, address);
        var pending = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        lock (_gate)
        {
            foreach (var (key, entry) in _pending.ToArray())
                if (entry.Until <= time.GetUtcNow()) _pending.Remove(key);
            _pending[pending] = (user, time.GetUtcNow() + LongestPending, 0);
        }
        return new LoginAnswer.NeedsCode(pending);
    }

    /// <param name="code">Of the authenticator, or a recovery code.</param>
    public async Task<LoginAnswer> WithCodeAsync(string pending, string code, IPAddress address)
    {
        if (Pending(pending) is not { } user) return new LoginAnswer.Refused("This login took too long or had too many wrong codes: begin again.");
        if (throttle.Begin(user.Name, address) is { } wait) return TooMany(wait);
        if (!CountTry(pending)) return new LoginAnswer.Refused("This login took too long or had too many wrong codes: begin again.");
        if (!await accounts.TakeCodeAsync(user.Name, code))
        {
            Note(user.Name, "login.failed", $"code, from {address}");
            return new LoginAnswer.Refused("The code is wrong or was used before.");
        }
        lock (_gate) _pending.Remove(pending);
        // The password may have changed between the two steps.
        return users.Find(user.Id) is { } now && now.Stamp == user.Stamp ? Complete(now, address) : new LoginAnswer.Refused("The account has changed meanwhile: begin again.");
    }

    /// <summary>Whether a code is still waited for.</summary>
    public bool IsPending(string pending) => Pending(pending) is not null;

    public void LogOut(Actor actor)
    {
        sessions.End(actor.SessionId);
        Note(actor.Name, "logout", "");
    }

    LoginAnswer.Done Complete(KnownUser user, IPAddress address)
    {
        throttle.Succeeded(user.Name, address);
        Note(user.Name, "login", $"from {address}");
        return new LoginAnswer.Done(sessions.Open(user, address.ToString()));
    }

    KnownUser? Pending(string pending)
    {
        lock (_gate) return _pending.TryGetValue(pending, out var entry) && entry.Until > time.GetUtcNow() && entry.Tries < MostCodes ? entry.User : null;
    }

    bool CountTry(string pending)
    {
        lock (_gate)
        {
            if (!_pending.TryGetValue(pending, out var entry) || entry.Tries >= MostCodes) return false;
            _pending[pending] = entry with { Tries = entry.Tries + 1 };
            return true;
        }
    }

    static LoginAnswer.Refused TooMany(TimeSpan wait) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Too many tries from your address: wait {Math.Ceiling(wait.TotalSeconds)} s, then try again."));

    /// <summary>A full disk must not keep the owner from the stop button, so a login goes on without its line where any other action would not.</summary>
    void Note(string name, string action, string detail)
    {
        try
        {
            audit.Write(name, action, detail);
        }
        catch (IOException problem)
        {
            LogUnwritten(logger, action, problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Action} is missing in the audit log: {Reason}")]
    static partial void LogUnwritten(ILogger logger, string action, string reason);
}
