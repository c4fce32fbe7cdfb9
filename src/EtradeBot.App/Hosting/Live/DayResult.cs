using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>What an account has won or lost since the last regular close.</summary>
/// <remarks>
/// Account value now less account value then. Shares and cash of then are those of now with the day's fills taken back, so that
/// <c>result = Σ shares now × last − Σ shares then × previous close + Σ cash of the day's fills</c> with sales positive, purchases and costs
/// negative. Money that was paid in or out does not count. Only shares can be told so: with an option, or a fill whose day is not
/// known, the result is unknown.
/// </remarks>
static class DayResult
{
    static readonly TimeOnly DayBegins = new(4, 0);

    /// <summary>The trading day that has begun last: at 04:00 New York time.</summary>
    public static DateOnly DayAt(DateTimeOffset exchangeNow)
    {
        var calendar = MarketCalendar.Nyse;
        var day = calendar.DayOf(exchangeNow);
        return calendar.IsSession(day) && exchangeNow >= calendar.At(day, DayBegins) ? day : calendar.PreviousSession(day);
    }

    /// <summary>Of which previous closes are needed.</summary>
    public static IReadOnlyList<Symbol> Symbols(IReadOnlyList<PortfolioPosition> positions, IReadOnlyList<BrokerOrder> orders, DateOnly day) =>
    [
        .. positions.Select(position => position.Symbol)
            .Concat(orders.Where(order => order.FilledQuantity > 0 && IsOf(order, day) != false).Select(order => order.Symbol))
            .Select(text => Symbol.TryParse(text, out var symbol) ? symbol : (Symbol?)null).OfType<Symbol>().Distinct(),
    ];

    /// <returns>Dollars; null while unknown.</returns>
    public static decimal? Of(IReadOnlyList<PortfolioPosition> positions, IReadOnlyList<BrokerOrder> orders, (DateOnly Day, IReadOnlyDictionary<Symbol, decimal> PreviousCloses) market)
    {
        var result = 0m;
        var then = new Dictionary<string, decimal>();
        foreach (var position in positions)
        {
            if (position.SecurityType != "EQ" || position.LastPrice is not { } last) return null;
            result += position.Quantity * last;
            then[position.Symbol] = then.GetValueOrDefault(position.Symbol) + position.Quantity;
        }
        foreach (var order in orders.Where(order => order.FilledQuantity > 0))
        {
            if (IsOf(order, market.Day) is not { } isToday) return null;
            if (!isToday) continue;
            if (order.SecurityType != "EQ" || order.OtherLegs > 0 || order.AveragePrice is not { } price || Sign(order.Action) is not { } sign) return null;
            result -= sign * order.FilledQuantity * price + (order.Commission ?? 0) + (order.Fees ?? 0);
            then[order.Symbol] = then.GetValueOrDefault(order.Symbol) - sign * order.FilledQuantity;
        }
        foreach (var (text, shares) in then.Where(held => held.Value != 0))
        {
            if (!Symbol.TryParse(text, out var symbol) || !market.PreviousCloses.TryGetValue(symbol, out var close)) return null;
            result -= shares * close;
        }
        return result;
    }

    /// <summary>Whether an order filled that day; null where that cannot be told: filled in part, and placed on a day before.</summary>
    static bool? IsOf(BrokerOrder order, DateOnly day)
    {
        var calendar = MarketCalendar.Nyse;
        if (order.ExecutedAt is { } executed) return calendar.DayOf(executed) == day;
        if (order.PlacedAt is not { } placed) return null;
        if (calendar.DayOf(placed) >= day) return true;
        // An order for the day is over with its day.
        return order.Term == "GOOD_FOR_DAY" ? false : null;
    }

    static int? Sign(string action) => action switch
    {
        "BUY" or "BUY_TO_COVER" => 1,
        "SELL" or "SELL_SHORT" => -1,
        _ => null,
    };
}
