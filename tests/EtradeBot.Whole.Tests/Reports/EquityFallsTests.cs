using EtradeBot.Backtests;
using EtradeBot.Market;

namespace EtradeBot.App.Reports;

public class EquityFallsTests
{
    [Fact]
    public void Falls_are_listed_deepest_first_with_peak_trough_and_recovery() =>
        Assert.Equal(
            [new EquityFall(3, 5, null, 0.5), new EquityFall(-1, 1, 3, 0.25)],
            EquityFalls.Deepest(Curve([90, 75, 95, 100, 60, 50, 99]), 5));

    [Fact]
    public void Only_so_many_are_kept() =>
        Assert.Equal(0.5, Assert.Single(EquityFalls.Deepest(Curve([90, 80, 95, 100, 60, 50, 99]), 1)).Depth);

    [Fact]
    public void An_account_that_only_rises_has_none() => Assert.Empty(EquityFalls.Deepest(Curve([100, 101, 101, 102]), 5));

    [Fact]
    public void The_deepest_is_the_maximum_drawdown_of_the_metrics()
    {
        var run = SampleRun.Of("SMOOTH");
        Assert.Equal(run.Metrics.Risk.MaxDrawdown, EquityFalls.Deepest(run.Curve, 1)[0].Depth, 12);
    }

    static EquityCurve Curve(double[] equity) => new()
    {
        Timeframe = Timeframe.D1,
        StartingCash = 100,
        Times = equity.Select((_, i) => (long)i).ToArray(),
        Equity = equity,
        Exposure = equity,
    };
}
