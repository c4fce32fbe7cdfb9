using EtradeBot.App.Storage;

namespace EtradeBot.App.Reports;

/// <summary>The files of a run: all of them, or none. What they hold: docs/results.md.</summary>
/// <param name="clock">Measures the seconds in summary.json; nothing else depends on it.</param>
/// <param name="through">What the bytes of each file pass through on their way to the disk.</param>
sealed class ResultFiles(TimeProvider clock, Func<Stream, Stream> through)
{
    /// <summary>The files of every run, the summary first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["summary.json", "trades.csv", "equity.csv", "orders.csv", "report.html"];

    /// <summary>Writes the five files into the folder, making it where it is missing; files of an earlier run are replaced, others left alone.</summary>
    /// <param name="companions">Files that appear with the five, or not at all.</param>
    /// <returns>The paths of the five, the summary first.</returns>
    /// <exception cref="IOException">A file cannot be written. What was in the folder before is unchanged.</exception>
    public static IReadOnlyList<string> Write(string directory, RunRecord run, params IReadOnlyList<CompanionFile> companions) =>
        new ResultFiles(TimeProvider.System, stream => stream).WriteAll(directory, run, companions);

    internal IReadOnlyList<string> WriteAll(string directory, RunRecord run, params IReadOnlyList<CompanionFile> companions)
    {
        var begun = clock.GetTimestamp();
        using var folder = new AtomicFolder(directory);
        Add("trades.csv", TradesCsv.Write);
        Add("equity.csv", EquityCsv.Write);
        Add("orders.csv", OrdersCsv.Write);
        Add("report.html", HtmlReport.Write);
        foreach (var (name, write) in companions) Add(name, write);
        // Last, because it tells how long the others took.
        Add("summary.json", (stream, record) => SummaryJson.Write(stream, record, Measure(record.Timing, begun)));
        folder.Commit();
        return [.. Names.Select(name => Path.Combine(directory, name))];

        void Add(string name, Action<Stream, RunRecord> write) => folder.Add(name, stream => write(through(stream), run));
    }

    Timings Measure(RunTiming timing, long begun) => new(
        timing.Load,
        timing.Indicators,
        timing.Simulation,
        clock.GetElapsedTime(begun).TotalSeconds,
        clock.GetElapsedTime(timing.StartedAt).TotalSeconds);
}

/// <summary>A file that a part of the program wants beside the results.</summary>
readonly record struct CompanionFile(string Name, Action<Stream, RunRecord> Write);
