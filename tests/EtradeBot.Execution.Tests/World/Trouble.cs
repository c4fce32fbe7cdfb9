using EtradeBot.Market;

namespace EtradeBot.Execution.World;

/// <summary>What befalls the machine of the program.</summary>
static class Trouble
{
    public static void Befall(VirtualWorld world, PlannedFault fault)
    {
        var length = TimeSpan.FromSeconds(fault.Value ?? 60);
        switch (fault.Kind)
        {
            case "crash":
                foreach (var process in world.Living) process.Die("an instant of the schedule");
                break;
            case "freeze":
                world.Clock.PassFrozen(length);
                break;
            case "sleep":
                Sleep(world, length);
                break;
            case "midnight":
                // Frozen until a minute after the token has ended.
                var nyse = MarketCalendar.Nyse;
                world.Clock.PassFrozen(nyse.At(nyse.DayOf(world.Clock.Now).AddDays(1), new TimeOnly(0, 1)) - world.Clock.Now);
                break;
            case "clock-skew":
                world.Skew = length;
                break;
            case "clock-jump":
                world.Skew += length;
                break;
            default:
                throw new ArgumentException($"'{fault.Kind}' cannot befall the machine at an instant");
        }
    }

    /// <summary>True time goes on; the machine's monotonic time and its timers stand still.</summary>
    static void Sleep(VirtualWorld world, TimeSpan length)
    {
        world.Clock.PassFrozen(length);
        foreach (var process in world.Living) process.Clock.Miss(length);
    }
}
