using System.Threading.RateLimiting;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.ETrade.Http;

public sealed class ModuleLimiterTests
{
    static readonly ModuleLimits Market = ModuleLimits.For(ETradeModule.Market);
    readonly FakeTimeProvider _time = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Market", 4, 11_200)]
    [InlineData("Orders", 2, 5_600)]
    [InlineData("Accounts", 2, 5_600)]
    [InlineData("User", 2, 5_600)]
    public void Four_fifths_of_the_stricter_figures_are_used(string module, int burst, int perHour)
    {
        var limits = ModuleLimits.For(Enum.Parse<ETradeModule>(module));
        Assert.Equal((burst, perHour), (limits.Burst, limits.PerHour));
        Assert.Equal(1.25, limits.Window.TotalSeconds, 1e-9);
        Assert.Equal(0.8 * burst, burst / limits.Window.TotalSeconds, 1e-9);
    }

    [Fact]
    public void A_burst_leaves_at_once_and_the_next_waits_for_the_first_token_to_come_back()
    {
        using var limiter = new ModuleLimiter(Market, _time);
        Assert.Equal(4, Taken(limiter));
        _time.Advance(TimeSpan.FromSeconds(1.249));
        Assert.Equal(0, Taken(limiter));
        _time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(4, Taken(limiter));
    }

    [Fact]
    public void No_second_ever_sees_more_than_the_published_figure_and_no_hour_more_than_four_fifths()
    {
        // Waits between attempts in milliseconds, from a burst to a minute.
        Gen.Int[0, 1_300].Array[200, 600].Sample(waits =>
        {
            var time = new FakeTimeProvider();
            using var limiter = new ModuleLimiter(new ModuleLimits(4, TimeSpan.FromSeconds(1.25), 100), time);
            List<double> granted = [];
            foreach (var wait in waits)
            {
                time.Advance(TimeSpan.FromMilliseconds(wait));
                while (limiter.AttemptAcquire().IsAcquired) granted.Add((time.GetUtcNow() - time.Start).TotalSeconds);
            }
            for (var i = 0; i < granted.Count; i++)
            {
                if (i >= 4 && granted[i] - granted[i - 4] < 1) return false;
                if (i >= 100 && granted[i] - granted[i - 100] < 3600) return false;
            }
            return granted.Count > 0;
        }, iter: 30);
    }

