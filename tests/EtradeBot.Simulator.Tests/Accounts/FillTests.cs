namespace EtradeBot.Simulator.Accounts;

public sealed class FillTests
{
    readonly Bench _bench = new();

    static readonly OrderRequest LimitBuy = Bench.Limit(Bench.Buy(10), 99);

    (OrderState, int, decimal) Result(long id) => (_bench.Order(id).State, _bench.Order(id).Filled, _bench.Order(id).AveragePrice);

    [Fact]
    public void A_market_order_fills_at_the_print_after_its_acceptance_and_pays_half_the_spread()
    {
        _bench.Market.Trade("AAPL", Bench.At("10:00:00"), 95);
        var buy = _bench.Place(Bench.Buy(10));
        _bench.To("10:00:00");
        Assert.Equal((OrderState.Open, 0, 0m), Result(buy));
        _bench.Print("10:00:01", 101);
        Assert.Equal((OrderState.Executed, 10, 101.05m), Result(buy));
        Assert.Equal(Bench.At("10:00:01"), _bench.Order(buy).ExecutedAt);
        var sell = _bench.Place(Bench.Sell(10));
        _bench.Print("10:00:02", 102);
        Assert.Equal((OrderState.Executed, 10, 101.95m), Result(sell));
    }

    [Fact]
    public void A_limit_has_to_be_traded_through_and_then_fills_at_the_limit()
    {
        var id = _bench.Place(LimitBuy);
        _bench.Print("10:00:01", 100);
        _bench.Print("10:00:02", 99);
        Assert.Equal((OrderState.Open, 0, 0m), Result(id));
        _bench.Print("10:00:03", 98.99);
        Assert.Equal((OrderState.Executed, 10, 99m), Result(id));
    }

    [Fact]
    public void A_limit_beyond_the_market_fills_at_the_next_print()
    {
        var id = _bench.Place(LimitBuy);
        _bench.Print("10:00:01", 98.5);
        Assert.Equal((OrderState.Executed, 10, 98.5m), Result(id));
    }

    [Fact]
    public void A_stop_fills_at_its_level_within_the_session_and_at_the_print_across_a_gap()
    {
        _bench.Hold(20);
        var day = _bench.Place(Bench.Stop(Bench.Sell(10), 95));
        var lasting = _bench.Place(Bench.Stop(Bench.Sell(10), 90) with { Term = OrderTerm.GoodUntilCancel });
        _bench.Print("10:00:02", 96);
        _bench.Print("10:00:03", 94);
        Assert.Equal((OrderState.Executed, 10, 94.95m), Result(day));
        _bench.Print("09:30:00", 80, days: 1);
        Assert.Equal((OrderState.Executed, 10, 79.95m), Result(lasting));
    }

    [Fact]
    public void After_a_halt_a_stop_fills_at_the_print_that_resumes_trading()
    {
        _bench.Hold(10);
        var id = _bench.Place(Bench.Stop(Bench.Sell(10), 95));
        _bench.Print("10:00:02", 96);
        _bench.Print("10:05:02", 80);
        Assert.Equal((OrderState.Executed, 10, 79.95m), Result(id));
    }

    [Fact]
    public void A_stop_limit_becomes_a_limit_order_and_may_be_left_behind()
    {
        _bench.Hold(10);
        var id = _bench.Place(Bench.Sell(10) with { Type = PriceType.StopLimit, Stop = 95, Limit = 94.5m, Term = OrderTerm.GoodUntilCancel });
        _bench.Print("10:00:02", 95.5);
        _bench.To("16:00:00");
        _bench.Print("09:30:00", 93, days: 1);
        Assert.Equal((OrderState.Open, 0, 0m), Result(id));
        _bench.Print("09:31:00", 95, days: 1);
        Assert.Equal((OrderState.Executed, 10, 94.5m), Result(id));
    }

