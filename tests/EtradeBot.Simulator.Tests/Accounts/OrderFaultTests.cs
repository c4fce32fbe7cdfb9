using EtradeBot.Simulator.Faults;

namespace EtradeBot.Simulator.Accounts;

public sealed class OrderFaultTests
{
    readonly Bench _bench = new();

    static readonly OrderRequest LimitBuy = Bench.Limit(Bench.Buy(10), 90);

    void Set(string name, double? value = null, string? symbol = null) => _bench.Plan.Add(new Fault(name) { Value = value, Symbol = symbol });

    OrderState StateOf(long id) => _bench.Order(id).State;

    [Fact]
    public void Partial_fill_takes_a_part_and_the_rest_fills_at_the_next_print()
    {
        Set("partial-fill");
        var id = _bench.Place(Bench.Buy(10));
        _bench.Print("10:00:01", 100);
        Assert.Equal((OrderState.Partial, 4), (StateOf(id), _bench.Order(id).Filled));
        _bench.Print("10:00:02", 100);
        Assert.Equal(OrderState.Executed, StateOf(id));
        Set("partial-fill", 0.01);
        var small = _bench.Place(Bench.Buy(10));
        _bench.Print("10:00:03", 100);
        Assert.Equal(1, _bench.Order(small).Filled);
    }

    [Fact]
    public void No_fill_leaves_the_order_waiting_and_a_reached_stop_stays_reached()
    {
        _bench.Hold(10);
        Set("no-fill");
        var id = _bench.Place(Bench.Stop(Bench.Sell(10), 95));
        _bench.Print("10:00:02", 94);
        Assert.Equal(OrderState.Open, StateOf(id));
        _bench.Print("10:00:03", 99);
        Assert.Equal((OrderState.Executed, 98.95m), (StateOf(id), _bench.Order(id).AveragePrice));
    }

    [Fact]
    public void Late_visible_hides_the_order_but_not_its_fill()
    {
        Set("late-visible");
        var id = _bench.Place(Bench.Buy(10));
        _bench.Print("10:00:01", 100);
        Assert.Empty(_bench.Broker.Orders(_bench.Key).Value!);
        Assert.NotNull(_bench.Broker.Order(_bench.Key, id).Refusal);
        Assert.Equal(10, _bench.Positions[0].Shares);
        _bench.To("10:00:30");
        Assert.Equal(OrderState.Executed, _bench.Broker.Order(_bench.Key, id).Value!.State);
    }

    [Fact]
    public void Reject_after_rejects_at_the_next_print()
    {
        Set("reject-after");
        var id = _bench.Place(LimitBuy);
        Assert.Equal(OrderState.Open, StateOf(id));
        _bench.Print("10:00:01", 80);
        Assert.Equal((OrderState.Rejected, 0), (StateOf(id), _bench.Order(id).Filled));
        Assert.NotEmpty(_bench.Order(id).Note);
        Assert.Equal(0, _bench.Balance.Reserved);
    }

    [Fact]
    public void Cancel_race_fills_the_order_whose_cancel_was_accepted()
    {
        Set("cancel-race");
        var id = _bench.Place(LimitBuy);
        Assert.Equal(5011, _bench.Broker.Cancel(_bench.Key, id).Value!.Note.Code);
        _bench.To("10:05:00");
        Assert.Equal(OrderState.CancelRequested, StateOf(id));
        _bench.Print("10:05:01", 100);
        Assert.Equal((OrderState.Executed, 10, 90m), (StateOf(id), _bench.Order(id).Filled, _bench.Order(id).AveragePrice));
    }

    [Fact]
    public void Cancel_lost_answers_and_does_nothing()
    {
        Set("cancel-lost");
        var id = _bench.Place(LimitBuy);
        Assert.Equal(5011, _bench.Broker.Cancel(_bench.Key, id).Value!.Note.Code);
        _bench.To("10:05:00");
        Assert.Equal(OrderState.Open, StateOf(id));
    }

    [Fact]
    public void Slow_cancel_takes_as_long_as_it_is_told()
    {
        Set("slow-cancel", 60);
        var id = _bench.Place(LimitBuy);
        _bench.Broker.Cancel(_bench.Key, id);
        _bench.To("10:00:59");
        Assert.Equal(OrderState.CancelRequested, StateOf(id));
        _bench.To("10:01:00");
        Assert.Equal(OrderState.Cancelled, StateOf(id));
    }

