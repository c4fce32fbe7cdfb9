using EtradeBot.Backtests;
using EtradeBot.Market;
using EtradeBot.Trading;
using static EtradeBot.Ledger;

namespace EtradeBot.Brokers;

/// <summary>One fill rule a test, each on candles small enough to check by eye.</summary>
public class PaperBrokerTests
{
    [Fact]
    public void A_market_order_fills_at_the_next_open()
    {
        var result = Play(Days((10, 11, 9, 10), (12, 13, 11, 12), (14, 15, 13, 14)), Shares(100), (0, Buy), (1, Sell));
        var trade = Assert.Single(result.RoundTrips);
        Assert.Equal(12m, trade.EntryPrice);
        Assert.Equal(14m, trade.ExitPrice);
        Assert.Equal(200m, trade.ProfitAndLoss);
        Assert.Equal([100_000, 100_000, 100_200], result.Curve.Equity);
        Assert.Equal(("in", "out", 1), (trade.EntryReason, trade.ExitReason, trade.CandlesHeld));
    }

    [Fact]
    public void A_decision_on_the_last_candle_stays_a_working_order()
    {
        var result = Play(Days((10, 11, 9, 10), (12, 13, 11, 12)), Shares(100), (1, Buy));
        Assert.Empty(result.Fills);
        Assert.Equal(OrderStatus.Working, Assert.Single(result.Orders).Status);
    }

    [Fact]
    public void A_stop_inside_the_candle_fills_at_its_price()
    {
        var result = Play(Days((10, 10, 10, 10), (10, 11, 10, 11), (11, 11, 8, 9)), Shares(100), (0, Buy with { Stop = 9.5 }));
        var trade = Assert.Single(result.RoundTrips);
        Assert.Equal((9.5m, "stop"), (trade.ExitPrice, trade.ExitReason));
        Assert.Equal(-1.0, trade.R);
        Assert.Equal((0, 0), (result.GapFills, result.AmbiguousCandles));
    }

    [Fact]
    public void A_gap_through_the_stop_fills_at_the_open()
    {
        var result = Play(Days((10, 10, 10, 10), (10, 11, 10, 11), (8, 9, 7, 8)), Shares(100), (0, Buy with { Stop = 9.5 }));
        Assert.Equal(8m, Assert.Single(result.RoundTrips).ExitPrice);
        Assert.Equal((1, 150m), (result.GapFills, result.GapCost));
    }

    [Fact]
    public void A_stop_is_live_in_the_candle_of_a_market_entry()
    {
        var result = Play(Days((10, 10, 10, 10), (10, 11, 9, 11), (11, 12, 11, 12)), Shares(100), (0, Buy with { Stop = 9.5 }));
        Assert.Equal((9.5m, 0), (result.RoundTrips[0].ExitPrice, result.RoundTrips[0].CandlesHeld));
    }

    [Fact]
    public void An_entry_that_gaps_beyond_its_own_stop_leaves_at_once_at_the_open()
    {
        var result = Play(Days((10, 10, 10, 10), (9, 11, 9, 11)), Shares(100), (0, Buy with { Stop = 9.5 }));
        var trade = Assert.Single(result.RoundTrips);
        Assert.Equal((9m, 9m), (trade.EntryPrice, trade.ExitPrice));
    }

    [Fact]
    public void A_target_needs_the_price_to_trade_through_it()
    {
        var wish = Buy with { Target = 12 };
        Assert.Empty(Play(Days((10, 10, 10, 10), (10, 12, 10, 11)), Shares(100), (0, wish)).RoundTrips);
        Assert.Equal(12m, Play(Days((10, 10, 10, 10), (10, 12.01, 10, 11)), Shares(100), (0, wish)).RoundTrips[0].ExitPrice);
    }

    [Fact]
    public void A_gap_over_the_target_fills_at_the_better_open()
    {
        var result = Play(Days((10, 10, 10, 10), (10, 11, 10, 11), (13, 13, 12, 12)), Shares(100), (0, Buy with { Target = 12 }));
        Assert.Equal(13m, Assert.Single(result.RoundTrips).ExitPrice);
    }

