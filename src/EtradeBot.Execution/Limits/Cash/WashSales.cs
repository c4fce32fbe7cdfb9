using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.Execution.Limits.Cash;

/// <summary>Shares that were bought and are held still.</summary>
public sealed record Purchase(Symbol Symbol, int Shares, DateTimeOffset At);

/// <summary>A loss that a purchase within 30 days disallows.</summary>
/// <param name="Shares">Shares of the loss that the purchase stands against.</param>
/// <param name="Disallowed">Dollars of the loss that cannot be deducted now: they are added to the cost of the shares bought.</param>
public sealed record WashSale(RoundTrip Loss, DateOnly BoughtOn, int Shares, decimal Disallowed);

/// <summary>Wash sales of one account: substantially identical means the same symbol here.</summary>
/// <remarks>26 U.S.C. 1091 and IRS Publication 550: a loss is not deductible when substantially identical stock is bought within 30 days before or after the
/// sale. Other accounts of the same person, and options on the stock, count before the law and are not seen here. Shares of the very lot whose other part was
/// sold are no replacement (Rev. Rul. 56-602). It is a warning, no tax advice. Long round trips only.</remarks>
public static class WashSales
{
    /// <summary>Days before and after the sale.</summary>
    public const int Days = 30;

    /// <summary>What buying the symbol today would disallow; null when nothing.</summary>
    public static string? WarnOfEntry(Symbol symbol, IEnumerable<RoundTrip> closed, DateOnly today)
    {
        var loss = -closed.Where(trip => IsLoss(trip, symbol) && IsNear(DayOf(trip.ExitTime), today)).Sum(trip => trip.ProfitAndLoss);
        return loss > 0
            ? FormattableString.Invariant($"{symbol} was sold at a loss of ${loss:0.00} in the last {Days} days: buying it again makes a wash sale, and that loss cannot be deducted now (this account only).")
            : null;
    }

    /// <summary>What selling shares of the oldest lot at a loss today would meet: another lot of the last 30 days; null when nothing.</summary>
    /// <param name="isAtLoss">The sale would bring less than the shares cost.</param>
    public static string? WarnOfExit(Symbol symbol, bool isAtLoss, IEnumerable<Purchase> held, DateOnly today)
    {
        if (!isAtLoss) return null;
        var lots = held.Where(lot => lot.Symbol == symbol).OrderBy(lot => lot.At).ToList();
        return lots.Skip(1).Any(lot => lot.At != lots[0].At && IsNear(DayOf(lot.At), today))
            ? $"{symbol} was also bought in the last {Days} days: selling older shares at a loss makes a wash sale, and that loss cannot be deducted now (this account only)."
            : null;
    }

    /// <summary>Every loss that another purchase stands against, oldest first; each share bought disallows one share of loss.</summary>
    /// <param name="held">Purchases that are not closed yet.</param>
    public static IReadOnlyList<WashSale> Find(IReadOnlyList<RoundTrip> closed, IReadOnlyList<Purchase> held)
    {
        var bought = closed.Where(trip => trip.Side == Side.Buy).Select(trip => new Purchase(trip.Symbol, trip.Shares, trip.EntryTime)).Concat(held)
            .OrderBy(purchase => purchase.At).Select(purchase => (Purchase: purchase, Left: new int[] { purchase.Shares })).ToList();
        var found = new List<WashSale>();
        foreach (var loss in closed.Where(trip => IsLoss(trip, trip.Symbol)).OrderBy(trip => trip.ExitTime))
        {
            var open = loss.Shares;
            foreach (var (purchase, left) in bought.Where(pair => pair.Purchase.Symbol == loss.Symbol && pair.Purchase.At != loss.EntryTime))
            {
                var day = DayOf(purchase.At);
                var shares = Math.Min(open, left[0]);
                if (shares == 0 || !IsNear(day, DayOf(loss.ExitTime))) continue;
                open -= shares;
                left[0] -= shares;
                found.Add(new WashSale(loss, day, shares, decimal.Round(-loss.ProfitAndLoss * shares / loss.Shares, 2)));
            }
        }
        return found;
    }

    static bool IsLoss(RoundTrip trip, Symbol symbol) => trip.Symbol == symbol && trip.Side == Side.Buy && trip.ProfitAndLoss < 0;

    static bool IsNear(DateOnly one, DateOnly other) => Math.Abs(one.DayNumber - other.DayNumber) <= Days;

    static DateOnly DayOf(DateTimeOffset instant) => MarketCalendar.Nyse.DayOf(instant);
}
