namespace EtradeBot.Execution.Limits.Losses;

/// <summary>A day on which the program traded with real money.</summary>
/// <param name="IsClean">At its end journal and broker agreed to the share and the cent.</param>
public sealed record LiveDay(DateOnly Day, bool IsClean);

/// <summary>The cap on the first week with real money. No setting lifts it: only time, and days that were reconciled without a difference.</summary>
public static class FirstLiveWeek
{
    /// <summary>Dollars of one entry.</summary>
    public const decimal MostNotional = 500;

    /// <summary>Entries a day.</summary>
    public const int MostOrders = 3;

    /// <summary>Calendar days from the first day with real money.</summary>
    public const int Days = 7;

    /// <summary>Days in a row, up to the last one traded, that were reconciled without a difference.</summary>
    public const int CleanDays = 5;

    /// <param name="today">The New York day.</param>
    public static bool IsOver(IReadOnlyList<LiveDay> days, DateOnly today)
    {
        var past = days.Where(day => day.Day < today).OrderByDescending(day => day.Day).ToList();
        return past.Count >= CleanDays && past[^1].Day.AddDays(Days) <= today && past.Take(CleanDays).All(day => day.IsClean);
    }

    /// <summary>What is still missing, in a sentence.</summary>
    public static string Words(IReadOnlyList<LiveDay> days, DateOnly today)
    {
        var past = days.Where(day => day.Day < today).OrderByDescending(day => day.Day).ToList();
        var clean = past.TakeWhile(day => day.IsClean).Count();
        var first = past.Count == 0 ? today : past[^1].Day;
        return FormattableString.Invariant($"the first week with real money is capped until {first.AddDays(Days):yyyy-MM-dd} and {CleanDays} clean days in a row ({Math.Min(clean, CleanDays)} so far)");
    }
}
