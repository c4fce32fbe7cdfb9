using EtradeBot.Market;

namespace EtradeBot.Notify;

/// <summary>What a channel sends: one notice, or many of them told as one. Nothing in it needs masking any more.</summary>
/// <param name="Id">The same each time the same notices are sent together.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">Plain text; lines end with <c>\n</c>.</param>
/// <param name="At">When the newest of its notices happened.</param>
public sealed record Message(string Id, NoticeLevel Level, string Title, string Text, DateTimeOffset At)
{
    /// <summary>The event of its only notice; null where it tells of several kinds.</summary>
    public string? Event { get; init; }

    public Symbol? Symbol { get; init; }

    /// <summary>Of the notices it tells of: what a receiver knows a second copy by, whatever it is grouped with. Empty for a test.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>0 for the first time a critical notice is told, then 1, 2, …</summary>
    public int Repeat { get; init; }

    /// <summary>An earlier try may have arrived.</summary>
    public bool MaybeSentTwice { get; init; }
}
