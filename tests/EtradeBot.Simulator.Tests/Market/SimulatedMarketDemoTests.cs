using CsCheck;
using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

public class SimulatedMarketDemoTests
{
    static readonly DateTimeOffset Morning = SomeMarket.At(2026, 3, 10, "04:00:00");

    public static TheoryData<Symbol> Companies => [.. DemoMarket.Symbols.Select(company => company.Symbol)];

    [Theory]
    [MemberData(nameof(Companies))]
    public void Minutes_are_those_of_the_demo_market(Symbol symbol)
    {
        var history = new DemoMarket(11).Generate(symbol, Timeframe.M1, new(2026, 3, 9), new(2026, 3, 11));
        var market = new SomeMarket(new SimulatorOptions { Seed = 11 }).Market;

        var live = market.Prints(symbol, SomeMarket.At(2026, 3, 9, "00:00:00"), SomeMarket.At(2026, 3, 11, "23:59:59")).Where(print => print.Phase == MarketPhase.Regular);

        Assert.Equal(SomeMarket.All(history), PolledCandles.Of(live));
    }

    [Fact]
    public void Asking_every_second_from_before_the_open_to_the_night_rebuilds_the_demo_market()
    {
        var history = new DemoMarket(7).Generate(SomeMarket.Basalt, Timeframe.M1, new(2026, 3, 10), new(2026, 3, 10));
        var market = new SomeMarket().Market;

        var polled = PolledCandles.Poll(market, SomeMarket.Basalt, (Morning, Morning.AddHours(20)), TimeSpan.FromSeconds(1));

        Assert.Equal(SomeMarket.All(history), polled.Where(candle => candle.OpenTime >= history.OpenTime(0) && candle.OpenTime <= history.OpenTime(389)));
    }

    [Fact]
    public void The_same_instant_gives_the_same_answer_in_any_order_and_in_a_fresh_market()
    {
        Symbol[] symbols = [SomeMarket.Basalt, SomeMarket.Spy, Symbol.Parse("BRK.B")];
        var used = new SomeMarket().Market;
        Gen.Select(Gen.Int[0, 20 * 86_400], Gen.Int[0, 2]).Sample((second, which) =>
        {
            var instant = Morning.AddSeconds(second);
            Assert.Equal(new SomeMarket().Market.QuoteAt(symbols[which], instant), used.QuoteAt(symbols[which], instant));
        }, iter: 60, threads: 1);
    }

    [Fact]
    public void Quotes_agree_with_the_prints_up_to_them()
    {
        var market = new SomeMarket().Market;
        var (open, high, low, volume) = (0.0, 0.0, 0.0, 0L);
        foreach (var print in market.Prints(SomeMarket.Spy, Morning, Morning.AddHours(16)))
        {
            volume += print.Volume;
            if (print.Phase == MarketPhase.Regular)
            {
                open = open == 0 ? print.Price : open;
                high = Math.Max(high, print.Price);
                low = low == 0 ? print.Price : Math.Min(low, print.Price);
            }
            var quote = market.QuoteAt(SomeMarket.Spy, print.At);
            Assert.Equal((open, high, low, volume, print.Phase), (quote.Open, quote.High, quote.Low, quote.TotalVolume, quote.Phase));
            Assert.Equal((print.Price, print.At), print.Phase == MarketPhase.Regular ? (quote.Last, quote.LastTradeAt) : quote.Extended);
            Assert.InRange(print.Price, quote.Bid, quote.Ask);
            Assert.Equal(print.HalfSpread, (quote.Ask - quote.Bid) / 2, 6);
            Assert.True(quote.Ask - quote.Bid > 0.0099 && quote.BidSize >= 100 && quote.AskSize >= 100);
            Assert.NotEqual(print, market.Prints(SomeMarket.Spy, print.At.AddTicks(-1), print.At.AddTicks(-1)).FirstOrDefault());
        }
    }

    [Fact]
    public void Prints_come_in_order_and_stretches_join_without_gap_or_overlap()
    {
        var market = new SomeMarket().Market;
        var whole = market.Prints(SomeMarket.Spy, Morning, Morning.AddDays(4)).ToList();

        Assert.Equal(whole.OrderBy(print => print.At), whole);
        Assert.Equal(whole.Count, whole.Select(print => print.At).Distinct().Count());
        var middle = whole[5000].At;
        Assert.Equal(whole, market.Prints(SomeMarket.Spy, Morning, middle).Concat(market.Prints(SomeMarket.Spy, middle, Morning.AddDays(4))));
    }