    [Theory]
    [InlineData(IntrabarPolicy.Worst, 9.5, "stop")]
    [InlineData(IntrabarPolicy.Best, 12, "target")]
    [InlineData(IntrabarPolicy.Path, 9.5, "stop")]
    [InlineData(IntrabarPolicy.Drill, 12, "target")]
    public void Stop_and_target_in_one_candle_follow_the_policy(IntrabarPolicy policy, double price, string reason)
    {
        // The low is nearer to the open, so that the path goes there first; the finer candles go up first.
        var candles = Days((10, 10, 10, 10), (10, 10.5, 10, 10), (10, 13, 9, 11));
        var open = candles.OpenTime(2);
        var finer = CandleSeries.From(Acme, Timeframe.H1, new CandleOrigin("test"),
            [new Candle(open, 10, 13, 10, 12, 1000), new Candle(open.AddHours(1), 12, 12, 9, 11, 1000)]);
        var settings = Shares(100) with { Fills = new FillRules { Intrabar = policy, Finer = finer } };
        var result = Play(candles, settings, (0, Buy with { Stop = 9.5, Target = 12 }));
        var trade = Assert.Single(result.RoundTrips);
        Assert.Equal(((decimal)price, reason), (trade.ExitPrice, trade.ExitReason));
        Assert.Equal(policy is IntrabarPolicy.Worst or IntrabarPolicy.Best ? 1 : 0, result.AmbiguousCandles);
    }

    [Fact]
    public void The_path_goes_to_the_nearer_extreme_first()
    {
        var candles = Days((10, 10, 10, 10), (10, 10.5, 10, 10), (10, 12.5, 7, 11));
        var settings = Shares(100) with { Fills = new FillRules { Intrabar = IntrabarPolicy.Path } };
        Assert.Equal("target", Play(candles, settings, (0, Buy with { Stop = 8, Target = 12 })).RoundTrips[0].ExitReason);
    }

    [Fact]
    public void A_limit_entry_waits_for_its_price_and_expires()
    {
        var candles = Days((10, 10, 10, 10), (10, 11, 9.5, 10), (10, 10, 9.4, 10), (10, 10, 8, 9));
        var missed = Play(candles, Shares(100), (0, Buy with { Limit = 9.5 }));
        Assert.Equal(OrderStatus.Expired, Assert.Single(missed.Orders).Status);
        var reached = Play(candles, Shares(100), (0, Buy with { Limit = 9.5, GoodForCandles = 2 }));
        Assert.Equal(9.5m, Assert.Single(reached.OpenPositions).AveragePrice);
    }

    [Fact]
    public void A_limit_entry_opens_better_when_the_candle_does() =>
        Assert.Equal(9m, Play(Days((10, 10, 10, 10), (9, 10, 8, 9)), Shares(100), (0, Buy with { Limit = 9.5 })).OpenPositions[0].AveragePrice);

    [Fact]
    public void A_stop_entry_buys_the_breakout_and_a_gap_over_it_costs_the_open()
    {
        var wish = Buy with { Trigger = 11 };
        Assert.Equal(11m, Play(Days((10, 10, 10, 10), (10, 12, 10, 12)), Shares(100), (0, wish)).OpenPositions[0].AveragePrice);
        Assert.Equal(12m, Play(Days((10, 10, 10, 10), (12, 13, 12, 13)), Shares(100), (0, wish)).OpenPositions[0].AveragePrice);
    }

    [Fact]
    public void A_stop_limit_that_gaps_beyond_its_limit_does_not_fill()
    {
        var wish = Buy with { Trigger = 11, Limit = 11.5 };
        Assert.Empty(Play(Days((10, 10, 10, 10), (12, 13, 12, 13)), Shares(100), (0, wish)).Fills);
        Assert.Equal(11m, Play(Days((10, 10, 10, 10), (10, 13, 10, 13)), Shares(100), (0, wish)).OpenPositions[0].AveragePrice);
    }

    [Theory]
    [InlineData(IntrabarPolicy.Worst, 1)]
    [InlineData(IntrabarPolicy.Best, 0)]
    public void A_stop_below_a_breakout_entry_in_its_own_candle_is_in_doubt(IntrabarPolicy policy, int trades)
    {
        var settings = Shares(100) with { Fills = new FillRules { Intrabar = policy } };
        var result = Play(Days((10, 10, 10, 10), (10, 12, 9, 11.5)), settings, (0, Buy with { Trigger = 11, Stop = 9.5 }));
        Assert.Equal((trades, 1), (result.RoundTrips.Count, result.AmbiguousCandles));
    }

