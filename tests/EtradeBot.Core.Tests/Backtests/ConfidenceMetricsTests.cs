using CsCheck;

namespace EtradeBot.Backtests;

public class ConfidenceMetricsTests
{
    // Bailey and Lopez de Prado (2012): two years of monthly returns with a Sharpe ratio of 0.458 a month, skewness -2.448 and
    // kurtosis 10.164. Taken as normal the ratio is above 0 with probability 0.982, with these moments 0.913.
    [Theory]
    [InlineData(0, 3, 0.982)]
    [InlineData(-2.448, 10.164, 0.913)]
    public void The_probability_is_that_of_the_published_example(double skewness, double kurtosis, double published) =>
        Assert.Equal(published, ConfidenceMetrics.Probability(0.458, 24, skewness, kurtosis), 0.0005);

    [Fact]
    public void At_the_minimum_track_record_the_probability_is_the_confidence() =>
        Gen.Select(Gen.Double[0.01, 1.5], Gen.Double[-2, 2], Gen.Double[0.01, 20]).Sample((sharpe, skewness, above) =>
        {
            var kurtosis = 1 + skewness * skewness + above;
            var candles = ConfidenceMetrics.TrackRecord(sharpe, skewness, kurtosis);
            var width = 1 - skewness * sharpe + (kurtosis - 1) / 4 * sharpe * sharpe;
            var probability = NormalDistribution.Cdf(sharpe * Math.Sqrt(candles - 1) / Math.Sqrt(width));
            return Math.Abs(probability - ConfidenceMetrics.TrackRecordConfidence) < 1e-9;
        });

    [Fact]
    public void Without_a_positive_Sharpe_ratio_no_history_is_long_enough()
    {
        Assert.Equal(double.NaN, ConfidenceMetrics.TrackRecord(-0.1, 0, 3));
        Assert.Equal(double.NaN, ConfidenceMetrics.TrackRecord(0, 0, 3));
        Assert.Equal(double.NaN, ConfidenceMetrics.TrackRecord(double.NaN, 0, 3));
    }

    [Fact]
    public void The_probability_of_any_account_lies_between_0_and_1() =>
        Gen.Double[1, 1000].Array[2, 400].Sample(equity =>
        {
            var probability = Metrics.From(Runs.Account(100, equity), Runs.Options).Confidence.ProbabilisticSharpe;
            return double.IsNaN(probability) || probability is >= 0 and <= 1;
        });
}
