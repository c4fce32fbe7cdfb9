using EtradeBot.Market;

namespace EtradeBot.ETrade;

public enum OrderAction
{
    Buy,
    Sell,
    SellShort,
    BuyToCover,
}

public enum OrderPriceType
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
}

public enum OrderTerm
{
    GoodForDay,
    GoodUntilCancel,
    ImmediateOrCancel,
    FillOrKill,
}

/// <summary>A broker's order state. <see cref="Other"/> is a word this program does not know: never taken for an end.</summary>
public enum BrokerOrderStatus
{
    Other,
    Open,
    Partial,
    IndividualFills,
    CancelRequested,
    Executed,
    Cancelled,
    Expired,
    Rejected,
}

/// <summary>What is to be ordered: whole shares of a stock. Prices in dollars.</summary>
/// <param name="ClientOrderId">1 to 20 letters and digits; the same in preview and place. No answer ever returns it.</param>
/// <param name="Shares">At least 1.</param>
public sealed record OrderTicket(string ClientOrderId, Symbol Symbol, OrderAction Action, int Shares, OrderPriceType PriceType)
{
    public OrderTerm Term { get; init; } = OrderTerm.GoodForDay;

    /// <summary>The extended session takes limit orders only.</summary>
    public bool IsExtendedSession { get; init; }

    public bool AllOrNone { get; init; }

    public decimal? Limit { get; init; }

    public decimal? Stop { get; init; }

    /// <summary>Dollars or per cent, for trailing stops.</summary>
    public decimal? Trail { get; init; }
}

/// <param name="Type">WARNING, INFO, ERROR as the broker words it.</param>
public sealed record BrokerMessage(int? Code, string Type, string Text);

/// <summary>A preview that may be placed within three minutes, once.</summary>
/// <param name="Ticket">What was asked for: what <c>place</c> will repeat.</param>
/// <param name="EstimatedTotal">Dollars, costs included; negative for sales.</param>
public sealed record OrderPreview(OrderTicket Ticket, long PreviewId, decimal? EstimatedTotal, decimal? EstimatedCommission, DateTimeOffset PreviewedAt)
{
    /// <summary>The order to be changed; null for a new one.</summary>
    public long? Changes { get; init; }

    public IReadOnlyList<BrokerMessage> Messages { get; init; } = [];

    /// <summary>Differences between what was asked for and what the broker previewed, in words; empty when there are none.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];
}

/// <summary>An order that the broker has accepted; whether it rests or has filled only the list says.</summary>
public sealed record PlacedOrder(long OrderId, DateTimeOffset? PlacedAt, IReadOnlyList<BrokerMessage> Messages)
{
    /// <summary>As in <see cref="OrderPreview.Differences"/>.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];
}

/// <summary>The broker has taken the request to cancel; the order may still fill.</summary>
public sealed record CancelReceipt(long OrderId, DateTimeOffset? At, IReadOnlyList<BrokerMessage> Messages);

/// <summary>An order as the broker lists it.</summary>
public sealed record BrokerOrder(long OrderId, BrokerOrderStatus Status)
{
    /// <summary>The broker's own word for <see cref="Status"/>.</summary>
    public string StatusText { get; init; } = "";

    /// <summary>EQ, OPTN, ONE_CANCELS_ALL, ... as the broker words it.</summary>
    public string OrderType { get; init; } = "";

    public string Symbol { get; init; } = "";

    public string SecurityType { get; init; } = "";

    /// <summary>BUY, SELL, ... as the broker words it.</summary>
    public string Action { get; init; } = "";

    public decimal OrderedQuantity { get; init; }

    public decimal FilledQuantity { get; init; }

    /// <summary>Null until something filled.</summary>
    public decimal? AveragePrice { get; init; }

    /// <summary>MARKET, LIMIT, ... as the broker words it.</summary>
    public string PriceType { get; init; } = "";

    public string Term { get; init; } = "";

    public string Session { get; init; } = "";

    public decimal? Limit { get; init; }

    public decimal? Stop { get; init; }

    public DateTimeOffset? PlacedAt { get; init; }

    /// <summary>Null unless the order is executed: the broker fills the field with garbage otherwise.</summary>
    public DateTimeOffset? ExecutedAt { get; init; }

    public decimal? Commission { get; init; }

    public decimal? Fees { get; init; }

    public long? Replaces { get; init; }

    public long? ReplacedBy { get; init; }

    /// <summary>Echoed by some answers; null otherwise.</summary>
    public long? PreviewId { get; init; }

    /// <summary>Legs of spreads and conditional orders beyond the first.</summary>
    public int OtherLegs { get; init; }

    /// <summary>True for executed, cancelled, expired and rejected; a later event may still undo it.</summary>
    public bool IsEnded => Status is BrokerOrderStatus.Executed or BrokerOrderStatus.Cancelled or BrokerOrderStatus.Expired or BrokerOrderStatus.Rejected;
}

/// <summary>Which orders; days are New York days, both or none.</summary>
public sealed record OrderQuery
{
    public BrokerOrderStatus? Status { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public Symbol? Symbol { get; init; }

    /// <summary>Stop after so many orders, newest first; null: all pages.</summary>
    public int? Most { get; init; }
}

/// <summary>Orders, newest first.</summary>
/// <param name="IsStable">All pages were read and did not shift meanwhile. Only a stable list says that an order is not there.</param>
public sealed record OrderListing(IReadOnlyList<BrokerOrder> Orders, bool IsStable);