    [Fact]
    public void A_target_above_a_limit_entry_in_its_own_candle_is_not_believed_unless_the_close_is_beyond_it()
    {
        var wish = Buy with { Limit = 9.5, Target = 11 };
        Assert.Empty(Play(Days((10, 10, 10, 10), (10, 12, 9, 10)), Shares(100), (0, wish)).RoundTrips);
        Assert.Single(Play(Days((10, 10, 10, 10), (10, 12, 9, 11.5)), Shares(100), (0, wish)).RoundTrips);
    }

    [Fact]
    public void A_trailing_stop_follows_the_high_of_earlier_candles()
    {
        var candles = Days((10, 10, 10, 10), (10, 12, 10, 12), (12, 14, 12, 14), (14, 14, 12, 12));
        var trade = Assert.Single(Play(candles, Shares(100), (0, Buy with { Trail = 1.5 })).RoundTrips);
        Assert.Equal((12.5m, "trailing stop"), (trade.ExitPrice, trade.ExitReason));
        Assert.Equal(250 / 150.0, trade.R!.Value, 12);
    }

    [Fact]
    public void A_time_stop_leaves_at_the_open_after_its_candles()
    {
        var candles = Days((10, 10, 10, 10), (11, 11, 11, 11), (12, 12, 12, 12), (13, 13, 13, 13), (14, 14, 14, 14));
        var trade = Assert.Single(Play(candles, Shares(100), (0, Buy with { MaxCandles = 2 })).RoundTrips);
        Assert.Equal((14m, "time stop", 3), (trade.ExitPrice, trade.ExitReason, trade.CandlesHeld));
    }

