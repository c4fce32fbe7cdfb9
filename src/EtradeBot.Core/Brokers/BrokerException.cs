namespace EtradeBot.Brokers;

/// <summary>Why the broker could not be used, by what has to be done about it.</summary>
public enum BrokerFault
{
    /// <summary>No connection, or no answer in time.</summary>
    Unreachable,

    /// <summary>The broker answers that it is down for now.</summary>
    Unavailable,

    /// <summary>Too many requests: slow down.</summary>
    RateLimited,

    /// <summary>The token is dead: a person has to log in.</summary>
    SessionExpired,

    /// <summary>Key, secret, environment or clock are wrong: a person has to correct the settings.</summary>
    NotAuthorized,

    /// <summary>The broker understood and refused: funds, shares, prices, an unknown account, an order that cannot be cancelled any more.</summary>
    Refused,

    /// <summary>A refusal that passes by itself: an order that is still being updated, a price that is not there yet, a preview that is too old.</summary>
    TryAgain,

    /// <summary>An answer that cannot be what the broker meant to send.</summary>
    UnexpectedReply,
}

/// <summary>What became of the request, as far as can be known.</summary>
public enum RequestFate
{
    /// <summary>Surely without effect: no byte of it had left.</summary>
    NotSent,

    /// <summary>Surely without effect: the broker said no.</summary>
    Refused,

    /// <summary>It may have been carried out. A request to place, change or cancel is never sent again on its own.</summary>
    Unknown,
}

/// <summary>The broker, or the way to it, failed.</summary>
/// <remarks>The message is one or two sentences for the owner: what happened, and what to do. It holds no secret and no token.</remarks>
public sealed class BrokerException : Exception
{
    public BrokerException(BrokerFault fault, RequestFate fate, string message, Exception? inner = null) : base(message, inner) =>
        (Fault, Fate) = (fault, fate);

    public BrokerFault Fault { get; }

    public RequestFate Fate { get; }

    /// <summary>The broker's own error number; null where it sent none.</summary>
    public int? Code { get; init; }

    /// <summary>Status of the HTTP answer; null where there was none.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The broker's own words, shortened; empty where it sent none.</summary>
    public string BrokerMessage { get; init; } = "";
}
