using CsCheck;
using EtradeBot.Market;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Simulator.Market;

public class SimulatedClockTests
{
    static readonly DateTimeOffset WallStart = new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero); // a Saturday

    readonly FakeTimeProvider _wall = new(WallStart);

    [Fact]
    public void By_default_it_starts_now_and_runs_with_the_wall()
    {
        var clock = Clock();
        Assert.Equal(WallStart, clock.GetUtcNow());
        _wall.Advance(TimeSpan.FromTicks(12_345_678));
        Assert.Equal(_wall.GetUtcNow(), clock.GetUtcNow());
    }

    [Fact]
    public void It_starts_where_it_is_told_to()
    {
        var start = SomeMarket.At(2024, 7, 1, "11:00:00");
        Assert.Equal(start, Clock(new() { Start = start.ToOffset(TimeSpan.FromHours(3)) }).GetUtcNow());
        Assert.Equal(TimeSpan.Zero, Clock(new() { Start = start.ToOffset(TimeSpan.FromHours(3)) }).GetUtcNow().Offset);
    }

    [Fact]
    public void A_replay_starts_at_the_open_of_its_first_day()
    {
        var candle = new Candle(SomeMarket.At(2024, 7, 2, "10:15:00"), 1, 1, 1, 1, 1);
        CandleSeries[] replay =
        [
            SomeMarket.Series("SPY", Timeframe.M1, candle),
            SomeMarket.Series("AAPL", Timeframe.M1, candle with { OpenTime = SomeMarket.At(2024, 7, 1, "08:00:00") }),
            SomeMarket.Series("IBM", Timeframe.M1),
        ];
        Assert.Equal(SomeMarket.At(2024, 7, 1, "09:30:00"), Clock(new() { Replay = replay }).GetUtcNow());
        Assert.Equal(WallStart, Clock(new() { Replay = replay, Start = WallStart }).GetUtcNow());
    }

    [Fact]
    public void Speed_can_be_changed_without_a_jump()
    {
        var clock = Clock(new() { Speed = 60 });
        _wall.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(WallStart.AddMinutes(10), clock.GetUtcNow());
        clock.Speed = 0.5;
        Assert.Equal(WallStart.AddMinutes(10), clock.GetUtcNow());
        _wall.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(WallStart.AddMinutes(10).AddSeconds(5), clock.GetUtcNow());
        Assert.Equal(0.5, clock.Speed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(1e7)]
    public void Speeds_that_make_no_sense_are_refused(double speed)
    {
        Assert.Contains("must be above 0", Assert.Throws<ArgumentOutOfRangeException>(() => Clock(new() { Speed = speed })).Message, StringComparison.Ordinal);
        var clock = Clock();
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Speed = speed);
        Assert.Equal(1, clock.Speed);
    }

    [Fact]
    public void A_paused_clock_stands_and_goes_on_from_there()
    {
        var clock = Clock();
        clock.Pause();
        _wall.Advance(TimeSpan.FromHours(1));
        Assert.True(clock.IsPaused);
        Assert.Equal(WallStart, clock.GetUtcNow());
        clock.JumpTo(WallStart.AddDays(1));
        clock.Resume();
        _wall.Advance(TimeSpan.FromHours(1));
        Assert.False(clock.IsPaused);
        Assert.Equal(WallStart.AddDays(1).AddHours(1), clock.GetUtcNow());
    }

    [Fact]
    public void It_jumps_forward_only()
    {
        var clock = Clock();
        clock.JumpTo(WallStart.AddYears(1));
        Assert.Equal(WallStart.AddYears(1), clock.GetUtcNow());
        var refusal = Assert.Throws<ArgumentException>(() => clock.JumpTo(WallStart));
        Assert.StartsWith("the simulated clock stands at 2027-03-14 09:00:00Z and goes forward only: 2026-03-14 09:00:00Z has passed", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(WallStart.AddYears(1), clock.GetUtcNow());
    }

    [Fact]
    public void Timestamps_count_simulated_time()
    {
        var clock = Clock(new() { Speed = 1000 });
        var before = clock.GetTimestamp();
        _wall.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(2000), clock.GetElapsedTime(before));
        clock.JumpTo(clock.GetUtcNow().AddHours(3));
        Assert.Equal(TimeSpan.FromSeconds(2000) + TimeSpan.FromHours(3), clock.GetElapsedTime(before));
    }

    [Fact]
    public void Left_out_closed_hours_make_a_closed_start_the_next_open() =>
        Assert.Equal(SomeMarket.At(2026, 3, 16, "09:30:00"), Clock(new() { IsAlwaysOpen = true }).GetUtcNow());

    [Fact]
    public void Left_out_closed_hours_join_the_sessions_over_weekends_holidays_and_half_days()
    {
        // Friday before Christmas week 2026 to the Monday after: Thursday the 24th closes at 13:00, the 25th is a holiday.
        var clock = Clock(new() { IsAlwaysOpen = true, Start = SomeMarket.At(2026, 12, 18, "15:00:00"), Speed = 60 });
        Pass(60 - 1);
        Assert.Equal(SomeMarket.At(2026, 12, 18, "15:59:00"), clock.GetUtcNow());
        Pass(1);
        Assert.Equal(SomeMarket.At(2026, 12, 21, "09:30:00"), clock.GetUtcNow());
        Pass(390 * 3 + 209);
        Assert.Equal(SomeMarket.At(2026, 12, 24, "12:59:00"), clock.GetUtcNow());
        Pass(1 + 30);
        Assert.Equal(SomeMarket.At(2026, 12, 28, "10:00:00"), clock.GetUtcNow());
        clock.JumpTo(SomeMarket.At(2026, 12, 28, "16:00:00"));
        Assert.Equal(SomeMarket.At(2026, 12, 29, "09:30:00"), clock.GetUtcNow());

        void Pass(int minutes) => _wall.Advance(TimeSpan.FromSeconds(minutes));
    }

    [Fact]
    public void With_closed_hours_left_out_time_is_always_within_a_session_and_never_turns_back() =>
        Gen.Select(Gen.Int[0, 15_000], Gen.Double[0.1, 10_000], Gen.Int[1, 100_000].Array[1, 20]).Sample((day, speed, steps) =>
        {
            var wall = new FakeTimeProvider(WallStart);
            var clock = new SimulatedClock(wall, new SimulatorOptions { IsAlwaysOpen = true, Speed = speed, Start = new DateTimeOffset(1990, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day) });
            var open = TimeSpan.Zero;
            var (start, last) = (clock.GetUtcNow(), clock.GetUtcNow());
            foreach (var step in steps)
            {
                wall.Advance(TimeSpan.FromMilliseconds(step));
                open += TimeSpan.FromMilliseconds(step);
                var now = clock.GetUtcNow();
                var session = MarketCalendar.Nyse.SessionOn(MarketCalendar.Nyse.DayOf(now));
                Assert.True(session is { } regular && now >= regular.Open && now < regular.Close, $"{now:O}");
                Assert.True(now >= last);
                last = now;
            }
            Assert.Equal(open.Ticks * speed, OpenTicksBetween(start, last), 1.0);
        }, iter: 200);

    [Fact]
    public void A_kept_state_is_taken_up_again_even_if_the_wall_has_gone_on()
    {
        var clock = Clock(new() { Speed = 60 });
        _wall.Advance(TimeSpan.FromSeconds(30));
        clock.Pause();
        var state = clock.State;
        Assert.Equal(new ClockState(WallStart.AddMinutes(30), 60, true), state);

        _wall.Advance(TimeSpan.FromDays(3));
        var next = Clock();
        next.Restore(state);
        Assert.Equal(state, next.State);
        next.Resume();
        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(WallStart.AddMinutes(31), next.GetUtcNow());
    }

    SimulatedClock Clock(SimulatorOptions? options = null) => new(_wall, options ?? new SimulatorOptions());

    static double OpenTicksBetween(DateTimeOffset from, DateTimeOffset to) => MarketCalendar.Nyse
        .Sessions(MarketCalendar.Nyse.DayOf(from), MarketCalendar.Nyse.DayOf(to))
        .Sum(s => (double)(Math.Min(s.Close.UtcTicks, to.UtcTicks) - Math.Max(s.Open.UtcTicks, from.UtcTicks)));
}
