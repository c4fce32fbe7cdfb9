using System.Diagnostics;
using System.Globalization;

namespace EtradeBot.Execution.Campaign;

/// <summary><c>tests/planted-bugs.sh</c>: every planted bug, and how many schedules it took to find it.</summary>
static class PlantedBugsCommand
{
    const int MostSchedules = 10_000;

    public static int Run(IReadOnlyList<string> names)
    {
        var bugs = names.Count == 0 ? PlantedBugs.All : [.. PlantedBugs.All.Where(bug => names.Contains(bug.Name))];
        if (bugs.Count == 0)
        {
            Console.Error.WriteLine($"no such bug; there are: {string.Join(", ", PlantedBugs.All.Select(bug => bug.Name))}");
            return 2;
        }
        var found = new List<BugFound>();
        Console.WriteLine("| Planted bug | schedules | objection |\n|---|--:|---|");
        foreach (var bug in bugs)
        {
            var watch = Stopwatch.StartNew();
            var result = BugHunt.Hunt(bug, (1, MostSchedules), Environment.ProcessorCount);
            found.Add(result);
            Console.WriteLine($"| {bug.Words} (`{bug.Name}`) | {(result.Schedules == 0 ? "-" : result.Schedules.ToString(CultureInfo.InvariantCulture))} | {result.Words} |");
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bug.Name}: {watch.Elapsed.TotalSeconds:0.0} s"));
        }
        var counts = found.Where(result => result.Schedules > 0).Select(result => result.Schedules).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{counts.Count} of {found.Count} found, median {(counts.Count == 0 ? 0 : counts[counts.Count / 2])} schedules"));
        return counts.Count == found.Count ? 0 : 1;
    }
}
