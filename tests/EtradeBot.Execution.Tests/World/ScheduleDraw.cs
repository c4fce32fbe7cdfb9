namespace EtradeBot.Execution.World;

/// <summary>Draws schedules: one to eight faults, two more often than any other number, and often two that are known to meet.</summary>
static class ScheduleDraw
{
    /// <summary>Points of life and death that a run of a few minutes passes.</summary>
    const int UsualPoints = 600;

    /// <summary>Share of schedules of 1, 2, ... faults.</summary>
    static readonly double[] Counts = [0.12, 0.46, 0.16, 0.10, 0.06, 0.04, 0.03, 0.03];

    static readonly DateTimeOffset[] Starts =
    [
        Schedule.UsualStart, Schedule.UsualStart, Schedule.UsualStart, Schedule.UsualStart, Schedule.UsualStart, Schedule.UsualStart,
        new(2026, 3, 10, 13, 25, 0, TimeSpan.Zero), // five minutes before the open
        new(2026, 3, 10, 19, 50, 0, TimeSpan.Zero), // ten minutes before the close
        new(2026, 3, 7, 4, 50, 0, TimeSpan.Zero), // ten minutes before midnight in New York; the clocks change that weekend
        new(2026, 11, 27, 17, 40, 0, TimeSpan.Zero), // before an early close
    ];

    /// <param name="length">How long the run is about to last: instants are drawn from it.</param>
    public static Schedule Draw(ulong seed, TimeSpan length)
    {
        var dice = Dice.For(seed, "schedule");
        var count = Count(dice.Unit());
        var faults = new List<PlannedFault>();
        while (faults.Count < count)
        {
            if (faults.Count + 2 <= count && dice.Chance(0.4))
            {
                var (first, second) = dice.Of(FaultTable.Pairs);
                faults.AddRange(Meeting(dice, (FaultTable.Find(first)!, FaultTable.Find(second)!), length));
            }
            else
            {
                faults.Add(One(dice, dice.Of(FaultTable.All), length));
            }
        }
        return new Schedule(seed)
        {
            Start = dice.Of(Starts),
            VisibleAfter = dice.Chance(0.5) ? Rounded(dice.Between(1, 120)) : 0,
            Faults = faults,
        };
    }

    static int Count(double unit)
    {
        for (var i = 0; i < Counts.Length; i++)
            if ((unit -= Counts[i]) < 0) return i + 1;
        return 2;
    }

    /// <summary>Two faults on the same occasion, or soon after one another, where they have one in common.</summary>
    static IEnumerable<PlannedFault> Meeting(Dice dice, (FaultKind First, FaultKind Second) pair, TimeSpan length)
    {
        var first = One(dice, pair.First, length);
        var second = One(dice, pair.Second, length);
        if (first.IsAtInstant && second.IsAtInstant) second = second with { Number = Rounded(first.Number + dice.Between(0, 120)) };
        else if (!first.IsAtInstant && pair.Second.At.Contains(first.At)) second = second with { At = first.At, Number = first.Number + dice.Below(2) };
        return [first, second];
    }

    static PlannedFault One(Dice dice, FaultKind kind, TimeSpan length)
    {
        var at = dice.Of(kind.At);
        return new PlannedFault(kind.Name, at, NumberOf(dice, at, length))
        {
            Value = kind.Values.Length > 0 ? dice.Of(kind.Values) : kind.Value is var (least, most) ? Rounded(dice.Between(least, most)) : null,
            Seconds = kind.Seconds is var (shortest, longest) ? Rounded(Math.Min(longest, shortest + dice.HeavyTail(shortest * 5, longest))) : null,
            Times = kind.Times == 1 || dice.Chance(0.5) ? 1 : 1 + dice.Below(kind.Times),
            Text = kind.Texts.Length > 0 ? dice.Of(kind.Texts) : null,
        };
    }

    static double NumberOf(Dice dice, string at, TimeSpan length) => at switch
    {
        PlannedFault.Time => Rounded(dice.Between(0, length.TotalSeconds)),
        "point" => 1 + dice.Below(UsualPoints),
        "boot" => 1 + dice.Below(2),
        _ => 1 + (int)dice.HeavyTail(3, 100),
    };

    static double Rounded(double number) => Math.Round(number, 3);
}
