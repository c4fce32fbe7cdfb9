using EtradeBot.Market;

namespace EtradeBot.Notify;

/// <summary>Where a notice stands on its way through one channel.</summary>
public enum OutboxState
{
    /// <summary>Not tried yet.</summary>
    Waiting,

    /// <summary>With the provider at this moment.</summary>
    Sending,

    Sent,

    /// <summary>The last try failed; another follows.</summary>
    Failed,

    /// <summary>Refused by the provider or failing for too long; only a retry by hand sends it.</summary>
    GaveUp,

    /// <summary>Sent inside another one's message.</summary>
    Grouped,

    /// <summary>Kept back until the quiet hours end.</summary>
    Held,
}

/// <summary>A notice on its way through one channel.</summary>
/// <param name="Id">Of this row; what <see cref="Notifier.Retry"/> takes.</param>
/// <param name="NoticeId">Of the notice, the same in all channels; what <see cref="Notifier.Acknowledge"/> takes.</param>
public sealed record OutboxRow(long Id, long NoticeId, string Channel, OutboxState State)
{
    public required string Key { get; init; }

    public required string Event { get; init; }

    public required NoticeLevel Level { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init; }

    public Symbol? Symbol { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>0, or which repeat of a critical notice this is.</summary>
    public int Repeat { get; init; }

    public int Attempts { get; init; }

    /// <summary>Not before then is it tried; null once it is done with.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The provider's last answer in its own words.</summary>
    public string? Answer { get; init; }

    /// <summary>The program or the connection ended between sending and recording, so the owner may have it twice.</summary>
    public bool MaybeSentTwice { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }
}

/// <summary>Which rows of the outbox to show; newest first.</summary>
public sealed record OutboxQuery
{
    public string? Channel { get; init; }

    public OutboxState? State { get; init; }

    public string? Key { get; init; }

    /// <summary>Only rows of critical notices that nobody acknowledged.</summary>
    public bool OnlyUnacknowledged { get; init; }

    public int Limit { get; init; } = 100;
}
