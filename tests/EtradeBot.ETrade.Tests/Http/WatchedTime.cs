using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.ETrade.Http;

/// <summary>A clock that stands until the test moves it, and that tells the test of each wait begun: so nobody sleeps and nobody polls.</summary>
sealed class WatchedTime() : FakeTimeProvider(new DateTimeOffset(2026, 3, 10, 14, 0, 0, TimeSpan.Zero))
{
    /// <summary>Of real time; only a broken program ever needs it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>Waits until something waits that long, then lets the time pass.</summary>
    public async Task PassAsync(TimeSpan wait, CancellationToken stop)
    {
        await SawAsync(wait, stop);
        Advance(wait);
    }

    public async Task SawAsync(TimeSpan wait, CancellationToken stop)
    {
        while (await _waits.Reader.ReadAsync(stop).AsTask().WaitAsync(Patience, stop) != wait)
        {
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Watched(base.CreateTimer(callback, state, dueTime, period), this);
        Note(dueTime);
        return timer;
    }

    void Note(TimeSpan dueTime)
    {
        if (dueTime > TimeSpan.Zero) _waits.Writer.TryWrite(dueTime);
    }

    sealed class Watched(ITimer timer, WatchedTime owner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            owner.Note(dueTime);
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
