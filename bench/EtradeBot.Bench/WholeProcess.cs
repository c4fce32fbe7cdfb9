using System.Diagnostics;
using System.Globalization;

namespace EtradeBot.Bench;

/// <summary>The program as its user starts it: from a CSV file to the five files of a backtest.</summary>
static class WholeProcess
{
    /// <summary>GNU time: tells the processor seconds and the peak memory of a process that has ended.</summary>
    const string Timer = "/usr/bin/time";

    const string Peers = "backtesting.py 14-20 (504 MB), vectorbt 13-20 (608 MB), LEAN 40-84 (861 MB)";

    public static IEnumerable<BenchRow> Rows(string csv, int runs)
    {
        var figures = new Lazy<(Figures Seconds, Figures Megabytes)>(() => Measure(csv, runs));
        yield return new("whole process, CSV to files", "s", 0.9, Peers, () => figures.Value.Seconds);
        yield return new("  whole process: peak memory", "MB", 250, "", () => figures.Value.Megabytes);
    }

    static (Figures Seconds, Figures Megabytes) Measure(string csv, int runs)
    {
        if (!File.Exists(Timer)) return Missing($"{Timer} is missing: install GNU time");
        if (Program() is not { } program) return Missing("run it from inside the repository");
        var target = Directory.CreateTempSubdirectory("bench-").FullName;
        try
        {
            // The first start builds the program and fills the disk cache.
            if (Start(program, csv, target) is null) return Missing("the program failed");
            var starts = Enumerable.Range(0, runs).Select(_ => Start(program, csv, target)!.Value).ToArray();
            return (new([.. starts.Select(start => start.Seconds)]), new([.. starts.Select(start => start.Megabytes)]));
        }
        finally
        {
            Directory.Delete(target, recursive: true);
        }
    }

    static (Figures, Figures) Missing(string why) => (new([], why), new([], why));

    static string? Program()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "etrade-bot") is var path && File.Exists(path) && File.Exists(Path.Combine(at.FullName, "EtradeBot.slnx"))) return path;
        return null;
    }

    static (double Seconds, double Megabytes)? Start(string program, string csv, string target)
    {
        var usage = Path.Combine(target, "usage.txt");
        string[] arguments =
        [
            "-o", usage, "-f", "%U %S %M", program,
            "backtest", "--csv", csv, "--strategy", "sma-cross", "--param", "Fast=10", "--param", "Slow=20",
            "--size", "100", "--commission-percent", "0.1", "--cash", "10000000", "--out", Path.Combine(target, "run"),
        ];
        using var process = Process.Start(new ProcessStartInfo(Timer, arguments) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) return null;
        var fields = File.ReadAllText(usage).Split(' ');
        double Field(int i) => double.Parse(fields[i], CultureInfo.InvariantCulture);
        return (Field(0) + Field(1), Field(2) / 1000);
    }
}
