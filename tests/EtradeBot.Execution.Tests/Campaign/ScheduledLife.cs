using System.Text.RegularExpressions;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Sessions;
using EtradeBot.Execution.World;

namespace EtradeBot.Execution.Campaign;

/// <summary>What came of a schedule.</summary>
/// <param name="End">How it ended: <c>Ready</c>, or the state in which a person is needed, with the reason.</param>
sealed record LifeReport(Schedule Schedule, IReadOnlyList<string> Violations, string End)
{
    public required VirtualWorld World { get; init; }

    public required TradingProgram Program { get; init; }

    /// <summary>Begun anew because something had left the thread of the world.</summary>
    public bool WasBegunAnew { get; init; }

    /// <summary>Numbers of the invariants that were broken.</summary>
    public IEnumerable<string> Broken => Violations.Select(violation => violation.Split(':')[0]).Distinct();
}

/// <summary>Lets the trader live through a schedule, life after life, and has it judged. To be called on a thread of its own: <see cref="OneThread.Run(Action)"/>.</summary>
static partial class ScheduledLife
{
    public static readonly TimeSpan Troubled = TimeSpan.FromMinutes(4);
    static readonly TimeSpan Calm = TimeSpan.FromMinutes(4);

    const int MostLives = 30, LongestReason = 60, MostAttempts = 3;

    public const string LeftItsThread = "not judged: it left the thread of its world";

    public static Schedule Draw(ulong seed)
    {
        var schedule = ScheduleDraw.Draw(seed, Troubled);
        // Splits change shares without an execution: neither the order path nor its judge knows of them yet.
        return schedule with { Faults = [.. schedule.Faults.Where(fault => fault.Kind != "split")] };
    }

    /// <summary>On a busy machine something below the client now and then goes on on another thread: such a life proves nothing, and is lived again. Where .NET
    /// leaves the thread each time, nothing is said of the schedule but that.</summary>
    public static LifeReport Live(Schedule schedule)
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            try
            {
                return LiveOnce(schedule) with { WasBegunAnew = attempt > 1 };
            }
            catch (ThreadHopException)
            {
                // Counted, and told at the end.
            }
        }
        var world = new VirtualWorld(schedule);
        using var program = new TradingProgram(world, schedule.Start);
        return new LifeReport(schedule, [], LeftItsThread) { World = world, Program = program, WasBegunAnew = true };
    }

    static LifeReport LiveOnce(Schedule schedule)
    {
        var world = new VirtualWorld(schedule);
        var troubledUntil = schedule.Start + Troubled;
        using var program = new TradingProgram(world, troubledUntil);
        var calmFrom = troubledUntil;
        // The last life begins when the trouble is over; who slept or died in it gets the same time after it.
        for (var (life, isOver) = (1, false); life <= MostLives && !isOver; life++)
        {
            var isCalm = world.Clock.Now >= troubledUntil;
            if (isCalm) calmFrom = world.Clock.Now;
            var run = world.Run(program.RunAsync, isCalm ? Calm : troubledUntil - world.Clock.Now);
            program.ProcessEnded();
            // Its last alarm rang a little before the end.
            if (run.Ending == Ending.OutOfTime && world.Clock.Now < troubledUntil) world.Wait(troubledUntil - world.Clock.Now);
            // Who was frozen gets the same time after it.
            isOver = isCalm && run.Ending == Ending.OutOfTime && world.Clock.Now - world.Clock.ThawedAt >= Calm * 0.9;
            if (Unacceptable(run, world.Spoiled.Where(spoiled => spoiled.Process == run.Process.Number).Select(spoiled => spoiled.What)) is { } broken) return Report([broken], "failed");
            // A journal that was altered behind its back is a person's business: nothing is traded on it.
            if (run.Problem is JournalException && world.Spoiled.Count > 0) return Report([], "NeedsHuman: the journal was altered");
        }
        if (program.Trader is not { } trader) return Report(["I16: it never came to trade"], "never traded");
        var evidence = new Evidence(world, program, trader, calmFrom);
        var violations = Judge.Violations(evidence);
        return Report(violations, evidence.Mistaken.Count > 0 ? "took a person's equal order for its own" : Named(trader.Standing));

        LifeReport Report(IReadOnlyList<string> violations, string end) => new(schedule, violations, end) { World = world, Program = program };
    }

    /// <summary>A disk that refuses at the start ends the program with its message, and whoever keeps it running starts it again; anything else must not end it.</summary>
    static string? Unacceptable(RunResult run, IEnumerable<string> spoiledBefore)
    {
        if (run.Ending == Ending.DeadEnd) return "I16: it waits for ever";
        var isRefusal = run.Problem is JournalException;
        // A whole line behind the damaged one proves that this is no unfinished write.
        var mustRefuse = spoiledBefore.Any(what => WholeLinesFollow().Match(what) is { Success: true } match && int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) >= 2);
        if (mustRefuse && !isRefusal && run.Problem is not IOException && run.Ending != Ending.Died) return "I8: it traded on a journal that was altered";
        if (isRefusal && run.Process.World.Spoiled.Count == 0) return $"I8: {run.Problem!.Message}";
        return run.Ending == Ending.Failed && run.Problem is not IOException ? $"I16: it failed: {run.Problem}" : null;
    }

    static string Named(Standing standing)
    {
        if (standing.Readiness == Readiness.Ready) return "Ready";
        var reason = standing.Reasons.Count > 0 ? Figures().Replace(standing.Reasons[0], "#") : "no reason";
        return $"{standing.Readiness}: {(reason.Length > LongestReason ? reason[..LongestReason] + "..." : reason)}";
    }

    [GeneratedRegex(@"orders\.journal: a bit .*, (\d+) ends of lines follow")]
    private static partial Regex WholeLinesFollow();

    [GeneratedRegex(@"-?[0-9][0-9.,:]*|\b(AAPL|MSFT)\b|\b[ep][0-9]+[bn][0-9]+\b")]
    private static partial Regex Figures();
}
