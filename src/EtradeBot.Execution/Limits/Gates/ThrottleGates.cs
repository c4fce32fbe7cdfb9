using EtradeBot.Execution.Limits.Losses;
using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Gates;

/// <summary>Is it one order too many?</summary>
static class ThrottleGates
{
    static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    public static void Judge(SendRequest request, GateSheet sheet)
    {
        var (order, limits, now) = (request.Order, request.Limits, request.Now);
        sheet.Stage = GateStage.Throttle;
        var sent = request.History.Sent.Where(one => !one.IsProvedAbsent).ToList();
        var twin = sent.Any(one => one.IntentId == order.IntentId);
        sheet.Always("one-order-per-intent", !twin, twin ? $"an order of intent {order.IntentId} has left already" : "no order of this intent has left");
        // Of a clock that was put back, later orders count still.
        var entries = sent.Where(one => !one.IsExit).ToList();
        var today = entries.Where(one => MarketCalendar.Nyse.DayOf(one.At) >= MarketCalendar.Nyse.DayOf(now)).ToList();
        var equal = entries.Count(one => one.At > now - limits.RepeatWindow && (one.Symbol, one.Action, one.Type, one.Shares) == (order.Symbol, order.Action, order.Type, order.Shares));
        Count(sheet, "repeats", equal, limits.Repeats, FormattableString.Invariant($"equal entries in {limits.RepeatWindow.TotalSeconds:0.###} s"));
        Count(sheet, "orders-per-minute", entries.Count(one => one.At > now - Minute), limits.OrdersPerMinute, "entries in a minute");
        Count(sheet, "orders-per-symbol", today.Count(one => one.Symbol == order.Symbol), limits.OrdersPerSymbol, $"entries of {order.Symbol} today");
        Count(sheet, "orders-per-day", today.Count, limits.OrdersPerDay, "entries today");
        if (ShapeGates.IsFirstWeek(request)) Count(sheet, "first-week-orders", today.Count, FirstLiveWeek.MostOrders, ShapeGates.FirstWeekWords(request));
        else sheet.Skip("first-week-orders", "for the first week with real money only");
        var opposite = OppositeOrders.Meeting(request).Select(open => open.Key).ToList();
        sheet.Entry("opposite-order", opposite.Count == 0, opposite.Count == 0 ? "no order of this account rests on the other side" : $"order {string.Join(", ", opposite)} of this account on the other side might meet it");
    }

    /// <summary>The order itself is one more.</summary>
    static void Count(GateSheet sheet, string name, int before, int most, string words) => sheet.Entry(name, new Measure(before + 1, most, "orders", words));
}

/// <summary>Orders of one account that might trade with each other.</summary>
static class OppositeOrders
{
    /// <summary>Orders on the other side that an entry might trade with, whoever made them.</summary>
    public static IEnumerable<OpenOrder> Meeting(SendRequest request) => Across(request).Where(open => !IsOutOfReach(request, open));

    /// <summary>Entries of the program that an exit might trade with at once: the exit wins. A stop that waits may rest beside them.</summary>
    public static IEnumerable<OpenOrder> InTheWay(SendRequest request) =>
        request.Order.Stop is null ? Across(request).Where(open => open is { IsOwn: true, IsExit: false } && !IsOutOfReach(request, open)) : [];

    static IEnumerable<OpenOrder> Across(SendRequest request) =>
        WorstReading.Others(request.Order, request.Account).Where(open => open.Symbol == request.Order.Symbol && open.IsBuy != request.Order.IsBuy);

    /// <summary>The two cannot trade with each other as the market stands: both have a limit and those do not cross; the other's limit lies beyond the collar that
    /// a market order fills within; or the other is the protective stop of shares that are added to, which wakes only after the market has passed through the entry's price.</summary>
    static bool IsOutOfReach(SendRequest request, OpenOrder open)
    {
        var (order, quote) = (request.Order, request.Market.Quote);
        if (open is { Stop: null, Limit: { } resting })
        {
            var most = order.Limit ?? QuotePrices.Of(order.IsBuy ? quote?.Ask : quote?.Bid) * (1 + (order.IsBuy ? 1 : -1) * request.Limits.PriceCollar);
            return order.Stop is null && (order.IsBuy ? resting > most : resting < most);
        }
        if (open is not { IsExit: true, IsUnknown: false, Stop: { } stop, Limit: null }) return false;
        return order.IsBuy
            ? stop < (order.Limit ?? order.Stop ?? QuotePrices.Of(quote?.Bid))
            : stop > (order.Limit ?? order.Stop ?? QuotePrices.Of(quote?.Ask));
    }
}
