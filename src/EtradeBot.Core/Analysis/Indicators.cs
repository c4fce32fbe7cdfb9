using System.Runtime.CompilerServices;

namespace EtradeBot.Analysis;

/// <summary>Technical indicators as functions: columns in, columns of the same length out, value i from inputs 0 to i only.</summary>
/// <remarks>
/// <para>Every result is NaN until its first value, whose index each function states; inputs too short for it give NaN throughout.
/// Functions of one column take a span and skip NaN at its beginning, so that an indicator can be taken of an indicator;
/// functions of several columns take candles. A NaN after the first number makes the value at its place NaN, and with running
/// totals or recursion (all but Roc, Highest and Lowest) every later one too.</para>
/// <para>Rsi, Macd, Bollinger, Atr, Ema, Sma and StdDev repeat TA-Lib 0.6 operation by operation: equal to the last bit.
/// A period below 1 throws <see cref="ArgumentOutOfRangeException"/>.</para>
/// </remarks>
public static partial class Indicators
{
    /// <summary>TA-Lib's zero: differences this small are rounding.</summary>
    const double Nothing = 1e-14;

    /// <summary>A column that is NaN before <paramref name="first"/> and waits to be written from there on.</summary>
    static double[] Column(int count, long first)
    {
        var column = GC.AllocateUninitializedArray<double>(count);
        column.AsSpan(0, (int)Math.Min(first, count)).Fill(double.NaN);
        return column;
    }

    /// <summary>How many NaN come before the first number.</summary>
    static int LeadingNaN(ReadOnlySpan<double> values)
    {
        var i = 0;
        while (i < values.Length && double.IsNaN(values[i])) i++;
        return i;
    }

    static double Sum(ReadOnlySpan<double> values)
    {
        // Oldest first: another order rounds differently.
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum;
    }

    static double Mean(ReadOnlySpan<double> values) => Sum(values) / values.Length;

    static void RequirePeriod(int period, [CallerArgumentExpression(nameof(period))] string name = "") =>
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1, name);

    static void RequireMultiple(double multiple, [CallerArgumentExpression(nameof(multiple))] string name = "")
    {
        if (!(multiple >= 0) || double.IsInfinity(multiple))
            throw new ArgumentOutOfRangeException(name, multiple, "must be a number of at least 0");
    }
}
