using System.Diagnostics;

namespace EtradeBot;

/// <summary>A clock that stands still while anything works and then goes on to the next timer: hours of waiting in milliseconds, and no timeout
/// that a slow machine caused.</summary>
/// <remarks>It tells that nothing works by an idle thread pool, so its tests run alone: give them <see cref="RunsAlone"/>.</remarks>
sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    static int Parked = int.MaxValue;

    readonly Lock _lock = new();
    readonly PriorityQueue<VirtualTimer, (long Due, long Order)> _due = new();
    long _now = start.UtcTicks;
    long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _now), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass until the work is done.</summary>
    public async Task<T> Run<T>(Func<Task<T>> work)
    {
        var started = new TaskCompletionSource<Task<T>>();
        await Task.Factory.StartNew(() =>
        {
            if (Parked == int.MaxValue) Parked = FewestBusy();
            var task = Task.Run(work);
            started.SetResult(task);
            Loop(() => task.IsCompleted);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return await await started.Task;
    }

    /// <inheritdoc cref="Run{T}"/>
    public Task Run(Func<Task> work) => Run(async () =>
    {
        await work();
        return true;
    });

    /// <summary>Lets so much time pass, whatever works meanwhile.</summary>
    public async Task Pass(TimeSpan length)
    {
        var end = GetUtcNow() + length;
        await using var alarm = CreateTimer(_ => { }, null, length, Timeout.InfiniteTimeSpan);
        await Task.Factory.StartNew(() => Loop(() => GetUtcNow() >= end), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Runs on a thread of its own, so that it is no work of the pool it watches.</summary>
    void Loop(Func<bool> isDone)
    {
        var stuck = Stopwatch.StartNew();
        while (true)
        {
            WaitForQuiet();
            if (isDone()) return;
            if (Next() is { } timer)
            {
                timer.Fire();
                stuck.Restart();
            }
            else if (stuck.Elapsed > TimeSpan.FromSeconds(20))
            {
                throw new TimeoutException("nothing works, no timer is set, and the work is not done: it waits for something that will never come");
            }
        }
    }

    /// <summary>Returns when the pool has been seen without work several times in a row.</summary>
    /// <remarks>Threads that the test runner has parked look busy for ever: the fewest ever seen are taken for those, and more only when nothing is completed for seconds.</remarks>
    static void WaitForQuiet()
    {
        var since = Stopwatch.StartNew();
        var completed = ThreadPool.CompletedWorkItemCount;
        for (var quiet = 0; quiet < 3; Thread.Yield())
        {
            var busy = Busy();
            if (busy < Parked) Parked = busy;
            quiet = busy <= Parked && ThreadPool.PendingWorkItemCount == 0 ? quiet + 1 : 0;
            if (since.Elapsed < TimeSpan.FromSeconds(5)) continue;
            if (completed == ThreadPool.CompletedWorkItemCount) Parked = busy;
            completed = ThreadPool.CompletedWorkItemCount;
            since.Restart();
        }
    }

    /// <summary>The fewest busy threads over a moment in which this process does nothing else.</summary>
    static int FewestBusy()
    {
        var least = int.MaxValue;
        for (var watch = Stopwatch.StartNew(); watch.ElapsedMilliseconds < 200; Thread.Yield()) least = Math.Min(least, Busy());
        return least;
    }

    static int Busy()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return most - free;
    }

    VirtualTimer? Next()
    {
        lock (_lock)
        {
            while (_due.TryDequeue(out var timer, out var priority))
            {
                if (timer.Order != priority.Order) continue; // changed or disposed of since
                if (priority.Due > _now) Interlocked.Exchange(ref _now, priority.Due);
                return timer;
            }
            return null;
        }
    }

    sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        TimeSpan _period = Timeout.InfiniteTimeSpan;

        public long Order { get; private set; } = -1;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                _period = period;
                Set(dueTime);
                return true;
            }
        }

        public void Fire()
        {
            lock (time._lock)
            {
                if (_period > TimeSpan.Zero) Set(_period);
                else Order = -1;
            }
            callback(state);
        }

        void Set(TimeSpan dueTime)
        {
            Order = dueTime < TimeSpan.Zero ? -1 : ++time._order;
            if (Order >= 0) time._due.Enqueue(this, (time._now + dueTime.Ticks, Order));
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}

/// <summary>Tests that watch the thread pool: they run one after another, with no others beside them.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
