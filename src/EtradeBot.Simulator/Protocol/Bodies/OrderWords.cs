using EtradeBot.Simulator.Accounts;

namespace EtradeBot.Simulator.Protocol.Bodies;

/// <summary>The broker's words for the terms of an order.</summary>
static class OrderWords
{
    static readonly (PriceType Type, string Word)[] PriceTypes =
    [
        (PriceType.Market, "MARKET"),
        (PriceType.Limit, "LIMIT"),
        (PriceType.Stop, "STOP"),
        (PriceType.StopLimit, "STOP_LIMIT"),
        (PriceType.TrailingStopAmount, "TRAILING_STOP_CNST"),
        (PriceType.TrailingStopPercent, "TRAILING_STOP_PRCT"),
        (PriceType.MarketOnOpen, "MARKET_ON_OPEN"),
        (PriceType.MarketOnClose, "MARKET_ON_CLOSE"),
        (PriceType.LimitOnOpen, "LIMIT_ON_OPEN"),
        (PriceType.LimitOnClose, "LIMIT_ON_CLOSE"),
        (PriceType.HiddenStop, "HIDDEN_STOP"),
    ];

    static readonly (OrderTerm Term, string Word)[] Terms =
    [
        (OrderTerm.GoodForDay, "GOOD_FOR_DAY"),
        (OrderTerm.GoodUntilCancel, "GOOD_UNTIL_CANCEL"),
        (OrderTerm.GoodTillDate, "GOOD_TILL_DATE"),
        (OrderTerm.ImmediateOrCancel, "IMMEDIATE_OR_CANCEL"),
        (OrderTerm.FillOrKill, "FILL_OR_KILL"),
    ];

    static readonly (OrderAction Action, string Word)[] Actions =
    [
        (OrderAction.Buy, "BUY"),
        (OrderAction.Sell, "SELL"),
        (OrderAction.SellShort, "SELL_SHORT"),
        (OrderAction.BuyToCover, "BUY_TO_COVER"),
    ];

    public static string Of(PriceType type) => Word(PriceTypes, type);

    public static string Of(OrderTerm term) => Word(Terms, term);

    public static string Of(OrderAction action) => Word(Actions, action);

    public static string Of(OrderState state) => state switch
    {
        OrderState.Open => "OPEN",
        OrderState.Partial => "INDIVIDUAL_FILLS",
        OrderState.CancelRequested => "CANCEL_REQUESTED",
        OrderState.Executed => "EXECUTED",
        OrderState.Cancelled => "CANCELLED",
        OrderState.Expired => "EXPIRED",
        _ => "REJECTED",
    };

    /// <exception cref="BadBodyException">Another word, or none.</exception>
    public static PriceType PriceTypeOf(string? word) => Parsed(PriceTypes, "priceType", word);

    /// <inheritdoc cref="PriceTypeOf"/>
    public static OrderTerm TermOf(string? word) => Parsed(Terms, "orderTerm", word);

    /// <inheritdoc cref="PriceTypeOf"/>
    public static OrderAction ActionOf(string? word) => Parsed(Actions, "orderAction", word);

    static string Word<T>((T Value, string Word)[] table, T value) where T : struct, Enum => Array.Find(table, row => row.Value.Equals(value)).Word;

    static T Parsed<T>((T Value, string Word)[] table, string field, string? word)
    {
        foreach (var row in table)
            if (string.Equals(row.Word, word, StringComparison.OrdinalIgnoreCase)) return row.Value;
        throw new BadBodyException($"{field} must be one of {string.Join(", ", table.Select(row => row.Word))}.");
    }
}
