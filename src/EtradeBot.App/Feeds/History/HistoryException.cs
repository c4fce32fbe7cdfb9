namespace EtradeBot.App.Feeds.History;

/// <summary>Why a source gave no candles.</summary>
enum HistoryFault
{
    /// <summary>No connection, no answer in time, or a failure of the server: trying again may help.</summary>
    Unreachable,

    /// <summary>Too many requests in a short time: waiting helps.</summary>
    RateLimited,

    /// <summary>The answer is cut short or damaged: trying again may help.</summary>
    Garbled,

    /// <summary>The requests of the hour, day or month are used up.</summary>
    QuotaSpent,

    /// <summary>The key is missing, wrong or not accepted.</summary>
    KeyRefused,

    /// <summary>The key is good, but what was asked for costs more.</summary>
    NotInPlan,

    /// <summary>A web page instead of data, or another refusal to serve this program.</summary>
    Blocked,

    /// <summary>The source does not know the symbol, or has no candles of it.</summary>
    UnknownSymbol,

    /// <summary>Not what the source documents.</summary>
    UnexpectedReply,
}

/// <summary>A source gave no candles. The message is one sentence for the user, without any key.</summary>
sealed class HistoryException(HistoryFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public HistoryFault Fault { get; } = fault;

    /// <summary>How long the source asked to wait; null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The same request may succeed a little later.</summary>
    public bool IsPassing => Fault is HistoryFault.Unreachable or HistoryFault.RateLimited or HistoryFault.Garbled;

    /// <summary>Every further request would be refused for the same reason.</summary>
    public bool IsFinal => Fault is HistoryFault.QuotaSpent or HistoryFault.KeyRefused or HistoryFault.NotInPlan;
}
