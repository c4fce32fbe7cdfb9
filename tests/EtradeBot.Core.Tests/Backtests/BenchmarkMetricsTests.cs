using EtradeBot.Market;

namespace EtradeBot.Backtests;

public class BenchmarkMetricsTests
{
    const double Near = 1e-10;

    [Fact]
    public void The_benchmark_is_bought_at_the_first_open()
    {
        // Open 50, closes 55, 44, 66: returns +0.1, -0.2, +0.5; total 66/50 - 1.
        var benchmark = Metrics.From(Runs.Account(100, 105, 95, 118.75).Holding(50, 55, 44, 66), Runs.Options).Benchmark!;

        Assert.Equal(0.32, benchmark.TotalReturn, Near);
        Assert.Equal(0.2, benchmark.MaxDrawdown, Near);
        // Account: 0.05, -1/10.5, 0.25. Benchmark mean 0.4/3.
        double[] own = [0.05, 95.0 / 105 - 1, 0.25], other = [0.1, -0.2, 0.5];
        var covariance = own.Zip(other, (a, b) => (a - own.Average()) * (b - other.Average())).Sum() / 2;
        var variance = other.Sum(b => Math.Pow(b - other.Average(), 2)) / 2;
        Assert.Equal(covariance / variance, benchmark.Beta, Near);
        Assert.Equal((own.Average() - covariance / variance * other.Average()) * 252, benchmark.Alpha, Near);
    }

    [Fact]
    public void An_account_that_is_the_benchmark_has_beta_one_and_no_alpha()
    {
        var closes = Runs.Walk(5, 1000, 0.0004, 0.02);
        var metrics = Metrics.From(Runs.Account(1000, closes).Holding(1000, closes), Runs.Options);
        var benchmark = metrics.Benchmark!;

        Assert.Equal(1, benchmark.Beta, Near);
        Assert.Equal(1, benchmark.Correlation, Near);
        Assert.Equal(0, benchmark.Alpha, Near);
        Assert.Equal(metrics.Risk.Sharpe, benchmark.Sharpe, Near);
        Assert.Equal(metrics.Risk.MaxDrawdown, benchmark.MaxDrawdown, Near);
        Assert.Equal(metrics.Returns.Cagr, benchmark.Cagr, Near);
        Assert.Equal(double.NaN, benchmark.InformationRatio);
    }

    [Fact]
    public void A_benchmark_with_other_candles_stands_at_its_last_close()
    {
        var account = Runs.Account(100, 101, 102, 103, 104);
        var ticks = account.Curve.OpenTicks;
        // One candle before the account's first, and none on the account's third day.
        long[] others = [ticks[0] - TimeSpan.TicksPerDay, ticks[0], ticks[1], ticks[3]];
        var series = Runs.Series(others, 10, [20, 22, 33, 30]);

        var given = Metrics.From(account, Runs.Options with { Benchmark = series }).Benchmark!;
        var written = Metrics.From(account.Holding(20, 22, 33, 33, 30), Runs.Options).Benchmark!;

        Assert.Equal(written, given);
        Assert.Equal(0.5, given.TotalReturn, Near);
    }

    [Fact]
    public void A_benchmark_that_begins_too_late_is_refused()
    {
        var account = Runs.Account(100, 101, 102);
        var late = Runs.Series([account.Curve.OpenTicks[1]], 10, [11]);

        var error = Assert.Throws<CandleDataException>(() => Metrics.From(account, Runs.Options with { Benchmark = late }));

        Assert.Contains("TEST begins at 2021-01-05", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_symbols_have_no_benchmark_of_their_own()
    {
        var account = Runs.Account(100, 101).Holding(10, 11);
        account = account with { Candles = [account.Candles[0], account.Candles[0]] };

        Assert.Null(Metrics.From(account, Runs.Options).Benchmark);
        Assert.DoesNotContain(Metrics.From(account, Runs.Options).Rows(), row => row.Key == "beta");
    }
}
