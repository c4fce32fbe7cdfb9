namespace EtradeBot.Execution.Brokerage;

public enum SendResult
{
    /// <summary>Surely without effect.</summary>
    NotSent,

    /// <summary>The broker said no.</summary>
    Refused,

    /// <summary>It may be at the broker or not; it is being looked for.</summary>
    Unknown,

    /// <summary>The broker has it.</summary>
    Accepted,
}

/// <param name="Words">A sentence for the owner.</param>
public sealed record SendOutcome(SendResult Result, string Words, long? OrderId = null);
