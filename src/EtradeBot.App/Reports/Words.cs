using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.App.Reports;

/// <summary>The words that result files use for the values of enumerations.</summary>
static class Words
{
    public static ReadOnlySpan<byte> Of(OrderType type) => type switch
    {
        OrderType.Market => "market"u8,
        OrderType.Limit => "limit"u8,
        OrderType.Stop => "stop"u8,
        OrderType.StopLimit => "stop_limit"u8,
        OrderType.TrailingStop => "trailing_stop"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no word for this order type"),
    };

    public static ReadOnlySpan<byte> Of(OrderStatus status) => status switch
    {
        OrderStatus.Working => "working"u8,
        OrderStatus.Filled => "filled"u8,
        OrderStatus.Cancelled => "cancelled"u8,
        OrderStatus.Rejected => "rejected"u8,
        OrderStatus.Expired => "expired"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no word for this order status"),
    };

    public static string Of(PriceAdjustment adjustment) => adjustment switch
    {
        PriceAdjustment.Raw => "raw",
        PriceAdjustment.Splits => "splits",
        PriceAdjustment.SplitsAndDividends => "splits_and_dividends",
        _ => "unknown",
    };
}
