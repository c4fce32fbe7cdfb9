using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;

namespace EtradeBot.App.Dashboard.Bots;

/// <summary>Shares that an entry of the program has brought and that are held still.</summary>
/// <param name="Shares">At least 1.</param>
/// <param name="Stop">The order that protects them at the broker; null: none rests at present.</param>
/// <param name="Now">Middle of bid and ask, dollars; null without a quote.</param>
public sealed record BotPosition(OrderLife Entry, int Shares, OrderLife? Stop, decimal? Now)
{
    /// <summary>Dollars, not realised; null without a quote.</summary>
    public decimal? Profit => (Now - Entry.AveragePrice) * Shares * Entry.Intent.Sign;

    public static IReadOnlyList<BotPosition> Of(TradingDesk desk)
    {
        ArgumentNullException.ThrowIfNull(desk);
        return [.. from entry in desk.Book.Where(order => order.Intent is { IsEntry: true, IsByPerson: false })
                   let shares = desk.Book.HeldOf(entry.Id)
                   where shares > 0
                   let stop = desk.Book.Orders.LastOrDefault(order => order.Intent.Guards == entry.Id && order.Intent.Role == OrderRole.Stop && order.IsWorking)
                   select new BotPosition(entry, shares, stop, (decimal?)desk.Quotes.Middle(entry.Intent.Symbol))];
    }
}