    [Fact]
    public void Before_the_open_the_extended_price_moves_and_the_regular_one_stays_at_the_close_before()
    {
        var market = new SomeMarket().Market;
        var evening = market.QuoteAt(SomeMarket.Spy, SomeMarket.At(2026, 3, 9, "23:00:00"));
        var early = market.QuoteAt(SomeMarket.Spy, SomeMarket.At(2026, 3, 10, "04:10:00"));
        var late = market.QuoteAt(SomeMarket.Spy, SomeMarket.At(2026, 3, 10, "09:29:59"));
        var first = market.QuoteAt(SomeMarket.Spy, SomeMarket.At(2026, 3, 10, "09:30:00"));

        Assert.Equal((evening.Last, evening.LastTradeAt), (late.Last, late.LastTradeAt));
        Assert.Equal((late.Last, evening.TotalVolume), (late.PreviousClose, late.PreviousDayVolume));
        Assert.Equal((0, 0, 0), (late.Open, late.High, late.Low));
        Assert.True(late.TotalVolume > early.TotalVolume && early.TotalVolume > 0);
        Assert.NotEqual(early.Extended, late.Extended);
        Assert.Null(first.Extended);
        Assert.Equal((first.Last, SomeMarket.At(2026, 3, 10, "09:30:00")), (first.Open, first.LastTradeAt));
        Assert.True(first.TotalVolume >= late.TotalVolume);
        Assert.InRange(late.Extended!.Value.Last, Math.Min(late.Last, first.Open) * 0.998, Math.Max(late.Last, first.Open) * 1.002);
    }

    [Fact]
    public void After_the_close_the_day_stands_and_the_extended_price_moves_until_eight()
    {
        var market = new SomeMarket().Market;
        var after = market.QuoteAt(SomeMarket.Spy, SomeMarket.At(2026, 3, 10, "17:41:00"));
        var night = market.QuoteAt(SomeMarket.Spy, SomeMarket.At(2026, 3, 11, "03:59:59"));
        var day = new SomeMarket().Market.QuoteAt(SomeMarket.Spy, SomeMarket.At(2026, 3, 10, "15:59:59"));

        Assert.Equal((day.Last, day.Open, day.High, day.Low), (after.Last, after.Open, after.High, after.Low));
        Assert.Equal((after.Last, after.PreviousClose), (night.Last, night.PreviousClose));
        Assert.True(night.TotalVolume > after.TotalVolume && after.TotalVolume > day.TotalVolume);
        Assert.Equal((MarketPhase.AfterHours, MarketPhase.Closed), (after.Phase, night.Phase));
        Assert.InRange(night.Extended!.Value.At, SomeMarket.At(2026, 3, 10, "19:55:00"), SomeMarket.At(2026, 3, 10, "20:00:00"));
    }

    [Fact]
    public void Listed_tickers_have_invented_prices_and_say_so()
    {
        var market = new SomeMarket(new SimulatorOptions { Symbols = [Symbol.Parse("MYCO")] }).Market;

        Assert.Equal(("APPLE INC (SIMULATED)", "NSDQ"), market.Describe(Symbol.Parse("AAPL")));
        Assert.Equal("BASALT POWER & LIGHT (SIMULATED)", market.Describe(SomeMarket.Basalt)?.Description);
        Assert.Equal("MYCO (SIMULATED)", market.Describe(Symbol.Parse("MYCO"))?.Description);
        Assert.False(market.Lists(Symbol.Parse("ZZQQX")));
        Assert.Null(market.Describe(Symbol.Parse("ZZQQX")));
        Assert.True(market.Symbols.Count > 500);
        Assert.All(market.Symbols, symbol => Assert.True(market.Lists(symbol)));
    }

    [Fact]
    public void Invented_prices_differ_by_ticker_and_seed_and_are_those_of_stocks()
    {
        var instant = SomeMarket.At(2026, 3, 10, "12:00:00");
        var market = new SomeMarket().Market;
        var prices = market.Symbols.Skip(8).Take(60).Select(symbol => market.QuoteAt(symbol, instant).Last).ToList();

        Assert.True(prices.Distinct().Count() > 55);
        Assert.All(prices, price => Assert.InRange(price, 15, 600));
        Assert.True(prices.Max() > 5 * prices.Min());
        Assert.NotEqual(market.QuoteAt(SomeMarket.Spy, instant).Last, new SomeMarket(new SimulatorOptions { Seed = 8 }).Market.QuoteAt(SomeMarket.Spy, instant).Last);
    }

    [Theory]
    [InlineData("SPY")]
    [InlineData("AAPL")]
    [InlineData("KO")]
    [InlineData("BRK.B")]
    public void Invented_prices_stay_between_15_and_600_dollars_over_the_years(string ticker)
    {
        var market = new SomeMarket().Market;
        var instants = Enumerable.Range(0, 20 * 12).Select(month => SomeMarket.At(2015, 1, 15, "12:00:00").AddMonths(month));
        Assert.All(instants.Select(instant => market.QuoteAt(Symbol.Parse(ticker), instant).Last), price => Assert.InRange(price, 15, 600));
    }

    [Fact]
    public void Years_without_known_sessions_have_no_prices_to_come()
    {
        var market = new SomeMarket().Market;

        Assert.Equal(0, market.QuoteAt(SomeMarket.Spy, SomeMarket.At(1989, 12, 29, "12:00:00")).Last);
        Assert.Equal(MarketPhase.Closed, market.QuoteAt(SomeMarket.Spy, SomeMarket.At(2040, 3, 12, "12:00:00")).Phase);
        Assert.True(market.QuoteAt(SomeMarket.Spy, SomeMarket.At(1990, 1, 2, "12:00:00")).Last > 0);
        Assert.Empty(market.Prints(SomeMarket.Spy, SomeMarket.At(1980, 1, 1, "12:00:00"), SomeMarket.At(1981, 1, 1, "12:00:00")));
    }
}