    [Fact]
    public void Shares_come_down_to_what_the_cash_buys_and_the_order_says_so()
    {
        var settings = Shares(100) with { Cash = 1_000, Costs = new CostModel { CommissionPerOrder = 5 } };
        var result = Play(Days((9, 9, 9, 9), (10, 10, 10, 10)), settings, (0, Buy));
        Assert.Equal(99, Assert.Single(result.OpenPositions).Shares);
        Assert.Contains("99 of 100", Assert.Single(result.Orders).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void No_cash_for_one_share_rejects_the_order()
    {
        var result = Play(Days((9, 9, 9, 9), (1001, 1001, 1001, 1001)), Shares(1) with { Cash = 1_000 }, (0, Buy));
        Assert.Equal(OrderStatus.Rejected, Assert.Single(result.Orders).Status);
        Assert.Empty(result.Fills);
    }

    [Fact]
    public void All_in_spends_the_cash_at_the_fill_costs_included()
    {
        var settings = new BacktestSettings { Cash = 10_000, Sizing = Sizing.AllIn, Costs = new CostModel { CommissionFraction = 0.001m } };
        var result = Play(Days((9, 9, 9, 9), (10, 10, 10, 10)), settings, (0, Buy));
        Assert.Equal(999, Assert.Single(result.OpenPositions).Shares);
    }

    [Fact]
    public void A_participation_cap_fills_over_several_candles()
    {
        var candles = Days(Acme, 1000, (10, 10, 10, 10), (10, 10, 10, 10), (11, 11, 11, 11), (12, 12, 12, 12));
        var settings = Shares(250) with { Fills = new FillRules { Participation = 0.1 } };
        var result = Play(candles, settings, (0, Buy with { Stop = 5 }));
        Assert.Equal([100, 100, 50], result.Fills.Select(fill => fill.Shares));
        Assert.Equal([10m, 11m, 12m], result.Fills.Select(fill => fill.Price));
        var report = result.Orders.First(order => order.Order.Type == OrderType.Market);
        Assert.Equal((OrderStatus.Filled, 10.8m), (report.Status, report.AveragePrice));
        Assert.Equal(250, result.Orders.Single(order => order.Status == OrderStatus.Working).Order.Shares);
    }

    [Fact]
    public void A_stop_larger_than_the_cap_goes_on_at_the_next_open()
    {
        var candles = Days(Acme, 1000, (10, 10, 10, 10), (10, 10, 10, 10), (10, 10, 8, 8), (7, 7, 7, 7));
        var capped = Days(Acme, 100, (10, 10, 10, 10), (10, 10, 10, 10), (10, 10, 8, 8), (7, 7, 7, 7));
        var wish = (0, Buy with { Stop = 9 });
        Assert.Equal([9m], Play(candles, Shares(50), wish).RoundTrips.Select(trade => trade.ExitPrice));
        var settings = Shares(50) with { Fills = new FillRules { Participation = 0.5 } };
        Assert.Equal([9m], Play(capped, settings, wish).RoundTrips.Select(trade => trade.ExitPrice));
        var tight = Shares(50) with { Fills = new FillRules { Participation = 0.3 } };
        var result = Play(capped, tight, wish);
        // 30 a candle: the entry takes 30 and 20, which leaves 10 to the stop; the next open takes 30 more.
        Assert.Equal([9m, 7m, 7m], result.RoundTrips.Select(trade => trade.ExitPrice));
        Assert.Equal([10, 20, 10], result.RoundTrips.Select(trade => trade.Shares));
        Assert.Equal(10, Assert.Single(result.OpenPositions).Shares);
    }

    [Theory]
    [InlineData("fixed:0.02", 10.02)]
    [InlineData("bps:10", 10.01)]
    [InlineData("range:0.1", 10.2)]
    [InlineData("volume:1", 10.02)]
    public void Slippage_makes_market_fills_worse(string slippage, double price)
    {
        // Range 2 dollars; 100 of 1,000,000 shares are a share of 0.0001, its square root 0.01.
        var settings = Shares(100) with { Costs = new CostModel { Slippage = Slippage.Parse(slippage) } };
        var result = Play(Days((10, 11, 9, 10), (10, 11, 9, 10)), settings, (0, Buy));
        Assert.Equal((decimal)price, result.Fills[0].Price);
        Assert.Equal(((decimal)price - 10m) * 100, result.Fills[0].Slippage);
    }

    [Fact]
    public void A_target_does_not_slip_and_a_stop_does()
    {
        var settings = Shares(100) with { Costs = new CostModel { Slippage = Slippage.Parse("fixed:0.05") } };
        var target = Play(Days((10, 10, 10, 10), (10, 10, 10, 10), (10, 13, 10, 12)), settings, (0, Buy with { Target = 12 }));
        Assert.Equal(12m, target.RoundTrips[0].ExitPrice);
        var stop = Play(Days((10, 10, 10, 10), (10, 10, 10, 10), (10, 10, 8, 9)), settings, (0, Buy with { Stop = 9 }));
        Assert.Equal(8.95m, stop.RoundTrips[0].ExitPrice);
    }

    [Fact]
    public void Regulatory_fees_are_charged_on_sales_at_the_rates_of_the_day()
    {
        // 2021-01-06: $22.10 a million on 10,000 = 0.221 -> 0.23; 1,000 x 0.000119 = 0.119 -> 0.12.
        var settings = Shares(1000) with { Costs = new CostModel { RegulatoryFees = true } };
        var result = Play(Days((10, 10, 10, 10), (10, 10, 10, 10), (10, 10, 10, 10)), settings, (0, Buy), (1, Sell));
        Assert.Equal([0m, 0.35m], result.Fills.Select(fill => fill.Fees));
    }

    [Fact]
    public void Proceeds_settle_a_session_later_when_asked_for()
    {
        var candles = Days((10, 10, 10, 10), (10, 10, 10, 10), (10, 10, 10, 10), (10, 10, 10, 10), (10, 10, 10, 10), (10, 10, 10, 10));
        var settings = new BacktestSettings { Cash = 1000, Sizing = Sizing.AllIn };
        // Sold at candle 2's open; bought again at candle 3's open at the earliest.
        var unsettled = settings with { Fills = new FillRules { SettlementSessions = 2 } };
        (int, Signal)[] wishes = [(0, Buy), (1, Sell), (2, Buy), (3, Buy)];
        Assert.Equal(3, Play(candles, settings, wishes).Fills[2].FilledAt.Day - 4);
        var late = Play(candles, unsettled, wishes);
        Assert.Equal(4, late.Fills[2].FilledAt.Day - 4);
        Assert.Contains(late.Orders, order => order.Status == OrderStatus.Rejected);
    }
}
