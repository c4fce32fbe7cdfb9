using EtradeBot.ETrade;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>Orders of the broker's list in words for people.</summary>
static class OrderWords
{
    public static string Of(BrokerOrder order) => FormattableString.Invariant($"{order.Action.ToLowerInvariant().Replace('_', ' ')} {order.OrderedQuantity:0.####} {order.Symbol}");
}
