using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

/// <summary>Simulated time: the start and the wall time that has passed since, times the speed. Code that is given this provider lives in simulated time, its timers included.</summary>
/// <remarks>
/// <para>With closed hours left out, an instant is always within a regular session: 6.5 hours of one day, then those of the next.</para>
/// <para>Wall time is taken from the monotonic counter of the provider handed in, so a virtual clock drives this one too. Timestamps
/// are simulated instants: a jump, or a night left out, counts as time that passed. All members are safe for several threads.</para>
/// </remarks>
public sealed class SimulatedClock : TimeProvider
{
    const double FastestSpeed = 1_000_000;

    /// <summary>Below the longest wait that timers of the system take; a longer one is waited for in pieces.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    readonly TimeProvider _wall;
    readonly HashSet<SimulatedTimer> _armed = [];
    long _anchor;
    long _anchorTimestamp;
    double _speed;
    bool _isPaused;

    public SimulatedClock(TimeProvider wall, SimulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(wall);
        ArgumentNullException.ThrowIfNull(options);
        (_wall, AlwaysOpen, _speed) = (wall, options.IsAlwaysOpen, CheckSpeed(options.Speed));
        _anchor = Legal((options.Start ?? FirstOpen(options.Replay) ?? wall.GetUtcNow()).UtcTicks);
        _anchorTimestamp = wall.GetTimestamp();
    }

    /// <summary>Seconds of simulated time that pass in a second: above 0, at most 1,000,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to anything else.</exception>
    public double Speed
    {
        get
        {
            lock (Gate) return _speed;
        }

        set
        {
            CheckSpeed(value);
            Adjust(_ => _speed = value);
        }
    }

    public bool IsPaused
    {
        get
        {
            lock (Gate) return _isPaused;
        }
    }

    /// <summary>Closed hours are left out.</summary>
    public bool AlwaysOpen { get; }

    /// <summary>To be kept and given to <see cref="Restore"/>.</summary>
    public ClockState State
    {
        get
        {
            lock (Gate) return new(new(NowTicks(), TimeSpan.Zero), _speed, _isPaused);
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => _wall.LocalTimeZone;

    /// <summary>Guards the state of the clock and of its timers; no foreign code runs while it is held.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Grows whenever waits that were worked out before are no longer right.</summary>
    internal int Version { get; private set; }

    public override DateTimeOffset GetUtcNow()
    {
        lock (Gate) return new(NowTicks(), TimeSpan.Zero);
    }

    public override long GetTimestamp()
    {
        lock (Gate) return NowTicks();
    }

    /// <summary>Stands still until <see cref="Resume"/>; no timer fires meanwhile but those that are due.</summary>
    public void Pause() => Adjust(_ => _isPaused = true);

    public void Resume() => Adjust(_ => _isPaused = false);

    /// <summary>Goes on from that instant, or from the next open where closed hours are left out. Timers due on the way fire once.</summary>
    /// <exception cref="ArgumentException">The instant has passed.</exception>
    public void JumpTo(DateTimeOffset instant) => Adjust(now =>
    {
        if (instant.UtcTicks < now)
            throw new ArgumentException($"the simulated clock stands at {new DateTimeOffset(now, TimeSpan.Zero):yyyy-MM-dd HH:mm:ss}Z and goes forward only: {instant.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z has passed", nameof(instant));
        _anchor = Legal(instant.UtcTicks);
    });

    /// <summary>Takes up a kept state at the start of a simulator; the one change that may turn time back.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The speed is not one that <see cref="Speed"/> takes.</exception>
    public void Restore(ClockState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        CheckSpeed(state.Speed);
        Adjust(_ => (_anchor, _speed, _isPaused) = (Legal(state.Now.UtcTicks), state.Speed, state.IsPaused));
    }

    /// <remarks>A timer whose period passed several times in a jump, or between two steps of the wall clock, fires once.</remarks>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new SimulatedTimer(this, _wall, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Simulated instant in UTC ticks. The caller holds the gate, here and below.</summary>
    internal long NowTicks()
    {
        if (_isPaused) return _anchor;
        var passed = _wall.GetElapsedTime(_anchorTimestamp).Ticks * _speed;
        if (AlwaysOpen) return OpenHours.Instant(OpenHours.UpTo(_anchor) + (long)Math.Min(passed, DateTimeOffset.MaxValue.Ticks));
        return _anchor + (long)Math.Min(passed, DateTimeOffset.MaxValue.Ticks - _anchor);
    }

    /// <summary>Wall time until the simulated instant; infinite while paused.</summary>
    internal TimeSpan WaitUntil(long due)
    {
        var now = NowTicks();
        if (due <= now) return TimeSpan.Zero;
        if (_isPaused) return Timeout.InfiniteTimeSpan;
        var between = AlwaysOpen ? OpenHours.UpTo(due) - OpenHours.UpTo(now) : due - now;
        var wait = Math.Ceiling(between / _speed);
        return wait < LongestWait.Ticks ? TimeSpan.FromTicks((long)wait) : LongestWait;
    }

    internal void Follow(SimulatedTimer timer) => _armed.Add(timer);

    internal void Forget(SimulatedTimer timer) => _armed.Remove(timer);

    /// <summary>Changes the course of time from now on, and sets the timers to it.</summary>
    void Adjust(Action<long> change)
    {
        SimulatedTimer[] armed;
        lock (Gate)
        {
            var now = NowTicks();
            (_anchor, _anchorTimestamp) = (now, _wall.GetTimestamp());
            change(now);
            Version++;
            armed = [.. _armed];
        }
        foreach (var timer in armed) timer.Arm();
    }

    long Legal(long ticks) => AlwaysOpen ? OpenHours.Instant(OpenHours.UpTo(ticks)) : ticks;

    /// <summary>Open of the first session with replayed candles; null without candles.</summary>
    static DateTimeOffset? FirstOpen(IReadOnlyList<CandleSeries> replay)
    {
        long? first = null;
        foreach (var series in replay)
            if (series.Count > 0) first = Math.Min(first ?? long.MaxValue, series.OpenTicks[0]);
        if (first is not { } ticks) return null;
        var nyse = MarketCalendar.Nyse;
        var day = nyse.DayOf(ticks);
        return (nyse.SessionOn(day) ?? nyse.SessionOn(nyse.NextSession(day)))?.Open;
    }

    static double CheckSpeed(double speed) => speed is > 0 and <= FastestSpeed
        ? speed
        : throw new ArgumentOutOfRangeException(nameof(speed), speed, $"the speed of the simulated clock must be above 0 and at most {FastestSpeed:N0}");
}
