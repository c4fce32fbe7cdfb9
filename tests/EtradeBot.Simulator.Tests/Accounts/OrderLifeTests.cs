using EtradeBot.Simulator.Faults;
namespace EtradeBot.Simulator.Accounts;

public sealed class OrderLifeTests
{
    readonly Bench _bench = new();

    static readonly OrderRequest LimitBuy = Bench.Limit(Bench.Buy(10), 90);

    OrderState StateOf(long id) => _bench.Order(id).State;

    [Fact]
    public void A_day_order_ends_at_the_close_and_a_lasting_one_does_not()
    {
        var day = _bench.Place(LimitBuy);
        var lasting = _bench.Place(LimitBuy with { Term = OrderTerm.GoodUntilCancel });
        var dated = _bench.Place(LimitBuy with { Term = OrderTerm.GoodTillDate });
        _bench.To("15:59:59");
        Assert.Equal(OrderState.Open, StateOf(day));
        _bench.To("16:00:00");
        Assert.Equal((OrderState.Expired, Bench.At("16:00:00")), (StateOf(day), _bench.Order(day).EndedAt!.Value));
        _bench.To("12:00:00", days: 90);
        Assert.Equal((OrderState.Open, OrderState.Open), (StateOf(lasting), StateOf(dated)));
    }

    [Fact]
    public void A_print_at_the_close_comes_before_the_expiry()
    {
        var id = _bench.Place(LimitBuy);
        _bench.Print("16:00:00", 89);
        Assert.Equal(OrderState.Executed, StateOf(id));
    }

    [Fact]
    public void An_extended_order_ends_with_the_extended_hours_and_a_half_day_is_short()
    {
        var id = _bench.Place(LimitBuy with { IsExtended = true });
        _bench.To("19:59:59");
        Assert.Equal(OrderState.Open, StateOf(id));
        _bench.To("20:00:00");
        Assert.Equal(OrderState.Expired, StateOf(id));

        // Friday 27 November 2026 closes at 13:00, after hours at 17:00; it is 262 days away.
        _bench.To("10:00:00", days: 262);
        var day = _bench.Place(LimitBuy);
        var extended = _bench.Place(LimitBuy with { IsExtended = true });
        _bench.To("21:00:00", days: 262);
        Assert.Equal(Bench.At("13:00:00", days: 262), _bench.Order(day).EndedAt);
        Assert.Equal(Bench.At("17:00:00", days: 262), _bench.Order(extended).EndedAt);
    }

    [Fact]
    public void A_day_order_entered_on_a_weekend_lives_through_monday()
    {
        _bench.To("12:00:00", days: 4);
        var id = _bench.Place(LimitBuy);
        _bench.To("23:00:00", days: 6);
        Assert.Equal(Bench.At("16:00:00", days: 6), _bench.Order(id).EndedAt);
    }

    [Fact]
    public void A_cancel_is_a_request_that_is_carried_out_a_moment_later()
    {
        var id = _bench.Place(LimitBuy);
        var ticket = _bench.Broker.Cancel(_bench.Key, id).Value!;
        Assert.Equal((id, 5011), (ticket.OrderId, ticket.Note.Code));
        Assert.Equal(OrderState.CancelRequested, StateOf(id));
        Assert.Equal(900m, _bench.Balance.Reserved);
        Assert.Equal(5011, _bench.Broker.Cancel(_bench.Key, id).Value!.Note.Code);
        _bench.To("10:00:04");
        Assert.Equal((OrderState.Cancelled, 0m), (StateOf(id), _bench.Balance.Reserved));
        Assert.Equal(5001, _bench.Broker.Cancel(_bench.Key, id).Refusal?.Code);
    }

    [Fact]
    public void A_fill_can_be_faster_than_the_cancel()
    {
        var id = _bench.Place(Bench.Buy(10));
        _bench.Broker.Cancel(_bench.Key, id);
        _bench.Market.Trade("AAPL", Bench.At("10:00:00") + TimeSpan.FromMilliseconds(50), 100);
        _bench.To("10:00:10");
        Assert.Equal(OrderState.Executed, StateOf(id));
        Assert.Equal(5001, _bench.Broker.Cancel(_bench.Key, id).Refusal?.Code);
    }

    [Fact]
    public void A_partial_fill_during_a_cancel_stays()
    {
        var id = _bench.Place(Bench.Buy(300));
        _bench.Broker.Cancel(_bench.Key, id);
        _bench.Market.Trade("AAPL", Bench.At("10:00:00") + TimeSpan.FromMilliseconds(50), 100, volume: 0);
        _bench.To("10:00:10");
        Assert.Equal((OrderState.Cancelled, 100), (StateOf(id), _bench.Order(id).Filled));
    }

    [Fact]
    public void A_change_ends_the_old_order_and_opens_one_with_a_new_number()
    {
        var old = _bench.Place(LimitBuy);
        var changed = _bench.Change(old, Bench.Limit(Bench.Buy(20), 91));
        Assert.Equal(old + 1, changed);
        Assert.Equal((OrderState.Cancelled, changed), (StateOf(old), _bench.Order(old).ReplacedBy));
        Assert.Equal((OrderState.Open, old), (StateOf(changed), _bench.Order(changed).Replaces));
        Assert.Equal(1_820m, _bench.Balance.Reserved);
    }

