namespace EtradeBot.Notify;

/// <summary>What became of one message handed to a provider.</summary>
/// <param name="Words">As the provider said it, with its code, or what failed on the way; one line, without a full stop.</param>
public abstract record ChannelAnswer(string Words)
{
    /// <summary>The provider took it.</summary>
    public sealed record Delivered(string Words) : ChannelAnswer(Words);

    /// <summary>Not now: the network, the provider or its rate limit.</summary>
    /// <param name="After">How long the provider asks to be left alone; null where it does not say.</param>
    public sealed record TryAgain(string Words, TimeSpan? After = null) : ChannelAnswer(Words)
    {
        /// <summary>The connection ended after the message had left, so sending it again may deliver it twice.</summary>
        public bool MayHaveArrived { get; init; }
    }

    /// <summary>Sending the same again would be answered the same: a person has to change a setting first.</summary>
    public sealed record Refused(string Words) : ChannelAnswer(Words);
}
