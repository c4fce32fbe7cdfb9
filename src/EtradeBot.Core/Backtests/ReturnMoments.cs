using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EtradeBot.Backtests;

/// <summary>Mean, spread and shape of a column of returns, gathered stretch by stretch in one pass.</summary>
/// <param name="shift">A value near the mean. Powers are summed about it, so that nothing cancels when the mean is large against the spread.</param>
/// <param name="target">Returns below it count towards <see cref="DownsideDeviation"/>.</param>
struct ReturnMoments(double shift, double target)
{
    double _sum1, _sum2, _sum3, _sum4, _below;

    public int Count { get; private set; }

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    public void Add(ReadOnlySpan<double> returns)
    {
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(returns);
        if (vectors.Length > 0) AddVectors(vectors);
        foreach (var r in returns[(vectors.Length * 4)..])
        {
            var d = r - shift;
            var square = d * d;
            _sum1 += d;
            _sum2 += square;
            _sum3 += square * d;
            _sum4 += square * square;
            var below = Math.Min(r - target, 0);
            _below += below * below;
            Min = Math.Min(Min, r);
            Max = Math.Max(Max, r);
        }
        Count += returns.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void AddVectors(ReadOnlySpan<Vector256<double>> vectors)
    {
        var about = Vector256.Create(shift);
        var goal = Vector256.Create(target);
        Vector256<double> sum1 = default, sum2 = default, sum3 = default, sum4 = default, under = default;
        var low = vectors[0];
        var high = low;
        foreach (var r in vectors)
        {
            var d = r - about;
            var square = d * d;
            sum1 += d;
            sum2 += square;
            sum3 += square * d;
            sum4 += square * square;
            var below = Vector256.MinNative(r - goal, Vector256<double>.Zero);
            under += below * below;
            low = Vector256.MinNative(low, r);
            high = Vector256.MaxNative(high, r);
        }
        _sum1 += Vector256.Sum(sum1);
        _sum2 += Vector256.Sum(sum2);
        _sum3 += Vector256.Sum(sum3);
        _sum4 += Vector256.Sum(sum4);
        _below += Vector256.Sum(under);
        Min = Math.Min(Min, Math.Min(Math.Min(low[0], low[1]), Math.Min(low[2], low[3])));
        Max = Math.Max(Max, Math.Max(Math.Max(high[0], high[1]), Math.Max(high[2], high[3])));
    }

    /// <summary>NaN without a return.</summary>
    public readonly double Mean => Count == 0 ? double.NaN : shift + _sum1 / Count;

    /// <summary>True for what rounding leaves of the variance of a constant column.</summary>
    /// <param name="offset">Distance of the mean from the value that powers are summed about: its square cancels.</param>
    public static bool IsRounding(double variance, double offset) => variance <= 1e-28 + 1e-12 * offset * offset;

    readonly double Offset => _sum1 / Count;

    /// <summary>Population variance; exactly 0 for a column that is constant but for rounding.</summary>
    readonly double Spread
    {
        get
        {
            if (Count == 0) return double.NaN;
            var variance = _sum2 / Count - Offset * Offset;
            return IsRounding(variance, Offset) ? 0 : variance;
        }
    }

    /// <summary>Divided by the count less one; NaN with fewer than two returns.</summary>
    public readonly double SampleVariance => Count < 2 ? double.NaN : Spread * Count / (Count - 1);

    public readonly double StandardDeviation => Math.Sqrt(SampleVariance);

    /// <summary>Root of the mean square of what lies below the target, over all returns.</summary>
    public readonly double DownsideDeviation => Count == 0 ? double.NaN : Math.Sqrt(_below / Count);

    /// <summary>Third central moment over the cube of the population standard deviation; NaN for a constant column.</summary>
    public readonly double Skewness
    {
        get
        {
            double a = Offset, m2 = _sum2 / Count, spread = Spread;
            var third = _sum3 / Count - 3 * a * m2 + 2 * a * a * a;
            return spread > 0 ? third / (spread * Math.Sqrt(spread)) : double.NaN;
        }
    }

    /// <summary>Fourth central moment over the square of the population variance, 3 for a normal column; NaN for a constant one.</summary>
    public readonly double Kurtosis
    {
        get
        {
            double a = Offset, m2 = _sum2 / Count, m3 = _sum3 / Count, spread = Spread;
            var fourth = _sum4 / Count - 4 * a * m3 + 6 * a * a * m2 - 3 * a * a * a * a;
            return spread > 0 ? fourth / (spread * spread) : double.NaN;
        }
    }

    /// <summary>Sum of products with another column about both shifts, for <see cref="Covariance"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Products(ReadOnlySpan<double> first, double shiftFirst, ReadOnlySpan<double> second, double shiftSecond)
    {
        var a = MemoryMarshal.Cast<double, Vector256<double>>(first);
        var b = MemoryMarshal.Cast<double, Vector256<double>>(second);
        Vector256<double> aboutA = Vector256.Create(shiftFirst), aboutB = Vector256.Create(shiftSecond), sum = default;
        for (var i = 0; i < a.Length && i < b.Length; i++) sum += (a[i] - aboutA) * (b[i] - aboutB);
        var total = Vector256.Sum(sum);
        for (var i = a.Length * 4; i < first.Length; i++) total += (first[i] - shiftFirst) * (second[i] - shiftSecond);
        return total;
    }

    /// <summary>Sample covariance of two columns of equal length from their <see cref="Products"/>.</summary>
    public static double Covariance(in ReturnMoments first, in ReturnMoments second, double products) =>
        first.Count < 2 ? double.NaN : (products - first.Offset * second._sum1) / (first.Count - 1);
}
