namespace EtradeBot.App.Reports;

/// <summary>The files of a run: all of them, or none.</summary>
sealed class ResultFiles(TimeProvider clock, Func<string, Stream> create)
{
    /// <summary>File names in the order in which they are written.</summary>
    public static IReadOnlyList<string> Names { get; } = ["trades.csv", "equity.csv", "orders.csv", "report.html", "summary.json"];

    /// <summary>Writes the five files into the folder, making it where it is missing; files of an earlier run are replaced.</summary>
    /// <returns>Their paths.</returns>
    /// <exception cref="IOException">A file cannot be written. The folder is then as it was before.</exception>
    public static IReadOnlyList<string> Write(string directory, RunRecord run) =>
        new ResultFiles(TimeProvider.System, File.Create).WriteAll(directory, run);

    internal IReadOnlyList<string> WriteAll(string directory, RunRecord run)
    {
        var begun = clock.GetTimestamp();
        var targets = Names.Select(name => Path.Combine(directory, name)).ToArray();
        Directory.CreateDirectory(directory);
        try
        {
            Make(targets[0], stream => TradesCsv.Write(stream, run));
            Make(targets[1], stream => EquityCsv.Write(stream, run));
            Make(targets[2], stream => OrdersCsv.Write(stream, run));
            Make(targets[3], stream => HtmlReport.Write(stream, run));
            Make(targets[4], stream => SummaryJson.Write(stream, run, Measure(run.Timing, begun)));
            foreach (var target in targets) File.Move(Draft(target), target, overwrite: true);
        }
        finally
        {
            foreach (var target in targets) File.Delete(Draft(target));
        }
        return targets;
    }

    static string Draft(string target) => target + ".part";

    void Make(string target, Action<Stream> write)
    {
        try
        {
            using var stream = create(Draft(target));
            write(stream);
            stream.Flush();
        }
        catch (IOException problem)
        {
            throw new IOException($"cannot write {target}: {problem.Message} No result file was written or changed; make room or choose another folder with --out.", problem);
        }
    }

    Timings Measure(RunTiming timing, long begun) => new(
        timing.Load,
        timing.Indicators,
        timing.Simulation,
        clock.GetElapsedTime(begun).TotalSeconds,
        clock.GetElapsedTime(timing.StartedAt).TotalSeconds);
}
