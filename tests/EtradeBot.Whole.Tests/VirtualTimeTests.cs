namespace EtradeBot;

[Collection(nameof(RunsAlone))]
public sealed class VirtualTimeTests
{
    readonly VirtualTime _time = new(new DateTimeOffset(2026, 3, 10, 14, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_day_of_waiting_passes_at_once_and_in_order()
    {
        var seen = new List<string>();
        await _time.Run(async () =>
        {
            var late = Task.Delay(TimeSpan.FromHours(24), _time, TestContext.Current.CancellationToken).ContinueWith(_ => seen.Add("late"), TaskScheduler.Default);
            await Task.Delay(TimeSpan.FromHours(1), _time, TestContext.Current.CancellationToken);
            seen.Add("early");
            await late;
        });
        Assert.Equal(["early", "late"], seen);
        Assert.Equal(new DateTimeOffset(2026, 3, 11, 14, 0, 0, TimeSpan.Zero), _time.GetUtcNow());
    }

    [Fact]
    public async Task A_timeout_never_comes_while_work_is_being_done()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(1), _time);
        var steps = await _time.Run(() =>
        {
            var spins = 0;
            var watch = System.Diagnostics.Stopwatch.StartNew();
            while (watch.ElapsedMilliseconds < 50) spins++;
            return Task.FromResult((spins, limit.IsCancellationRequested));
        });
        Assert.False(steps.IsCancellationRequested);
    }

    [Fact]
    public async Task Ten_thousand_waits_follow_each_other()
    {
        var start = _time.GetUtcNow();
        await _time.Run(async () =>
        {
            for (var i = 0; i < 10_000; i++) await Task.Delay(TimeSpan.FromSeconds(1), _time, TestContext.Current.CancellationToken);
        });
        Assert.Equal(TimeSpan.FromSeconds(10_000), _time.GetUtcNow() - start);
    }
}
