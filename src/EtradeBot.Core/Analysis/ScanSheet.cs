using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EtradeBot.Analysis;

/// <summary>Rows of numbers for 64 candles (measures, running totals, thresholds) and the comparisons made on them:
/// each is computed once and shared by every pattern that asks.</summary>
/// <remarks>The hot methods ask for full optimisation at once: a command runs them a few times only, and over millions of candles.</remarks>
sealed class ScanSheet
{
    /// <summary>Candles on the sheet at a time.</summary>
    public const int Width = 64;

    // Each row begins with the end of the sheet before: enough for the longest average plus the furthest candle ago.
    const int Past = 16;
    const int Stride = Past + Width;
    const int Together = 3;

    static readonly int MeasureCount = Enum.GetValues<Measure>().Length;

    /// <summary>What a total changes by from one candle to the next: a measure less the same measure a period ago.</summary>
    readonly record struct Change(int MeasureRow, int Period, int Row);

    /// <summary>The sum of a measure over the candles before each candle, kept as TA-Lib keeps it: begun at one candle, then carried on.</summary>
    /// <remarks>Carrying on rounds differently from summing afresh, and prices in whole cents do meet their thresholds exactly.</remarks>
    readonly record struct Total(Change Change, int Start, int Row);

    /// <summary>A threshold: factor * (total / divisor).</summary>
    readonly record struct Level(int SourceRow, double Divisor, double Factor, int Row);

    /// <summary>A comparison as places of the sheet's first candle, candles ago included.</summary>
    /// <param name="Factor">0: nothing is added to the right side.</param>
    readonly record struct Test(Operator Operator, int Left, int Right, double Factor, int Added);

    readonly List<Change> _changes = [];
    readonly List<Total> _totals = [];
    readonly List<Level> _levels = [];
    readonly List<Test> _tests = [];
    double[] _rows = [];
    double[] _carried = [];
    (bool Known, ulong Value)[] _bits = [];
    int _rowCount = MeasureCount + 1;

    static int ScratchRow => MeasureCount;

    /// <summary>Adds a comparison and the rows it needs; all are added before the first <see cref="Load"/>.</summary>
    /// <param name="firstIndex">The pattern's first candle, where its running totals begin.</param>
    /// <returns>The number to ask <see cref="Bits"/> for.</returns>
    public int Add(Comparison comparison, int firstIndex)
    {
        var right = comparison.Right;
        var test = new Test(comparison.Operator, Place(comparison.Left, firstIndex), Place(right.Main, firstIndex),
            right.Factor, right.Factor == 0 ? 0 : Place(right.Added, firstIndex));
        var known = _tests.IndexOf(test);
        if (known >= 0) return known;
        _tests.Add(test);
        return _tests.Count - 1;
    }

    int Place(Quantity quantity, int firstIndex) =>
        Start(quantity.Threshold is { } threshold ? LevelRow(threshold, firstIndex - quantity.Ago) : (int)quantity.Measure) - quantity.Ago;

    static int Start(int row) => row * Stride + Past;

    int LevelRow(Threshold threshold, int start)
    {
        var (_, of, period, factor) = threshold;
        if (period == 0 && factor == 1) return (int)of;
        var source = period == 0 ? (int)of : TotalRow(new Change((int)of, period, 0), start);
        foreach (var known in _levels)
            if (known.SourceRow == source && known.Factor == factor) return known.Row;
        _levels.Add(new Level(source, Math.Max(period, 1), factor, _rowCount));
        return _rowCount++;
    }

    int TotalRow(Change wanted, int start)
    {
        foreach (var known in _totals)
            if (known.Start == start && known.Change with { Row = 0 } == wanted) return known.Row;
        var change = _changes.Find(known => known with { Row = 0 } == wanted);
        if (change == default) _changes.Add(change = wanted with { Row = _rowCount++ });
        _totals.Add(new Total(change, start, _rowCount));
        return _rowCount++;
    }

