using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>Shares of an entry that were left.</summary>
/// <param name="Profit">Dollars after the fees of both ends.</param>
public sealed record JournalExit(DateTimeOffset At, int Shares, decimal Price, decimal Profit, OrderIntent Intent)
{
    /// <summary>The New York day it counts for.</summary>
    public DateOnly Day => MarketCalendar.Nyse.DayOf(At);
}

/// <summary>An entry of the program and all that left it.</summary>
/// <param name="Shares">Bought, or sold short.</param>
/// <param name="Price">Average of the entry, dollars a share.</param>
/// <param name="Exits">Oldest first.</param>
public sealed record JournalTrade(OrderIntent Entry, DateTimeOffset EnteredAt, int Shares, decimal Price, IReadOnlyList<JournalExit> Exits)
{
    /// <summary>Commission and fees of both ends, dollars; already taken off <see cref="Profit"/>.</summary>
    public decimal Fees { get; init; }

    /// <summary>Shares still held.</summary>
    public int Held => Shares - Exits.Sum(exit => exit.Shares);

    public bool IsClosed => Held == 0;

    /// <summary>Dollars, of the shares that were left.</summary>
    public decimal Profit => Exits.Sum(exit => exit.Profit);

    public DateTimeOffset? LeftAt => Exits.Count > 0 ? Exits[^1].At : null;

    /// <summary>Dollars first at risk: from the entry's price to its planned stop; null without a stop, or where the stop was no loss.</summary>
    public decimal? Risk => Entry.PlannedStop is { } stop && (Price - stop) * Entry.Sign is > 0 and var share ? share * Shares : null;

    /// <summary>Profit over the dollars first at risk; null while shares are held, or without a planned stop.</summary>
    public double? R => IsClosed && Risk is { } risk ? (double)(Profit / risk) : null;

    /// <summary>Dollars a share that the entry cost more than its limit (below 0: less), or than the price it was decided at where it had no limit.</summary>
    /// <param name="decided">Close of the candle it was decided on; null: not kept.</param>
    public decimal? Slippage(decimal? decided) => (Entry.Limit ?? decided) is { } expected ? (Price - expected) * Entry.Sign : null;
}

/// <summary>Trades as a journal tells of them: exits of the bot belong to the entry that they name, sales by hand to the oldest entries by hand.</summary>
static class TradeFold
{
    /// <summary>In the order of their entries. Sales by hand of shares that this program has not brought are left out.</summary>
    public static IReadOnlyList<JournalTrade> Of(IReadOnlyList<JournalEntry> entries)
    {
        var fills = FillFold.Of(entries);
        var exits = fills.Where(fill => fill.Intent.Guards is not null).Select(fill => (Entry: fill.Intent.Guards!, Fill: fill)).Concat(ByHand(fills)).ToLookup(exit => exit.Entry, exit => exit.Fill, StringComparer.Ordinal);
        return [.. fills.Where(fill => fill.Intent.IsEntry).GroupBy(fill => fill.Intent.Id, StringComparer.Ordinal).Select(entry => Trade([.. entry], [.. exits[entry.Key]]))];
    }

    /// <summary>First in, first out.</summary>
    static IEnumerable<(string Entry, OwnFill Fill)> ByHand(IReadOnlyList<OwnFill> fills)
    {
        var open = new List<(OwnFill Entry, int Left)>();
        foreach (var fill in fills.Where(fill => fill.Intent is { IsByPerson: true, Guards: null }))
        {
            if (fill.Intent.IsEntry) open.Add((fill, fill.Shares));
            else foreach (var part in Matched(open, fill)) yield return part;
        }
    }

    static IEnumerable<(string Entry, OwnFill Fill)> Matched(List<(OwnFill Entry, int Left)> open, OwnFill sale)
    {
        var rest = sale.Shares;
        for (var i = 0; i < open.Count && rest > 0; i++)
        {
            var (entry, left) = open[i];
            var taken = Math.Min(left, rest);
            if (taken == 0 || entry.Intent.Symbol != sale.Intent.Symbol || entry.Intent.Sign == sale.Intent.Sign) continue;
            (open[i], rest) = ((entry, left - taken), rest - taken);
            yield return (entry.Intent.Id, sale with { Shares = taken, Fees = sale.Fees * taken / sale.Shares });
        }
    }

    static JournalTrade Trade(IReadOnlyList<OwnFill> entry, IReadOnlyList<OwnFill> exits)
    {
        var (intent, shares, fees) = (entry[0].Intent, entry.Sum(fill => fill.Shares), entry.Sum(fill => fill.Fees));
        var price = entry.Sum(fill => fill.Price * fill.Shares) / shares;
        return new JournalTrade(intent, entry[0].At, shares, price, [.. exits.Select(exit => new JournalExit(exit.At, exit.Shares, exit.Price, Profit(exit), exit.Intent))])
        {
            Fees = fees + exits.Sum(exit => exit.Fees),
        };

        // Each share bears its part of the entry's fees.
        decimal Profit(OwnFill exit) => (exit.Price - price) * exit.Shares * intent.Sign - exit.Fees - fees * exit.Shares / shares;
    }
}
