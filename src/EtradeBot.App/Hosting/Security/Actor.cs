namespace EtradeBot.App.Hosting.Security;

/// <summary>What a person may do; each role may do what those before it may.</summary>
enum Role
{
    /// <summary>Look.</summary>
    Viewer,

    /// <summary>Place, change and cancel orders, run backtests, change the watchlist.</summary>
    Trader,

    /// <summary>Change settings, users and data.</summary>
    Admin,
}

/// <summary>Who asks for an action. Every service checks it itself: a page that hides a button protects nothing.</summary>
/// <param name="name">As the audit log shows it.</param>
/// <param name="isAlive">False once the session was logged out, has expired, or its rights changed.</param>
sealed class Actor(string name, Role role, Func<bool> isAlive)
{
    /// <summary>Whoever has started this program from a terminal, to which the machine belongs.</summary>
    public static Actor Terminal { get; } = new("terminal", Role.Admin, () => true);

    public string Name { get; } = name;

    public Role Role { get; } = role;

    /// <summary>The session that asks; empty for the owner of the machine while no user is set up.</summary>
    public string SessionId { get; init; } = "";

    public bool IsAlive => isAlive();

    public bool May(Role needed) => isAlive() && Role >= needed;

    /// <exception cref="NotAllowedException">The session is over, or the role does not suffice.</exception>
    public void Require(Role needed)
    {
        if (!isAlive()) throw new NotAllowedException("this session is over: log in again");
        if (Role < needed) throw new NotAllowedException($"{Name} is a {Role.ToString().ToLowerInvariant()}: this needs the role {needed.ToString().ToLowerInvariant()}. An admin can change roles under Settings, Security");
    }
}

/// <summary>An action was refused for want of rights; nothing was done.</summary>
sealed class NotAllowedException(string message) : Exception(message);
