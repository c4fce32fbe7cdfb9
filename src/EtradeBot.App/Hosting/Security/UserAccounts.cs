using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace EtradeBot.App.Hosting.Security;

/// <summary>A change of users that is not possible; the message says why and what to do instead.</summary>
sealed class AccountException(string message) : Exception(message);

/// <summary>The users of <c>users.db</c>: ASP.NET Core Identity over EF Core. Checks no rights: <see cref="UserDesk"/> and the command line do.</summary>
/// <remarks>Identity and EF Core have a container of their own, built at the first use: a dashboard without users never loads them.</remarks>
sealed class UserAccounts : IDisposable
{
    const int HashRounds = 210_000; // of PBKDF2 with SHA-512: OWASP Password Storage Cheat Sheet, 2023
    const int RecoveryCodes = 10;

    readonly string _folder;
    readonly TimeProvider _time;
    readonly Lazy<ServiceProvider> _services;

    /// <summary>One change at a time within the process, so that two last admins cannot remove each other.</summary>
    readonly SemaphoreSlim _oneChange = new(1);

    public UserAccounts(string stateFolder, TimeProvider time)
    {
        _folder = stateFolder;
        _time = time;
        _services = new(Build);
    }

    string File => UserDirectory.PathIn(_folder);

    /// <exception cref="AccountException">The name or the password will not do, or the name is taken.</exception>
    public Task AddAsync(string name, Role role, string password)
    {
        // Judged before the file of users is made: one without any helps nobody.
        var trimmed = name.Trim();
        if (trimmed.Length is 0 or > 64 || trimmed.Any(letter => !char.IsLetterOrDigit(letter) && letter is not ('.' or '-' or '_' or '@'))) throw new AccountException($"the name {trimmed} will not do: use up to 64 letters, digits, '.', '-', '_' and '@'");
        if (PasswordRules.Refusal(trimmed, password) is { } refusal) throw new AccountException(refusal);
        return AddAsync(new DashboardUser { UserName = trimmed, Role = role, CreatedAt = _time.GetUtcNow() }, password);
    }

    Task AddAsync(DashboardUser fresh, string password) => ChangeAsync(async users =>
    {
        if (await users.FindByNameAsync(fresh.UserName!) is not null) throw new AccountException($"there is a user {fresh.UserName} already");
        if (fresh.Role != Role.Admin && !users.Users.Any(user => user.Role == Role.Admin)) throw new AccountException("the first user must be an admin: somebody has to be able to set up the others");
        Check(await users.CreateAsync(fresh, password));
    });

    /// <exception cref="AccountException">No such user, or the last admin while there are others.</exception>
    public Task RemoveAsync(string name) => ChangeAsync(async users =>
    {
        var user = await FindAsync(users, name);
        if (users.Users.Any(other => other.Id != user.Id)) KeepAdmin(users, user);
        Check(await users.DeleteAsync(user));
    });

    /// <exception cref="AccountException">No such user, or the last admin.</exception>
    public Task SetRoleAsync(string name, Role role) => ChangeAsync(async users =>
    {
        var user = await FindAsync(users, name);
        if (role != Role.Admin) KeepAdmin(users, user);
        user.Role = role;
        Check(await users.UpdateSecurityStampAsync(user));
    });

    /// <summary>A new password. The second factor goes with the old one when asked for: the way back for who lost the phone.</summary>
    public Task SetPasswordAsync(string name, string password, SecondFactor secondFactor) => ChangeAsync(async users =>
    {
        var user = await FindAsync(users, name);
        if (PasswordRules.Refusal(user.UserName!, password) is { } refusal) throw new AccountException(refusal);
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        if (secondFactor == SecondFactor.Removed) await ForgetTotpAsync(users, user);
        Check(await users.UpdateSecurityStampAsync(user));
    });

    /// <returns>True when it is this user's; for an unknown name false, after the same work.</returns>
    public Task<bool> IsPasswordAsync(string name, string password) => WithAsync(async users =>
    {
        // A longer one cannot be right, and hashing it would be work for free.
        if (password.Length > PasswordRules.Longest) password = "";
        var user = await users.FindByNameAsync(name.Trim());
        var hash = user?.PasswordHash ?? Decoy.GetOrAdd("", _ => users.PasswordHasher.HashPassword(new(), Convert.ToHexString(RandomNumberGenerator.GetBytes(16))));
        return users.PasswordHasher.VerifyHashedPassword(user ?? new(), hash, password) != PasswordVerificationResult.Failed && user is not null;
    });

    /// <summary>A hash that no password fits, for names that do not exist.</summary>
    static readonly ConcurrentDictionary<string, string> Decoy = [];

