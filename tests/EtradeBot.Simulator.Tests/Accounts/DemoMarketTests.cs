using EtradeBot.Market;
using EtradeBot.Simulator.Faults;
using EtradeBot.Simulator.Market;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Simulator.Accounts;

/// <summary>The broker over the demo market.</summary>
public sealed class DemoMarketTests
{
    static readonly DateTimeOffset Start = Bench.At("10:00:00");
    static readonly Symbol Aapl = Symbol.Parse("AAPL");

    readonly FakeTimeProvider _time = new(Start);
    readonly FaultPlan _plan;
    readonly SimulatedMarket _market;
    readonly Brokerage _broker;
    readonly string _key;

    public DemoMarketTests()
    {
        var options = new SimulatorOptions { Symbols = [Symbol.Parse("TSLA")] };
        _plan = new FaultPlan(_time, new SeededRandom(1));
        _market = new SimulatedMarket(options, _plan, _time);
        _broker = new Brokerage(options, _market, _plan, Start);
        _key = _broker.Accounts[0].Key;
    }

    CustomerOrder Last => _broker.EveryOrder(_key)[^1];

    void To(DateTimeOffset at)
    {
        _time.SetUtcNow(at);
        _broker.AdvanceTo(at);
    }

    void Place(OrderRequest request)
    {
        var preview = _broker.Preview(_key, request);
        Assert.Null(preview.Refusal);
        Assert.Null(_broker.Place(_key, request, preview.Value!.PreviewId).Refusal);
    }

    [Fact]
    public void A_market_order_pays_the_next_print_and_half_its_spread()
    {
        Place(Bench.Buy(10));
        To(Start.AddMinutes(1));
        var print = _market.Prints(Aapl, Start, Start.AddMinutes(1)).First();
        var paid = Assert.Single(Last.Executions);
        Assert.Equal((print.At, print.Price + print.HalfSpread), (paid.At, (double)paid.Price), (one, other) =>
            one.At == other.At && other.Item2 - one.Item2 is >= -1e-9 and < 0.0001);
    }

    [Fact]
    public void A_limit_fills_at_the_first_print_that_trades_through_it()
    {
        var end = Start.AddDays(90);
        var limit = (decimal)Math.Round(_market.QuoteAt(Aapl, Start).Last * 0.998, 2);
        Place(Bench.Limit(Bench.Buy(10), limit) with { Term = OrderTerm.GoodUntilCancel });
        To(end);
        var through = _market.Prints(Aapl, Start, end).First(print => print.Phase == MarketPhase.Regular && print.Price < (double)limit);
        Assert.Equal((OrderState.Executed, through.At), (Last.State, Last.ExecutedAt));
        Assert.InRange(Last.AveragePrice, 0, limit);
    }

    [Fact]
    public void A_halted_symbol_fills_nothing_until_trading_resumes()
    {
        _plan.Add(new Fault("halt") { Symbol = "AAPL", Times = null, Seconds = 600 });
        Place(Bench.Buy(10));
        To(Start.AddSeconds(599));
        Assert.Equal(OrderState.Open, Last.State);
        To(Start.AddSeconds(660));
        Assert.Equal(OrderState.Executed, Last.State);
        Assert.True(Last.ExecutedAt >= Start.AddSeconds(600));
    }

    [Fact]
    public void A_split_keeps_the_value_of_what_is_held()
    {
        Place(Bench.Buy(10));
        To(Start.AddMinutes(1));
        var before = _broker.Balance(_key).Value!.LongValue;
        _plan.Add(new Fault("split") { Symbol = "AAPL", Value = 4 });
        To(Start.AddMinutes(1));
        Assert.Equal(40, _broker.Positions(_key).Value![0].Shares);
        Assert.Equal((double)before, (double)_broker.Balance(_key).Value!.LongValue, tolerance: 0.01);
    }

    [Fact]
    public void An_order_in_a_symbol_that_a_new_market_lacks_waits_and_is_still_worth_what_was_paid()
    {
        Place(Bench.Buy(10) with { Ticker = "TSLA" });
        To(Start.AddMinutes(1));
        Place(Bench.Limit(Bench.Buy(10), 1) with { Ticker = "TSLA", Term = OrderTerm.GoodUntilCancel });
        var bench = new Bench();
        bench.Broker.Load(_broker.Save());
        bench.To("12:00:00");
        Assert.Equal(_broker.Positions(_key).Value![0].Cost, bench.Broker.Balance(_key).Value!.LongValue);
        Assert.Equal(OrderState.Open, bench.Broker.EveryOrder(_key)[^1].State);
    }
}
