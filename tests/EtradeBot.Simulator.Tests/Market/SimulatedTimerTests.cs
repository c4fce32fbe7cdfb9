using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Simulator.Market;

public sealed class SimulatedTimerTests : IDisposable
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    readonly FakeTimeProvider _wall = new(SomeMarket.At(2026, 3, 10, "10:00:00"));
    readonly SimulatedClock _clock;
    readonly List<DateTimeOffset> _fired = [];
    ITimer? _timer;

    public SimulatedTimerTests() => _clock = new SimulatedClock(_wall, new SimulatorOptions { Speed = 60 });

    public void Dispose() => _timer?.Dispose();

    [Fact]
    public void A_timer_fires_once_at_its_simulated_time()
    {
        Start(_clock, Hour);
        _wall.Advance(TimeSpan.FromSeconds(59.999));
        Assert.Empty(_fired);
        _wall.Advance(TimeSpan.FromSeconds(0.001));
        _wall.Advance(Hour);
        Assert.Equal([SomeMarket.At(2026, 3, 10, "11:00:00")], _fired);
    }

    [Fact]
    public void A_period_is_simulated_time_too()
    {
        Start(_clock, Hour, Hour / 2);
        for (var second = 0; second < 120; second++) _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["11:00", "11:30", "12:00"], _fired.Select(NewYork));
    }

    [Fact]
    public void A_new_speed_counts_for_waiting_timers()
    {
        Start(_clock, Hour);
        _wall.Advance(TimeSpan.FromSeconds(30));
        _clock.Speed = 1;
        _wall.Advance(TimeSpan.FromMinutes(29));
        Assert.Empty(_fired);
        _clock.Speed = 600;
        _wall.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal([SomeMarket.At(2026, 3, 10, "11:00:00")], _fired);
    }

    [Fact]
    public void No_timer_fires_while_the_clock_stands()
    {
        Start(_clock, Hour);
        _clock.Pause();
        _wall.Advance(TimeSpan.FromDays(1));
        Assert.Empty(_fired);
        _clock.Resume();
        _wall.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(_fired);
    }

    [Fact]
    public void A_jump_past_its_time_fires_a_timer_once_however_many_periods_passed()
    {
        Start(_clock, Hour, Hour);
        _clock.JumpTo(SomeMarket.At(2026, 3, 11, "10:20:00"));
        Assert.Equal(["10:20"], _fired.Select(NewYork));
        _wall.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(["10:20", "11:00"], _fired.Select(NewYork));
    }

    [Fact]
    public void A_timer_due_in_left_out_hours_fires_at_the_next_open()
    {
        var clock = new SimulatedClock(_wall, new SimulatorOptions { Speed = 60, IsAlwaysOpen = true });
        Start(clock, 10 * Hour);
        _wall.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal([SomeMarket.At(2026, 3, 11, "09:30:00")], _fired);
    }

    [Fact]
    public void A_timer_can_be_set_anew_stopped_and_disposed()
    {
        var timer = Start(_clock, Timeout.InfiniteTimeSpan);
        _wall.Advance(Hour);
        Assert.True(timer.Change(Hour, Timeout.InfiniteTimeSpan));
        Assert.True(timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _wall.Advance(Hour);
        Assert.Empty(_fired);
        Assert.True(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
        Assert.Single(_fired);
        Assert.True(timer.Change(Hour, Hour));
        timer.Dispose();
        _wall.Advance(Hour);
        Assert.False(timer.Change(Hour, Hour));
        Assert.Single(_fired);
        Assert.Throws<ArgumentOutOfRangeException>(() => timer.Change(TimeSpan.FromSeconds(-2), Hour));
    }

    [Fact]
    public void Waits_longer_than_timers_of_the_system_take_are_kept()
    {
        _clock.Speed = 0.5;
        Start(_clock, TimeSpan.FromDays(50));
        _wall.Advance(TimeSpan.FromDays(99));
        Assert.Empty(_fired);
        _wall.Advance(TimeSpan.FromDays(1));
        Assert.Single(_fired);
    }

    [Fact]
    public async Task Delays_and_cancellations_live_in_simulated_time()
    {
        using var source = new CancellationTokenSource(2 * Hour, _clock);
        var delay = Task.Delay(Hour, _clock, TestContext.Current.CancellationToken);
        _wall.Advance(TimeSpan.FromMinutes(1));
        await delay;
        Assert.False(source.IsCancellationRequested);
        _wall.Advance(TimeSpan.FromMinutes(1));
        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public async Task Wall_time_of_the_machine_drives_it_as_well()
    {
        var clock = new SimulatedClock(TimeProvider.System, new SimulatorOptions { Speed = 1_000_000 });
        var start = clock.GetUtcNow();
        await Task.Delay(TimeSpan.FromDays(2), clock, TestContext.Current.CancellationToken);
        Assert.True(clock.GetUtcNow() >= start.AddDays(2));
    }

    static string NewYork(DateTimeOffset instant) => instant.ToOffset(EtradeBot.Market.MarketCalendar.Nyse.OffsetOn(new(2026, 3, 10))).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    ITimer Start(SimulatedClock clock, TimeSpan due, TimeSpan? period = null) =>
        _timer = clock.CreateTimer(_ => _fired.Add(clock.GetUtcNow()), null, due, period ?? Timeout.InfiniteTimeSpan);
}
