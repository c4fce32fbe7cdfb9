using CsCheck;

namespace EtradeBot.Backtests;

public class TradeMetricsTests
{
    const double Exact = 1e-12;

    [Fact]
    public void Wins_and_losses_are_counted_after_costs_and_nothing_is_neither()
    {
        var trades = TradeMetrics.From([Runs.Trip(100), Runs.Trip(-50), Runs.Trip(0), Runs.Trip(30), Runs.Trip(20), Runs.Trip(-30, candlesHeld: 7)]);

        Assert.Equal((6, 3, 2), (trades.Count, trades.Wins, trades.Losses));
        Assert.Equal(0.5, trades.WinRate);
        Assert.Equal(150m, trades.GrossProfit);
        Assert.Equal(-80m, trades.GrossLoss);
        Assert.Equal(1.875, trades.ProfitFactor, Exact);
        Assert.Equal(70.0 / 6, trades.Expectancy, Exact);
        Assert.Equal(50, trades.AverageWin, Exact);
        Assert.Equal(-40, trades.AverageLoss, Exact);
        Assert.Equal(1.25, trades.PayoffRatio, Exact);
        Assert.Equal(100m, trades.LargestWin);
        Assert.Equal(-50m, trades.LargestLoss);
        Assert.Equal((2, 1), (trades.LongestWinningStreak, trades.LongestLosingStreak));
        Assert.Equal(2, trades.AverageCandlesHeld, Exact);
    }

    [Fact]
    public void System_quality_is_the_root_of_the_count_times_mean_over_deviation()
    {
        // R 2, -1, 2, -1: mean 0.5, squares 4 * 2.25 = 9, over 3 = 3; 2 * 0.5 / root 3. The one without a stop has no part in it.
        var trades = TradeMetrics.From([Runs.Trip(200, 2), Runs.Trip(-100, -1), Runs.Trip(200, 2), Runs.Trip(-100, -1), Runs.Trip(50)]);

        Assert.Equal(0.5, trades.ExpectancyR, Exact);
        Assert.Equal(1 / Math.Sqrt(3), trades.SqnR, Exact);
        // Dollars 200, -100, 200, -100, 50: mean 50, squares 22500 * 4 = 90000, over 4 = 22500; root 5 * 50 / 150.
        Assert.Equal(Math.Sqrt(5) * 50 / 150, trades.Sqn, Exact);
    }

    [Fact]
    public void Without_a_loss_the_profit_factor_is_undefined_not_infinite()
    {
        var trades = TradeMetrics.From([Runs.Trip(10), Runs.Trip(10)]);

        Assert.Equal(double.NaN, trades.ProfitFactor);
        Assert.Equal(double.NaN, trades.PayoffRatio);
        Assert.Equal(double.NaN, trades.AverageLoss);
        Assert.Null(trades.LargestLoss);
        Assert.Equal(double.NaN, trades.Sqn);
        Assert.Equal(1, trades.WinRate);
    }

    [Fact]
    public void With_losses_only_the_profit_factor_is_zero()
    {
        var trades = TradeMetrics.From([Runs.Trip(-10), Runs.Trip(-20)]);

        Assert.Equal(0, trades.ProfitFactor);
        Assert.Equal(double.NaN, trades.PayoffRatio);
        Assert.Null(trades.LargestWin);
        Assert.Equal(2, trades.LongestLosingStreak);
    }

    [Fact]
    public void Without_a_trade_every_mean_is_undefined()
    {
        var trades = TradeMetrics.From([]);

        Assert.All([trades.WinRate, trades.ProfitFactor, trades.Expectancy, trades.ExpectancyR, trades.Sqn, trades.SqnR, trades.AverageCandlesHeld], value => Assert.Equal(double.NaN, value));
        Assert.Empty(trades.RDistribution);
    }

    [Fact]
    public void R_is_binned_by_half_with_the_stray_ones_together_at_the_ends()
    {
        var trades = TradeMetrics.From([Runs.Trip(-1, -7.2), Runs.Trip(-1, -5), Runs.Trip(-1, -4.5), Runs.Trip(0, -0.01), Runs.Trip(0, 0), Runs.Trip(1, 0.5)]);

        Assert.Equal(new HistogramBin(-8, -4.5, 2), trades.RDistribution[0]);
        Assert.Equal(new HistogramBin(-4.5, -4, 1), trades.RDistribution[1]);
        Assert.Equal([(-0.5, 1), (0, 1), (0.5, 1)], trades.RDistribution.TakeLast(3).Select(bin => (bin.From, bin.Count)));
        Assert.Equal(6, trades.RDistribution.Sum(bin => bin.Count));
    }

    [Fact]
    public void The_order_of_trades_changes_nothing_but_the_streaks() =>
        Gen.Int[-5000, 5000].Array[1, 60].Sample(cents =>
        {
            var trips = cents.Select(c => Runs.Trip(c / 100m, c / 700.0)).ToArray();
            var one = TradeMetrics.From(trips);
            var other = TradeMetrics.From([.. trips.OrderBy(trip => trip.ProfitAndLoss)]);
            return one.GrossProfit == other.GrossProfit && one.GrossLoss == other.GrossLoss
                && (one.Wins, one.Losses, one.LargestWin, one.LargestLoss) == (other.Wins, other.Losses, other.LargestWin, other.LargestLoss)
                && Near(one.Sqn, other.Sqn) && Near(one.SqnR, other.SqnR)
                && one.RDistribution.SequenceEqual(other.RDistribution)
                && one.NetProfit == trips.Sum(trip => trip.ProfitAndLoss)
                && other.LongestWinningStreak == one.Wins && other.LongestLosingStreak == one.Losses;
        });

    static bool Near(double a, double b) => double.IsNaN(a) ? double.IsNaN(b) : Math.Abs(a - b) <= 1e-9 * (1 + Math.Abs(a));
}
