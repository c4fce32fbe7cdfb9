using EtradeBot.App.Broker;
using EtradeBot.App.Commands;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;
using EtradeBot.Brokers;
using EtradeBot.ETrade;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>A login between its two steps.</summary>
sealed class PendingLogin(ETradeConnection connection, LoginRequest request) : IDisposable
{
    /// <summary>To be opened by the person: shows the code.</summary>
    public Uri Page => request.AuthorizeUrl;

    public DateTimeOffset ExpiresAt => request.ExpiresAt;

    /// <summary>Who answers, in words.</summary>
    public string Answers => connection.Access.Answers;

    internal ETradeConnection Connection => connection;

    internal LoginRequest Request => request;

    public void Dispose() => connection.Dispose();
}

/// <summary>An account as a page may show it.</summary>
/// <param name="Name">Masked number, kind and name.</param>
/// <param name="Positions">How many it holds; null where the broker did not say.</param>
sealed record AccountRow(string Name, string Kind, bool IsActive, bool IsInUse, int? Positions)
{
    /// <summary>For the service alone; never shown.</summary>
    internal Secret Number { get; init; } = new("");
}

/// <summary>The daily login at the broker in two steps, its end, and the accounts behind it.</summary>
sealed class BrokerLogin(EffectiveSettings settings, LiveSession session, string stateFolder, (AuditLog Audit, TimeProvider Time) services)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The built-in simulator logs in by itself.</summary>
    public bool IsBuiltIn => settings.Current is { Environment: "simulator", BaseUrl: null };

    /// <summary>First step: asks for the page that shows the code.</summary>
    /// <exception cref="NotAllowedException">Not an admin.</exception>
    /// <exception cref="UsageException">A key is missing: names the setting.</exception>
    /// <exception cref="BrokerException">The broker refuses the key or the clock, or does not answer; says what to do.</exception>
    public async Task<PendingLogin> BeginAsync(Actor actor, CancellationToken stop = default)
    {
        actor.Require(Role.Admin);
        var connection = ETradeConnection.OpenForLogin(Request());
        try
        {
            var request = await Explained(connection.Access, () => connection.Client.Session.BeginLoginAsync(stop)).ConfigureAwait(false);
            return new PendingLogin(connection, request);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Second step: takes the code, proves the login with a call, and lets the session begin anew.</summary>
    /// <returns>How many accounts the login has.</returns>
    /// <exception cref="UsageException">No code.</exception>
    /// <inheritdoc cref="BeginAsync" path="/exception"/>
    public async Task<int> CompleteAsync(Actor actor, PendingLogin pending, string code, CancellationToken stop = default)
    {
        actor.Require(Role.Admin);
        if (!LoginDialog.CouldBeCode(code.Trim())) throw new UsageException("that is no code: it has 4 to 32 letters and digits, such as WXYZ89. The page still waits");
        services.Audit.Write(actor, "broker.login", pending.Answers);
        var (access, client) = (pending.Connection.Access, pending.Connection.Client);
        var accounts = await Explained(access, async () =>
        {
            await client.Session.CompleteLoginAsync(pending.Request, code, stop).ConfigureAwait(false);
            return await client.AccountsAsync(stop).ConfigureAwait(false);
        }).ConfigureAwait(false);
        await session.ReconnectAsync().ConfigureAwait(false);
        return accounts.Count;
    }

    /// <summary>Ends the login at the broker and forgets it here, whatever the broker answers.</summary>
    /// <exception cref="BrokerException">It is forgotten here, but the broker could not be told.</exception>
    /// <inheritdoc cref="BeginAsync" path="/exception"/>
    public async Task LogOutAsync(Actor actor, CancellationToken stop = default)
    {
        actor.Require(Role.Admin);
        var access = BrokerAccess.Of(settings.Current);
        services.Audit.Write(actor, "broker.logout", access.Answers);
        try
        {
            using var connection = ETradeConnection.Open(Request());
            await connection.Client.Session.RevokeAsync(stop).ConfigureAwait(false);
        }
        catch (BrokerException problem) when (problem.Fault == BrokerFault.SessionExpired)
        {
            // Over already, which is what was wanted.
        }
        catch (BrokerException problem)
        {
            throw new BrokerException(problem.Fault, problem.Fate, $"the login is forgotten here, but the broker may keep it until midnight New York time: {problem.Message}", problem);
        }
        finally
        {
            new TokenStore(stateFolder, services.Time).Delete(access.Session);
            await session.ReconnectAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The accounts of the login, each with the number of its positions.</summary>
    /// <returns>Null while there is no connection.</returns>
    /// <exception cref="NotAllowedException">Nobody is logged in here.</exception>
    /// <exception cref="BrokerException">The broker does not answer.</exception>
    public async Task<IReadOnlyList<AccountRow>?> AccountsAsync(Actor actor, CancellationToken stop = default)
    {
        actor.Require(Role.Viewer);
        if (session.Broker is not { } broker) return null;
        var rows = new List<AccountRow>();
        foreach (var account in await broker.Client.AccountsAsync(stop).ConfigureAwait(false))
        {
            var positions = account.IsActive ? (await broker.Client.PortfolioAsync(account.Key, stop).ConfigureAwait(false)).Positions.Count : (int?)null;
            var name = account.Name.Length > 0 ? account.Name : account.Description;
            rows.Add(new AccountRow($"{AccountChoice.Masked(account.Number)} {name}".TrimEnd(), account.Mode.Length > 0 ? account.Mode : account.Type, account.IsActive, account.Key == broker.AccountKey, positions) { Number = new Secret(account.Number) });
        }
        return rows;
    }

    ConnectionRequest Request() => new(settings.Current, stateFolder, services.Time) { Patience = Patience };

    static async Task<T> Explained<T>(BrokerAccess access, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (BrokerException problem)
        {
            throw BrokerRemedy.Add(problem, access);
        }
    }
}
