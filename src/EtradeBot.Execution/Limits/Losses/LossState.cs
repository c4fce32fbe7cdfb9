using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Losses;

/// <summary>A stop that only a person ends.</summary>
public enum LossHalt
{
    None,

    /// <summary>The drawdown was reached: no entries.</summary>
    NoEntries,

    /// <summary>The day's hard loss was reached: no entries, and everything is to be sold.</summary>
    Flatten,
}

/// <summary>What the marks of an account have come to. A value to be kept over a restart.</summary>
public sealed record LossState
{
    public static LossState Empty { get; } = new();

    /// <summary>The New York day of the last mark.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The account at the end of the day before, dollars; null until the first mark, and after a person has cleared a halt.</summary>
    public decimal? DayStart { get; init; }

    /// <summary>The last value that was believed, dollars.</summary>
    public decimal? Equity { get; init; }

    /// <summary>The highest value that was believed, dollars.</summary>
    public decimal? Peak { get; init; }

    public DateTimeOffset? MarkedAt { get; init; }

    /// <summary>The day on which the soft loss was reached: no entries until the open of the session after it.</summary>
    public DateOnly? SoftDay { get; init; }

    /// <summary>Ends by <see cref="LossEvent.Cleared"/> alone, over any restart.</summary>
    public LossHalt Halt { get; init; }

    /// <summary>Why there is a halt, in a sentence.</summary>
    public string HaltReason { get; init; } = "";

    /// <summary>When a first mark showed what would be a halt: it takes a second, later one to make it so.</summary>
    public DateTimeOffset? Suspected { get; init; }

    /// <summary>Which halt is suspected.</summary>
    public LossHalt SuspectedHalt { get; init; }

    /// <summary>Why the last mark was not believed; empty when it was. Entries wait, nothing is sold.</summary>
    public string Doubt { get; init; } = "";

    /// <summary>Dollars lost since the end of the day before; negative for a gain; null before the first mark.</summary>
    public decimal? DayLoss => DayStart - Equity;

    /// <summary>Fraction below the highest value; null before the first mark.</summary>
    public decimal? DrawdownNow => Peak > 0 && Equity is { } equity ? (Peak.Value - equity) / Peak.Value : null;

    /// <summary>The soft stop is in force: it ends when the session after <see cref="SoftDay"/> opens.</summary>
    public bool IsSoftStopped(DateTimeOffset now) =>
        SoftDay is { } day && now < MarketCalendar.Nyse.SessionOn(MarketCalendar.Nyse.NextSession(day))!.Value.Open;

    /// <summary>What is to be sold is to be sold now.</summary>
    public bool MustFlatten => Halt == LossHalt.Flatten;
}
