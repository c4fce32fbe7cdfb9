using EtradeBot.ETrade;
using EtradeBot.Execution.Limits.Cash;
using EtradeBot.Execution.Limits.Regimes;
using static EtradeBot.Execution.Limits.Gates.TestDesk;

namespace EtradeBot.Execution.Limits.Gates;

public class WarningTests
{
    static readonly CashLedger SoldToday = CashLedger.With(0).After(new LedgerFill(Other, OrderAction.Sell, 100, 50, 0, Now.AddMinutes(-30)));

    [Fact]
    public void A_usual_order_is_warned_of_nothing()
    {
        Assert.Empty(SendGate.Judge(Entry).Warnings);
        Assert.Empty(SendGate.Judge(Exit).Warnings);
    }

    [Fact]
    public void Unsettled_cash_is_refused_unless_the_owner_allows_it_and_then_pointed_out()
    {
        var entry = Cash(Entry, SoldToday);
        Assert.Equal("settled-cash", entry.BlockedBy());
        var allowed = SendGate.Judge(entry.With(limits => limits with { SettledCashOnly = false }));
        Assert.True(allowed.IsAllowed);
        Assert.Equal("$1000.00 of this are paid with cash that settles on 2026-11-24: selling the shares before that day is a good-faith violation (0 in twelve months; the third one restricts the account for 90 days).", Assert.Single(allowed.Warnings));
    }

    [Fact]
    public void Other_entries_at_work_spend_the_same_cash()
    {
        var entry = Cash(Entry, CashLedger.With(1_500)).Open(new OpenOrder("u", Other, OrderAction.Buy, 5) { Limit = 100, IsUnknown = true });
        Assert.Null(entry.BlockedBy());
        Assert.Equal("paid-for", Cash(entry, CashLedger.With(1_499.99m)).BlockedBy());
        // Without a price nobody knows what it will cost.
        Assert.Equal("priced", entry.Open(new OpenOrder("u", Other, OrderAction.Buy, 5)).BlockedBy());
        Assert.False(entry.Open(new OpenOrder("u", Other, OrderAction.Buy, 5)).Gate("paid-for").Passed);
    }

    [Fact]
    public void An_exit_that_breaks_good_faith_leaves_and_is_pointed_out()
    {
        var verdict = SendGate.Judge(Cash(Exit, SoldToday.After(new LedgerFill(Apple, OrderAction.Buy, 10, 100, 0, Now.AddMinutes(-20)))));
        Assert.True(verdict.IsAllowed);
        Assert.Contains("good-faith violation number 1 of twelve months", Assert.Single(verdict.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_exit_that_rides_free_leaves_and_is_pointed_out()
    {
        var verdict = SendGate.Judge(Cash(Exit, CashLedger.With(0).After(new LedgerFill(Apple, OrderAction.Buy, 10, 100, 0, Now.AddMinutes(-20)))));
        Assert.True(verdict.IsAllowed);
        Assert.Contains("free-riding", Assert.Single(verdict.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Selling_older_shares_below_their_cost_beside_new_ones_is_pointed_out()
    {
        var exit = Exit with { History = new HistoryPicture { Purchases = [new Purchase(Apple, 5, Now.AddDays(-90)), new Purchase(Apple, 5, Now.AddDays(-9))] } };
        Assert.Contains("wash sale", Assert.Single(SendGate.Judge(exit.Holding(new HeldShares(Apple, 10, 10, 100) { Cost = 100 })).Warnings), StringComparison.Ordinal);
        Assert.Empty(SendGate.Judge(exit.Holding(new HeldShares(Apple, 10, 10, 100) { Cost = 99.99m })).Warnings);
    }

    [Fact]
    public void An_old_review_and_a_bygone_regime_are_pointed_out()
    {
        var old = Entry.With(limits => limits with { ReviewedAt = Today.AddDays(-366) });
        Assert.Contains("366 days ago", Assert.Single(SendGate.Judge(old).Warnings), StringComparison.Ordinal);
        var bygone = Entry with { DayTradeRules = DayTradeRules.Standard with { LegacyUntil = Today.AddDays(-1) } };
        Assert.Contains("choose IntradayMargin", Assert.Single(SendGate.Judge(bygone).Warnings), StringComparison.Ordinal);
    }

    static SendRequest Cash(SendRequest request, CashLedger ledger) => request with { Account = request.Account with { Kind = AccountKind.Cash, Cash = ledger } };
}
