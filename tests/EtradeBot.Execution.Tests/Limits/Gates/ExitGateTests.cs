using EtradeBot.ETrade;
using static EtradeBot.Execution.Limits.Gates.TestDesk;

namespace EtradeBot.Execution.Limits.Gates;

public class ExitGateTests
{
    [Fact]
    public void An_exit_is_asked_at_its_own_gates_only() =>
        Assert.Equal(SendGate.ExitGates.Order(), SendGate.Judge(Exit).Gates.Where(gate => !gate.IsSkipped).Select(gate => gate.Name).Order());

    [Theory]
    [InlineData(10, 0, 10, true)]
    [InlineData(10, 0, 11, false)]
    [InlineData(10, 4, 6, true)]
    [InlineData(10, 4, 7, false)]
    [InlineData(10, 10, 1, false)]
    [InlineData(0, 0, 1, false)]
    [InlineData(-10, 0, 1, false)] // selling what is short already would deepen it
    public void An_exit_never_takes_more_than_is_held_and_not_reserved(int held, int resting, int asked, bool passes)
    {
        var exit = Exit.Holding(new HeldShares(Apple, held, held, 100)).Open(Stop("s1", resting)).Ordering(order => order with { Shares = asked });
        Assert.Equal(passes ? null : "exit-size", exit.BlockedBy());
    }

    [Theory]
    [InlineData(10, 10, true)]
    [InlineData(10, 11, false)]
    public void A_short_position_is_covered_by_purchases_and_never_by_more(int held, int asked, bool passes)
    {
        var exit = Exit.Holding(new HeldShares(Apple, -held, -held, 100)).Ordering(order => order with { Action = OrderAction.BuyToCover, Shares = asked });
        Assert.Equal(passes ? null : "exit-size", exit.BlockedBy());
    }

    [Fact]
    public void An_unknown_exit_has_reserved_its_shares() => Assert.Equal("exit-size", Exit.Open(Stop("s1", 1) with { IsUnknown = true }).BlockedBy());

    [Fact]
    public void An_unknown_entry_has_brought_no_shares_that_could_be_sold() =>
        Assert.Equal("exit-size", Exit.Open(new OpenOrder("e", Apple, OrderAction.Buy, 10) { IsUnknown = true }).Ordering(order => order with { Shares = 11 }).BlockedBy());

    [Fact]
    public void The_stop_that_an_exit_takes_the_place_of_does_not_stand_in_its_way()
    {
        var change = Exit.Open(Stop("s1", 10)).Ordering(order => order with { Replaces = "s1" });
        Assert.Null(change.BlockedBy());
        Assert.Equal("exit-size", change.Open(Stop("s1", 10), Stop("s2", 1)).BlockedBy());
        Assert.Equal("exit-size", change.Open(Stop("s1", 10) with { IsUnknown = true }).BlockedBy());
        Assert.Equal("exit-size", change.Open(Stop("s1", 10) with { IsOwn = false }).BlockedBy());
    }

    [Theory]
    [InlineData(100, 60, 60, true)]
    [InlineData(100, 60, 61, false)] // the journal knows of 60
    [InlineData(50, 60, 50, true)]
    [InlineData(50, 60, 51, false)] // the broker shows 50
    public void Journal_and_broker_must_both_have_the_shares(int broker, int journal, int asked, bool passes) =>
        Assert.Equal(passes ? null : "exit-size", Exit.Holding(new HeldShares(Apple, broker, journal, 100)).Ordering(order => order with { Shares = asked }).BlockedBy());

    [Fact]
    public void Shares_of_others_are_sold_by_a_person_only()
    {
        var exit = Exit.Holding(new HeldShares(Apple, 10, 0, 100));
        Assert.Equal("exit-size", exit.BlockedBy());
        Assert.Null(exit.Ordering(order => order with { IsByPerson = true }).BlockedBy());
    }

    [Fact]
    public void Orders_of_others_reserve_the_shares_of_others_first()
    {
        var exit = Exit.Holding(new HeldShares(Apple, 20, 10, 100));
        Assert.Null(exit.Open(Stop("f", 10) with { IsOwn = false }).BlockedBy());
        Assert.Equal("exit-size", exit.Open(Stop("f", 11) with { IsOwn = false }).BlockedBy());
    }

    [Fact]
    public void A_part_of_a_share_is_no_share() => Assert.Equal("exit-size", Exit.Holding(new HeldShares(Apple, 9.99m, 10, 100)).BlockedBy());

    [Theory]
    [InlineData(OrderAction.Buy)]
    [InlineData(OrderAction.SellShort)]
    public void What_opens_a_position_is_no_exit_whatever_it_is_called(OrderAction action) =>
        Assert.Equal("exit-action", Exit.Holding(new HeldShares(Apple, 10, 10, 100), new HeldShares(Apple, -10, -10, 100)).Ordering(order => order with { Action = action }).BlockedBy());

    [Fact]
    public void A_frozen_program_sends_exits_of_a_person_only()
    {
        var frozen = Exit.Desk(desk => desk with { State = Readiness.Frozen, StateReason = "two orders fit one intent" });
        Assert.Equal("readiness", frozen.BlockedBy());
        Assert.Contains("two orders fit one intent", frozen.Gate("readiness").Words, StringComparison.Ordinal);
        Assert.Null(frozen.Ordering(order => order with { IsByPerson = true }).BlockedBy());
    }

    [Theory]
    [InlineData(Readiness.NoEntries)]
    [InlineData(Readiness.ManageOnly)]
    [InlineData(Readiness.ExitsOnly)]
    public void Exits_leave_in_every_state_above_frozen(Readiness state) => Assert.Null(Exit.Desk(desk => desk with { State = state, IsKilled = true }).BlockedBy());

    [Fact]
    public void One_intent_is_one_order_for_exits_too()
    {
        var sent = Before(TimeSpan.FromHours(3), "i2") with { IsExit = true };
        Assert.Equal("one-order-per-intent", Exit.Sent(sent).BlockedBy());
        Assert.Null(Exit.Sent(sent with { IsProvedAbsent = true }).BlockedBy());
    }

    [Theory]
    [InlineData(OrderPriceType.Stop, null, null, "needs a stop price")]
    [InlineData(OrderPriceType.Stop, null, -1.0, "must be above 0")]
    [InlineData(OrderPriceType.Stop, null, 95.001, "more than 2 decimals")]
    [InlineData(OrderPriceType.Stop, 95.0, 95.0, "takes no limit price")]
    [InlineData(OrderPriceType.Market, 95.0, null, "takes no limit price")]
    public void The_prices_of_an_exit_must_fit_its_kind(OrderPriceType type, double? limit, double? stop, string words)
    {
        var exit = Exit.Ordering(order => order with { Type = type, Limit = (decimal?)limit, Stop = (decimal?)stop });
        Assert.Equal("prices", exit.BlockedBy());
        Assert.Contains(words, exit.Gate("prices").Words, StringComparison.Ordinal);
    }

    [Fact]
    public void An_absurd_price_is_refused_and_ends_nothing() =>
        Assert.Equal("prices", Exit.Ordering(order => order with { Type = OrderPriceType.Market, Limit = decimal.MaxValue, Shares = int.MaxValue }).BlockedBy());

    static OpenOrder Stop(string key, int shares) => new(key, Apple, OrderAction.Sell, shares) { IsExit = true, Stop = 95 };
}