    [Fact]
    public void A_trailing_stop_follows_the_best_print_and_never_steps_back()
    {
        _bench.Hold(20);
        var dollars = _bench.Place(Bench.Sell(10) with { Type = PriceType.TrailingStopAmount, Stop = 2 });
        var percent = _bench.Place(Bench.Sell(10) with { Type = PriceType.TrailingStopPercent, Stop = 5 });
        Assert.Equal((98m, 95m), (_bench.Order(dollars).StopLevel, _bench.Order(percent).StopLevel));
        _bench.Print("10:00:02", 110);
        _bench.Print("10:00:03", 109);
        Assert.Equal((108m, 104.5m), (_bench.Order(dollars).StopLevel, _bench.Order(percent).StopLevel));
        _bench.Print("10:00:04", 104);
        Assert.Equal((OrderState.Executed, 10, 107.95m), Result(dollars));
        Assert.Equal((OrderState.Executed, 10, 104.45m), Result(percent));
    }

    [Fact]
    public void A_trailing_stop_with_an_offset_becomes_a_limit_order()
    {
        _bench.Hold(10);
        var id = _bench.Place(Bench.Sell(10) with { Type = PriceType.TrailingStopAmount, Stop = 2, StopLimit = 0.5m });
        _bench.Print("10:00:02", 110);
        _bench.Print("10:00:03", 106);
        // The limit of 107.50 lies below the level of 108, where the market stood when it was reached.
        Assert.Equal((OrderState.Executed, 10, 108m), Result(id));
    }

    [Fact]
    public void A_print_fills_a_quarter_of_its_volume_or_a_round_lot_and_the_rest_waits()
    {
        var id = _bench.Place(Bench.Buy(500));
        _bench.Print("10:00:01", 100, volume: 1_200);
        Assert.Equal((OrderState.Partial, 300, 100.05m), Result(id));
        _bench.Print("10:00:02", 101, volume: 10);
        Assert.Equal((OrderState.Partial, 400, 100.3m), Result(id));
        _bench.Print("10:00:03", 102, volume: 0);
        Assert.Equal((OrderState.Executed, 500, 100.65m), Result(id));
        Assert.Equal([300, 100, 100], _bench.Order(id).Executions.Select(execution => execution.Shares));
    }

    [Fact]
    public void Orders_of_a_symbol_share_a_print_and_the_first_comes_first()
    {
        var first = _bench.Place(Bench.Buy(80));
        var second = _bench.Place(Bench.Buy(80));
        _bench.Print("10:00:01", 100, volume: 100);
        Assert.Equal((80, 20), (_bench.Order(first).Filled, _bench.Order(second).Filled));
    }

    [Fact]
    public void What_is_left_of_a_reached_stop_is_a_market_order()
    {
        _bench.Hold(150);
        var id = _bench.Place(Bench.Stop(Bench.Sell(150), 95));
        _bench.Print("10:00:02", 96, volume: 0);
        _bench.Print("10:00:03", 95, volume: 0);
        Assert.Equal((OrderState.Partial, 100, 94.95m), Result(id));
        _bench.Print("10:00:04", 99, volume: 0);
        Assert.Equal(98.95m, _bench.Order(id).Executions[1].Price);
    }

    [Fact]
    public void An_all_or_none_order_waits_for_a_print_that_fills_it_whole()
    {
        var id = _bench.Place(Bench.Limit(Bench.Buy(300), 100) with { AllOrNone = true });
        _bench.Print("10:00:01", 99, volume: 1_196);
        Assert.Equal(0, _bench.Order(id).Filled);
        _bench.Print("10:00:02", 98, volume: 1_200);
        Assert.Equal((OrderState.Executed, 300, 100m), Result(id));
    }

