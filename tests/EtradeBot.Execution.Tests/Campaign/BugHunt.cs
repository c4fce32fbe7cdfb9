using System.Globalization;
using System.Reflection;
using EtradeBot.Execution.World;

namespace EtradeBot.Execution.Campaign;

/// <param name="Schedules">How many it took; 0: it was not found.</param>
/// <param name="Words">The schedule and what was broken, or why it was not found.</param>
sealed record BugFound(PlantedBug Bug, int Schedules, string Words);

/// <summary>Looks for a planted bug as the tests look for a real one: schedule after schedule, until the judge objects.</summary>
static class BugHunt
{
    public static BugFound Hunt(PlantedBug bug, (ulong From, int Count) seeds, int threads)
    {
        var hunt = PlantedBuild.Load(bug).GetType(typeof(BugHunt).FullName!)!.GetMethod(nameof(Until), BindingFlags.Public | BindingFlags.Static)!;
        var (schedules, words) = ((int, string))hunt.Invoke(null, [seeds.From, seeds.Count, threads])!;
        return new BugFound(bug, schedules, words);
    }

    /// <summary>Called in the copy of these tests that is bound to the planted bug. First an uneventful life of either kind: whoever never trades breaks nothing.</summary>
    public static (int Schedules, string Words) Until(ulong from, int count, int threads)
    {
        var (lived, found, words) = (0, 0, $"not found in {count.ToString(CultureInfo.InvariantCulture)} schedules");
        Crew.Live(new[] { new Schedule(1) { IsCalm = true }, new Schedule(2) { IsCalm = true } }.Concat(Crew.Seeds(from, count)), report =>
        {
            lived++;
            var objections = report.Schedule.Faults.Count == 0 && report.Schedule.IsCalm ? [.. report.Violations, .. Idle(report)] : report.Violations;
            if (found > 0 || objections.Count == 0) return found == 0;
            (found, words) = (lived, $"{objections[0].Split('\n')[0]} | {report.Schedule}");
            return false;
        }, threads);
        return (found, words);
    }

    static IEnumerable<string> Idle(LifeReport report)
    {
        var orders = report.World.Ledger.Account(report.Program.Account).Orders;
        if (!orders.Any(order => order.Action == "Buy" && order.Filled > 0)) yield return "I16: on a day without trouble nothing was bought";
        else if (!orders.Any(order => order.Action == "Sell" && order.Filled > 0)) yield return "I16: on a day without trouble nothing was sold";
        if (report.End != "Ready") yield return $"I16: on a day without trouble it ended as {report.End}";
    }
}
