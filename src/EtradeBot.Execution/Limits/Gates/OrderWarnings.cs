using EtradeBot.Execution.Limits.Cash;
using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Gates;

/// <summary>What a careful person would point out before an order leaves; none of it holds it back.</summary>
static class OrderWarnings
{
    public static IEnumerable<string> Of(SendRequest request)
    {
        var today = MarketCalendar.Nyse.DayOf(request.Now);
        var all = request.Order.IsExit ? OfExit(request, today) : OfEntry(request, today);
        return all.OfType<string>();
    }

    static IEnumerable<string?> OfEntry(SendRequest request, DateOnly today)
    {
        yield return LimitsFile.Nag(request.Limits, today);
        if (request.Account.Kind == AccountKind.Margin) yield return request.DayTradeRules.Oddity(today);
        yield return WashSales.WarnOfEntry(request.Order.Symbol, request.History.RoundTrips, today);
        yield return OfUnsettled(request, today);
    }

    static IEnumerable<string?> OfExit(SendRequest request, DateOnly today)
    {
        var order = request.Order;
        if (OppositeOrders.Meeting(request).Any(open => !open.IsOwn)) yield return $"An order of {order.Symbol} that is not this program's rests on the other side and might meet this exit.";
        if (order.IsBuy) yield break;
        var price = order.Limit ?? order.Stop ?? QuotePrices.Of(request.Market.Quote?.Bid);
        var isAtLoss = request.Account.Positions.Any(held => held.Symbol == order.Symbol && price < held.Cost);
        yield return WashSales.WarnOfExit(order.Symbol, isAtLoss, request.History.Purchases, today);
        if (request.Account is not { Kind: AccountKind.Cash, Cash: { } cash }) yield break;
        foreach (var kind in cash.IfSold(order.Symbol, order.Shares, today).Select(violation => violation.Kind).Distinct()) yield return Words(kind, cash, order.Symbol, today);
    }

    static string? OfUnsettled(SendRequest request, DateOnly today)
    {
        var order = request.Order;
        if (request.Account is not { Kind: AccountKind.Cash, Cash: { } cash } || !order.IsBuy || WorstReading.Of(request) is not { AskedPrice: { } price } worst) return null;
        var unsettled = price * order.Shares + (worst.OtherEntries ?? 0) - Math.Max(0, cash.SettledOn(today));
        return unsettled > 0
            ? FormattableString.Invariant($"${unsettled:0.00} of this are paid with cash that settles on {cash.LastSettlement(today):yyyy-MM-dd}: selling the shares before that day is a good-faith violation ({cash.GoodFaithCount(today)} in twelve months; the third one restricts the account for 90 days).")
            : null;
    }

    static string Words(CashViolationKind kind, CashLedger cash, Symbol symbol, DateOnly today) => kind == CashViolationKind.GoodFaith
        ? FormattableString.Invariant($"These {symbol} shares were bought with cash that has not settled: selling them today is good-faith violation number {cash.GoodFaithCount(today) + 1} of twelve months (the third one restricts the account for 90 days).")
        : $"These {symbol} shares are not paid for: selling them before money is paid in is free-riding, which restricts the account for 90 days.";
}
