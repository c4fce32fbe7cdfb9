using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Limits.Cash;
using EtradeBot.Execution.Limits.Losses;
using EtradeBot.Execution.Orders;

namespace EtradeBot.Execution.Sessions;

/// <summary>What changed hands through this program, as its journal saw it: for the limits that count trades.</summary>
static class OwnFills
{
    /// <summary>Oldest first; an execution that was taken back later takes its shares off again.</summary>
    public static IReadOnlyList<LedgerFill> Of(IReadOnlyList<JournalEntry> entries)
    {
        var intents = new Dictionary<string, OrderIntent>(StringComparer.Ordinal);
        var seen = new Dictionary<string, (int Filled, decimal Value, decimal Fees)>(StringComparer.Ordinal);
        var fills = new List<LedgerFill>();
        foreach (var entry in entries)
        {
            if (entry.Event is IntentMade made) intents.TryAdd(made.Intent.Id, made.Intent);
            if (entry.Event is not OrderSeen order || !intents.TryGetValue(order.Id, out var intent)) continue;
            var before = seen.GetValueOrDefault(order.Id);
            var now = (order.Filled, Value: order.Filled * (order.AveragePrice ?? 0), order.Fees);
            var shares = now.Filled - before.Filled;
            seen[order.Id] = now;
            if (shares > 0) fills.Add(new LedgerFill(intent.Symbol, intent.Action, shares, (now.Value - before.Value) / shares, Math.Max(0, now.Fees - before.Fees), entry.At));
            else if (shares < 0) TakeBack(fills, intent, -shares);
        }
        return fills;
    }

    /// <summary>Positions from flat to flat, entry by entry.</summary>
    public static IReadOnlyList<ClosedTrade> Closed(OrderBook book)
    {
        var closed = new List<ClosedTrade>();
        foreach (var entry in book.Where(order => order.Intent.IsEntry && order.Filled > 0 && !order.MayFill && book.HeldOf(order.Id) == 0))
        {
            var exits = book.Where(order => order.Intent.Guards == entry.Id && order.Filled > 0);
            if (exits.Count == 0) continue;
            var profit = exits.Append(entry).Sum(order => -order.Delta * (order.AveragePrice ?? 0) - order.Fees);
            var last = exits.MaxBy(exit => exit.ChangedAt)!;
            closed.Add(new ClosedTrade(entry.Intent.Symbol, last.ChangedAt, profit, last.Intent.Role == OrderRole.Stop));
        }
        return closed;
    }

    static void TakeBack(List<LedgerFill> fills, OrderIntent intent, int shares)
    {
        for (var i = fills.Count - 1; i >= 0 && shares > 0; i--)
        {
            if (fills[i].Symbol != intent.Symbol || fills[i].Action != intent.Action) continue;
            var taken = Math.Min(shares, fills[i].Shares);
            shares -= taken;
            if (taken == fills[i].Shares) fills.RemoveAt(i);
            else fills[i] = fills[i] with { Shares = fills[i].Shares - taken };
        }
    }
}
