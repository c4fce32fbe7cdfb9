using System.Runtime.CompilerServices;

namespace EtradeBot.Backtests;

/// <summary>A fall from a peak, by candle index; -1 is the value before the first candle.</summary>
/// <param name="PeakAt">The last candle at the peak's value.</param>
/// <param name="RecoveredAt">The first candle at or above the peak again; null while below it.</param>
readonly record struct Fall(double Peak, double Trough, int PeakAt, int TroughAt, int? RecoveredAt)
{
    public double Depth => (Peak - Trough) / Peak;
}

/// <summary>Finds the falls of a curve handed over stretch by stretch.</summary>
sealed class DrawdownTracker(double start)
{
    /// <summary>A fall no deeper than this is rounding.</summary>
    const double Rounding = 1e-12;

    double _peak = start, _trough = start;
    int _peakAt = -1, _troughAt = -1;
    double _depths;
    int _longest;

    public int Count { get; private set; }

    public Fall? Deepest { get; private set; }

    /// <summary>The fall with the most candles from peak to recovery, or to the end.</summary>
    public Fall? Longest { get; private set; }

    /// <summary>Mean depth of all falls as a fraction of their peaks; 0 without a fall.</summary>
    public double MeanDepth => Count == 0 ? 0 : _depths / Count;

    public double MaxDepth => Deepest?.Depth ?? 0;

    /// <param name="offset">Index of the first of <paramref name="values"/> in the curve.</param>
    /// <param name="min">Smallest of the values.</param>
    /// <param name="max">Largest of the values.</param>
    public void Add(ReadOnlySpan<double> values, int offset, double min, double max)
    {
        // Most stretches lie wholly under the last peak, or at it: they need no look at each candle.
        if (max < _peak)
        {
            if (min >= _trough) return;
            _trough = min;
            _troughAt = offset + values.IndexOf(min);
        }
        else if (min == _peak && max == _peak && _trough == _peak)
            _peakAt = offset + values.Length - 1;
        else
            Walk(values, offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Walk(ReadOnlySpan<double> values, int offset)
    {
        double peak = _peak, trough = _trough;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (value >= peak)
            {
                if (trough < peak)
                {
                    _trough = trough;
                    Close(offset + i, recovered: true);
                }
                _peak = peak = trough = value;
                _peakAt = offset + i;
            }
            else if (value < trough)
            {
                trough = value;
                _troughAt = offset + i;
            }
        }
        _trough = trough;
    }

    /// <summary>Counts the fall that is still open at the end of <paramref name="count"/> candles.</summary>
    public void Finish(int count)
    {
        if (_trough < _peak) Close(count - 1, recovered: false);
    }

    void Close(int at, bool recovered)
    {
        var fall = new Fall(_peak, _trough, _peakAt, _troughAt, recovered ? at : null);
        if (fall.Depth <= Rounding) return;
        Count++;
        _depths += fall.Depth;
        if (Deepest is not { } deepest || fall.Depth > deepest.Depth) Deepest = fall;
        if (at - _peakAt <= _longest) return;
        _longest = at - _peakAt;
        Longest = fall;
    }
}
