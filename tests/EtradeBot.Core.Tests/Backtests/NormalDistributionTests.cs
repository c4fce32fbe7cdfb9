namespace EtradeBot.Backtests;

public class NormalDistributionTests
{
    // Python: 0.5 * math.erfc(-x / math.sqrt(2))
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(-1, 0.15865525393145707)]
    [InlineData(1.6448536269514722, 0.95)]
    [InlineData(-1.959963984540054, 0.025)]
    [InlineData(3, 0.9986501019683699)]
    [InlineData(-5, 2.866515718791933e-07)]
    [InlineData(8.4, 1)]
    [InlineData(40, 1)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, double.NaN)]
    public void The_distribution_equals_the_complementary_error_function(double x, double expected) =>
        Assert.Equal(expected, NormalDistribution.Cdf(x), 2e-15);
}