    [Fact]
    public void While_a_change_is_under_way_the_new_order_can_be_neither_changed_nor_cancelled()
    {
        _bench.Plan.Add(new Fault("slow-change"));
        var old = _bench.Place(LimitBuy);
        var changed = _bench.Change(old, Bench.Limit(Bench.Buy(20), 91));
        Assert.Equal(1524, _bench.Broker.PreviewChange(_bench.Key, changed, LimitBuy).Refusal?.Code);
        Assert.Equal(1524, _bench.Broker.Cancel(_bench.Key, changed).Refusal?.Code);
        Assert.Equal(5001, _bench.Broker.PreviewChange(_bench.Key, old, LimitBuy).Refusal?.Code);
        _bench.To("10:00:03");
        _bench.Change(changed, LimitBuy);
        _bench.To("10:00:06");
        _bench.Broker.Cancel(_bench.Key, changed + 1);
        Assert.Equal(1524, _bench.Broker.PreviewChange(_bench.Key, changed + 1, LimitBuy).Refusal?.Code);
    }

    [Fact]
    public void A_change_may_use_the_shares_and_the_money_of_the_order_it_replaces()
    {
        _bench.Hold(10);
        var stop = _bench.Place(Bench.Stop(Bench.Sell(10), 90));
        var raised = _bench.Change(stop, Bench.Stop(Bench.Sell(10), 95));
        _bench.To("10:00:04");
        Assert.Equal(1037, _bench.Broker.PreviewChange(_bench.Key, raised, Bench.Stop(Bench.Sell(11), 95)).Refusal?.Code);
        var all = _bench.Place(Bench.Limit(Bench.Buy(1_000), 100));
        _bench.Change(all, Bench.Limit(Bench.Buy(1_900), 100));
    }

    [Fact]
    public void A_change_keeps_symbol_and_side_and_needs_an_order()
    {
        var id = _bench.Place(LimitBuy);
        Assert.NotNull(_bench.Broker.PreviewChange(_bench.Key, id, LimitBuy with { Ticker = "MSFT" }).Refusal);
        Assert.NotNull(_bench.Broker.PreviewChange(_bench.Key, id, LimitBuy with { Action = OrderAction.SellShort }).Refusal);
        Assert.NotNull(_bench.Broker.PreviewChange(_bench.Key, id + 1, LimitBuy).Refusal);
        Assert.NotNull(_bench.Broker.Cancel(_bench.Key, id + 1).Refusal);
    }

    [Fact]
    public void An_order_that_fills_between_the_preview_and_the_place_of_its_change_stays_filled()
    {
        var id = _bench.Place(LimitBuy);
        var preview = _bench.Broker.PreviewChange(_bench.Key, id, Bench.Limit(Bench.Buy(10), 91)).Value!;
        _bench.Print("10:00:01", 89);
        Assert.Equal(5001, _bench.Broker.PlaceChange(_bench.Key, id, Bench.Limit(Bench.Buy(10), 91), preview.PreviewId).Refusal?.Code);
        Assert.Equal(10, _bench.Positions[0].Shares);
    }

    [Fact]
    public void An_accepted_order_shows_in_lists_after_a_while()
    {
        var bench = new Bench(new SimulatorOptions { VisibleAfterSeconds = 20 });
        var ids = Enumerable.Range(0, 50).Select(_ => bench.Place(LimitBuy)).ToList();
        var seenAtOnce = bench.Broker.Orders(bench.Key).Value!.Count;
        Assert.True(bench.Broker.EveryOrder(bench.Key).Select(order => order.VisibleAt).Distinct().Count() > 40);
        Assert.InRange(seenAtOnce, 0, 10);
        Assert.NotNull(bench.Broker.Order(bench.Key, ids.First(id => bench.Order(id).VisibleAt > Bench.At("10:00:00"))).Refusal);
        bench.To("10:00:02");
        Assert.InRange(bench.Broker.Orders(bench.Key).Value!.Count, 30, 49);
        bench.To("10:00:20");
        Assert.Equal(50, bench.Broker.Orders(bench.Key).Value!.Count);
    }

    [Fact]
    public void Time_passes_without_a_look_at_the_market_when_no_order_is_at_work()
    {
        _bench.Place(LimitBuy);
        _bench.To("10:00:00", days: 1);
        var asked = _bench.Market.Asked;
        for (var day = 2; day < 2_000; day++) _bench.To("10:00:00", day);
        Assert.Equal(asked, _bench.Market.Asked);
    }

    [Fact]
    public void Steps_of_any_length_come_to_the_same()
    {
        Assert.Equal(Walk(stepSeconds: 1), Walk(stepSeconds: 3_600));

        static string Walk(int stepSeconds)
        {
            var bench = new Bench();
            for (var i = 0; i < 600; i++)
                bench.Market.Trade(i % 2 == 0 ? "AAPL" : "MSFT", Bench.At("10:00:00").AddSeconds(10 * i + 5), (i % 2 == 0 ? 100 : 400) + 3 * Math.Sin(i / 9.0), 80 * i);
            bench.Place(Bench.Limit(Bench.Buy(500), 98));
            bench.Place(Bench.Stop(Bench.Buy(50), 402) with { Ticker = "MSFT" });
            bench.Place(Bench.Buy(700));
            bench.Broker.Cancel(bench.Key, bench.Place(Bench.Limit(Bench.Buy(10), 99)));
            for (var at = Bench.At("10:00:00"); at <= Bench.At("17:00:00"); at = at.AddSeconds(stepSeconds)) bench.Broker.AdvanceTo(at);
            return bench.Broker.Save();
        }
    }
}
