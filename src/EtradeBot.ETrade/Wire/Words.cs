namespace EtradeBot.ETrade.Wire;

/// <summary>The broker's words for ours.</summary>
static class Words
{
    public static string Of(OrderAction action) => action switch
    {
        OrderAction.Buy => "BUY",
        OrderAction.Sell => "SELL",
        OrderAction.SellShort => "SELL_SHORT",
        OrderAction.BuyToCover => "BUY_TO_COVER",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "not an order action"),
    };

    public static string Of(OrderPriceType type) => type switch
    {
        OrderPriceType.Market => "MARKET",
        OrderPriceType.Limit => "LIMIT",
        OrderPriceType.Stop => "STOP",
        OrderPriceType.StopLimit => "STOP_LIMIT",
        OrderPriceType.TrailingStopAmount => "TRAILING_STOP_CNST",
        OrderPriceType.TrailingStopPercent => "TRAILING_STOP_PRCT",
        OrderPriceType.MarketOnOpen => "MARKET_ON_OPEN",
        OrderPriceType.MarketOnClose => "MARKET_ON_CLOSE",
        OrderPriceType.LimitOnOpen => "LIMIT_ON_OPEN",
        OrderPriceType.LimitOnClose => "LIMIT_ON_CLOSE",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a price type"),
    };

    public static string Of(OrderTerm term) => term switch
    {
        OrderTerm.GoodForDay => "GOOD_FOR_DAY",
        OrderTerm.GoodUntilCancel => "GOOD_UNTIL_CANCEL",
        OrderTerm.ImmediateOrCancel => "IMMEDIATE_OR_CANCEL",
        OrderTerm.FillOrKill => "FILL_OR_KILL",
        _ => throw new ArgumentOutOfRangeException(nameof(term), term, "not an order term"),
    };

    public static string Session(bool isExtended) => isExtended ? "EXTENDED" : "REGULAR";

    public static string Of(QuoteDetail detail) => detail switch
    {
        QuoteDetail.All => "ALL",
        QuoteDetail.Intraday => "INTRADAY",
        QuoteDetail.Fundamental => "FUNDAMENTAL",
        QuoteDetail.Options => "OPTIONS",
        QuoteDetail.Week52 => "WEEK_52",
        QuoteDetail.MutualFund => "MF_DETAIL",
        _ => throw new ArgumentOutOfRangeException(nameof(detail), detail, "not a quote detail"),
    };

    /// <summary>The filter of the order list, which knows fewer words than its answers.</summary>
    public static string Filter(BrokerOrderStatus status) => status switch
    {
        BrokerOrderStatus.Open => "OPEN",
        BrokerOrderStatus.IndividualFills => "INDIVIDUAL_FILLS",
        BrokerOrderStatus.CancelRequested => "CANCEL_REQUESTED",
        BrokerOrderStatus.Executed => "EXECUTED",
        BrokerOrderStatus.Cancelled => "CANCELLED",
        BrokerOrderStatus.Expired => "EXPIRED",
        BrokerOrderStatus.Rejected => "REJECTED",
        _ => throw new ArgumentException($"the broker's order list cannot be filtered by {status}: list all orders, or ask for {nameof(BrokerOrderStatus.IndividualFills)}", nameof(status)),
    };

    /// <summary>A word that is not in the list is <see cref="BrokerOrderStatus.Other"/>: it may mean anything but the end of the order.</summary>
    public static BrokerOrderStatus Status(string word) => word.ToUpperInvariant() switch
    {
        "OPEN" => BrokerOrderStatus.Open,
        "PARTIAL" => BrokerOrderStatus.Partial,
        "INDIVIDUAL_FILLS" => BrokerOrderStatus.IndividualFills,
        "CANCEL_REQUESTED" => BrokerOrderStatus.CancelRequested,
        "EXECUTED" => BrokerOrderStatus.Executed,
        "CANCELLED" => BrokerOrderStatus.Cancelled,
        "EXPIRED" => BrokerOrderStatus.Expired,
        "REJECTED" => BrokerOrderStatus.Rejected,
        _ => BrokerOrderStatus.Other,
    };
}
