namespace EtradeBot.Simulator.Accounts;

enum OrderAction
{
    Buy,
    Sell,
    SellShort,
    BuyToCover,
}

enum PriceType
{
    Market,
    Limit,
    Stop,
    StopLimit,
    TrailingStopAmount,
    TrailingStopPercent,
    MarketOnOpen,
    MarketOnClose,
    LimitOnOpen,
    LimitOnClose,
    HiddenStop,
}

enum OrderTerm
{
    GoodForDay,
    GoodUntilCancel,
    GoodTillDate,
    ImmediateOrCancel,
    FillOrKill,
}

enum OrderState
{
    Open,
    Partial,
    CancelRequested,
    Executed,
    Cancelled,
    Expired,
    Rejected,
}

/// <summary>What a customer asks for, once read from XML or JSON.</summary>
sealed record OrderRequest
{
    public required string ClientOrderId { get; init; }

    /// <summary>As sent: may be unknown to the market.</summary>
    public required string Ticker { get; init; }

    public required OrderAction Action { get; init; }

    /// <summary>Shares, or dollars for <see cref="IsDollars"/>; ignored for <see cref="IsAllIOwn"/>.</summary>
    public required decimal Quantity { get; init; }

    public bool IsDollars { get; init; }

    public bool IsAllIOwn { get; init; }

    public required PriceType Type { get; init; }

    public OrderTerm Term { get; init; } = OrderTerm.GoodForDay;

    /// <summary>True for the extended session.</summary>
    public bool IsExtended { get; init; }

    public bool AllOrNone { get; init; }

    public decimal? Limit { get; init; }

    /// <summary>Stop price; for trailing stops the distance in dollars or per cent.</summary>
    public decimal? Stop { get; init; }

    /// <summary>Limit offset of a trailing stop that becomes a limit order.</summary>
    public decimal? StopLimit { get; init; }
}

/// <summary>A no in the broker's terms.</summary>
/// <param name="Code">Error number; null for those without one.</param>
sealed record Refusal(int? Code, int HttpStatus, string Message);

/// <summary>Makes outcomes of interface types, which C# does not convert by itself.</summary>
static class Outcome
{
    public static Outcome<T> Of<T>(T value) where T : class => new(value, null);
}

/// <summary>Either a value or a refusal.</summary>
readonly record struct Outcome<T>(T? Value, Refusal? Refusal) where T : class
{
    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}

/// <summary>A message that goes with a success.</summary>
/// <param name="Text">Plain words, without the <c>200|</c> that answers put before them.</param>
sealed record BrokerNote(int Code, string Text, string Type = "WARNING");

/// <summary>Answer to a preview.</summary>
/// <param name="Terms">What would be placed; differs from what was asked for only by a fault.</param>
/// <param name="Total">Dollars, negative for sales, costs included.</param>
/// <param name="BuyingPower">Before the order.</param>
sealed record PreviewTicket(long PreviewId, OrderRequest Terms, int Shares, decimal Total, decimal Commission, decimal BuyingPower, DateTimeOffset At, IReadOnlyList<BrokerNote> Notes);

/// <summary>Answer to place.</summary>
sealed record PlacedTicket(long OrderId, OrderRequest Terms, int Shares, decimal Total, decimal Commission, DateTimeOffset At, IReadOnlyList<BrokerNote> Notes);

/// <summary>Answer to a cancel.</summary>
sealed record CancelTicket(long OrderId, DateTimeOffset At, BrokerNote Note);
