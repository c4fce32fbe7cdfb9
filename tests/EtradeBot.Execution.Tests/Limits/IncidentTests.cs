using EtradeBot.ETrade;
using EtradeBot.Execution.Limits.Gates;
using EtradeBot.Execution.Limits.Losses;
using static EtradeBot.Execution.Limits.Gates.TestDesk;

namespace EtradeBot.Execution.Limits;

/// <summary>What has happened to others, and which limit stands against it here.</summary>
public class IncidentTests
{
    [Fact]
    public void Knight_2012_an_intent_becomes_one_order_however_often_it_is_sent()
    {
        var history = new List<SentOrder>();
        for (var i = 0; i < 212; i++)
        {
            var request = Entry.Sent([.. history]);
            if (SendGate.Judge(request).IsAllowed) history.Add(new SentOrder("i1", Apple, OrderAction.Buy, 10, OrderPriceType.Limit, Now));
        }
        Assert.Single(history);
    }

    [Fact]
    public void Knight_2012_a_generator_gone_wild_with_new_intents_is_throttled()
    {
        var (history, now) = (new List<SentOrder>(), Now);
        for (var i = 0; i < 2_700; i++, now = now.AddSeconds(1))
        {
            var request = (Entry with { Now = now }).Quoting(quote => quote with { At = now, ReceivedAt = now }).Sent([.. history])
                .Ordering(order => order with { IntentId = $"i{i}" });
            if (SendGate.Judge(request).IsAllowed) history.Add(new SentOrder($"i{i}", Apple, OrderAction.Buy, 10, OrderPriceType.Limit, now) { Notional = 1_000 });
        }
        Assert.Equal(TradingLimits.Safe.OrdersPerSymbol, history.Count);
    }

    [Fact]
    public void Everbright_2013_orders_that_never_answered_count_as_filled()
    {
        var orders = new List<OpenOrder>();
        for (var i = 0; i < 100; i++)
        {
            // Each in another symbol, so that no symbol is frozen.
            var symbol = Market.Symbol.Parse($"S{i}");
            var request = Entry.Open([.. orders]).Ordering(order => order with { IntentId = $"i{i}", Symbol = symbol, Shares = 200 }).Quoting(quote => quote with { Symbol = symbol });
            if (SendGate.Judge(request).IsAllowed) orders.Add(new OpenOrder($"i{i}", symbol, OrderAction.Buy, 200) { Limit = 100, IsUnknown = true });
        }
        // $50,000 may be spent, and nobody knows whether two orders of $20,000 have been.
        Assert.Equal(2, orders.Count);
    }

    [Fact]
    public void Citi_2022_dollars_typed_as_shares_are_refused_and_not_warned_about()
    {
        var slip = Entry.Ordering(order => order with { Shares = 58_000_000 });
        Assert.Equal("most-shares", slip.BlockedBy());
        Assert.Equal((58_000_000m, "shares"), (slip.Gate("most-shares").Value, slip.Gate("most-shares").Unit));
        Assert.Equal((5_800_000_000m, "dollars"), (slip.Gate("most-notional").Value, slip.Gate("most-notional").Unit));
        Assert.Empty(SendGate.Judge(slip).Warnings);
    }

    [Fact]
    public void Retail_2023_an_order_that_is_not_shown_yet_freezes_its_symbol()
    {
        var unseen = new OpenOrder("i1", Apple, OrderAction.Buy, 10) { Limit = 100, IsUnknown = true };
        Assert.Equal("unresolved-order", Entry.Open(unseen).Ordering(order => order with { IntentId = "i2" }).BlockedBy());
        Assert.Null(Entry.Open(unseen).Ordering(order => order with { IntentId = "i2", Symbol = Other }).Quoting(quote => quote with { Symbol = Other }).BlockedBy());
    }

    [Fact]
    public void Alpaca_2022_an_account_shown_empty_for_minutes_sells_nothing()
    {
        var state = LossWatch.Next(LossState.Empty, new LossEvent.Marked(Now, 50_000, 50_000), TradingLimits.Safe);
        foreach (var (minute, equity) in new[] { (1, 0m), (2, 0m), (3, 10_000m), (4, 0m) })
        {
            state = LossWatch.Next(state, new LossEvent.Marked(Now.AddMinutes(minute), equity, 50_000), TradingLimits.Safe);
            Assert.False(state.MustFlatten);
            Assert.Equal("account-value", Entry.Losing(_ => state).BlockedBy());
        }
        state = LossWatch.Next(state, new LossEvent.Marked(Now.AddMinutes(5), 50_010, 50_000), TradingLimits.Safe);
        Assert.Null(Entry.Losing(_ => state).BlockedBy());
    }

    [Fact]
    public void Alpaca_2025_exits_are_not_throttled_by_what_entries_have_used_up()
    {
        var storm = Enumerable.Range(0, 500).Select(i => Before(TimeSpan.FromSeconds(i / 100.0), $"b{i}")).ToArray();
        Assert.False(SendGate.Judge(Entry.Sent(storm)).IsAllowed);
        Assert.Null(Exit.Sent(storm).BlockedBy());
    }

    [Fact]
    public void Exit_at_the_daily_loss_trigger_leaves_with_every_limit_broken()
    {
        var lost = Exit.Losing(losses => losses with { Equity = 40_000, SoftDay = Today, Halt = LossHalt.Flatten, HaltReason = "lost" })
            .Desk(desk => desk with { State = Readiness.ExitsOnly, IsKilled = true }) with
        { Market = new MarketPicture { IsHalted = true } };
        Assert.Null(lost.BlockedBy());
    }
}