    [Fact]
    public void The_hour_has_a_bucket_of_its_own()
    {
        using var limiter = new ModuleLimiter(new ModuleLimits(2, TimeSpan.FromSeconds(1), 6), _time);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(2, Taken(limiter));
            _time.Advance(TimeSpan.FromMinutes(10));
        }
        _time.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(0, Taken(limiter));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, Taken(limiter));
        Assert.Equal(0, Taken(limiter));
    }

    [Fact]
    public async Task Orders_go_before_the_rest_and_the_rest_before_polling_each_in_order_of_arrival()
    {
        using var limiter = new ModuleLimiter(new ModuleLimits(1, TimeSpan.FromSeconds(1), 1000), _time);
        Assert.Equal(1, Taken(limiter));
        List<string> passed = [];
        var asked = new (string Name, CallPriority Priority)[] { ("poll 1", CallPriority.Polling), ("read 1", CallPriority.Normal), ("poll 2", CallPriority.Polling), ("order 1", CallPriority.Order), ("read 2", CallPriority.Normal), ("order 2", CallPriority.Order) };
        var waiting = asked.Select(one => PassAsync(one.Name, limiter.AcquireAsync(one.Priority, Stop).AsTask())).ToList();
        while (waiting.Count > 0)
        {
            Assert.Equal(waiting.Count, limiter.GetStatistics()!.CurrentQueuedCount);
            _time.Advance(TimeSpan.FromSeconds(1));
            waiting.Remove(await Task.WhenAny(waiting));
        }
        Assert.Equal(["order 1", "order 2", "read 1", "read 2", "poll 1", "poll 2"], passed);

        async Task PassAsync(string name, Task<RateLimitLease> turn)
        {
            Assert.True((await turn).IsAcquired);
            lock (passed) passed.Add(name);
        }
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_queue_and_takes_nothing()
    {
        using var limiter = new ModuleLimiter(new ModuleLimits(1, TimeSpan.FromSeconds(1), 1000), _time);
        Assert.Equal(1, Taken(limiter));
        using var giveUp = new CancellationTokenSource();
        var first = limiter.AcquireAsync(CallPriority.Order, giveUp.Token).AsTask();
        var second = limiter.AcquireAsync(CallPriority.Polling, Stop).AsTask();
        giveUp.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await second).IsAcquired);
    }

    [Fact]
    public void A_refusal_pauses_and_halves_the_pace_which_recovers_within_ten_minutes()
    {
        using var limiter = new ModuleLimiter(Market, _time);
        Assert.Equal(11_200 / 3600.0, limiter.PerSecond, 1e-9);
        Assert.Equal(4, Taken(limiter));
        limiter.Slow();
        limiter.Slow(); // another request of the same burst
        Assert.Equal(11_200 / 3600.0 / 2, limiter.PerSecond, 1e-9);
        _time.Advance(TimeSpan.FromSeconds(1.999));
        Assert.Equal(0, Taken(limiter));
        _time.Advance(TimeSpan.FromSeconds(0.6));
        Assert.Equal(4, Taken(limiter));
        _time.Advance(TimeSpan.FromSeconds(2.4));
        Assert.Equal(0, Taken(limiter));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(4, Taken(limiter));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(11_200 / 3600.0, limiter.PerSecond, 1e-9);
    }

    [Fact]
    public void Refusals_one_after_the_other_pause_longer_up_to_a_minute_and_an_eighth_of_the_pace()
    {
        using var limiter = new ModuleLimiter(Market, _time);
        var pauses = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            limiter.Slow();
            var from = _time.GetUtcNow();
            while (limiter.GetStatistics()!.CurrentAvailablePermits == 0) _time.Advance(TimeSpan.FromSeconds(1));
            pauses.Add((_time.GetUtcNow() - from).TotalSeconds);
        }
        Assert.Equal([2, 4, 8, 16, 32, 60, 60], pauses);
        Assert.InRange(limiter.PerSecond, 11_200 / 3600.0 / 8, 11_200 / 3600.0 / 4);
    }

    [Fact]
    public async Task It_serves_as_any_other_limiter_too()
    {
        using RateLimiter limiter = new ModuleLimiter(new ModuleLimits(1, TimeSpan.FromSeconds(1), 1000), _time);
        using var first = await limiter.AcquireAsync(cancellationToken: Stop);
        Assert.True(first.IsAcquired);
        Assert.Empty(first.MetadataNames);
        Assert.True(limiter.AttemptAcquire(0).IsAcquired);
        Assert.False(limiter.AttemptAcquire().IsAcquired);
        var next = limiter.AcquireAsync(cancellationToken: Stop).AsTask();
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await next).IsAcquired);
        Assert.Throws<ArgumentOutOfRangeException>(() => limiter.AttemptAcquire(2));
        Assert.Equal(1, limiter.GetStatistics()!.TotalFailedLeases);
    }

    [Fact]
    public async Task Its_end_ends_the_waiting()
    {
        var limiter = new ModuleLimiter(new ModuleLimits(1, TimeSpan.FromSeconds(1), 1000), _time);
        Assert.Equal(1, Taken(limiter));
        var waiting = limiter.AcquireAsync(CallPriority.Order, Stop).AsTask();
        limiter.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    static int Taken(ModuleLimiter limiter)
    {
        var taken = 0;
        while (limiter.AttemptAcquire().IsAcquired) taken++;
        return taken;
    }
}
