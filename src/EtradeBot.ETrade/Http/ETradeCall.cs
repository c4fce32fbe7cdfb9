namespace EtradeBot.ETrade.Http;

/// <summary>The rate limits are counted for each of these.</summary>
enum ETradeModule
{
    OAuth,
    Accounts,
    Market,
    Orders,
    User,
}

/// <summary>Who goes first when requests have to wait for the rate limit.</summary>
enum CallPriority
{
    /// <summary>Place, change, cancel and their previews.</summary>
    Order,

    /// <summary>A person or a reconciliation is waiting.</summary>
    Normal,

    /// <summary>Will be asked again anyway.</summary>
    Polling,
}

/// <summary>One request to <c>/v1</c>, or to <c>/oauth</c> for the module of that name.</summary>
/// <param name="Path">After <c>/v1</c>, escaped, such as <c>/accounts/list.json</c>.</param>
/// <param name="What">What is being done, for messages: <c>place the order</c>.</param>
sealed record ETradeCall(HttpMethod Method, ETradeModule Module, string Path, string What)
{
    /// <summary>Names and values, not yet escaped.</summary>
    public IReadOnlyList<(string Name, string Value)> Query { get; init; } = [];

    /// <summary>XML or JSON; null without one.</summary>
    public string? Body { get; init; }

    public string BodyType { get; init; } = "application/xml";

    public CallPriority Priority { get; init; } = CallPriority.Normal;

    /// <summary>A GET may be sent again; nothing else may.</summary>
    public bool IsRead => Method == HttpMethod.Get;

    /// <summary>A read or a preview: whatever becomes of it, nothing has changed at the broker.</summary>
    public bool IsHarmless => IsRead || Path.EndsWith("/preview.json", StringComparison.Ordinal) || Path.EndsWith("/preview", StringComparison.Ordinal);
}

/// <summary>An answer with status 200, or 204 with an empty body.</summary>
/// <param name="Body">UTF-8 without byte order mark, whole, bounded in size; begins like JSON or XML, and is no error document.</param>
/// <param name="ReceivedAt">When its last byte was here.</param>
sealed record ETradeReply(int Status, string? ContentType, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt)
{
    public bool IsEmpty => Status == 204 || Body.IsEmpty;
}

/// <summary>Sends calls: limited, signed, retried where that is safe.</summary>
interface IETradeTransport
{
    /// <exception cref="EtradeBot.Brokers.BrokerException">Everything but 200 and 204, and 200 with an error document or a page inside.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up, and nothing that may have an effect had left.</exception>
    Task<ETradeReply> SendAsync(ETradeCall call, CancellationToken stop);

    /// <summary>Turns an answer that could not be read into the exception that belongs to the call: its fate is unknown unless the call is harmless.</summary>
    EtradeBot.Brokers.BrokerException Unreadable(ETradeCall call, ETradeReply reply, string why);
}
