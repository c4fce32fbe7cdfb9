namespace EtradeBot.App.Feeds.History;

/// <summary>Spaces the requests to one source evenly, however many ask at once.</summary>
/// <param name="perSecond">Requests a second.</param>
sealed class Pace(double perSecond, TimeProvider time)
{
    readonly Lock _gate = new();
    readonly long _start = time.GetTimestamp();
    readonly TimeSpan _interval = TimeSpan.FromSeconds(1 / perSecond);
    TimeSpan _next;
    TimeSpan _heldUntil;

    /// <summary>Waits for the next free moment.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        TimeSpan mine;
        lock (_gate)
        {
            mine = Max(_next, Now);
            _next = mine + _interval;
        }
        for (var wait = Until(mine); wait > TimeSpan.Zero; wait = Until(mine)) await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
    }

    /// <summary>Lets nobody pass for a while: a refusal for too many requests counts for all who are waiting.</summary>
    public void Hold(TimeSpan pause)
    {
        lock (_gate) _heldUntil = Max(_heldUntil, Now + pause);
    }

    TimeSpan Now => time.GetElapsedTime(_start);

    TimeSpan Until(TimeSpan moment)
    {
        lock (_gate) return Max(moment, _heldUntil) - Now;
    }

    static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