    [Fact]
    public void Change_shows_both_numbers_as_open_for_a_while()
    {
        Set("change-shows-both");
        var old = _bench.Place(LimitBuy);
        var changed = _bench.Change(old, Bench.Limit(Bench.Buy(10), 91));
        Assert.Equal([(changed, OrderState.Open), (old, OrderState.Open)],
            _bench.Broker.Orders(_bench.Key).Value!.Select(order => (order.OrderId, order.State)));
        // The truth is that the old one has ended: no double fill.
        Assert.Equal((OrderState.Cancelled, 910m), (StateOf(old), _bench.Balance.Reserved));
        _bench.To("10:00:05");
        Assert.Equal(OrderState.Cancelled, _bench.Broker.Order(_bench.Key, old).Value!.State);
    }

    [Fact]
    public void Change_shows_neither_number_for_a_while()
    {
        Set("change-shows-neither");
        var old = _bench.Place(LimitBuy);
        var changed = _bench.Change(old, Bench.Limit(Bench.Buy(10), 91));
        Assert.Empty(_bench.Broker.Orders(_bench.Key).Value!);
        _bench.To("10:00:05");
        Assert.Equal([changed, old], _bench.Broker.Orders(_bench.Key).Value!.Select(order => order.OrderId));
    }

    [Fact]
    public void Place_differs_accepts_other_shares_than_asked_for_but_no_more_than_are_held()
    {
        Set("place-differs");
        var placed = _bench.TryPlace(Bench.Buy(10)).Value!;
        Assert.Equal((20, 20), (placed.Shares, _bench.Last.Shares));
        _bench.Print("10:00:01", 100);
        Set("place-differs", 5);
        Assert.Equal(20, _bench.TryPlace(Bench.Sell(10)).Value!.Shares);
    }

    [Fact]
    public void Preview_differs_answers_with_another_limit_which_place_has_to_repeat()
    {
        Set("preview-differs");
        var preview = _bench.Broker.Preview(_bench.Key, LimitBuy).Value!;
        Assert.Equal((90.10m, 901m), (preview.Terms.Limit, preview.Total));
        Assert.Equal(101, _bench.Broker.Place(_bench.Key, LimitBuy, preview.PreviewId).Refusal?.Code);
        Assert.Null(_bench.Broker.Place(_bench.Key, preview.Terms, preview.PreviewId).Refusal);
    }

    [Fact]
    public void Bust_takes_the_last_execution_back_and_the_shares_with_it()
    {
        _bench.Hold(10);
        var stop = _bench.Place(Bench.Stop(Bench.Sell(10), 90));
        Set("bust");
        _bench.To("10:01:00");
        var order = _bench.Broker.EveryOrder(_bench.Key)[0];
        Assert.Equal((OrderState.Cancelled, 0, 0m), (order.State, order.Filled, order.AveragePrice));
        Assert.True(Assert.Single(order.Executions).IsBusted);
        Assert.Equal(100_000m, _bench.Balance.Cash);
        Assert.Empty(_bench.Positions);
        Assert.Equal(OrderState.Cancelled, StateOf(stop));
        Assert.Equal(0, _bench.Broker.Transactions(_bench.Key).Value!.Sum(line => line.Amount));
    }

    [Fact]
    public void Bust_of_a_sale_gives_the_lots_back_and_two_busts_undo_both()
    {
        _bench.Hold(10);
        _bench.To("10:30:00");
        _bench.Place(Bench.Buy(10));
        _bench.Print("10:30:01", 120);
        var before = _bench.Positions[0].Lots;
        _bench.Place(Bench.Sell(12));
        _bench.Print("10:30:02", 130);
        Set("bust");
        _bench.To("10:31:00");
        Assert.Equal(before, _bench.Positions[0].Lots);
        Assert.Equal((100_000 - 2_201m, 0m), (_bench.Balance.Cash, _bench.Balance.UnsettledCash));
        Set("bust");
        _bench.To("10:32:00");
        Assert.Equal([before[0]], _bench.Positions[0].Lots);
    }

    [Fact]
    public void Reopen_puts_the_order_that_ended_last_back_to_work()
    {
        var first = _bench.Place(LimitBuy);
        _bench.To("16:00:00");
        var second = _bench.Place(LimitBuy);
        _bench.To("16:00:00", days: 1);
        Assert.Equal((OrderState.Expired, OrderState.Expired), (StateOf(first), StateOf(second)));
        Set("reopen");
        _bench.To("17:00:00", days: 1);
        Assert.Equal((OrderState.Expired, OrderState.Open), (StateOf(first), StateOf(second)));
        _bench.Print("09:30:00", 80, days: 2);
        Assert.Equal(OrderState.Executed, StateOf(second));
    }

    [Fact]
    public void A_foreign_order_is_of_a_type_that_the_api_cannot_place()
    {
        Set("foreign-order", symbol: "MSFT");
        _bench.To("10:01:00");
        var order = Assert.Single(_bench.Broker.Orders(_bench.Key).Value!);
        Assert.Equal(("ONE_CANCELS_ALL", "MSFT", OrderAction.Buy, 10), (order.OrderType, order.Terms.Ticker, order.Terms.Action, order.Shares));
        Assert.Equal((396m, 3_960m), (order.Terms.Limit, _bench.Balance.Reserved));
    }

