namespace EtradeBot.App.Hosting.Security;

public sealed class SessionRegistryTests : IDisposable
{
    readonly Guarded _on = new();

    public void Dispose() => _on.Dispose();

    [Fact]
    public async Task Half_a_day_without_a_person_ends_a_session()
    {
        await _on.AddAsync("ann", Role.Admin);
        var actor = _on.LogIn("ann");
        _on.Time.Advance(SessionRegistry.LongestIdle - TimeSpan.FromSeconds(1));
        Assert.True(actor.IsAlive);
        _on.Sessions.Touch(actor.SessionId);
        _on.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(actor.IsAlive);
        _on.Time.Advance(SessionRegistry.LongestIdle);
        Assert.False(actor.IsAlive);
        _on.Sessions.Touch(actor.SessionId);
        Assert.False(actor.IsAlive);
    }

    [Fact]
    public async Task A_week_ends_every_session()
    {
        await _on.AddAsync("ann", Role.Admin);
        var actor = _on.LogIn("ann");
        for (var hours = 0; hours < 7 * 24; hours += 6)
        {
            Assert.True(actor.IsAlive);
            _on.Time.Advance(TimeSpan.FromHours(6));
            _on.Sessions.Touch(actor.SessionId);
        }
        Assert.False(actor.IsAlive);
    }

    [Fact]
    public async Task An_ended_session_does_not_come_back_with_its_cookie()
    {
        await _on.AddAsync("ann", Role.Admin);
        var token = _on.Sessions.Open(_on.Users.FindByName("ann")!, "127.0.0.1");
        var id = _on.Sessions.Find(token)!.Value.Session.Id;
        _on.Sessions.End(id);
        Assert.Null(_on.Sessions.Find(token));
        Assert.Null(_on.Sessions.UserOf(id));
    }

    [Fact]
    public async Task The_id_shown_in_lists_opens_nothing()
    {
        await _on.AddAsync("ann", Role.Admin);
        var token = _on.Sessions.Open(_on.Users.FindByName("ann")!, "127.0.0.1");
        Assert.Null(_on.Sessions.Find(_on.Sessions.Find(token)!.Value.Session.Id));
    }
}
