using System.Collections.Concurrent;
using EtradeBot.App.Feeds.History;
using EtradeBot.App.Storage;

namespace EtradeBot.App.Feeds.Live;

/// <summary>Fills holes while a recording runs, beside it: the recording never waits for a history source.</summary>
/// <remarks>What stays open is asked for again a few times, because services are behind; then not before the next hole of the series.</remarks>
sealed class HoleFiller(Func<IHistorySource> source, Func<DateTimeOffset> exchangeNow, LiveCandleStore store, TimeProvider time)
{
    static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    static readonly TimeSpan[] Again = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    readonly ConcurrentQueue<LiveSeriesName> _found = new();
    readonly Dictionary<LiveSeriesName, (DateTimeOffset At, int Tries)> _due = [];

    /// <summary>What came of each series that had holes.</summary>
    public event Action<IReadOnlyList<(LiveSeriesName Name, BackfillResult Result)>>? Asked;

    /// <summary>The series may have holes. Safe for several threads.</summary>
    public void Add(LiveSeriesName name) => _found.Enqueue(name);

    /// <summary>Until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                while (_found.TryDequeue(out var name)) _due[name] = (time.GetUtcNow(), 0);
                await FillDueAsync(stop).ConfigureAwait(false);
                await Task.Delay(Tick, time, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // A hole that was being filled stays open as a whole.
        }
    }

    async Task FillDueAsync(CancellationToken stop)
    {
        var names = _due.Where(due => due.Value.At <= time.GetUtcNow()).Select(due => due.Key).ToList();
        if (names.Count == 0) return;
        var backfill = new Backfill(store, new HistoryBackfill(source(), exchangeNow, stop).Source);
        var round = new List<(LiveSeriesName, BackfillResult)>();
        foreach (var name in names)
        {
            var result = await backfill.FillAsync(name, BackfillOver.Nothing, stop).ConfigureAwait(false);
            var tries = _due[name].Tries;
            if (result.Left.Count == 0 || tries == Again.Length) _due.Remove(name);
            else _due[name] = (time.GetUtcNow() + Again[tries], tries + 1);
            if (result.Filled + result.Left.Count > 0) round.Add((name, result));
        }
        if (round.Count > 0) Asked?.Invoke(round);
    }
}
