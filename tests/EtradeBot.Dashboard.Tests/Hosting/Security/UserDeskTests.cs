namespace EtradeBot.App.Hosting.Security;

public sealed class UserDeskTests : IDisposable
{
    readonly Guarded _on = new();

    static Actor Owner { get; } = new("owner", Role.Admin, () => true);

    public void Dispose() => _on.Dispose();

    [Fact]
    public async Task The_first_user_is_made_without_a_password_of_before_and_has_to_be_an_admin()
    {
        await Assert.ThrowsAsync<AccountException>(() => _on.Desk.AddAsync(Owner, new("vera", Role.Viewer, Guarded.Password), new("")));
        Assert.False(_on.Users.DemandsLogin);
        await _on.Desk.AddAsync(Owner, new("ann", Role.Admin, Guarded.Password), new(""));
        Assert.Equal(("ann", Role.Admin), (_on.Users.Users.Single().Name, _on.Users.Users.Single().Role));
    }

    [Fact]
    public async Task A_password_that_will_not_do_leaves_no_file_of_users()
    {
        await Assert.ThrowsAsync<AccountException>(() => _on.Desk.AddAsync(Owner, new("ann", Role.Admin, "short"), new("")));
        Assert.False(File.Exists(_on.Folder["users.db"]));
    }

    [Fact]
    public async Task Users_lie_in_a_file_that_only_its_owner_may_read_and_hold_no_password()
    {
        await _on.AddAsync("ann", Role.Admin);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_on.Folder["users.db"]));
        Assert.DoesNotContain(Guarded.Password, File.ReadAllText(_on.Folder["users.db"]), StringComparison.Ordinal);
        Assert.Equal(["users.db"], _on.Folder.Files().Where(file => !file.StartsWith("keys/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("role")]
    [InlineData("reset")]
    [InlineData("removal")]
    [InlineData("end")]
    public async Task Sessions_end_at_once_with_a_change_of(string what)
    {
        await _on.AddAsync("ann", Role.Admin);
        await _on.AddAsync("tom", Role.Trader);
        var (admin, trader) = (_on.LogIn("ann"), _on.LogIn("tom"));
        var told = 0;
        _on.Sessions.Changed += () => told++;
        await (what switch
        {
            "password" => _on.Desk.ChangeOwnPasswordAsync(trader, "another of my words", Guarded.Proof),
            "role" => _on.Desk.SetRoleAsync(admin, "tom", Role.Viewer, Guarded.Proof),
            "reset" => _on.Desk.ResetAsync(admin, "tom", "another of my words", Guarded.Proof),
            "removal" => _on.Desk.RemoveAsync(admin, "tom", Guarded.Proof),
            _ => Task.Run(() => _on.Desk.EndSession(admin, trader.SessionId), TestContext.Current.CancellationToken),
        });
        Assert.False(trader.IsAlive);
        Assert.Throws<NotAllowedException>(() => trader.Require(Role.Viewer));
        Assert.True(admin.IsAlive);
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task A_change_by_another_process_ends_sessions_too()
    {
        await _on.AddAsync("ann", Role.Admin);
        var admin = _on.LogIn("ann");
        using var elsewhere = new UserAccounts(_on.Folder.Path, _on.Time);
        await elsewhere.SetPasswordAsync("ann", "another of my words", SecondFactor.Removed);
        Assert.False(admin.IsAlive);
    }

    [Fact]
    public async Task The_last_admin_stays_an_admin()
    {
        await _on.AddAsync("ann", Role.Admin);
        await _on.AddAsync("tom", Role.Trader);
        var admin = _on.LogIn("ann");
        await Assert.ThrowsAsync<AccountException>(() => _on.Desk.SetRoleAsync(admin, "ann", Role.Trader, Guarded.Proof));
        await Assert.ThrowsAsync<AccountException>(() => _on.Desk.RemoveAsync(admin, "ann", Guarded.Proof));
        Assert.True(admin.IsAlive);
    }

    [Fact]
    public async Task Without_the_password_again_nothing_about_users_changes()
    {
        await _on.AddAsync("ann", Role.Admin);
        var admin = _on.LogIn("ann");
        await Assert.ThrowsAsync<NotAllowedException>(() => _on.Desk.AddAsync(admin, new("eve", Role.Admin, Guarded.Password), new("wrong")));
        Assert.Single(_on.Users.Users);
    }

    [Fact]
    public async Task A_second_factor_needs_a_code_to_turn_on_and_counts_from_then()
    {
        await _on.AddAsync("ann", Role.Admin);
        var (here, other) = (_on.LogIn("ann"), _on.LogIn("ann"));
        var secret = Totp.NewSecret();
        Assert.Null(await _on.Desk.TurnTotpOnAsync(here, secret, "000000", Guarded.Proof));
        var codes = await _on.Desk.TurnTotpOnAsync(here, secret, Totp.CodeAt(secret, _on.Time.GetUtcNow()), Guarded.Proof);
        Assert.NotNull(codes);
        Assert.Equal(10, codes.Distinct().Count());
        Assert.True(here.IsAlive);
        Assert.False(other.IsAlive);
        var file = File.ReadAllText(_on.Folder["users.db"]);
        Assert.DoesNotContain(secret, file, StringComparison.Ordinal);
        Assert.DoesNotContain(codes[0], file, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotAllowedException>(() => _on.Desk.TurnTotpOffAsync(here, Guarded.Proof));
        _on.Time.Advance(TimeSpan.FromMinutes(1));
        await _on.Desk.TurnTotpOffAsync(here, new(Guarded.Password, Totp.CodeAt(secret, _on.Time.GetUtcNow())));
        Assert.False(_on.Users.FindByName("ann")!.HasTotp);
    }

    [Fact]
    public async Task What_the_audit_log_cannot_hold_does_not_happen()
    {
        await _on.AddAsync("ann", Role.Admin);
        var admin = _on.LogIn("ann");
        Directory.CreateDirectory(_on.Folder["audit.jsonl"]);
        await Assert.ThrowsAsync<IOException>(() => _on.Desk.AddAsync(admin, new("eve", Role.Admin, Guarded.Password), Guarded.Proof));
        Assert.Single(_on.Users.Users);
    }

    [Fact]
    public async Task Everybody_sees_and_ends_own_sessions_and_an_admin_all()
    {
        await _on.AddAsync("ann", Role.Admin);
        await _on.AddAsync("vera", Role.Viewer);
        var (admin, viewer, again) = (_on.LogIn("ann"), _on.LogIn("vera"), _on.LogIn("vera"));
        Assert.Equal(3, _on.Desk.SessionsFor(admin).Count);
        Assert.Equal(2, _on.Desk.SessionsFor(viewer).Count);
        Assert.Throws<NotAllowedException>(() => _on.Desk.EndSession(viewer, admin.SessionId));
        _on.Desk.EndSession(viewer, again.SessionId);
        Assert.Equal((true, true, false), (admin.IsAlive, viewer.IsAlive, again.IsAlive));
    }

    [Fact]
    public async Task A_damaged_file_of_users_lets_nobody_act()
    {
        await _on.AddAsync("ann", Role.Admin);
        var admin = _on.LogIn("ann");
        File.WriteAllText(_on.Folder["users.db"], new string('x', 8192));
        Assert.Throws<IOException>(() => admin.Require(Role.Viewer));
        Assert.Contains("users.db", Assert.Throws<IOException>(() => _on.Users.DemandsLogin).Message, StringComparison.Ordinal);
    }
}
