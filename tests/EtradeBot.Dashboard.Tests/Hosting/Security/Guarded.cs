using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Hosting.Security;

/// <summary>The services of the door over a folder of their own.</summary>
sealed class Guarded : IDisposable
{
    public const string Password = "four own words here";

    public Guarded()
    {
        Users = new(Folder.Path);
        Accounts = new(Folder.Path, Time);
        Sessions = new(Users, Time);
        Throttle = new(Time);
        Audit = new(Folder.Path, Time);
        StepUp = new(Users, Accounts, Throttle);
        Desk = new(Users, Accounts, Sessions, StepUp, Audit);
        Door = new(Users, Accounts, Sessions, Throttle, Audit, Time, NullLogger<LoginDesk>.Instance);
    }

    public static Proof Proof { get; } = new(Password);

    public TemporaryFolder Folder { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero));

    public UserDirectory Users { get; }

    public UserAccounts Accounts { get; }

    public SessionRegistry Sessions { get; }

    public LoginThrottle Throttle { get; }

    public AuditLog Audit { get; }

    public StepUp StepUp { get; }

    public UserDesk Desk { get; }

    public LoginDesk Door { get; }

    public Task AddAsync(string name, Role role) => Accounts.AddAsync(name, role, Password);

    /// <summary>As a page knows the person after a login.</summary>
    public Actor LogIn(string name)
    {
        var token = Sessions.Open(Users.FindByName(name)!, "127.0.0.1");
        var (session, user) = Sessions.Find(token)!.Value;
        return new Actor(user.Name, user.Role, () => Sessions.UserOf(session.Id) is not null) { SessionId = session.Id };
    }

    public void Dispose()
    {
        Accounts.Dispose();
        Folder.Dispose();
    }
}
