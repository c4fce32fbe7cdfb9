using EtradeBot.Market;

namespace EtradeBot.Notify;

/// <summary>How much an owner has to care; critical ones repeat until acknowledged.</summary>
public enum NoticeLevel
{
    Info,
    Warning,
    Critical,
}

/// <summary>Something the owner may want to be told.</summary>
/// <param name="Event">What kind of thing: one of <see cref="NoticeEvents"/>.</param>
/// <param name="Key">Names this very happening: a second notice of the same key is not sent again.</param>
/// <param name="Title">One line, without a full stop.</param>
/// <param name="Text">What happened, with its numbers, and what to do.</param>
/// <param name="At">When it happened.</param>
public sealed record Notice(string Event, string Key, string Title, string Text, DateTimeOffset At)
{
    /// <summary>Where it is not set: the usual level of the event.</summary>
    public NoticeLevel? Level { get; init; }

    public Symbol? Symbol { get; init; }

    /// <summary>The channel it is not sent by, because it tells of that channel's failure.</summary>
    internal string? ExceptBy { get; init; }
}
