using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Hosting.Bots;

public sealed class LiveLockTests : IDisposable
{
    readonly Guarded _guarded = new();
    readonly LiveLock _lock;

    public LiveLockTests() => _lock = new LiveLock(_guarded.StepUp, _guarded.Audit, _guarded.Time);

    public void Dispose() => _guarded.Dispose();

    [Fact]
    public async Task The_words_and_the_password_unlock_for_twelve_hours_and_both_are_needed()
    {
        await _guarded.AddAsync("ada", Role.Admin);
        await _guarded.AddAsync("tess", Role.Trader);
        var tess = _guarded.LogIn("tess");
        Assert.Contains("locked", _lock.Forbids(TradingMode.Live));
        await Assert.ThrowsAsync<NotAllowedException>(() => _lock.OpenAsync(tess, "yes", Guarded.Password, ""));
        await Assert.ThrowsAsync<NotAllowedException>(() => _lock.OpenAsync(tess, LiveLock.Phrase, "wrong", ""));
        Assert.False(_lock.IsOpen);
        await _lock.OpenAsync(tess, LiveLock.Phrase, Guarded.Password, "");
        Assert.Equal("", _lock.Forbids(TradingMode.Live));
        _guarded.Time.Advance(LiveLock.Life);
        Assert.Contains("locked", _lock.Forbids(TradingMode.Live));
        Assert.Contains("live.unlock", File.ReadAllText(_guarded.Audit.Path));
        Assert.DoesNotContain(Guarded.Password, File.ReadAllText(_guarded.Audit.Path));
    }

    [Fact]
    public async Task Other_money_is_never_locked_and_a_trader_locks_again()
    {
        foreach (var mode in new TradingMode?[] { TradingMode.Simulated, TradingMode.Paper, TradingMode.Sandbox, null }) Assert.Equal("", _lock.Forbids(mode));
        await _lock.OpenAsync(Actors.Trader, LiveLock.Phrase, "", "");
        _lock.Close(Actors.Trader);
        Assert.False(_lock.IsOpen);
    }

    [Fact]
    public void A_bot_does_not_start_on_real_money_that_is_locked()
    {
        using var host = new TradingHost(new TradingHostParts(_guarded.Folder.Path, new Live.LiveState(), (_, _, _) => throw new InvalidOperationException(), _guarded.Audit) { Time = _guarded.Time, Lock = _lock });
        Assert.Contains("real money is locked", Assert.Throws<NotAllowedException>(() => host.RequireUnlocked(TradingMode.Live)).Message);
        host.RequireUnlocked(TradingMode.Paper);
    }
}
