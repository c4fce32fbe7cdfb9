namespace EtradeBot.App.Hosting.Backtests;

public sealed class RunSpeedTests
{
    [Fact]
    public void Without_a_finished_run_nothing_is_promised() => Assert.Null(RunSpeed.Estimate([], 1_000));

    [Fact]
    public void Short_runs_tell_the_start_and_long_ones_the_pace()
    {
        RunEntry[] runs = [Took(2_500, 1), Took(3_000, 1.2), Took(2_600, 9), Took(100_000, 4)];
        Assert.Equal(1.2, RunSpeed.Estimate(runs, 2_516)!.Value.TotalSeconds, 6);
        Assert.Equal(40, RunSpeed.Estimate(runs, 1_000_000)!.Value.TotalSeconds, 6);
        Assert.Equal(5, RunSpeed.Estimate(runs[..3], 1_000_000)!.Value.TotalSeconds, 6);
    }

    static RunEntry Took(long candles, double seconds) => new("x", RunState.Finished, BacktestForm.Blank, default)
    {
        Figures = new RunFigures { StartValue = 1, EndValue = 1, TotalReturn = 0, BenchmarkReturn = 0, Sharpe = 0, MaxDrawdown = 0, RoundTrips = 0, Candles = candles, Start = "", End = "", IsSimulated = true, Seconds = seconds },
    };
}
