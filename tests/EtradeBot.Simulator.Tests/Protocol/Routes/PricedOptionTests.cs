using EtradeBot.Market;
using EtradeBot.Simulator.Market;

namespace EtradeBot.Simulator.Protocol.Routes;

public sealed class PricedOptionTests
{
    // Values of the normal distribution from Abramowitz and Stegun, table 26.1.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447)]
    [InlineData(-1.96, 0.0249979)]
    [InlineData(3, 0.9986501)]
    public void The_normal_distribution_is_that_of_the_tables(double x, double probability) => Assert.Equal(probability, PricedOption.Normal(x), 6);

    [Theory]
    [InlineData(90)]
    [InlineData(100)]
    [InlineData(115)]
    public void Call_and_put_keep_their_parity(double strike)
    {
        var now = new DateTimeOffset(2026, 3, 10, 14, 0, 0, TimeSpan.Zero);
        var share = new MarketQuote
        {
            Symbol = Symbol.Parse("AAPL"),
            Description = "",
            Exchange = "",
            At = now,
            Phase = MarketPhase.Regular,
            Last = 100,
            LastTradeAt = now,
            Bid = 99.9,
            Ask = 100.1,
            BidSize = 1,
            AskSize = 1,
            Open = 100,
            High = 100,
            Low = 100,
            TotalVolume = 1,
            PreviousClose = 100,
            PreviousDayVolume = 1,
        };
        var expires = new DateOnly(2026, 6, 19);
        var call = new PricedOption(new OptionContract(share.Symbol, expires, true, (decimal)strike), share);
        var put = new PricedOption(new OptionContract(share.Symbol, expires, false, (decimal)strike), share);
        // Stoll 1969: call - put = share - strike discounted; 101.25 days at 4 per cent, each price rounded to a cent.
        Assert.Equal(100 - strike * Math.Exp(-0.04 * 101.25 / 365), call.Price - put.Price, 0.011);
        Assert.Equal(1, call.Delta - put.Delta, 0.0002);
    }

    [Fact]
    public void Options_expire_on_fridays_or_the_session_before()
    {
        var dates = OptionRoutes.Expirations(new DateTimeOffset(2026, 3, 10, 14, 0, 0, TimeSpan.Zero)).ToList();
        Assert.Equal(new DateOnly(2026, 3, 13), dates[0]);
        Assert.Contains(new DateOnly(2026, 3, 20), dates);
        // Good Friday 2026 is 3 April.
        Assert.Contains(new DateOnly(2026, 4, 2), dates);
        Assert.DoesNotContain(new DateOnly(2026, 4, 3), dates);
        Assert.Equal(dates.Order(), dates);
    }
}
