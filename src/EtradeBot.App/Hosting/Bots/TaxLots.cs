using EtradeBot.Execution.Limits.Cash;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>Own fills matched first in, first out by symbol, as brokers report them for taxes where nothing else was agreed.</summary>
/// <param name="Closed">One for each pair of lots, in the order they were closed.</param>
/// <param name="Held">Purchases not sold yet.</param>
sealed record TaxLots(IReadOnlyList<RoundTrip> Closed, IReadOnlyList<Purchase> Held)
{
    public static TaxLots Of(IReadOnlyList<OwnFill> fills)
    {
        var closed = new List<RoundTrip>();
        var open = new Dictionary<Symbol, List<Lot>>();
        foreach (var fill in fills)
        {
            if (!open.TryGetValue(fill.Intent.Symbol, out var lots)) open[fill.Intent.Symbol] = lots = [];
            var (left, fees) = (fill.Shares, fill.Fees);
            while (left > 0 && lots.Count > 0 && lots[0].Fill.Intent.Sign != fill.Intent.Sign)
            {
                var shares = Math.Min(left, lots[0].Left);
                var paid = fees * shares / left;
                closed.Add(lots[0].Match(shares, fill, paid));
                (left, fees) = (left - shares, fees - paid);
                if (lots[0].Left == 0) lots.RemoveAt(0);
            }
            // A sale by hand may be of shares that were there before the program.
            if (left > 0 && fill.Intent.IsEntry) lots.Add(new Lot(fill with { Shares = left, Fees = fees }));
        }
        return new TaxLots(closed, [.. open.Values.SelectMany(lots => lots).Where(lot => lot.Fill.Intent.Sign > 0).Select(lot => new Purchase(lot.Fill.Intent.Symbol, lot.Left, lot.Fill.At))]);
    }

    sealed class Lot(OwnFill fill)
    {
        decimal _fees = fill.Fees;

        public OwnFill Fill => fill;

        public int Left { get; private set; } = fill.Shares;

        public RoundTrip Match(int shares, OwnFill exit, decimal exitFees)
        {
            var entryFees = _fees * shares / Left;
            (_fees, Left) = (_fees - entryFees, Left - shares);
            return new RoundTrip
            {
                Symbol = fill.Intent.Symbol,
                Side = fill.Intent.Sign > 0 ? Side.Buy : Side.Sell,
                Shares = shares,
                EntryTime = fill.At,
                EntryPrice = fill.Price,
                ExitTime = exit.At,
                ExitPrice = exit.Price,
                ProfitAndLoss = (exit.Price - fill.Price) * shares * fill.Intent.Sign - entryFees - exitFees,
                Fees = entryFees + exitFees,
                R = null,
                Mae = 0,
                Mfe = 0,
                CandlesHeld = 0,
                EntryReason = fill.Intent.Because,
                ExitReason = exit.Intent.Because,
            };
        }
    }
}
