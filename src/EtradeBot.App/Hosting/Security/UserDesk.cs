namespace EtradeBot.App.Hosting.Security;

/// <summary>A user to be.</summary>
sealed record NewUser(string Name, Role Role, string Password);

/// <summary>What a person proves again before a change that could lock others out.</summary>
/// <param name="Code">Of the authenticator, where it is on.</param>
sealed record Proof(string Password, string Code = "");

/// <summary>What people change about users and sessions from the pages: every right is checked here, every change is in the audit log, and ends the sessions it must.</summary>
/// <remarks>Each method throws <see cref="NotAllowedException"/> for want of rights or a wrong <see cref="Proof"/>, <see cref="AccountException"/> for what cannot be, and
/// <see cref="IOException"/> when the change or its line in the audit log cannot be written.</remarks>
sealed class UserDesk(UserDirectory users, UserAccounts accounts, SessionRegistry sessions, StepUp stepUp, AuditLog audit)
{
    /// <summary>The first user turns the login on; the owner's open pages end with it.</summary>
    public async Task AddAsync(Actor actor, NewUser user, Proof proof)
    {
        actor.Require(Role.Admin);
        await stepUp.RequireAsync(actor, proof.Password, proof.Code);
        audit.Write(actor, "user.add", $"{user.Name} as {Word(user.Role)}");
        await accounts.AddAsync(user.Name, user.Role, user.Password);
        sessions.UsersChanged();
    }

    public async Task RemoveAsync(Actor actor, string name, Proof proof)
    {
        actor.Require(Role.Admin);
        await stepUp.RequireAsync(actor, proof.Password, proof.Code);
        audit.Write(actor, "user.remove", name);
        await accounts.RemoveAsync(name);
        sessions.UsersChanged();
    }

    public async Task SetRoleAsync(Actor actor, string name, Role role, Proof proof)
    {
        actor.Require(Role.Admin);
        await stepUp.RequireAsync(actor, proof.Password, proof.Code);
        audit.Write(actor, "user.role", $"{name} becomes {Word(role)}");
        await accounts.SetRoleAsync(name, role);
        sessions.UsersChanged();
    }

    /// <summary>A new password for somebody, without a second factor until they turn it on again.</summary>
    public async Task ResetAsync(Actor actor, string name, string password, Proof proof)
    {
        actor.Require(Role.Admin);
        await stepUp.RequireAsync(actor, proof.Password, proof.Code);
        audit.Write(actor, "user.reset", name);
        await accounts.SetPasswordAsync(name, password, SecondFactor.Removed);
        sessions.UsersChanged();
    }

    /// <summary>Ends all sessions of this user, this one too.</summary>
    public async Task ChangeOwnPasswordAsync(Actor actor, string password, Proof proof)
    {
        await RequireOwnAsync(actor, proof);
        audit.Write(actor, "password.change", "");
        await accounts.SetPasswordAsync(actor.Name, password, SecondFactor.Kept);
        sessions.UsersChanged();
    }

    /// <summary>Turns the second factor on; other sessions of this user end.</summary>
    /// <param name="secret">Shown to the app, see <see cref="Totp.NewSecret"/>.</param>
    /// <param name="code">Shows that the app has it.</param>
    /// <returns>Recovery codes, to be shown once; null for a wrong code.</returns>
    public async Task<IReadOnlyList<string>?> TurnTotpOnAsync(Actor actor, string secret, string code, Proof proof)
    {
        await RequireOwnAsync(actor, proof);
        audit.Write(actor, "totp.on", "");
        var codes = await accounts.TurnTotpOnAsync(actor.Name, secret, code);
        sessions.UsersChanged(codes is null ? "" : actor.SessionId);
        return codes;
    }

    public async Task TurnTotpOffAsync(Actor actor, Proof proof)
    {
        await RequireOwnAsync(actor, proof);
        audit.Write(actor, "totp.off", "");
        await accounts.TurnTotpOffAsync(actor.Name);
        sessions.UsersChanged(actor.SessionId);
    }

    public async Task<int> RecoveryCodesLeftAsync(Actor actor)
    {
        actor.Require(Role.Viewer);
        return await accounts.RecoveryCodesLeftAsync(actor.Name);
    }

    /// <summary>An admin may end any session, everybody else their own.</summary>
    public void EndSession(Actor actor, string sessionId)
    {
        actor.Require(sessions.UserOf(sessionId)?.Name == actor.Name ? Role.Viewer : Role.Admin);
        audit.Write(actor, "session.end", sessions.UserOf(sessionId)?.Name ?? "");
        sessions.End(sessionId);
    }

    /// <summary>Own sessions; for an admin everybody's.</summary>
    public IReadOnlyList<(LoginSession Session, KnownUser User)> SessionsFor(Actor actor)
    {
        actor.Require(Role.Viewer);
        return
        [
            .. from session in sessions.Alive
               let user = users.Find(session.UserId)
               where user is not null && (actor.May(Role.Admin) || user.Name == actor.Name)
               select (session, user),
        ];
    }

    public IReadOnlyList<KnownUser> UsersFor(Actor actor)
    {
        actor.Require(Role.Admin);
        return users.Users;
    }

    public KnownUser? OwnAccount(Actor actor)
    {
        actor.Require(Role.Viewer);
        return users.FindByName(actor.Name);
    }

    public AuditReport AuditFor(Actor actor)
    {
        actor.Require(Role.Admin);
        return AuditReader.Read(audit);
    }

    async Task RequireOwnAsync(Actor actor, Proof proof)
    {
        actor.Require(Role.Viewer);
        if (users.FindByName(actor.Name) is null) throw new AccountException("no user is set up: add the first one");
        await stepUp.RequireAsync(actor, proof.Password, proof.Code);
    }

    static string Word(Role role) => role.ToString().ToLowerInvariant();
}
