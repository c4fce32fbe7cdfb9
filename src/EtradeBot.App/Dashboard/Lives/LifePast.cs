using EtradeBot.App.Hosting.Bots;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;

namespace EtradeBot.App.Dashboard.Lives;

/// <summary>What the parts of the page are given of the record.</summary>
public sealed record LifePast(IReadOnlyList<JournalEntry> Entries, IReadOnlyList<OrderLife> Orders)
{
    internal static LifePast Of(TradingPast past) => new(past.Entries, past.Orders);
}
