using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Cash;

public enum AccountKind
{
    Margin,

    /// <summary>No borrowing: what is bought must be paid with money that is there.</summary>
    Cash,
}

/// <summary>Shares that changed hands, as the ledgers of this folder and the count of day trades take them.</summary>
/// <param name="Shares">At least 1.</param>
/// <param name="Price">Dollars a share.</param>
/// <param name="Fees">Dollars, never negative.</param>
public sealed record LedgerFill(Symbol Symbol, OrderAction Action, int Shares, decimal Price, decimal Fees, DateTimeOffset At)
{
    internal bool IsBuy => Action is OrderAction.Buy or OrderAction.BuyToCover;
}

/// <summary>What a cash account must not do.</summary>
public enum CashViolationKind
{
    /// <summary>Shares bought with money that had not settled were sold before it had.</summary>
    GoodFaith,

    /// <summary>Shares bought without money were sold before they were paid.</summary>
    FreeRiding,
}

/// <param name="Dollars">The part of the purchase that was not paid with settled money.</param>
public sealed record CashViolation(CashViolationKind Kind, Symbol Symbol, DateOnly Day, decimal Dollars);

/// <summary>The money of a cash account by the day it settles, and what the shares in it were paid with.</summary>
/// <remarks>
/// Sources: Regulation T, 12 CFR 220.8 (cash account; a 90-day freeze after free-riding); E*TRADE, "Understanding cash account violations" (2019):
/// a good-faith violation is selling shares that were bought with unsettled proceeds before those have settled, it counts for 12 months, and the third one
/// restricts the account to settled cash for 90 days; so does a single free ride. The broker's own count decides: this one warns beforehand.
/// Shares are sold first in, first out. Settled money is spent first.
/// </remarks>
public sealed record CashLedger
{
    /// <summary>The good-faith violation that restricts the account.</summary>
    public const int ViolationsToRestriction = 3;

    CashLedger(decimal settled) => Settled = settled;

    /// <summary>Dollars that have settled by the day of the last event; below 0 when more was spent than there was.</summary>
    public decimal Settled { get; private init; }

    public IReadOnlyList<CashViolation> Violations { get; private init; } = [];

    /// <param name="settledCash">Dollars that have settled; positions that are there are paid for.</param>
    public static CashLedger With(decimal settledCash) => new(settledCash);

    /// <summary>Dollars that have settled by the day.</summary>
    public decimal SettledOn(DateOnly day) => Settled + Coming.Where(credit => credit.Day <= day).Sum(credit => credit.Dollars);

    /// <summary>Dollars of sales that settle after the day.</summary>
    public decimal UnsettledOn(DateOnly day) => Coming.Where(credit => credit.Day > day).Sum(credit => credit.Dollars);

    /// <summary>The day by which all of it has settled, the day itself when nothing is coming.</summary>
    public DateOnly LastSettlement(DateOnly day) => Coming.Where(credit => credit.Day > day).Select(credit => credit.Day).Append(day).Max();

    /// <summary>Money paid in or out.</summary>
    public CashLedger Paid(decimal dollars) => this with { Settled = Settled + dollars };

    /// <summary>The ledger after a fill; short sales have no place in a cash account.</summary>
    public CashLedger After(LedgerFill fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        var day = MarketCalendar.Nyse.DayOf(fill.At);
        var today = this with { Settled = SettledOn(day), Coming = Coming.Where(credit => credit.Day > day).ToList() };
        return fill.IsBuy ? today.Bought(fill, day) : today.Sold(fill, day);
    }

    /// <summary>What selling so many shares on the day would break, oldest lots first; empty when nothing.</summary>
    public IReadOnlyList<CashViolation> IfSold(Symbol symbol, int shares, DateOnly day) => Sale(symbol, shares, day).Violations;

    /// <summary>Good-faith violations of the twelve months up to the day.</summary>
    public int GoodFaithCount(DateOnly day) => Violations.Count(violation => violation.Kind == CashViolationKind.GoodFaith && violation.Day > day.AddYears(-1) && violation.Day <= day);

    IReadOnlyList<Credit> Coming { get; init; } = [];

    IReadOnlyList<Lot> Lots { get; init; } = [];

    CashLedger Bought(LedgerFill fill, DateOnly day)
    {
        var cost = fill.Price * fill.Shares + fill.Fees;
        var fromSettled = Math.Clamp(Settled, 0, cost);
        var left = cost - fromSettled;
        var coming = new List<Credit>();
        var until = day;
        foreach (var credit in Coming.OrderBy(credit => credit.Day))
        {
            var taken = Math.Min(left, credit.Dollars);
            if (taken > 0) until = credit.Day;
            left -= taken;
            if (credit.Dollars > taken) coming.Add(credit with { Dollars = credit.Dollars - taken });
        }
        var lot = new Lot(fill.Symbol, fill.Shares, until, Unsettled: cost - fromSettled - left, Unpaid: left);
        return this with { Settled = Settled - fromSettled - left, Coming = coming, Lots = [.. Lots, lot] };
    }

    CashLedger Sold(LedgerFill fill, DateOnly day)
    {
        var (lots, violations) = Sale(fill.Symbol, fill.Shares, day);
        var credit = new Credit(Settlement.DayOf(day), fill.Price * fill.Shares - fill.Fees);
        return this with { Coming = [.. Coming, credit], Lots = lots, Violations = [.. Violations, .. violations] };
    }

    (IReadOnlyList<Lot> Lots, IReadOnlyList<CashViolation> Violations) Sale(Symbol symbol, int shares, DateOnly day)
    {
        var lots = new List<Lot>();
        var violations = new List<CashViolation>();
        foreach (var lot in Lots)
        {
            var sold = lot.Symbol == symbol ? Math.Min(shares, lot.Shares) : 0;
            shares -= sold;
            if (sold < lot.Shares) lots.Add(lot with { Shares = lot.Shares - sold });
            if (sold == 0) continue;
            // Money paid in since has paid for what was bought without any.
            if (lot.Unpaid > 0 && SettledOn(day) < 0) violations.Add(new CashViolation(CashViolationKind.FreeRiding, symbol, day, lot.Unpaid));
            else if (lot.Unsettled > 0 && day < lot.PaidOn) violations.Add(new CashViolation(CashViolationKind.GoodFaith, symbol, day, lot.Unsettled));
        }
        return (lots, violations);
    }

    sealed record Credit(DateOnly Day, decimal Dollars);

    /// <param name="PaidOn">When the money it was bought with has settled.</param>
    sealed record Lot(Symbol Symbol, int Shares, DateOnly PaidOn, decimal Unsettled, decimal Unpaid);
}
