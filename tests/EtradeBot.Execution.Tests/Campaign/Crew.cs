using EtradeBot.Execution.World;

namespace EtradeBot.Execution.Campaign;

/// <summary>Lives through many seeds, as many side by side as the machine has cores: a world has one thread, and worlds share nothing that changes.</summary>
static class Crew
{
    /// <param name="each">Called with one report at a time, in no particular order; false: that was enough.</param>
    public static void Live(IEnumerable<Schedule> schedules, Func<LifeReport, bool> each, int? threads = null)
    {
        var gate = new Lock();
        var isEnough = false;
        using var next = schedules.GetEnumerator();
        var workers = Enumerable.Range(0, threads ?? Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(() => OneThread.Run(Work), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Task.WaitAll(workers);

        void Work()
        {
            while (Taken() is { } schedule)
            {
                var report = ScheduledLife.Live(schedule);
                lock (gate) isEnough |= !each(report);
            }
        }

        Schedule? Taken()
        {
            lock (gate) return !isEnough && next.MoveNext() ? next.Current : null;
        }
    }

    public static IEnumerable<Schedule> Seeds(ulong first, int count)
    {
        for (var i = 0; i < count; i++) yield return ScheduledLife.Draw(first + (ulong)i);
    }
}