    /// <summary>Moves on to the candles from <paramref name="start"/>: 0 first, then <see cref="Width"/> further each time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Load(in CandleSpans candles, int start)
    {
        if (start == 0) Prepare();
        else KeepPast();
        Array.Clear(_bits);
        if (candles.Count - start >= Width) ComputeMeasures(candles, start);
        else ComputeMeasures(Padded(candles, start), 0);
        foreach (ref readonly var change in CollectionsMarshal.AsSpan(_changes)) ComputeChanges(change);
        if (start == 0) BeginTotals();
        else CarryTotals();
        foreach (ref readonly var level in CollectionsMarshal.AsSpan(_levels)) ComputeLevel(level);
    }

    /// <summary>One bit for each candle of the sheet: whether the comparison holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Bits(int test)
    {
        ref var bits = ref _bits[test];
        if (!bits.Known) bits = (true, Compare(test));
        return bits.Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    ulong Compare(int number)
    {
        ref readonly var test = ref CollectionsMarshal.AsSpan(_tests)[number];
        ref var right = ref _rows[test.Right];
        if (test.Factor != 0)
        {
            ref var sum = ref First(ScratchRow);
            ref var added = ref _rows[test.Added];
            // Two roundings, never a fused multiply-add: the golden values have both.
            for (nuint i = 0; i < Width; i += 4)
                (Vector256.LoadUnsafe(ref right, i) + Vector256.LoadUnsafe(ref added, i) * test.Factor).StoreUnsafe(ref sum, i);
            right = ref sum;
        }
        return CandleBits.Compare(test.Operator, ref _rows[test.Left], ref right);
    }

    /// <summary>The numbers on both sides of a comparison for one candle of the sheet.</summary>
    public (double Left, double Right) Sides(int test, int candle)
    {
        var (_, left, right, factor, added) = _tests[test];
        return (_rows[left + candle], factor == 0 ? _rows[right + candle] : _rows[right + candle] + factor * _rows[added + candle]);
    }

    ref double First(int row) => ref _rows[Start(row)];

    void Prepare()
    {
        // Totals are carried on three at a time: the last three are made full with ones that nobody reads.
        while (_totals.Count % Together != 0) _totals.Add(_totals[0] with { Row = ScratchRow });
        _carried = new double[_totals.Count];
        _bits = new (bool, ulong)[_tests.Count];
        _rows = new double[_rowCount * Stride];
        Array.Fill(_rows, double.NaN);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void KeepPast()
    {
        // Conditions look at most 3 candles back, averages a whole period.
        ref var rows = ref First(0);
        for (var row = 0; row < _rowCount; row++)
            Vector256.LoadUnsafe(ref rows, (nuint)(row * Stride + Width - 4)).StoreUnsafe(ref Unsafe.Subtract(ref rows, 4), (nuint)(row * Stride));
        foreach (ref readonly var change in CollectionsMarshal.AsSpan(_changes))
            _rows.AsSpan(Start(change.MeasureRow) + Width - Past, Past).CopyTo(_rows.AsSpan(Start(change.MeasureRow) - Past));
    }

    static CandleSpans Padded(in CandleSpans candles, int start)
    {
        return new(Pad(candles.Open[start..]), Pad(candles.High[start..]), Pad(candles.Low[start..]), Pad(candles.Close[start..]));

        static double[] Pad(ReadOnlySpan<double> values)
        {
            var padded = new double[Width];
            values.CopyTo(padded);
            return padded;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ComputeMeasures(in CandleSpans candles, int start)
    {
        ref readonly var opens = ref candles.Open[start];
        ref readonly var highs = ref candles.High[start];
        ref readonly var lows = ref candles.Low[start];
        ref readonly var closes = ref candles.Close[start];
        ref var rows = ref First(0);
        for (nuint i = 0; i < Width; i += 4)
        {
            var (open, high) = (Vector256.LoadUnsafe(in opens, i), Vector256.LoadUnsafe(in highs, i));
            var (low, close) = (Vector256.LoadUnsafe(in lows, i), Vector256.LoadUnsafe(in closes, i));
            var white = Vector256.GreaterThanOrEqual(close, open);
            var top = Vector256.ConditionalSelect(white, close, open);
            var bottom = Vector256.ConditionalSelect(white, open, close);
            Set(ref rows, Measure.Open, i, open);
            Set(ref rows, Measure.High, i, high);
            Set(ref rows, Measure.Low, i, low);
            Set(ref rows, Measure.Close, i, close);
            Set(ref rows, Measure.Body, i, Vector256.Abs(close - open));
            Set(ref rows, Measure.Range, i, high - low);
            Set(ref rows, Measure.Top, i, top);
            Set(ref rows, Measure.Bottom, i, bottom);
            Set(ref rows, Measure.UpperShadow, i, high - top);
            Set(ref rows, Measure.LowerShadow, i, bottom - low);
            Set(ref rows, Measure.Colour, i, Vector256.ConditionalSelect(white, Vector256<double>.One, -Vector256<double>.One));
        }
    }

    static void Set(ref double rows, Measure measure, nuint i, Vector256<double> values) => values.StoreUnsafe(ref rows, (nuint)measure * Stride + i);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ComputeChanges(in Change change)
    {
        ref var changes = ref First(change.Row);
        ref var measures = ref First(change.MeasureRow);
        ref var earlier = ref Unsafe.Subtract(ref measures, change.Period);
        for (nuint i = 0; i < Width; i += 4)
            (Vector256.LoadUnsafe(ref measures, i) - Vector256.LoadUnsafe(ref earlier, i)).StoreUnsafe(ref changes, i);
    }

    void BeginTotals()
    {
        for (var t = 0; t < _totals.Count; t++)
        {
            var (change, start, row) = _totals[t];
            var total = 0.0;
            foreach (var measure in _rows.AsSpan(Start(change.MeasureRow) + start - change.Period, change.Period)) total += measure;
            for (var i = start; i < Width; i++)
            {
                _rows[Start(row) + i] = total;
                total += _rows[Start(change.Row) + i];
            }
            _carried[t] = total;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void CarryTotals()
    {
        // An addition waits three cycles for the one before it, a store takes one: three totals side by side wait for neither.
        var totals = CollectionsMarshal.AsSpan(_totals);
        for (var t = 0; t < totals.Length; t += Together)
        {
            var (a, b, c) = (_carried[t], _carried[t + 1], _carried[t + 2]);
            ref var totalA = ref First(totals[t].Row);
            ref var totalB = ref First(totals[t + 1].Row);
            ref var totalC = ref First(totals[t + 2].Row);
            ref var changeA = ref First(totals[t].Change.Row);
            ref var changeB = ref First(totals[t + 1].Change.Row);
            ref var changeC = ref First(totals[t + 2].Change.Row);
            for (nuint i = 0; i < Width; i++)
            {
                Unsafe.Add(ref totalA, i) = a;
                Unsafe.Add(ref totalB, i) = b;
                Unsafe.Add(ref totalC, i) = c;
                a += Unsafe.Add(ref changeA, i);
                b += Unsafe.Add(ref changeB, i);
                c += Unsafe.Add(ref changeC, i);
            }
            (_carried[t], _carried[t + 1], _carried[t + 2]) = (a, b, c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ComputeLevel(in Level level)
    {
        ref var source = ref First(level.SourceRow);
        ref var values = ref First(level.Row);
        var divisor = Vector256.Create(level.Divisor);
        for (nuint i = 0; i < Width; i += 4)
            (Vector256.LoadUnsafe(ref source, i) / divisor * level.Factor).StoreUnsafe(ref values, i);
    }
}
