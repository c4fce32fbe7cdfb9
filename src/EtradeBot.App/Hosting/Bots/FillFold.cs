using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>Shares of an order that changed hands between two looks at it.</summary>
/// <param name="Shares">At least 1.</param>
/// <param name="Price">Dollars a share.</param>
/// <param name="Fees">Commission and fees, dollars.</param>
/// <param name="At">When the journal saw it.</param>
sealed record OwnFill(OrderIntent Intent, int Shares, decimal Price, decimal Fees, DateTimeOffset At);

/// <summary>The fills that a journal tells of. It holds for each order what had filled in all; a fill is the difference to the look before.</summary>
static class FillFold
{
    /// <summary>Oldest first. An execution that was taken back takes its shares off the order's last fills again.</summary>
    public static IReadOnlyList<OwnFill> Of(IReadOnlyList<JournalEntry> entries)
    {
        var intents = new Dictionary<string, OrderIntent>(StringComparer.Ordinal);
        var seen = new Dictionary<string, (int Shares, decimal Value, decimal Fees)>(StringComparer.Ordinal);
        var fills = new List<OwnFill>();
        foreach (var entry in entries)
        {
            if (entry.Event is IntentMade made) intents.TryAdd(made.Intent.Id, made.Intent);
            if (entry.Event is not OrderSeen order || !intents.TryGetValue(order.Id, out var intent)) continue;
            var before = seen.GetValueOrDefault(order.Id);
            var now = (Shares: order.Filled, Value: order.Filled * (order.AveragePrice ?? 0), order.Fees);
            seen[order.Id] = now;
            var shares = now.Shares - before.Shares;
            if (shares > 0) fills.Add(new OwnFill(intent, shares, (now.Value - before.Value) / shares, now.Fees - before.Fees, entry.At));
            else if (shares < 0) TakeBack(fills, intent.Id, -shares);
            // Fees are told later than the shares by some brokers.
            else if (now.Fees != before.Fees && fills.FindLastIndex(fill => fill.Intent.Id == intent.Id) is >= 0 and var last) fills[last] = fills[last] with { Fees = fills[last].Fees + now.Fees - before.Fees };
        }
        return fills;
    }

    static void TakeBack(List<OwnFill> fills, string id, int shares)
    {
        for (var i = fills.Count - 1; i >= 0 && shares > 0; i--)
        {
            if (fills[i].Intent.Id != id) continue;
            var taken = Math.Min(shares, fills[i].Shares);
            shares -= taken;
            if (taken == fills[i].Shares) fills.RemoveAt(i);
            else fills[i] = fills[i] with { Shares = fills[i].Shares - taken };
        }
    }
}
