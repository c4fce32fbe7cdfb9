using System.Runtime.CompilerServices;

namespace EtradeBot.Strategies;

/// <summary>A column of numbers up to now. NaN while it warms up and before the first candle.</summary>
public sealed class Line
{
    readonly View _view;
    double[] _values;
    int _count;

    internal Line(View view, string name, double[] values)
    {
        _view = view;
        Name = name;
        (_values, _count) = (values, values.Length);
    }

    /// <summary>What it shows, such as <c>sma 20</c>; empty for a column of the strategy's own that was given no name.</summary>
    public string Name { get; }

    /// <summary>All values, in a backtest the future included: for the look-ahead check only.</summary>
    internal double[] Values => _count == _values.Length ? _values : _values[.._count];

    /// <summary>Takes over what is new in the same column of a longer series. The past stays as it was shown: a column of the
    /// strategy's own making cannot repaint it.</summary>
    internal void Grow(ReadOnlySpan<double> values)
    {
        if (values.Length > _values.Length)
        {
            // Memory of its own with room to spare: whole columns kept from candle to candle would be copied by the garbage collector again and again.
            var room = new double[values.Length + Math.Max(values.Length / 8, 256)];
            _values.AsSpan(0, _count).CopyTo(room);
            room.AsSpan(_count).Fill(double.NaN);
            _values = room;
        }
        values[_count..].CopyTo(_values.AsSpan(_count));
        _count = values.Length;
    }

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
    internal bool NeverHasAValue => _values.AsSpan(0, _count).IndexOfAnyExcept(double.NaN) < 0;

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
