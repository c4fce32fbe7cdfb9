using CsCheck;
using EtradeBot.ETrade;
using EtradeBot.Market;
using static EtradeBot.Execution.Limits.Gates.TestDesk;

namespace EtradeBot.Execution.Limits.Cash;

public class CashLedgerTests
{
    [Fact]
    public void A_sale_settles_on_the_next_business_day()
    {
        var ledger = CashLedger.With(1_000).After(Buy(Apple, 10, 50)).After(Sell(Apple, 10, 60));
        Assert.Equal((500m, 600m), (ledger.SettledOn(Today), ledger.UnsettledOn(Today)));
        Assert.Equal((1_100m, 0m), (ledger.SettledOn(Today.AddDays(1)), ledger.UnsettledOn(Today.AddDays(1))));
        Assert.Equal(Today.AddDays(1), ledger.LastSettlement(Today));
        Assert.Empty(ledger.Violations);
    }

    [Fact]
    public void Selling_what_unsettled_money_has_bought_is_a_good_faith_violation_until_it_has_settled()
    {
        // E*TRADE's own example: sell ABC, buy XYZ with the money, sell XYZ before ABC has settled.
        var ledger = CashLedger.With(0).After(Sell(Other, 100, 50)).After(Buy(Apple, 50, 100));
        var violation = Assert.Single(ledger.IfSold(Apple, 1, Today));
        Assert.Equal(new CashViolation(CashViolationKind.GoodFaith, Apple, Today, 5_000), violation);
        Assert.Empty(ledger.IfSold(Apple, 50, Today.AddDays(1)));
        Assert.Equal([violation], ledger.After(Sell(Apple, 50, 101)).Violations);
    }

    [Fact]
    public void Settled_money_is_spent_first_and_what_it_bought_may_be_sold()
    {
        var ledger = CashLedger.With(1_000).After(Sell(Other, 10, 100)).After(Buy(Apple, 10, 100)).After(Buy(Apple, 10, 100));
        Assert.Empty(ledger.IfSold(Apple, 10, Today));
        Assert.Single(ledger.IfSold(Apple, 11, Today));
    }

    [Fact]
    public void Selling_what_was_never_paid_is_free_riding()
    {
        var ledger = CashLedger.With(3_000).After(Buy(Apple, 40, 100));
        Assert.Equal(-1_000, ledger.Settled);
        Assert.Equal(new CashViolation(CashViolationKind.FreeRiding, Apple, Today, 1_000), Assert.Single(ledger.IfSold(Apple, 40, Today)));
        Assert.Empty(ledger.Paid(1_000).IfSold(Apple, 40, Today));
        Assert.Single(ledger.Paid(999.99m).IfSold(Apple, 40, Today));
    }

    [Fact]
    public void Violations_count_for_twelve_months()
    {
        var ledger = CashLedger.With(0).After(Sell(Other, 100, 50)).After(Buy(Apple, 50, 100)).After(Sell(Apple, 50, 100));
        Assert.Equal(1, ledger.GoodFaithCount(Today));
        Assert.Equal(1, ledger.GoodFaithCount(Today.AddYears(1).AddDays(-1)));
        Assert.Equal(0, ledger.GoodFaithCount(Today.AddYears(1)));
    }

    [Fact]
    public void Money_is_neither_made_nor_lost() => Gen.Select(Gen.Int[0, 1], Gen.Int[0, 20], Gen.Int[1, 100], Gen.Int[0, 3]).Array[0, 30].Sample(steps =>
    {
        var (ledger, cash, held, at) = (CashLedger.With(5_000), 5_000m, 0, Now);
        foreach (var (kind, price, shares, days) in steps)
        {
            at = at.AddDays(days);
            if (kind == 1 && held < shares) continue;
            ledger = ledger.After(new LedgerFill(Apple, kind == 0 ? OrderAction.Buy : OrderAction.Sell, shares, price, 0.01m, at));
            (cash, held) = kind == 0 ? (cash - price * shares - 0.01m, held + shares) : (cash + price * shares - 0.01m, held - shares);
            var day = MarketCalendar.Nyse.DayOf(at);
            Assert.Equal(cash, ledger.SettledOn(day) + ledger.UnsettledOn(day));
            Assert.Equal(cash, ledger.SettledOn(day.AddDays(10)));
        }
    });

    static LedgerFill Buy(Symbol symbol, int shares, decimal price) => new(symbol, OrderAction.Buy, shares, price, 0, Now);

    static LedgerFill Sell(Symbol symbol, int shares, decimal price) => new(symbol, OrderAction.Sell, shares, price, 0, Now.AddMinutes(1));
}
