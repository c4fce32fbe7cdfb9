using System.Diagnostics;

namespace EtradeBot.Bench;

/// <summary>Runs that come after the runtime has compiled everything for the last time.</summary>
static class WarmedUp
{
    /// <summary>It compiles beside the work, in pauses that it waits for: short calls are over before it has begun, and a busy machine delays it.</summary>
    static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(4);

    /// <returns>What the runs return.</returns>
    public static double[] Runs(int count, Func<double> run)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var calls = 0; calls < BenchOptions.WarmUps || Stopwatch.GetElapsedTime(begun) < AtLeast; calls++) run();
        return [.. Enumerable.Range(0, count).Select(_ => run())];
    }
}
