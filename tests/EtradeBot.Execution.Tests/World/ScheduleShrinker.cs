namespace EtradeBot.Execution.World;

/// <summary>Looks for the smallest schedule that still does what a given one does.</summary>
static class ScheduleShrinker
{
    /// <summary>Drops fault after fault, then makes what is left plainer.</summary>
    /// <param name="fails">Runs a schedule and says whether the trouble is still there.</param>
    public static Schedule Shrink(Schedule schedule, Func<Schedule, bool> fails)
    {
        for (var again = true; again;)
        {
            again = false;
            foreach (var smaller in Dropped(schedule).Concat(Plainer(schedule)))
            {
                if (!fails(smaller)) continue;
                (schedule, again) = (smaller, true);
                break;
            }
        }
        return schedule;
    }

    /// <summary>Halves first: of eight faults mostly one or two matter.</summary>
    static IEnumerable<Schedule> Dropped(Schedule schedule)
    {
        var faults = schedule.Faults;
        if (faults.Count > 3)
        {
            yield return schedule with { Faults = [.. faults.Take(faults.Count / 2)] };
            yield return schedule with { Faults = [.. faults.Skip(faults.Count / 2)] };
        }
        for (var i = 0; i < faults.Count; i++) yield return schedule with { Faults = [.. faults.Take(i), .. faults.Skip(i + 1)] };
    }

    static IEnumerable<Schedule> Plainer(Schedule schedule)
    {
        if (!schedule.IsCalm) yield return schedule with { IsCalm = true };
        if (schedule.VisibleAfter > 0) yield return schedule with { VisibleAfter = 0 };
        if (schedule.Start != Schedule.UsualStart) yield return schedule with { Start = Schedule.UsualStart };
        for (var i = 0; i < schedule.Faults.Count; i++)
            foreach (var fault in Plainer(schedule.Faults[i])) yield return schedule with { Faults = [.. schedule.Faults.Take(i), fault, .. schedule.Faults.Skip(i + 1)] };
    }

    static IEnumerable<PlannedFault> Plainer(PlannedFault fault)
    {
        if (fault.Times > 1) yield return fault with { Times = fault.Times / 2 };
        if (fault.Seconds > 2) yield return fault with { Seconds = Math.Floor(fault.Seconds.Value / 2) };
        if (fault.Value is { } value && value != Math.Truncate(value)) yield return fault with { Value = Math.Truncate(value) };
        if (!fault.IsAtInstant && fault.Number > 1) yield return fault with { Number = Math.Floor(fault.Number / 2) };
        if (fault.IsAtInstant && fault.Number != Math.Floor(fault.Number)) yield return fault with { Number = Math.Floor(fault.Number) };
    }
}
