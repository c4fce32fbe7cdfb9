using System.Diagnostics;
using System.Globalization;
using EtradeBot.Execution.World;

namespace EtradeBot.Execution.Campaign;

/// <summary><c>tests/schedules.sh</c>: many schedules with the tables of what happened, or one again, with everything that happened in it.</summary>
static class SchedulesCommand
{
    const string Usage = "usage: schedules [--from SEED] [--count N] [--threads N] [--ended WORDS] | --replay 'SCHEDULE LINE'";

    /// <summary>One in so many is lived twice, to the same bytes.</summary>
    const ulong TwiceEvery = 250;

    const int MostShrunk = 3;

    public static int Run(IReadOnlyList<string> arguments)
    {
        var (from, count, threads, replay, ended) = (1ul, 1_000, Environment.ProcessorCount, "", "");
        try
        {
            for (var i = 0; i + 1 < arguments.Count; i += 2)
            {
                if (arguments[i] == "--from") from = ulong.Parse(arguments[i + 1], CultureInfo.InvariantCulture);
                else if (arguments[i] == "--count") count = int.Parse(arguments[i + 1], CultureInfo.InvariantCulture);
                else if (arguments[i] == "--threads") threads = int.Parse(arguments[i + 1], CultureInfo.InvariantCulture);
                else if (arguments[i] == "--ended") ended = arguments[i + 1];
                else if (arguments[i] == "--replay") replay = arguments[i + 1];
                else throw new FormatException(arguments[i]);
            }
            if (arguments.Count % 2 != 0) throw new FormatException(arguments[^1]);
            return replay.Length > 0 ? Replay(Schedule.Parse(replay), Console.Out) : Many((from, count, threads), ended);
        }
        catch (FormatException problem)
        {
            Console.Error.WriteLine($"{problem.Message}\n{Usage}");
            return 2;
        }
    }

    /// <summary>Prints the trace, which is the same bytes each time, what the journal says of each order, and the judgement.</summary>
    public static int Replay(Schedule schedule, TextWriter output)
    {
        var report = OneThread.Run(() => ScheduledLife.Live(schedule));
        output.Write(report.World.Trace.ToString());
        output.WriteLine($"\nThe broker's books:\n{report.World.Ledger}");
        output.WriteLine($"What the program says:\n{string.Join('\n', Told(report))}\n\n{report.End}");
        foreach (var violation in report.Violations) output.WriteLine(violation);
        return report.Violations.Count == 0 ? 0 : 1;
    }

    public static IEnumerable<string> Told(LifeReport report) =>
        report.Program.Trader?.Book.Orders.Select(order => FormattableString.Invariant($"{order.Id} {order.Intent.Role} {order.Intent}: {order.State} {order.OrderId} filled {order.Filled}, changed {order.ChangedAt:HH:mm:ss}, {order.Words}")) ?? [];

    /// <summary>The smallest schedule that breaks the same invariant.</summary>
    public static Schedule Shrunk(LifeReport report)
    {
        var broken = report.Broken.ToHashSet();
        return ScheduleShrinker.Shrink(report.Schedule, candidate => ScheduledLife.Live(candidate).Broken.Any(broken.Contains));
    }

    /// <summary>Not the same the second time: named as a violation of its own.</summary>
    public static LifeReport LivedTwice(LifeReport first)
    {
        if (first.Schedule.Seed % TwiceEvery != 0) return first;
        var again = OneThread.Run(() => ScheduledLife.Live(first.Schedule));
        return again.World.Fingerprint() == first.World.Fingerprint() ? first : first with { Violations = [.. first.Violations, "I14: the second time something else happened"] };
    }

    /// <param name="ended">Schedules whose end has these words are listed.</param>
    static int Many((ulong From, int Count, int Threads) wish, string ended)
    {
        var watch = Stopwatch.StartNew();
        var tally = new Tally();
        Crew.Live(Crew.Seeds(wish.From, wish.Count), report =>
        {
            tally.Add(LivedTwice(report));
            if (ended.Length > 0 && report.End.Contains(ended, StringComparison.OrdinalIgnoreCase)) Console.WriteLine($"{report.End}: {report.Schedule}");
            if (tally.Schedules % 500 == 0) Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tally.Schedules} of {wish.Count}, {tally.Failures.Count} with violations, {tally.Schedules / watch.Elapsed.TotalSeconds:0.0} a second"));
            return true;
        }, wish.Threads);
        Console.WriteLine(Summary(tally, wish.From, watch.Elapsed));
        Console.WriteLine();
        Console.WriteLine(tally);
        foreach (var failure in tally.Failures.OrderBy(failure => failure.Schedule.Seed).Take(MostShrunk)) Explain(failure);
        foreach (var failure in tally.Failures.OrderBy(failure => failure.Schedule.Seed).Skip(MostShrunk)) Console.WriteLine($"{failure.Schedule}\n    {failure.Violations[0]}");
        return tally.Failures.Count == 0 ? 0 : 1;
    }

    public static string Summary(Tally tally, ulong from, TimeSpan took) => string.Create(CultureInfo.InvariantCulture,
        $"{tally.Schedules} schedules from seed {from}, {tally.Failures.Count} with violations, {tally.Orders} orders, {tally.Calls} calls, {tally.BegunAnew} begun anew, {tally.NotJudged} not judged, {tally.Schedules / took.TotalSeconds:0.0} a second");

    static void Explain(LifeReport failure)
    {
        var small = OneThread.Run(() => Shrunk(failure));
        Console.WriteLine($"{failure.Schedule}\n    {string.Join("\n    ", failure.Violations)}\n    shrunk: tests/schedules.sh --replay '{small}'");
        foreach (var violation in OneThread.Run(() => ScheduledLife.Live(small)).Violations) Console.WriteLine($"        {violation}");
    }
}
