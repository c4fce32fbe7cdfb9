using System.Threading.RateLimiting;

namespace EtradeBot.ETrade.Http;

/// <summary>
/// Keeps the requests of one module within its limits: a bucket of tokens, each of which comes back a window after it was taken, and a
/// second bucket for the hour. Who has to wait is let through by priority, and within a priority in order of arrival.
/// </summary>
/// <remarks>
/// The buckets of System.Threading.RateLimiting know no clock but the machine's and no priorities; this one goes by a
/// <see cref="TimeProvider"/>, so that hours pass in tests within milliseconds. A refusal by the broker pauses it, halves its pace, and
/// the pace recovers within ten minutes. Safe for several threads.
/// </remarks>
sealed class ModuleLimiter(ModuleLimits limits, TimeProvider time) : RateLimiter
{
    const double SlowestPace = 0.125;
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly TimeSpan Recovery = TimeSpan.FromMinutes(10);
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    readonly Lock _gate = new();
    readonly long _start = time.GetTimestamp();
    readonly LinkedList<Waiter>[] _waiting = [new(), new(), new()];
    readonly Queue<TimeSpan> _burst = new();
    readonly Queue<TimeSpan> _hour = new();
    ITimer? _timer;
    TimeSpan _pausedUntil;
    TimeSpan _pause;
    TimeSpan _paceSetAt;
    double _paceThen = 1;
    long _granted;
    long _denied;
    bool _disposed;

    public override TimeSpan? IdleDuration => null;

    /// <summary>Requests a second that can go on from now.</summary>
    public double PerSecond
    {
        get
        {
            lock (_gate) return Pace(Now) * limits.PerSecond;
        }
    }

    TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>Waits for its turn.</summary>
    public ValueTask<RateLimitLease> AcquireAsync(CallPriority priority, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        Waiter waiter;
        List<Waiter>? passed;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (NobodyWaits && TryTake()) return new(Lease.Granted);
            waiter = new Waiter();
            waiter.Place = _waiting[(int)priority].AddLast(waiter);
            passed = LetPass();
        }
        Grant(passed);
        return WaitAsync(waiter, stop);
    }

    /// <summary>The broker found it too much: nothing for a while, then half as fast.</summary>
    public void Slow()
    {
        lock (_gate)
        {
            var now = Now;
            if (now < _pausedUntil) return; // The other requests of the same burst: one refusal, not several.
            var again = _paceThen < 1 && now - _paceSetAt < Recovery / 10;
            _pause = again ? Min(_pause * 2, LongestPause) : FirstPause;
            _paceThen = Math.Max(SlowestPace, Pace(now) / 2);
            _paceSetAt = _pausedUntil = now + _pause;
        }
    }

    public override RateLimiterStatistics? GetStatistics()
    {
        lock (_gate)
        {
            return new RateLimiterStatistics
            {
                CurrentAvailablePermits = NextAt(Now) <= Now ? 1 : 0,
                CurrentQueuedCount = _waiting.Sum(queue => queue.Count),
                TotalSuccessfulLeases = _granted,
                TotalFailedLeases = _denied,
            };
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permitCount, 1);
        return permitCount == 0 ? new(Lease.Granted) : AcquireAsync(CallPriority.Normal, cancellationToken);
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permitCount, 1);
        lock (_gate)
        {
            if (permitCount == 0 || (NobodyWaits && TryTake())) return Lease.Granted;
            _denied++;
            return Lease.Denied;
        }
    }

    protected override void Dispose(bool disposing)
    {
        List<Waiter> left;
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
            left = [.. _waiting.SelectMany(queue => queue)];
            foreach (var queue in _waiting) queue.Clear();
        }
        foreach (var waiter in left) waiter.Turn.TrySetException(new ObjectDisposedException(nameof(ModuleLimiter)));
        base.Dispose(disposing);
    }

    bool NobodyWaits => _waiting.All(queue => queue.Count == 0);

    async ValueTask<RateLimitLease> WaitAsync(Waiter waiter, CancellationToken stop)
    {
        // Not awaited: who gives up comes here from within Leave, and would wait for it to end.
        using var givingUp = stop.UnsafeRegister(_ => Leave(waiter, stop), null);
        return await waiter.Turn.Task.ConfigureAwait(false);
    }

    void Leave(Waiter waiter, CancellationToken stop)
    {
        lock (_gate) waiter.Place?.List?.Remove(waiter.Place);
        waiter.Turn.TrySetCanceled(stop);
    }

    /// <summary>Takes out of the queues whom the limits let pass, and sets the timer for the next. Inside the lock.</summary>
    /// <returns>Null for nobody.</returns>
    List<Waiter>? LetPass()
    {
        List<Waiter>? passed = null;
        while (_waiting.FirstOrDefault(queue => queue.Count > 0) is { } queue)
        {
            if (!TryTake())
            {
                var wait = NextAt(Now) - Now;
                _timer ??= time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return passed;
            }
            (passed ??= []).Add(queue.First!.Value);
            queue.RemoveFirst();
        }
        return passed;
    }

    /// <summary>Outside the lock, since their requests go on right here: on one thread the order of events is the same each time.</summary>
    static void Grant(List<Waiter>? passed)
    {
        if (passed is null) return;
        foreach (var waiter in passed) waiter.Turn.TrySetResult(Lease.Granted);
    }

    void Wake()
    {
        List<Waiter>? passed = null;
        lock (_gate)
        {
            if (!_disposed) passed = LetPass();
        }
        Grant(passed);
    }

    bool TryTake()
    {
        var now = Now;
        if (NextAt(now) > now) return false;
        if (_burst.Count == limits.Burst) _burst.Dequeue();
        _burst.Enqueue(now);
        _hour.Enqueue(now);
        _granted++;
        return true;
    }

    /// <summary>When the next request may leave, as far as is known now.</summary>
    TimeSpan NextAt(TimeSpan now)
    {
        while (_hour.Count > 0 && now - _hour.Peek() >= Hour) _hour.Dequeue();
        var next = _pausedUntil;
        if (_burst.Count == limits.Burst) next = Max(next, _burst.Peek() + limits.Window / Pace(now));
        if (_hour.Count >= limits.PerHour) next = Max(next, _hour.Peek() + Hour);
        return next;
    }

    double Pace(TimeSpan now) => Math.Min(1, _paceThen + Math.Max(0, (now - _paceSetAt) / Recovery));

    static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    sealed class Waiter
    {
        public TaskCompletionSource<RateLimitLease> Turn { get; } = new();

        public LinkedListNode<Waiter>? Place { get; set; }
    }

    sealed class Lease(bool isAcquired) : RateLimitLease
    {
        public static readonly Lease Granted = new(true);
        public static readonly Lease Denied = new(false);

        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
