namespace EtradeBot.Execution.Limits.Losses;

/// <summary>What the loss watch hears of.</summary>
public abstract record LossEvent
{
    LossEvent()
    {
    }

    /// <summary>The account's value as the broker has just said it.</summary>
    /// <param name="At">When the answer arrived.</param>
    /// <param name="Equity">Cash and positions, dollars.</param>
    /// <param name="Reckoned">The same by the program's own books: its cash, and its positions at fresh quotes; null when a quote is missing.</param>
    public sealed record Marked(DateTimeOffset At, decimal Equity, decimal? Reckoned) : LossEvent;

    /// <summary>Money that was paid in (positive) or out: neither profit nor loss.</summary>
    public sealed record Transferred(decimal Dollars) : LossEvent;

    /// <summary>A person has looked and lets trading go on: the day's loss and the highest value are counted anew from the next mark.</summary>
    public sealed record Cleared(string By, DateTimeOffset At) : LossEvent;
}
