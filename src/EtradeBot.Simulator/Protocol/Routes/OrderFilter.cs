using EtradeBot.Market;
using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Protocol.Bodies;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>Which orders a list shows.</summary>
sealed record OrderFilter
{
    string? Status { get; init; }

    (DateOnly From, DateOnly To)? Days { get; init; }

    string[] Tickers { get; init; } = [];

    string? Action { get; init; }

    bool? IsExtended { get; init; }

    bool IsNone { get; init; }

    /// <exception cref="BadQueryException">A parameter that cannot be used.</exception>
    public static OrderFilter Of(Visit visit, int mostSymbols)
    {
        var (from, to) = (visit.Day("fromDate"), visit.Day("toDate"));
        if (from is null != to is null) throw new BadQueryException("fromDate and toDate are given both or not at all.");
        if (to < from) throw new BadQueryException("fromDate lies after toDate.");
        var tickers = visit.Query("symbol")?.ToUpperInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (tickers.Length > mostSymbols) throw new BadQueryException("symbol takes 25 symbols at most.");
        var action = visit.Word("transactionType", "ATNM", "BUY", "SELL", "SELL_SHORT", "BUY_TO_COVER", "MF_EXCHANGE");
        return new OrderFilter
        {
            Status = visit.Word("status", "OPEN", "EXECUTED", "CANCELLED", "INDIVIDUAL_FILLS", "CANCEL_REQUESTED", "EXPIRED", "REJECTED"),
            Days = from is null ? null : (from.Value, to!.Value),
            Tickers = tickers,
            Action = action == "ATNM" ? null : action,
            IsExtended = visit.Word("marketSession", "REGULAR", "EXTENDED") is { } session ? session == "EXTENDED" : null,
            // Nothing but shares is traded here.
            IsNone = visit.Word("securityType", "EQ", "OPTN", "MF", "MMF") is not (null or "EQ"),
        };
    }

    public bool Takes(CustomerOrder order)
    {
        if (IsNone || (Status is not null && OrderWords.Of(order.State) != Status)) return false;
        if (Days is var (from, to) && MarketCalendar.Nyse.DayOf(order.PlacedAt) is var day && (day < from || day > to)) return false;
        if (Tickers.Length > 0 && !Tickers.Contains(order.Terms.Ticker, StringComparer.OrdinalIgnoreCase)) return false;
        if (Action is not null && OrderWords.Of(order.Terms.Action) != Action) return false;
        return IsExtended is null || order.Terms.IsExtended == IsExtended;
    }
}
