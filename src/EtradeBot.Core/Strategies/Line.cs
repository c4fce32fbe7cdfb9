using System.Runtime.CompilerServices;

namespace EtradeBot.Strategies;

/// <summary>A column of numbers up to now. NaN while it warms up and before the first candle.</summary>
public sealed class Line
{
    readonly View _view;
    readonly double[] _values;

    internal Line(View view, double[] values)
    {
        _view = view;
        _values = values;
    }

    /// <summary>All values, the future included: for the look-ahead check only.</summary>
    internal double[] Values => _values;

    /// <summary>The value at the candle that has just closed.</summary>
    public double Now
    {
        // Not this[0]: read at every candle, it needs no look at the sign.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var (values, i) = (_values, _view.Index);
            return (uint)i < (uint)values.Length ? values[i] : double.NaN;
        }
    }

    /// <summary>The value one candle earlier.</summary>
    public double Before => this[1];

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ago"/> is negative: the future.</exception>
    public double this[int ago]
    {
        get
        {
            if (ago < 0) throw new ArgumentOutOfRangeException(nameof(ago), ago, "a line cannot be read ahead of the candle that has just closed");
            var (values, i) = (_values, _view.Index - ago);
            return (uint)i < (uint)values.Length ? values[i] : double.NaN;
        }
    }

    /// <summary>True when the history is too short for a single value.</summary>
    internal bool NeverHasAValue => _values.AsSpan().IndexOfAnyExcept(double.NaN) < 0;

    /// <summary>Strictly below the other line one candle ago, strictly above it now.</summary>
    public bool CrossedAbove(Line other)
    {
        ArgumentNullException.ThrowIfNull(other);
        // The present first: while no cross is due it answers alone.
        return Now > other.Now && Before < other.Before;
    }

    /// <summary>Strictly above the other line one candle ago, strictly below it now.</summary>
    public bool CrossedBelow(Line other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Now < other.Now && Before > other.Before;
    }
}
