namespace EtradeBot.App.Hosting.Live;

public sealed class LiveStateTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_busy_reader_gets_what_came_meanwhile_in_one_call()
    {
        var state = new LiveState();
        var calls = new List<LiveTopics>();
        using var first = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        using var second = new SemaphoreSlim(0);
        using var subscription = state.Subscribe(LiveTopics.All, async topics =>
        {
            calls.Add(topics);
            (calls.Count == 1 ? first : second).Release();
            if (calls.Count == 1) await go.WaitAsync(Stop);
        });
        state.SetSession(new SessionFacts());
        await first.WaitAsync(Stop);
        state.SetAccount(new AccountFacts());
        state.SetSymbols([], LiveTopics.Watchlist);
        state.SetAccount(new AccountFacts());
        go.Release();
        await second.WaitAsync(Stop);
        Assert.Equal([LiveTopics.Session, LiveTopics.Account | LiveTopics.Watchlist], calls);
    }

    [Fact]
    public async Task A_reader_that_never_returns_keeps_nobody_else_waiting()
    {
        var state = new LiveState();
        using var stuck = state.Subscribe(LiveTopics.All, _ => Task.Delay(Timeout.Infinite, Stop));
        using var heard = new SemaphoreSlim(0);
        using var other = state.Subscribe(LiveTopics.Account, _ =>
        {
            heard.Release();
            return Task.CompletedTask;
        });
        for (var i = 0; i < 10; i++) state.SetAccount(new AccountFacts());
        await heard.WaitAsync(Stop);
    }

    [Fact]
    public void Nothing_is_told_after_the_end()
    {
        var state = new LiveState();
        var subscription = state.Subscribe(LiveTopics.All, _ => throw new NotSupportedException());
        subscription.Dispose();
        state.SetAccount(new AccountFacts());
    }
}
