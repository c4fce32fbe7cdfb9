using System.Runtime.CompilerServices;

namespace EtradeBot.Backtests;

/// <summary>
/// A stretch of the curve, summed up so that two stretches in a row can be joined without their candles.
/// Values are relative to the account before the stretch.
/// </summary>
struct Stretch
{
    public static readonly Stretch Empty = new() { Growth = 1, High = 1, Low = 1, Fall = 1 };

    double _count, _sum, _squares;

    /// <summary>Value at the end.</summary>
    public double Growth { get; private set; }

    /// <summary>Largest value, that before the stretch among them.</summary>
    public double High { get; private set; }

    /// <summary>Smallest value, that before the stretch among them.</summary>
    public double Low { get; private set; }

    /// <summary>Smallest ratio of a value to a value before it, at most 1: one less the maximum drawdown.</summary>
    public double Fall { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Stretch Of(ReadOnlySpan<double> values, double before, double shift)
    {
        double high = before, low = before, fall = 1, sum = 0, squares = 0, last = before;
        foreach (var value in values)
        {
            var d = (value - last) / last - shift;
            sum += d;
            squares += d * d;
            last = value;
            low = Math.Min(low, value);
            if (value >= high) high = value;
            else fall = Math.Min(fall, value / high);
        }
        return new Stretch
        {
            Growth = last / before,
            High = high / before,
            Low = low / before,
            Fall = fall,
            _count = values.Length,
            _sum = sum,
            _squares = squares,
        };
    }

    /// <summary>Puts a stretch behind this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(in Stretch next)
    {
        // The deepest fall lies in either part, or from the top of the first to the bottom of the second.
        Fall = Math.Min(Math.Min(Fall, next.Fall), Growth * next.Low / High);
        High = Math.Max(High, Growth * next.High);
        Low = Math.Min(Low, Growth * next.Low);
        Growth *= next.Growth;
        _count += next._count;
        _sum += next._sum;
        _squares += next._squares;
    }

    /// <summary>Mean return over its sample standard deviation, a candle; 0 where the value never moves.</summary>
    /// <param name="excess">What the returns were summed about, less the riskless return.</param>
    public readonly double Sharpe(double excess)
    {
        var offset = _sum / _count;
        var variance = (_squares / _count - offset * offset) * _count / (_count - 1);
        return ReturnMoments.IsRounding(variance, offset) ? 0 : (offset + excess) / Math.Sqrt(variance);
    }
}
