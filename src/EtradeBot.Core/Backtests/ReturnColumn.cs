using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EtradeBot.Backtests;

/// <summary>Arithmetic over stretches of a column.</summary>
/// <remarks>
/// Vectors are four wide on every machine, never fused: the same candles give the same last digit everywhere. The loops are compiled
/// with all optimisations at once, because a backtest is over before the runtime would come back to them.
/// </remarks>
static class ReturnColumn
{
    /// <summary>Candles worked on at a time, so that every pass but the first finds them in the nearest cache.</summary>
    public const int Chunk = 256;

    /// <summary>Simple returns: <c>into[i] = values[i] / values[i - 1] - 1</c>, the first against <paramref name="before"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ReadOnlySpan<double> values, double before, Span<double> into)
    {
        if (values.Length == 0) return;
        into[0] = (values[0] - before) / before;
        var earlier = values[..^1];
        var later = values[1..];
        var results = into.Slice(1, later.Length);
        var from = MemoryMarshal.Cast<double, Vector256<double>>(earlier);
        var to = MemoryMarshal.Cast<double, Vector256<double>>(later);
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(results);
        for (var i = 0; i < vectors.Length; i++) vectors[i] = (to[i] - from[i]) / from[i];
        for (var i = vectors.Length * 4; i < results.Length; i++) results[i] = (later[i] - earlier[i]) / earlier[i];
    }

    /// <summary>Smallest, largest and sum of a stretch that is not empty. A NaN anywhere makes the sum NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Min, double Max, double Sum) Range(ReadOnlySpan<double> values)
    {
        var min = values[0];
        var max = min;
        var sum = 0.0;
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(values);
        if (vectors.Length > 0)
        {
            Vector256<double> low = vectors[0], high = low, total = Vector256<double>.Zero;
            foreach (var vector in vectors)
            {
                low = Vector256.MinNative(low, vector);
                high = Vector256.MaxNative(high, vector);
                total += vector;
            }
            min = Math.Min(Math.Min(low[0], low[1]), Math.Min(low[2], low[3]));
            max = Math.Max(Math.Max(high[0], high[1]), Math.Max(high[2], high[3]));
            sum = Vector256.Sum(total);
        }
        for (var i = vectors.Length * 4; i < values.Length; i++)
        {
            min = Math.Min(min, values[i]);
            max = Math.Max(max, values[i]);
            sum += values[i];
        }
        return (min, max, sum);
    }

    /// <summary>How many values differ from zero, and their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (int Count, double Sum) NonZero(ReadOnlySpan<double> values)
    {
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(values);
        var total = Vector256<double>.Zero;
        var zeros = Vector256<long>.Zero;
        foreach (var vector in vectors)
        {
            total += vector;
            // An equal lane is all ones, which is -1.
            zeros -= Vector256.Equals(vector, Vector256<double>.Zero).AsInt64();
        }
        var count = vectors.Length * 4 - (int)Vector256.Sum(zeros);
        var sum = Vector256.Sum(total);
        for (var i = vectors.Length * 4; i < values.Length; i++)
        {
            if (values[i] != 0) count++;
            sum += values[i];
        }
        return (count, sum);
    }
}
