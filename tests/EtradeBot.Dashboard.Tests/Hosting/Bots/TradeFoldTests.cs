using EtradeBot.App.Dashboard.Journal;
using EtradeBot.ETrade;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>Trades of hand-written journals; every figure was worked out on paper.</summary>
public class TradeFoldTests
{
    readonly List<JournalEntry> _entries = [];

    /// <summary>New York, in winter time.</summary>
    static DateTimeOffset At(int day, int hour, int minute = 0) => new(2026, 1, day, hour, minute, 0, TimeSpan.FromHours(-5));

    void Add(DateTimeOffset at, JournalEvent what) => _entries.Add(new JournalEntry(_entries.Count + 1, at, what, ""));

    void Wish(DateTimeOffset at, string id, OrderAction action, int shares, string? guards = null, decimal? stop = null, decimal? limit = null, string because = "hammer: at the lower band", string owner = "rule") =>
        Add(at, new IntentMade(new OrderIntent(id, Symbol.Parse("MSFT"), action, shares, limit is null ? OrderPriceType.Market : OrderPriceType.Limit, guards is null ? OrderRole.Entry : OrderRole.Exit) { Owner = owner, Because = because, Guards = guards, PlannedStop = stop, Limit = limit }));

    void Seen(DateTimeOffset at, string id, int filled, decimal price, decimal fees = 0, BrokerOrderStatus status = BrokerOrderStatus.Executed) => Add(at, new OrderSeen(id, 1, status, filled, price) { Fees = fees });

    /// <summary>60 at 50.00, then 40 at 50.50: 100 at 50.20 for 2 dollars; 30 left at 51.20 for 1, 70 at 49.20 for 1.</summary>
    void TwoByTwo()
    {
        Wish(At(12, 10), "in", OrderAction.Buy, 100, stop: 49.20m);
        Seen(At(12, 10, 1), "in", 60, 50m, 1m, BrokerOrderStatus.Open);
        Seen(At(12, 10, 2), "in", 100, 50.20m, 2m);
        Wish(At(12, 11), "out", OrderAction.Sell, 30, "in", because: "target");
        Seen(At(12, 11, 1), "out", 30, 51.20m, 1m);
        Wish(At(13, 10), "stop", OrderAction.Sell, 70, "in", because: "stop");
        Seen(At(13, 10, 1), "stop", 70, 49.20m, 1m);
    }

    [Fact]
    public void Partial_fills_and_several_exits_make_one_trade()
    {
        TwoByTwo();
        var trade = Assert.Single(TradeFold.Of(_entries));
        Assert.Equal((100, 50.20m, 0, true), (trade.Shares, trade.Price, trade.Held, trade.IsClosed));
        // 30 x 1.00 - 1.00 - 0.60 and 70 x -1.00 - 1.00 - 1.40
        Assert.Equal([28.40m, -72.40m], trade.Exits.Select(exit => exit.Profit));
        Assert.Equal(-44.00m, trade.Profit);
        Assert.Equal(4m, trade.Fees);
        // 100 shares x 1.00 to the stop
        Assert.Equal(100m, trade.Risk);
        Assert.Equal(-0.44, trade.R!.Value, 12);
        Assert.Equal(At(12, 10, 1), trade.EnteredAt);
        Assert.Equal(At(13, 10, 1), trade.LeftAt);
    }

    [Fact]
    public void A_second_fill_has_the_price_that_the_average_hides()
    {
        TwoByTwo();
        var fills = FillFold.Of(_entries).Where(fill => fill.Intent.Id == "in").ToList();
        Assert.Equal([(60, 50.00m, 1m), (40, 50.50m, 1m)], fills.Select(fill => (fill.Shares, fill.Price, fill.Fees)));
    }

    [Fact]
    public void A_short_gains_when_it_is_covered_lower()
    {
        Wish(At(12, 10), "in", OrderAction.SellShort, 50, stop: 21m, limit: 20m);
        Seen(At(12, 10, 1), "in", 50, 19.90m, 0.50m);
        Wish(At(12, 11), "out", OrderAction.BuyToCover, 50, "in");
        Seen(At(12, 11, 1), "out", 50, 19m, 0.50m);
        var trade = Assert.Single(TradeFold.Of(_entries));
        // 50 x 0.90 - 1.00; risked 50 x 1.10
        Assert.Equal(44m, trade.Profit);
        Assert.Equal(55m, trade.Risk);
        Assert.Equal(0.8, trade.R!.Value, 12);
        // Sold ten cents lower than its limit said: worse.
        Assert.Equal(0.10m, trade.Slippage(null));
    }

