namespace EtradeBot.Simulator.Market;

/// <summary>A timer in simulated time: a timer of the wall clock that is set anew whenever simulated time changes its course.</summary>
sealed class SimulatedTimer : ITimer
{
    const long Never = long.MaxValue;

    /// <summary>Wait after a wall timer fired a fraction too early, as those that count whole milliseconds do.</summary>
    static readonly TimeSpan Fraction = TimeSpan.FromMilliseconds(1);

    readonly SimulatedClock _clock;
    readonly TimerCallback _callback;
    readonly object? _state;
    readonly ITimer _wallTimer;
    long _due = Never;
    long _period;
    int _version;
    bool _isDisposed;

    public SimulatedTimer(SimulatedClock clock, TimeProvider wall, TimerCallback callback, object? state)
    {
        (_clock, _callback, _state) = (clock, callback, state);
        _wallTimer = wall.CreateTimer(_ => OnWall(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (_clock.Gate)
        {
            if (_isDisposed) return false;
            var now = _clock.NowTicks();
            Set(dueTime == Timeout.InfiniteTimeSpan ? Never : now + Math.Min(dueTime.Ticks, DateTimeOffset.MaxValue.Ticks - now));
            _period = Math.Max(0, period.Ticks);
        }
        Arm();
        return true;
    }

    /// <summary>Sets the wall timer to the present course of time.</summary>
    /// <remarks>Wall timers are set outside the gate, since some fire at once on the caller's thread; so whoever set one last looks again whether it was right.</remarks>
    internal void Arm(TimeSpan atLeast = default)
    {
        while (true)
        {
            TimeSpan wait;
            (int, int) version;
            lock (_clock.Gate)
            {
                if (_isDisposed) return;
                version = (_version, _clock.Version);
                wait = _due == Never ? Timeout.InfiniteTimeSpan : _clock.WaitUntil(_due);
                if (wait >= TimeSpan.Zero && wait < atLeast) wait = atLeast;
            }
            _wallTimer.Change(wait, Timeout.InfiniteTimeSpan);
            lock (_clock.Gate)
                if (version == (_version, _clock.Version)) return;
        }
    }

    public void Dispose()
    {
        Retire();
        _wallTimer.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Retire();
        return _wallTimer.DisposeAsync();
    }

    static void Check(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan) throw new ArgumentOutOfRangeException(name, time, "a timer waits 0 or longer, or for ever");
    }

    void OnWall()
    {
        bool isDue;
        lock (_clock.Gate)
        {
            if (_isDisposed || _due == Never) return;
            var now = _clock.NowTicks();
            isDue = now >= _due;
            if (isDue) Set(_period == 0 ? Never : _due + _period * ((now - _due) / _period + 1));
        }
        Arm(isDue ? default : Fraction);
        if (isDue) _callback(_state);
    }

    void Set(long due)
    {
        _due = due;
        _version++;
        if (due == Never) _clock.Forget(this);
        else _clock.Follow(this);
    }

    void Retire()
    {
        lock (_clock.Gate)
        {
            _isDisposed = true;
            Set(Never);
        }
    }
}
