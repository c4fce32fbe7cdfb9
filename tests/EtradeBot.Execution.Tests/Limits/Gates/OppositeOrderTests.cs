using EtradeBot.ETrade;
using static EtradeBot.Execution.Limits.Gates.TestDesk;

namespace EtradeBot.Execution.Limits.Gates;

public class OppositeOrderTests
{
    static readonly OpenOrder Buying = new("b", Apple, OrderAction.Buy, 5) { Limit = 99 };
    static readonly OpenOrder Guard = new("g", Apple, OrderAction.Sell, 5) { IsExit = true, Stop = 95 };

    [Fact]
    public void An_exit_wins_over_an_own_entry_that_it_might_trade_with()
    {
        var verdict = SendGate.Judge(Exit.Open(Buying, Buying with { Key = "c", IsUnknown = true }, Buying with { Key = "m", Symbol = Other }, Buying with { Key = "far", Limit = 90 }));
        Assert.True(verdict.IsAllowed);
        Assert.Equal(["b", "c"], verdict.CancelFirst);
        Assert.Empty(SendGate.Judge(Exit.Open(Buying).Ordering(order => order with { Type = OrderPriceType.Stop, Stop = 95, Limit = null })).CancelFirst);
    }

    [Fact]
    public void The_order_of_another_on_the_other_side_is_pointed_out_and_left_alone()
    {
        var verdict = SendGate.Judge(Exit.Open(Buying with { IsOwn = false }));
        Assert.True(verdict.IsAllowed);
        Assert.Empty(verdict.CancelFirst);
        Assert.Contains(verdict.Warnings, warning => warning.Contains("not this program's", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_entry_waits_for_a_resting_sale_that_it_crosses_whosever_it_is(bool isOwn)
    {
        var sale = new OpenOrder("s", Apple, OrderAction.Sell, 1) { Limit = 100, IsOwn = isOwn };
        Assert.Equal("opposite-order", Entry.Open(sale).BlockedBy());
        Assert.Equal("opposite-order", Entry.Open(sale with { Limit = null }).BlockedBy());
        Assert.Null(Entry.Open(sale with { Limit = 100.01m }).BlockedBy());
    }

    [Fact]
    public void A_market_entry_waits_for_what_rests_within_the_collar()
    {
        var market = Entry.Ordering(order => order with { Type = OrderPriceType.Market, Limit = null });
        var sale = new OpenOrder("s", Apple, OrderAction.Sell, 1) { IsOwn = false };
        Assert.Equal("opposite-order", market.Open(sale with { Limit = 103 }).BlockedBy());
        Assert.Null(market.Open(sale with { Limit = 103.10m }).BlockedBy());
    }

    [Fact]
    public void Shares_may_be_added_above_the_stop_that_guards_the_first_ones()
    {
        var adding = Entry.Holding(new HeldShares(Apple, 5, 5, 100));
        Assert.Null(adding.Open(Guard).BlockedBy());
        Assert.Null(adding.Open(Guard with { Stop = 99.99m }).BlockedBy());
        Assert.Equal("opposite-order", adding.Open(Guard with { Stop = 100 }).BlockedBy());
        Assert.Equal("unresolved-order", adding.Open(Guard with { IsUnknown = true }).BlockedBy());
        Assert.Equal("opposite-order", adding.Open(Guard with { Limit = 94 }).BlockedBy());
    }

    [Fact]
    public void A_market_entry_meets_a_stop_that_the_bid_has_reached()
    {
        var adding = Entry.Holding(new HeldShares(Apple, 5, 5, 100)).Ordering(order => order with { Type = OrderPriceType.Market, Limit = null });
        Assert.Null(adding.Open(Guard with { Stop = 99.98m }).BlockedBy());
        Assert.Equal("opposite-order", adding.Open(Guard with { Stop = 99.99m }).BlockedBy());
    }

    [Fact]
    public void A_short_entry_stays_below_the_stop_that_guards_the_first_shares()
    {
        var guard = new OpenOrder("g", Apple, OrderAction.BuyToCover, 5) { IsExit = true, Stop = 100.01m };
        var adding = Entry.Holding(new HeldShares(Apple, -5, -5, 100)).With(limits => limits with { AllowShort = true }).Ordering(order => order with { Action = OrderAction.SellShort });
        Assert.Null(adding.Open(guard).BlockedBy());
        Assert.Equal("opposite-order", adding.Open(guard with { Stop = 100 }).BlockedBy());
    }

    [Fact]
    public void A_sale_of_the_same_side_is_no_opposite() => Assert.Empty(SendGate.Judge(Exit.Open(Guard with { Shares = 0 })).CancelFirst);
}
