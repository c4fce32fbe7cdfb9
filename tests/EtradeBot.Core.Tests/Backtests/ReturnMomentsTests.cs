using CsCheck;

namespace EtradeBot.Backtests;

public class ReturnMomentsTests
{
    static readonly Gen<double[]> Columns = Gen.Double[-0.2, 0.3].Array[2, 70];

    [Fact]
    public void Moments_equal_those_of_two_passes_wherever_the_powers_are_summed_about() =>
        Gen.Select(Columns, Gen.Double[-0.1, 0.1], Gen.Int[1, 80]).Sample((returns, shift, cut) =>
        {
            var moments = new ReturnMoments(shift, 0.01);
            cut = Math.Min(cut, returns.Length);
            moments.Add(returns.AsSpan(0, cut));
            moments.Add(returns.AsSpan(cut));
            var mean = returns.Average();
            double Central(int power) => returns.Average(r => Math.Pow(r - mean, power));
            var n = returns.Length;
            // Shape is a quotient of rounding where nothing moves.
            if (Central(2) < 1e-6) return Near(moments.Mean, mean);
            return Near(moments.Mean, mean) && moments.Min == returns.Min() && moments.Max == returns.Max()
                && Near(moments.SampleVariance, Central(2) * n / (n - 1))
                && Near(moments.Skewness, Central(3) / Math.Pow(Central(2), 1.5))
                && Near(moments.Kurtosis, Central(4) / Math.Pow(Central(2), 2))
                && Near(moments.DownsideDeviation, Math.Sqrt(returns.Average(r => Math.Pow(Math.Min(r - 0.01, 0), 2))));
        });

    [Fact]
    public void Covariance_equals_that_of_two_passes() =>
        Gen.Select(Columns, Gen.Double[-0.1, 0.1], Gen.Double[-0.1, 0.1]).Sample((returns, shiftA, shiftB) =>
        {
            double[] others = [.. returns.Select((r, i) => 0.3 * r + 0.01 * (i % 5))];
            var a = new ReturnMoments(shiftA, 0);
            var b = new ReturnMoments(shiftB, 0);
            a.Add(returns);
            b.Add(others);
            var products = ReturnMoments.Products(returns, shiftA, others, shiftB);
            var expected = returns.Zip(others, (x, y) => (x - returns.Average()) * (y - others.Average())).Sum() / (returns.Length - 1);
            return Near(ReturnMoments.Covariance(a, b, products), expected);
        });

    [Fact]
    public void A_column_of_one_value_has_no_spread()
    {
        var moments = new ReturnMoments(0.0101, 0);
        moments.Add([.. Enumerable.Repeat(0.01, 1001)]);

        Assert.Equal(0, moments.SampleVariance);
        Assert.Equal(double.NaN, moments.Skewness);
        Assert.Equal(double.NaN, moments.Kurtosis);
    }

    [Fact]
    public void Columns_of_every_length_are_read_to_their_end()
    {
        for (var length = 1; length < 20; length++)
        {
            double[] values = [.. Enumerable.Range(1, length).Select(i => i % 3 == 0 ? 0.0 : i)];
            var returns = new double[length];
            ReturnColumn.Fill([.. Enumerable.Range(1, length).Select(i => Math.Pow(2, i))], 1, returns);
            var (min, max, sum) = ReturnColumn.Range(values);
            var (count, total) = ReturnColumn.NonZero(values);

            Assert.All(returns, r => Assert.Equal(1, r));
            Assert.Equal((values.Min(), values.Max(), values.Sum()), (min, max, sum));
            Assert.Equal((values.Count(v => v != 0), values.Sum()), (count, total));
        }
    }

    static bool Near(double a, double b) => double.IsNaN(a) || double.IsNaN(b) || Math.Abs(a - b) <= 1e-8 * (1 + Math.Abs(b));
}