    [Fact]
    public void An_entry_without_a_limit_slips_from_the_price_it_was_decided_at()
    {
        TwoByTwo();
        var trade = TradeFold.Of(_entries)[0];
        Assert.Null(trade.Slippage(null));
        Assert.Equal(0.05m, trade.Slippage(50.15m));
        Assert.Equal(-0.05m, trade.Slippage(50.25m));
    }

    [Fact]
    public void Shares_still_held_leave_a_trade_open_and_its_R_unknown()
    {
        Wish(At(12, 10), "in", OrderAction.Buy, 100, stop: 49m);
        Seen(At(12, 10, 1), "in", 100, 50m, 2m);
        Wish(At(12, 11), "out", OrderAction.Sell, 25, "in");
        Seen(At(12, 11, 1), "out", 25, 52m);
        var trade = Assert.Single(TradeFold.Of(_entries));
        Assert.Equal((75, false, null), (trade.Held, trade.IsClosed, trade.R));
        // 25 x 2.00 less a quarter of the entry's fees
        Assert.Equal(49.50m, trade.Profit);
        Assert.Equal(0, TradeStats.Of([trade]).Count);
    }

    [Fact]
    public void A_stop_that_would_be_no_loss_says_nothing_of_the_risk()
    {
        Wish(At(12, 10), "in", OrderAction.Buy, 10, stop: 51m);
        Seen(At(12, 10, 1), "in", 10, 50m);
        Assert.Null(TradeFold.Of(_entries)[0].Risk);
    }

    [Fact]
    public void An_execution_that_was_taken_back_is_no_trade()
    {
        Wish(At(12, 10), "in", OrderAction.Buy, 100);
        Seen(At(12, 10, 1), "in", 40, 50m, status: BrokerOrderStatus.Open);
        Seen(At(12, 10, 2), "in", 0, 0m, status: BrokerOrderStatus.Cancelled);
        Assert.Empty(TradeFold.Of(_entries));
    }

    [Fact]
    public void Fees_that_are_told_later_still_count()
    {
        Wish(At(12, 10), "in", OrderAction.Buy, 100);
        Seen(At(12, 10, 1), "in", 100, 50m, status: BrokerOrderStatus.Open);
        Seen(At(12, 10, 2), "in", 100, 50m, 1.25m);
        Assert.Equal(1.25m, FillFold.Of(_entries)[0].Fees);
    }

    [Fact]
    public void A_sale_by_hand_of_shares_from_elsewhere_is_no_trade()
    {
        ByHand(At(12, 10), "hand", OrderAction.Sell, 10);
        Seen(At(12, 10, 1), "hand", 10, 50m);
        Assert.Empty(TradeFold.Of(_entries));
    }

    [Fact]
    public void Sales_by_hand_leave_the_oldest_entries_by_hand_first_and_never_the_bots()
    {
        Wish(At(12, 9), "bot", OrderAction.Buy, 7);
        Seen(At(12, 9, 1), "bot", 7, 40m);
        ByHand(At(12, 10), "one", OrderAction.Buy, 10);
        Seen(At(12, 10, 1), "one", 10, 50m);
        ByHand(At(12, 11), "two", OrderAction.Buy, 10);
        Seen(At(12, 11, 1), "two", 10, 60m);
        ByHand(At(12, 12), "sale", OrderAction.Sell, 25);
        Seen(At(12, 12, 1), "sale", 25, 55m, 2.50m);
        var trades = TradeFold.Of(_entries);
        Assert.Equal([("bot", 0, 0m), ("one", 10, 49m), ("two", 10, -51m)], trades.Select(trade => (trade.Entry.Id, trade.Exits.Sum(exit => exit.Shares), trade.Profit)));
    }

    void ByHand(DateTimeOffset at, string id, OrderAction action, int shares) =>
        Add(at, new IntentMade(new OrderIntent(id, Symbol.Parse("MSFT"), action, shares, OrderPriceType.Market, action == OrderAction.Buy ? OrderRole.Entry : OrderRole.Exit) { Owner = "ada", IsByPerson = true, Because = "by hand" }));

    [Fact]
    public void A_day_ends_at_midnight_in_New_York()
    {
        Wish(At(12, 10), "in", OrderAction.Buy, 20);
        Seen(At(12, 10, 1), "in", 20, 50m);
        Wish(At(12, 11), "late", OrderAction.Sell, 10, "in");
        // 04:59 and 05:01 of the 13th in UTC
        Seen(At(12, 23, 59), "late", 10, 51m);
        Wish(At(13, 0), "early", OrderAction.Sell, 10, "in");
        Seen(At(13, 0, 1), "early", 10, 53m);
        var month = MonthView.Of(new DateOnly(2026, 1, 20), TradeFold.Of(_entries));
        var days = month.Weeks.SelectMany(week => week).Where(day => day.Profit is not null).ToList();
        Assert.Equal([(new DateOnly(2026, 1, 12), 10m), (new DateOnly(2026, 1, 13), 30m)], days.Select(day => (day.Day, day.Profit!.Value)));
        Assert.Equal(40m, month.Profit);
    }

