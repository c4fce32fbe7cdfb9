using CsCheck;

namespace EtradeBot.Backtests;

public class BootstrapTests
{
    static readonly MetricsOptions Options = Runs.Options with { Resamples = 500, IntervalLevel = 0.9 };

    [Fact]
    public void Same_seed_same_intervals_another_seed_others()
    {
        var result = Runs.Account(1000, Runs.Walk(1, 800, 0.0005, 0.01));

        var one = Metrics.From(result, Options with { Seed = 4 }).Confidence;
        Assert.Equal(one, Metrics.From(result, Options with { Seed = 4 }).Confidence);
        Assert.NotEqual(one.Sharpe, Metrics.From(result, Options with { Seed = 5 }).Confidence.Sharpe);
    }

    [Fact]
    public void Intervals_of_independent_returns_cover_what_was_measured_and_usually_the_truth()
    {
        var truth = 0.0005 / 0.01 * Math.Sqrt(252);
        int measured = 0, covered = 0;
        for (var seed = 1UL; seed <= 100; seed++)
        {
            var metrics = Metrics.From(Runs.Account(1000, Runs.Walk(seed, 756, 0.0005, 0.01)), Options with { Resamples = 200 });
            if (metrics.Confidence.Sharpe.Covers(metrics.Risk.Sharpe)) measured++;
            if (metrics.Confidence.Sharpe.Covers(truth)) covered++;
        }

        Assert.Equal(100, measured);
        // Nominal 90; block bootstraps of three years fall a little short.
        Assert.InRange(covered, 80, 98);
    }

    [Fact]
    public void A_higher_level_is_wider()
    {
        var result = Runs.Account(1000, Runs.Walk(2, 600, 0.0005, 0.01));
        var narrow = Metrics.From(result, Options with { IntervalLevel = 0.5 }).Confidence;
        var wide = Metrics.From(result, Options with { IntervalLevel = 0.99 }).Confidence;

        Assert.True(wide.Sharpe.Low < narrow.Sharpe.Low && narrow.Sharpe.High < wide.Sharpe.High);
        Assert.True(wide.MaxDrawdown.Low < narrow.MaxDrawdown.Low && narrow.MaxDrawdown.High < wide.MaxDrawdown.High);
        Assert.True(wide.Cagr.Low < narrow.Cagr.Low && narrow.Cagr.High < wide.Cagr.High);
    }

    [Theory]
    [InlineData(23, 252, 0)]
    [InlineData(24, 252, 3)]
    [InlineData(1000, 252, 10)]
    [InlineData(1001, 252, 11)]
    // Days of 7 candles: 210 candles are 30 cells, blocks of 4 of them.
    [InlineData(210, 1764, 0)]
    [InlineData(700, 1764, 35)]
    public void A_block_is_the_cube_root_of_the_number_of_days(int candles, double periodsPerYear, int block) =>
        Assert.Equal(block, Metrics.From(Runs.Account(1000, Runs.Walk(3, candles, 0, 0.01)), Options with { PeriodsPerYear = periodsPerYear }).Confidence.BlockCandles);

    [Fact]
    public void Without_resamples_there_is_no_interval_and_no_complaint()
    {
        var metrics = Metrics.From(Runs.Account(1000, Runs.Walk(3, 400, 0, 0.01)), Options with { Resamples = 0 });

        Assert.Equal(Interval.None, metrics.Confidence.TotalReturn);
        Assert.DoesNotContain(metrics.Warnings, warning => warning.Contains("interval", StringComparison.Ordinal));
    }

    [Fact]
    public void Stretches_joined_equal_the_whole_however_they_were_cut() =>
        Gen.Select(Gen.Double[0.1, 10].Array[1, 50], Gen.Int[0, 50], Gen.Int[0, 50]).Sample((values, first, second) =>
        {
            const double start = 2, shift = 0.01;
            first = Math.Min(first, values.Length);
            second = Math.Clamp(second, first, values.Length);
            var joined = Stretch.Empty;
            joined.Append(Part(0, first));
            var rest = Part(first, second);
            rest.Append(Part(second, values.Length));
            joined.Append(rest);
            var whole = Part(0, values.Length);
            return Near(joined.Growth, whole.Growth) && Near(joined.High, whole.High) && Near(joined.Low, whole.Low)
                && Near(joined.Fall, whole.Fall) && (values.Length < 3 || values.Max() / values.Min() < 1.01 || Near(joined.Sharpe(shift), whole.Sharpe(shift)));

            Stretch Part(int from, int to) => Stretch.Of(values.AsSpan(from, to - from), from == 0 ? start : values[from - 1], shift);
        });

    [Fact]
    public void A_history_put_together_from_idle_days_has_a_Sharpe_ratio_of_zero()
    {
        // One move in three years: many resampled histories hold none of it, and cash that earns less than riskless has no spread.
        double[] equity = [.. Enumerable.Repeat(1000.0, 400), .. Enumerable.Repeat(1100.0, 356)];
        var interval = Metrics.From(Runs.Account(1000, equity), Options with { RiskFreeRate = 0.02 }).Confidence.Sharpe;

        Assert.InRange(interval.Low, -10, 0);
        Assert.InRange(interval.High, 0, 10);
    }

    static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-9 * (1 + Math.Abs(b));
}
