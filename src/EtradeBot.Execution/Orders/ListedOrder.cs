using EtradeBot.ETrade;

namespace EtradeBot.Execution.Orders;

/// <summary>Reads what the broker's list says in its own words.</summary>
public static class ListedOrder
{
    /// <summary>A stock order; others are shown, never counted nor touched.</summary>
    public static bool IsStock(BrokerOrder order) => order.SecurityType is "EQ" or "";

    /// <summary>Null for a word this program does not know.</summary>
    public static OrderAction? Action(BrokerOrder order) => order.Action.ToUpperInvariant() switch
    {
        "BUY" => OrderAction.Buy,
        "SELL" => OrderAction.Sell,
        "SELL_SHORT" => OrderAction.SellShort,
        "BUY_TO_COVER" => OrderAction.BuyToCover,
        _ => null,
    };

    /// <inheritdoc cref="Action"/>
    public static OrderPriceType? Type(BrokerOrder order) => order.PriceType.ToUpperInvariant() switch
    {
        "MARKET" => OrderPriceType.Market,
        "LIMIT" => OrderPriceType.Limit,
        "STOP" => OrderPriceType.Stop,
        "STOP_LIMIT" => OrderPriceType.StopLimit,
        _ => null,
    };

    /// <summary>It would open or enlarge a position.</summary>
    public static bool IsEntry(BrokerOrder order) => IsStock(order) && Action(order) is OrderAction.Buy or OrderAction.SellShort;

    /// <summary>Shares that may still change hands.</summary>
    public static decimal Open(BrokerOrder order) => order.IsEnded ? 0 : Math.Max(0, order.OrderedQuantity - order.FilledQuantity);

    /// <summary>By all that can be compared, the order of the intent.</summary>
    public static bool Fits(BrokerOrder order, OrderIntent intent) => order.OrderedQuantity == intent.Shares && FitsButForShares(order, intent);

    /// <summary>It differs from the intent in its number of shares at most.</summary>
    public static bool FitsButForShares(BrokerOrder order, OrderIntent intent) =>
        IsStock(order)
        && order.Symbol == intent.Symbol.Ticker
        && Action(order) == intent.Action
        && Type(order) == intent.Type
        && (order.Limit ?? 0) == (intent.Limit ?? 0)
        && (order.Stop ?? 0) == (intent.Stop ?? 0);
}