    /// <summary>Takes a code of the authenticator or, once, one of the recovery codes.</summary>
    public Task<bool> TakeCodeAsync(string name, string code) => ChangeAsync(async users =>
    {
        if (await users.FindByNameAsync(name.Trim()) is not { TwoFactorEnabled: true } user) return false;
        if (await users.GetAuthenticatorKeyAsync(user) is { } secret && Totp.Match(secret, code, _time.GetUtcNow(), user.LastTotpStep) is { } step)
        {
            user.LastTotpStep = step;
            Check(await users.UpdateAsync(user));
            return true;
        }
        return (await users.RedeemTwoFactorRecoveryCodeAsync(user, Accounts.Normal(code))).Succeeded;
    });

    /// <summary>Turns the second factor on once a code shows that the app has the secret.</summary>
    /// <returns>Recovery codes, to be shown once; null for a wrong code.</returns>
    public Task<IReadOnlyList<string>?> TurnTotpOnAsync(string name, string secret, string code) => ChangeAsync<IReadOnlyList<string>?>(async users =>
    {
        var user = await FindAsync(users, name);
        if (Totp.Match(secret, code, _time.GetUtcNow(), 0) is not { } step) return null;
        await users.Store.SetAuthenticatorKeyAsync(user, secret, CancellationToken.None);
        user.LastTotpStep = step;
        Check(await users.SetTwoFactorEnabledAsync(user, true));
        return [.. (await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes))!];
    });

    public Task TurnTotpOffAsync(string name) => ChangeAsync(async users =>
    {
        var user = await FindAsync(users, name);
        await ForgetTotpAsync(users, user);
        Check(await users.UpdateSecurityStampAsync(user));
    });

    /// <summary>How many recovery codes are left.</summary>
    public Task<int> RecoveryCodesLeftAsync(string name) => WithAsync(async users => await users.CountRecoveryCodesAsync(await FindAsync(users, name)));

    public void Dispose()
    {
        if (_services.IsValueCreated) _services.Value.Dispose();
        _oneChange.Dispose();
    }

    static async Task ForgetTotpAsync(Accounts users, DashboardUser user)
    {
        Check(await users.RemoveAuthenticationTokenAsync(user, "[AspNetUserStore]", "AuthenticatorKey"));
        Check(await users.RemoveAuthenticationTokenAsync(user, "[AspNetUserStore]", "RecoveryCodes"));
        user.TwoFactorEnabled = false;
        user.LastTotpStep = 0;
    }

    static void KeepAdmin(Accounts users, DashboardUser user)
    {
        if (!users.Users.Any(other => other.Role == Role.Admin && other.Id != user.Id)) throw new AccountException($"{user.UserName} is the last admin: make somebody else an admin first");
    }

    static async Task<DashboardUser> FindAsync(Accounts users, string name) =>
        await users.FindByNameAsync(name.Trim()) ?? throw new AccountException($"there is no user {name}: 'etrade-bot user list' shows who there is");

    static void Check(IdentityResult result)
    {
        if (!result.Succeeded) throw new AccountException(string.Join("; ", result.Errors.Select(error => error.Description.TrimEnd('.'))));
    }

    async Task ChangeAsync(Func<Accounts, Task> work) => await ChangeAsync(async users =>
    {
        await work(users);
        return true;
    });

    async Task<T> ChangeAsync<T>(Func<Accounts, Task<T>> work)
    {
        await _oneChange.WaitAsync();
        try
        {
            return await WithAsync(async users =>
            {
                // One transaction for all: what fails half-way leaves no trace.
                await using var change = await users.Context.Database.BeginTransactionAsync();
                var answer = await work(users);
                await change.CommitAsync();
                return answer;
            });
        }
        catch (DbUpdateException problem)
        {
            throw new IOException($"cannot write {File}: {(problem.InnerException ?? problem).Message.TrimEnd('.')}; what was there before is unchanged", problem);
        }
        finally
        {
            _oneChange.Release();
        }
    }

    async Task<T> WithAsync<T>(Func<Accounts, Task<T>> work)
    {
        await using var scope = _services.Value.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<Accounts>());
    }

    ServiceProvider Build()
    {
        UserFile.CreateIfMissing(File);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(DashboardKeys.Of(_folder));
        services.AddDbContext<UserContext>(options => options.UseSqlite(UserFile.Connection(File)));
        services.AddScoped<AccountStore>();
        services.AddScoped<IUserStore<DashboardUser>>(provider => provider.GetRequiredService<AccountStore>());
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = HashRounds);
        services.AddIdentityCore<DashboardUser>(options => options.User.AllowedUserNameCharacters = "").AddUserManager<Accounts>();
        services.Configure<IdentityOptions>(options => options.Password = new PasswordOptions { RequiredLength = PasswordRules.Shortest, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false });
        return services.BuildServiceProvider();
    }
}
