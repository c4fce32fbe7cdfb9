namespace EtradeBot.Execution.World;

/// <summary>True time of the virtual world: it stands still while anything works, and goes on to the next alarm when the world asks for it.</summary>
sealed class VirtualClock(DateTimeOffset start, OneThread thread)
{
    readonly PriorityQueue<Alarm, (long Due, long Order)> _due = new();
    long _now = start.UtcTicks;
    long _order;

    public DateTimeOffset Now => new(_now, TimeSpan.Zero);

    public long Ticks => _now;

    /// <summary>When the program last went on after it had not run for more than two seconds.</summary>
    public DateTimeOffset ThawedAt { get; private set; }

    public TimeSpan Passed => TimeSpan.FromTicks(_now - start.UtcTicks);

    /// <summary>True time as the broker knows it.</summary>
    public TimeProvider Truth => field ??= new TrueTime(this);

    /// <summary>Something is still to come.</summary>
    public bool HasAlarms => NextDue() is not null;

    /// <param name="owner">The process whose code it runs; null: the world itself.</param>
    public Alarm After(TimeSpan wait, VirtualProcess? owner, Action act)
    {
        var alarm = new Alarm(owner, act);
        Set(alarm, wait);
        return alarm;
    }

    /// <param name="wait">Null: never.</param>
    public void Set(Alarm alarm, TimeSpan? wait)
    {
        thread.Demand("the clock");
        alarm.Order = wait is null ? -1 : ++_order;
        if (wait is not { } length) return;
        alarm.Due = _now + Math.Min(Math.Max(0, length.Ticks), DateTimeOffset.MaxValue.Ticks - _now);
        _due.Enqueue(alarm, (alarm.Due, alarm.Order));
    }

    /// <summary>Lets so much time pass if nothing falls due meanwhile; false without having done anything when something does.</summary>
    public bool TryPass(TimeSpan length)
    {
        thread.Demand("the clock");
        if (NextDue() is { } due && due <= _now + length.Ticks) return false;
        _now += length.Ticks;
        return true;
    }

    /// <summary>Goes on to the next alarm and lets it ring.</summary>
    /// <returns>False when there is none up to that instant.</returns>
    public bool FireNext(DateTimeOffset until)
    {
        if (NextDue() is not { } due || due > until.UtcTicks) return false;
        Ring(_due.Dequeue(), due);
        return true;
    }

    /// <summary>Time passes and no process gets to run: it freezes, or waits for its disk. What it had set rings late.</summary>
    public void PassFrozen(TimeSpan length)
    {
        thread.Demand("the clock");
        var end = _now + length.Ticks;
        List<Alarm>? late = null;
        while (NextDue() is { } due && due <= end)
        {
            var alarm = _due.Dequeue();
            if (alarm.Owner is null) Ring(alarm, due);
            else (late ??= []).Add(alarm);
        }
        if (end > _now) _now = end;
        if (length > TimeSpan.FromSeconds(2)) ThawedAt = Now;
        foreach (var alarm in late ?? []) _due.Enqueue(alarm, (alarm.Due, alarm.Order));
    }

    /// <summary>Moves what a process has set, as its monotonic time stood still.</summary>
    public void Postpone(VirtualProcess process, TimeSpan length)
    {
        var entries = _due.UnorderedItems.Select(entry => (entry.Element, entry.Priority)).ToList();
        _due.Clear();
        foreach (var (alarm, priority) in entries)
        {
            if (alarm.Order != priority.Order) continue;
            if (alarm.Owner == process) alarm.Due += length.Ticks;
            _due.Enqueue(alarm, (alarm.Due, alarm.Order));
        }
    }

    void Ring(Alarm alarm, long due)
    {
        if (due > _now) _now = due;
        alarm.Order = -1;
        alarm.Act();
    }

    /// <summary>Drops what was changed, taken back, or belongs to the dead.</summary>
    long? NextDue()
    {
        while (_due.TryPeek(out var alarm, out var priority))
        {
            if (alarm.Order == priority.Order && alarm.Owner is not { IsDead: true }) return priority.Due;
            _due.Dequeue();
        }
        return null;
    }

    /// <summary>Something to be done at an instant.</summary>
    internal sealed class Alarm(VirtualProcess? owner, Action act)
    {
        public VirtualProcess? Owner { get; } = owner;

        public Action Act { get; } = act;

        public long Due { get; set; }

        /// <summary>Below 0 while it is not set.</summary>
        public long Order { get; set; } = -1;
    }

    sealed class TrueTime(VirtualClock clock) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => clock.Now;

        public override long GetTimestamp() => clock.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new VirtualTimer(clock, null, () => callback(state), dueTime, period);
    }
}

/// <summary>A timer of the virtual world.</summary>
sealed class VirtualTimer : ITimer
{
    readonly VirtualClock _clock;
    readonly VirtualClock.Alarm _alarm;
    TimeSpan _period;

    public VirtualTimer(VirtualClock clock, VirtualProcess? owner, Action callback, TimeSpan dueTime, TimeSpan period)
    {
        _clock = clock;
        _alarm = new VirtualClock.Alarm(owner, () =>
        {
            if (_period > TimeSpan.Zero) _clock.Set(_alarm!, _period);
            callback();
        });
        Change(dueTime, period);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        _clock.Set(_alarm, dueTime < TimeSpan.Zero ? null : dueTime);
        return true;
    }

    public void Dispose() => _clock.Set(_alarm, null);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