    [Fact]
    public void Immediate_or_cancel_takes_what_the_next_print_gives()
    {
        var id = _bench.Place(Bench.Limit(Bench.Buy(300), 100) with { Term = OrderTerm.ImmediateOrCancel });
        _bench.Print("10:00:01", 99, volume: 0);
        Assert.Equal((OrderState.Cancelled, 100, 99m), Result(id));
        var missed = _bench.Place(Bench.Limit(Bench.Buy(300), 98) with { Term = OrderTerm.ImmediateOrCancel });
        _bench.Print("10:00:02", 99);
        Assert.Equal((OrderState.Cancelled, 0, 0m), Result(missed));
    }

    [Fact]
    public void Fill_or_kill_takes_all_or_nothing()
    {
        var request = Bench.Limit(Bench.Buy(300), 100) with { Term = OrderTerm.FillOrKill };
        var killed = _bench.Place(request);
        _bench.Print("10:00:01", 99, volume: 1_196);
        Assert.Equal((OrderState.Cancelled, 0, 0m), Result(killed));
        var filled = _bench.Place(request);
        _bench.Print("10:00:02", 99, volume: 1_200);
        Assert.Equal((OrderState.Executed, 300, 99m), Result(filled));
    }

    [Fact]
    public void A_market_order_entered_out_of_hours_waits_for_the_open()
    {
        _bench.To("21:00:00");
        var id = _bench.Place(Bench.Buy(1));
        _bench.Print("08:00:00", 90, days: 1);
        Assert.Equal(OrderState.Open, _bench.Order(id).State);
        _bench.Print("09:30:00", 110, days: 1);
        Assert.Equal((OrderState.Executed, 1, 110.05m), Result(id));
    }

    [Fact]
    public void An_extended_order_fills_before_the_open_and_after_the_close_only()
    {
        var id = _bench.Place(LimitBuy with { IsExtended = true });
        _bench.Print("10:00:01", 90);
        Assert.Equal(OrderState.Open, _bench.Order(id).State);
        _bench.Print("16:30:00", 98);
        Assert.Equal((OrderState.Executed, 10, 98m), Result(id));
    }

    [Fact]
    public void On_open_orders_fill_at_the_first_print_of_the_next_session_whatever_its_volume()
    {
        var market = _bench.Place(Bench.Buy(1_000) with { Type = PriceType.MarketOnOpen });
        var reached = _bench.Place(LimitBuy with { Type = PriceType.LimitOnOpen });
        var missed = _bench.Place(LimitBuy with { Type = PriceType.LimitOnOpen, Limit = 97.99m });
        _bench.Print("10:00:01", 90);
        _bench.Print("09:29:00", 90, days: 1);
        Assert.Equal(OrderState.Open, _bench.Order(market).State);
        _bench.Print("09:30:00", 98, volume: 0, days: 1);
        Assert.Equal((OrderState.Executed, 1_000, 98.05m), Result(market));
        Assert.Equal((OrderState.Executed, 10, 98m), Result(reached));
        Assert.Equal((OrderState.Expired, 0, 0m), Result(missed));
    }

    [Fact]
    public void On_close_orders_fill_at_the_last_print_of_the_session()
    {
        var market = _bench.Place(Bench.Buy(1_000) with { Type = PriceType.MarketOnClose });
        var reached = _bench.Place(LimitBuy with { Type = PriceType.LimitOnClose });
        var missed = _bench.Place(LimitBuy with { Type = PriceType.LimitOnClose, Limit = 97.99m });
        _bench.Print("10:00:01", 90);
        _bench.Print("15:59:59", 98);
        Assert.Equal(OrderState.Open, _bench.Order(market).State);
        _bench.Print("16:30:00", 50);
        Assert.Equal((OrderState.Executed, 1_000, 98.05m), Result(market));
        Assert.Equal(Bench.At("16:00:00"), _bench.Order(market).ExecutedAt);
        Assert.Equal((OrderState.Executed, 10, 98m), Result(reached));
        Assert.Equal((OrderState.Expired, 0, 0m), Result(missed));
    }
}
