using CsCheck;

namespace EtradeBot.Simulator.Market;

public class CentsTests
{
    [Theory]
    [InlineData(100, 50_000_000, 0.01)] // heavily traded: a cent
    [InlineData(240, 50_000_000, 0.02)]
    [InlineData(42, 900_000, 0.03)]
    [InlineData(0.35, 10_000_000, 0.0001)] // below a dollar the grid is finer
    public void The_spread_depends_on_price_and_trade(double price, long sharesPerDay, double spread)
    {
        var (bid, ask) = Cents.Around(price, Cents.HalfSpread(sharesPerDay), 0);
        Assert.Equal(spread, ask - bid, 6);
    }

    [Fact]
    public void Bid_and_ask_lie_on_the_grid_and_the_price_between_them() =>
        Gen.Select(Gen.Double[-5, 12], Gen.Bool, Gen.Long[0, 1_000_000_000], Gen.ULong).Sample((log, isOnGrid, shares, seed) =>
        {
            var price = isOnGrid ? Cents.Near(Math.Exp(log)) : Math.Exp(log);
            var (bid, ask) = Cents.Around(price, Cents.HalfSpread(shares), seed);
            var grid = price < 1 ? 4 : 2;

            Assert.True(bid > 0 && ask > bid);
            Assert.Equal((Math.Round(bid, grid), Math.Round(ask, grid)), (bid, ask));
            // What lies a hundred-thousandth of a step beside the grid counts as on it.
            Assert.InRange(price, bid - 1e-7, ask + 1e-7);
        });

    [Fact]
    public void Without_a_price_there_is_no_bid_and_no_ask() => Assert.Equal((0, 0), Cents.Around(0, 0.001, 1));
}
