namespace EtradeBot.Backtests;

/// <summary>The standard normal distribution.</summary>
static class NormalDistribution
{
    /// <summary>The value that 95 % of the distribution lies below.</summary>
    public const double Quantile95 = 1.6448536269514722;

    /// <summary>Probability of a value below <paramref name="x"/>, to about 1e-15; NaN for NaN.</summary>
    /// <remarks>The series of G. Marsaglia, Evaluating the normal distribution, Journal of Statistical Software 11(4), 2004:
    /// 1/2 + density(x) * (x + x^3/3 + x^5/(3*5) + x^7/(3*5*7) + ...).</remarks>
    public static double Cdf(double x)
    {
        // Beyond these the answer differs from 0 or 1 by less than a double can say beside 1.
        if (x > 8.5) return 1;
        if (x < -8.5) return 0;
        double sum = x, term = x, before = double.NaN;
        for (var odd = 3; sum != before && !double.IsNaN(sum); odd += 2)
        {
            before = sum;
            term *= x * x / odd;
            sum += term;
        }
        return Math.Clamp(0.5 + sum * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI), 0, 1);
    }
}
