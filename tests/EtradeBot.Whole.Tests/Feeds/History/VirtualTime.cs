namespace EtradeBot.App.Feeds.History;

/// <summary>A clock on which pauses are over at once, while deadlines wait until the test lets them pass.</summary>
sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    /// <summary>What no pause lasts: the deadline of an attempt.</summary>
    static readonly TimeSpan Deadline = new HistoryClientOptions().AttemptTimeout;

    readonly Lock _gate = new();
    readonly List<Timer> _deadlines = [];
    readonly List<TimeSpan> _pauses = [];
    DateTimeOffset _now = start;

    /// <summary>Noon in New York on Wednesday 2024-07-10: the session of the day is under way.</summary>
    public static VirtualTime Wednesday() => new(new DateTimeOffset(2024, 7, 10, 16, 0, 0, TimeSpan.Zero));

    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_gate) return [.. _pauses];
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void PassDeadlines()
    {
        List<Timer> due;
        lock (_gate)
        {
            due = [.. _deadlines];
            _deadlines.Clear();
            _now += Deadline;
        }
        foreach (var timer in due) timer.Fire();
    }

    sealed class Timer(VirtualTime time, Action fire) : ITimer
    {
        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._deadlines.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                if (dueTime == Deadline)
                {
                    time._deadlines.Add(this);
                    return true;
                }
                time._pauses.Add(dueTime);
                time._now += dueTime;
            }
            ThreadPool.QueueUserWorkItem(_ => fire());
            return true;
        }

        public void Dispose()
        {
            lock (time._gate) time._deadlines.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