    [Fact]
    public void A_month_is_a_calendar_of_its_weekdays_with_the_holidays_of_the_exchange()
    {
        var month = MonthView.Of(new DateOnly(2026, 1, 1), []);
        Assert.Equal(5, month.Weeks.Count);
        Assert.Equal(new DateOnly(2025, 12, 29), month.Weeks[0][0].Day);
        Assert.False(month.Weeks[0][0].IsInMonth);
        Assert.False(month.Weeks[0][3].IsSession);
        Assert.False(month.Weeks[3][0].IsSession);
        Assert.Equal(new DateOnly(2026, 1, 30), month.Weeks[4][4].Day);
    }

    [Fact]
    public void Results_are_grouped_by_what_stands_before_the_colon_and_by_the_hour_in_New_York()
    {
        TwoByTwo();
        Wish(At(14, 15), "more", OrderAction.Buy, 10, because: "hammer: MACD rising");
        Seen(At(14, 15, 30), "more", 10, 50m);
        Wish(At(14, 15, 40), "gone", OrderAction.Sell, 10, "more");
        Seen(At(14, 15, 41), "gone", 10, 52m);
        var trades = TradeFold.Of(_entries);
        var reason = Assert.Single(TradeGroup.ByReason(trades));
        Assert.Equal(("hammer", 2, 1, -24.00m), (reason.Name, reason.Stats.Count, reason.Stats.Wins, reason.Stats.Profit));
        Assert.False(reason.Stats.IsEnough);
        Assert.Equal(["10:00", "15:00"], TradeGroup.ByHour(trades).Select(group => group.Name));
        Assert.Equal(["rule"], TradeGroup.ByStrategy(trades).Select(group => group.Name));
        var notes = new Dictionary<string, TradeNote> { ["more"] = new("", ["chased", "news"], "ada", At(15, 9)) };
        Assert.Equal([("chased", 20m), ("news", 20m)], TradeGroup.ByTag(trades, notes).Select(group => (group.Name, group.Stats.Profit)));
        Assert.Equal([("−0.5 to 0", 1)], RBin.Of(trades).Where(bin => bin.Count > 0).Select(bin => (bin.Name, bin.Count)));
    }

    [Fact]
    public void Lots_close_first_in_first_out_and_a_purchase_near_a_loss_washes_it()
    {
        Wish(At(12, 10), "a", OrderAction.Buy, 100);
        Seen(At(12, 10), "a", 100, 50m, 1m);
        Wish(At(13, 10), "b", OrderAction.Buy, 50);
        Seen(At(13, 10), "b", 50, 40m);
        // The program sells what b bought; by tax rules the oldest shares go: 100 of a, 20 of b.
        Wish(At(14, 10), "out", OrderAction.Sell, 120, "b");
        Seen(At(14, 10), "out", 120, 45m, 1.20m);
        var lots = TaxLots.Of(FillFold.Of(_entries));
        // 100 x -5.00 - 1.00 - 1.00 and 20 x 5.00 - 0.20
        Assert.Equal([(100, -502.00m), (20, 99.80m)], lots.Closed.Select(lot => (lot.Shares, lot.ProfitAndLoss)));
        Assert.Equal(30, Assert.Single(lots.Held).Shares);
        var lines = JournalCsv.Lots(lots).Split('\n');
        // 50 shares bought on the 13th stand against half of the loss.
        Assert.Equal("MSFT,long,100,2026-01-12,2026-01-14,50,45,5000.00,4500.00,2.00,-502.00,short,2026-01-15,50,251.00,2026-01-13", lines[1]);
        Assert.Equal("MSFT,long,20,2026-01-13,2026-01-14,40,45,800.00,900.00,0.20,99.80,short,2026-01-15,,,", lines[2]);
    }

    [Fact]
    public void A_cell_never_runs_as_a_formula()
    {
        Wish(At(12, 10), "in", OrderAction.Buy, 10, because: "=1+1", owner: "-x");
        Seen(At(12, 10, 1), "in", 10, 50m);
        var row = JournalCsv.Trades(TradeFold.Of(_entries), new Dictionary<string, TradeNote> { ["in"] = new("late, \"again\"", ["a"], "ada", At(12, 11)) }).Split('\n')[1];
        Assert.Equal("in,MSFT,long,10,2026-01-12 10:01:00,,50,,0.00,0.00,,,10,'-x,'=1+1,,a,\"late, \"\"again\"\"\"", row);
    }
}
