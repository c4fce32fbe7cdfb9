namespace EtradeBot.Notify;

/// <summary>What a <see cref="Notifier"/> is made of.</summary>
/// <param name="DataFolder">Where <c>notices.db</c> lies.</param>
public sealed record NotifierOptions(string DataFolder)
{
    public NoticePlan Plan { get; init; } = new();

    public IReadOnlyList<ChannelSetup> Channels { get; init; } = [];

    public Masking Masking { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Notices kept in memory while the disk cannot take them.</summary>
    public int QueueLength { get; init; } = 10_000;

    /// <summary>A provider that says nothing for so long has failed.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>How the notifier does.</summary>
/// <param name="IsSender">Whether this program sends; of several on one folder one does, the others hand their notices to it through the file.</param>
/// <param name="InMemory">Notices the outbox has not taken yet.</param>
/// <param name="Dropped">Notices lost because memory was full while the disk took none.</param>
/// <param name="Problem">What is wrong with the outbox, in words; null where nothing is.</param>
public sealed record NotifierHealth(bool IsSender, int InMemory, long Dropped, string? Problem)
{
    public required IReadOnlyList<ChannelHealth> Channels { get; init; }
}

/// <param name="Problem">A missing setting, or the provider's last words when it did not take a message; null where all is well.</param>
public sealed record ChannelHealth(string Name, bool IsEnabled, bool IsReady, string? Problem)
{
    /// <summary>When the provider last took or refused a message of this program.</summary>
    public DateTimeOffset? LastSentAt { get; init; }
}
