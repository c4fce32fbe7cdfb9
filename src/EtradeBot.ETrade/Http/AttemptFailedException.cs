using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Http;

/// <summary>Whether and how a read that failed this way is sent again.</summary>
enum RetryRule
{
    Never,

    /// <summary>After 1, 2, 4, 8 seconds.</summary>
    BackOff,

    /// <summary>As soon as the rate limiter lets it pass again.</summary>
    Paced,

    /// <summary>Once, after a second.</summary>
    OnceLater,

    /// <summary>Once, at once, with a new nonce.</summary>
    OnceNow,

    /// <summary>Once, after the token was renewed.</summary>
    OnceRenewed,
}

/// <summary>One attempt failed; never leaves this library: what a caller sees is <see cref="Broker"/>.</summary>
sealed class AttemptFailedException(CallState state, BrokerException broker, RetryRule retry) : Exception(broker.Message, broker)
{
    public CallState State { get; } = state;

    public BrokerException Broker { get; } = broker;

    public RetryRule Retry { get; } = retry;
}