    [Fact]
    public void A_foreign_cancel_takes_the_newest_open_order()
    {
        var (first, second) = (_bench.Place(LimitBuy), _bench.Place(LimitBuy));
        Set("foreign-cancel");
        _bench.To("10:01:00");
        Assert.Equal((OrderState.Open, OrderState.Cancelled), (StateOf(first), StateOf(second)));
    }

    [Fact]
    public void A_foreign_sale_ends_the_stop_and_sells_everything()
    {
        _bench.Hold(10);
        var stop = _bench.Place(Bench.Stop(Bench.Sell(10), 90));
        Set("foreign-sell", symbol: "AAPL");
        _bench.To("10:01:00");
        Assert.Equal(OrderState.Cancelled, StateOf(stop));
        _bench.Print("10:01:01", 100);
        Assert.Empty(_bench.Positions);
        Assert.Equal((OrderAction.Sell, 10, OrderState.Executed), (_bench.Last.Terms.Action, _bench.Last.Filled, _bench.Last.State));
    }

    [Fact]
    public void What_finds_nothing_to_strike_waits()
    {
        foreach (var name in new[] { "foreign-cancel", "foreign-sell", "bust", "reopen" }) Set(name);
        _bench.To("10:01:00");
        Assert.Equal(4, _bench.Plan.Set.Count);
        _bench.Place(LimitBuy);
        _bench.To("10:02:00");
        Assert.DoesNotContain(_bench.Plan.Set, fault => fault.Name == "foreign-cancel");
    }

    [Fact]
    public void A_wrong_account_looks_empty_once_and_is_whole_again()
    {
        _bench.Hold(10);
        _bench.Plan.Add(new Fault("wrong-account") { Times = 2 });
        var empty = _bench.Balance;
        Assert.Equal((0m, 0m, 0m), (empty.Cash, empty.Total, empty.MarginBuyingPower));
        Assert.Empty(_bench.Positions);
        Assert.Equal(98_999.50m, _bench.Balance.Cash);
        Assert.Single(_bench.Positions);
    }

    [Fact]
    public void A_split_changes_holdings_prices_and_open_orders()
    {
        _bench.Hold(10);
        var stop = _bench.Place(Bench.Stop(Bench.Sell(10), 90) with { Term = OrderTerm.GoodUntilCancel });
        var limit = _bench.Place(Bench.Limit(Bench.Buy(5), 80) with { Term = OrderTerm.GoodUntilCancel });
        Set("split");
        _bench.To("20:30:00");
        var position = Assert.Single(_bench.Positions);
        Assert.Equal((20, 1_000.50m), (position.Shares, position.Cost));
        Assert.Equal((20, 45m), (_bench.Order(stop).Shares, _bench.Order(stop).Terms.Stop));
        Assert.Equal((10, 40m), (_bench.Order(limit).Shares, _bench.Order(limit).Terms.Limit));
        Assert.Equal(400m, _bench.Balance.Reserved);
        // 92 before the split is 46 after it, above the stop; 88 is 44, below.
        _bench.Print("10:00:00", 92, days: 1);
        Assert.Equal(OrderState.Open, StateOf(stop));
        _bench.Print("10:00:01", 88, days: 1);
        Assert.Equal((OrderState.Executed, 44.975m), (StateOf(stop), _bench.Order(stop).AveragePrice));
        Assert.Empty(_bench.Positions);
    }

    [Fact]
    public void A_reverse_split_pays_the_fraction_of_a_share()
    {
        _bench.Hold(15);
        Set("split", 0.1);
        _bench.To("20:30:00");
        // Half of a new share at 1,000 dollars.
        Assert.Equal((1, 100_000m - 1_500.75m + 500m), (_bench.Positions[0].Shares, _bench.Balance.Cash));
        Assert.Equal("Stock Split", _bench.Broker.Transactions(_bench.Key).Value![0].Type);
    }

    [Fact]
    public void Every_order_fault_of_the_catalogue_is_carried_out_here()
    {
        var tested = typeof(OrderFaultTests).GetMethods().Select(method => method.Name.ToLowerInvariant().Replace('_', '-')).ToList();
        string[] others = ["foreign-sell", "wrong-account", "split", "slow-change"];
        foreach (var fault in FaultCatalog.All.Where(fault => fault.Layer == "order" && !others.Contains(fault.Name)))
            Assert.Contains(tested, name => name.Contains(fault.Name, StringComparison.Ordinal));
    }
}
