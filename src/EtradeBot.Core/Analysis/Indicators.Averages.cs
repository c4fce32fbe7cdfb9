using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EtradeBot.Analysis;

public static partial class Indicators
{
    /// <summary>Simple moving average. First value at index <paramref name="period"/> - 1.</summary>
    /// <remarks>A running total, as in TA-Lib: the newest value is added, the total divided, the oldest value taken off.</remarks>
    public static double[] Sma(ReadOnlySpan<double> values, int period = 20)
    {
        RequirePeriod(period);
        var skip = LeadingNaN(values);
        var first = skip + (long)period - 1;
        var result = Column(values.Length, first);
        if (first >= values.Length) return result;
        var total = Sum(values[skip..(int)first]);
        for (var i = (int)first; i < values.Length; i++)
        {
            total += values[i];
            result[i] = total / period;
            total -= values[i - period + 1];
        }
        return result;
    }

    /// <summary>Exponential moving average, k = 2 / (period + 1). First value, at index <paramref name="period"/> - 1, is the simple mean.</summary>
    /// <remarks>Remembers every value since the first: give it at least 10 periods of past before relying on its digits.</remarks>
    public static double[] Ema(ReadOnlySpan<double> values, int period = 20)
    {
        RequirePeriod(period);
        var skip = LeadingNaN(values);
        var first = skip + (long)period - 1;
        var result = Column(values.Length, first);
        if (first >= values.Length) return result;
        var k = Weight(period);
        var average = Mean(values.Slice(skip, period));
        result[(int)first] = average;
        for (var i = (int)first + 1; i < values.Length; i++)
            result[i] = average = (values[i] - average) * k + average;
        return result;
    }

    static double Weight(int period) => 2.0 / (period + 1.0);

    /// <summary>Population standard deviation over a moving window. First value at index <paramref name="period"/> - 1.</summary>
    /// <remarks>From running totals of values and squares, as in TA-Lib: quick, but it loses digits where values are large
    /// against their spread. A variance below 1e-14 counts as 0.</remarks>
    public static double[] StdDev(ReadOnlySpan<double> values, int period = 20)
    {
        RequirePeriod(period);
        var first = LeadingNaN(values) + (long)period - 1;
        var result = Column(values.Length, first);
        if (first >= values.Length) return result;
        Span<double> means = stackalloc double[Moments.Block];
        Span<double> deviations = stackalloc double[Moments.Block];
        var moments = new Moments(values, (int)first, period);
        for (var i = (int)first; i < values.Length; i += Moments.Block)
        {
            var count = moments.Next(means, deviations);
            deviations[..count].CopyTo(result.AsSpan(i));
        }
        return result;
    }

    /// <summary>Bollinger bands: the simple average and lines <paramref name="deviations"/> population deviations above and below it.
    /// First value at index <paramref name="period"/> - 1.</summary>
    /// <remarks>Bollinger, Bollinger on Bollinger Bands (2001), with <see cref="StdDev"/>'s rules.</remarks>
    public static Bands Bollinger(ReadOnlySpan<double> values, int period = 20, double deviations = 2)
    {
        RequirePeriod(period);
        RequireMultiple(deviations);
        var first = LeadingNaN(values) + (long)period - 1;
        var bands = new Bands(Column(values.Length, first), Column(values.Length, first), Column(values.Length, first));
        if (first >= values.Length) return bands;
        Span<double> means = stackalloc double[Moments.Block];
        Span<double> spreads = stackalloc double[Moments.Block];
        var moments = new Moments(values, (int)first, period);
        for (var i = (int)first; i < values.Length; i += Moments.Block)
        {
            var count = moments.Next(means, spreads);
            means[..count].CopyTo(bands.Middle.AsSpan(i));
            var upper = bands.Upper.AsSpan(i, count);
            var lower = bands.Lower.AsSpan(i, count);
            for (var j = 0; j < upper.Length && j < lower.Length; j++)
            {
                upper[j] = means[j] + spreads[j] * deviations;
                lower[j] = means[j] - spreads[j] * deviations;
            }
        }
        return bands;
    }

    /// <summary>Moving mean and population deviation, a block at a time: the totals in order, then divisions and roots side by side.</summary>
    ref struct Moments
    {
        public const int Block = 256;

        readonly ReadOnlySpan<double> _values;
        readonly int _period;
        double _total;
        double _squares;
        int _next;

        public Moments(ReadOnlySpan<double> values, int first, int period)
        {
            _values = values;
            _period = period;
            _next = first;
            foreach (var value in values.Slice(first - period + 1, period - 1))
            {
                _total += value;
                _squares += value * value;
            }
        }

        /// <returns>How many values of the block exist; the rest is not meant to be read.</returns>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public int Next(scoped Span<double> means, scoped Span<double> deviations)
        {
            var count = Math.Min(Block, _values.Length - _next);
            AddUp(_values.Slice(_next, count), _values[(_next - _period + 1)..], means, deviations);
            _next += count;

            ref var mean = ref MemoryMarshal.GetReference(means);
            ref var deviation = ref MemoryMarshal.GetReference(deviations);
            var period = Vector256.Create((double)_period);
            for (nuint i = 0; i < Block; i += 4)
            {
                var middle = Vector256.LoadUnsafe(ref mean, i) / period;
                var variance = Vector256.LoadUnsafe(ref deviation, i) / period - middle * middle;
                middle.StoreUnsafe(ref mean, i);
                var none = Vector256.LessThan(variance, Vector256.Create(Nothing));
                Vector256.ConditionalSelect(none, Vector256<double>.Zero, Vector256.Sqrt(variance)).StoreUnsafe(ref deviation, i);
            }
            return count;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void AddUp(ReadOnlySpan<double> newest, ReadOnlySpan<double> oldest, scoped Span<double> totals, scoped Span<double> totalsOfSquares)
        {
            var (total, squares) = (_total, _squares);
            for (var i = 0; i < newest.Length; i++)
            {
                var (added, dropped) = (newest[i], oldest[i]);
                totals[i] = total += added;
                totalsOfSquares[i] = squares += added * added;
                total -= dropped;
                squares -= dropped * dropped;
            }
            (_total, _squares) = (total, squares);
        }
    }
}
