namespace EtradeBot.Notify;

/// <summary>A way to reach the owner.</summary>
public interface INoticeChannel
{
    /// <summary>Small letters, as settings, routes and the outbox spell it.</summary>
    string Name { get; }

    /// <summary>One try. Failures of network and provider are answers, not exceptions.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the message may have left.</exception>
    Task<ChannelAnswer> SendAsync(Message message, CancellationToken cancel);
}

/// <summary>A channel as the settings leave it.</summary>
/// <param name="Channel">Null where nothing or too little is set.</param>
/// <param name="Problem">Which setting is missing or wrong, in words; null where it is ready or nothing is set at all.</param>
public sealed record ChannelSetup(string Name, INoticeChannel? Channel, string? Problem)
{
    public bool IsReady => Channel is not null;

    /// <summary>None of its settings is set: nobody wants it.</summary>
    public bool IsUnused => Channel is null && Problem is null;
}
