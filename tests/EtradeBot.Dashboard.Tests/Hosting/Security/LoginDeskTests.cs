using System.Net;

namespace EtradeBot.App.Hosting.Security;

public sealed class LoginDeskTests : IDisposable
{
    static readonly IPAddress Home = IPAddress.Parse("203.0.113.7");
    static readonly IPAddress Elsewhere = IPAddress.Parse("198.51.100.9");

    readonly Guarded _on = new();

    public void Dispose() => _on.Dispose();

    [Fact]
    public async Task The_right_password_opens_a_session()
    {
        await _on.AddAsync("ann", Role.Admin);
        var done = Assert.IsType<LoginAnswer.Done>(await _on.Door.WithPasswordAsync("ANN ", Guarded.Password, Home));
        Assert.Equal("ann", _on.Sessions.Find(done.Token)!.Value.User.Name);
    }

    [Fact]
    public async Task The_answer_does_not_tell_whether_the_name_exists()
    {
        await _on.AddAsync("ann", Role.Admin);
        var known = await _on.Door.WithPasswordAsync("ann", "wrong", Home);
        var unknown = await _on.Door.WithPasswordAsync("nobody", "wrong", Elsewhere);
        Assert.IsType<LoginAnswer.Refused>(known);
        Assert.Equal(known, unknown);
    }

    [Fact]
    public async Task Failures_from_elsewhere_neither_stop_the_owner_nor_end_sessions()
    {
        await _on.AddAsync("ann", Role.Admin);
        var live = _on.LogIn("ann");
        for (var i = 0; i < 30; i++) await _on.Door.WithPasswordAsync("ann", "wrong " + i, Elsewhere);
        Assert.Contains("Too many", Assert.IsType<LoginAnswer.Refused>(await _on.Door.WithPasswordAsync("ann", Guarded.Password, Elsewhere)).Why, StringComparison.Ordinal);
        Assert.IsType<LoginAnswer.Done>(await _on.Door.WithPasswordAsync("ann", Guarded.Password, Home));
        Assert.IsType<LoginAnswer.Done>(await _on.Door.WithPasswordAsync("ann", Guarded.Password, IPAddress.Loopback));
        Assert.True(live.IsAlive);
    }

    [Fact]
    public async Task With_a_second_factor_the_password_alone_opens_nothing_and_each_code_counts_once()
    {
        var (secret, recovery) = await WithTotpAsync();
        _on.Time.Advance(TimeSpan.FromMinutes(1));
        var code = Totp.CodeAt(secret, _on.Time.GetUtcNow());
        var first = await PendingAsync();
        Assert.IsType<LoginAnswer.Refused>(await _on.Door.WithCodeAsync(first, "000000", Home));
        Assert.IsType<LoginAnswer.Done>(await _on.Door.WithCodeAsync(first, code, Home));
        Assert.IsType<LoginAnswer.Refused>(await _on.Door.WithCodeAsync(first, code, Home));
        Assert.IsType<LoginAnswer.Refused>(await _on.Door.WithCodeAsync(await PendingAsync(), code, Home));
        Assert.IsType<LoginAnswer.Done>(await _on.Door.WithCodeAsync(await PendingAsync(), recovery.ToLowerInvariant().Insert(4, " "), Home));
        Assert.IsType<LoginAnswer.Refused>(await _on.Door.WithCodeAsync(await PendingAsync(), recovery, Home));
    }

    [Fact]
    public async Task Five_wrong_codes_or_five_minutes_end_a_login_that_waits_for_its_code()
    {
        var (secret, _) = await WithTotpAsync();
        var tired = await PendingAsync();
        for (var i = 0; i < 5; i++)
        {
            await _on.Door.WithCodeAsync(tired, "000000", IPAddress.Parse("203.0.113." + (10 + i)));
        }
        Assert.False(_on.Door.IsPending(tired));
        var slow = await PendingAsync();
        _on.Time.Advance(LoginDesk.LongestPending);
        Assert.IsType<LoginAnswer.Refused>(await _on.Door.WithCodeAsync(slow, Totp.CodeAt(secret, _on.Time.GetUtcNow()), Home));
    }

    [Fact]
    public async Task Knowing_the_password_does_not_make_guessing_codes_free()
    {
        await WithTotpAsync();
        var tries = 0;
        for (var i = 0; i < 40; i++)
        {
            if (await _on.Door.WithPasswordAsync("ann", Guarded.Password, Elsewhere) is not LoginAnswer.NeedsCode step) continue;
            if (await _on.Door.WithCodeAsync(step.Pending, "000000", Elsewhere) is LoginAnswer.Refused { Why: var why } && why.StartsWith("The code", StringComparison.Ordinal)) tries++;
        }
        Assert.InRange(tries, 1, 4);
    }

    [Fact]
    public async Task A_full_disk_does_not_keep_the_owner_out()
    {
        await _on.AddAsync("ann", Role.Admin);
        Directory.CreateDirectory(_on.Folder["audit.jsonl"]);
        Assert.IsType<LoginAnswer.Done>(await _on.Door.WithPasswordAsync("ann", Guarded.Password, Home));
    }

    async Task<string> PendingAsync() => Assert.IsType<LoginAnswer.NeedsCode>(await _on.Door.WithPasswordAsync("ann", Guarded.Password, Home)).Pending;

    async Task<(string Secret, string Recovery)> WithTotpAsync()
    {
        await _on.AddAsync("ann", Role.Admin);
        var secret = Totp.NewSecret();
        var codes = await _on.Accounts.TurnTotpOnAsync("ann", secret, Totp.CodeAt(secret, _on.Time.GetUtcNow()));
        return (secret, codes![0]);
    }
}
