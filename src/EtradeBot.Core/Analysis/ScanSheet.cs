using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EtradeBot.Analysis;

/// <summary>A comparison bound to rows of a sheet: the places of its numbers for the chunk's first candle, candles ago included.</summary>
/// <param name="Factor">0: nothing is added to the right side.</param>
readonly record struct RowTest(Operator Operator, int Left, int Right, double Factor, int Added);

/// <summary>Rows of numbers for one chunk of candles (measures, running totals, thresholds): computed once, read by every pattern.</summary>
sealed class ScanSheet
{
    /// <summary>Candles a chunk holds; a multiple of 64.</summary>
    public const int Chunk = 256;

    // Each row begins with the end of the chunk before: enough for the longest average plus the furthest candle ago.
    const int Past = 16;
    const int Stride = Past + Chunk;
    const int Together = 4;

    static readonly int MeasureCount = Enum.GetValues<Measure>().Length;

    /// <summary>What a total changes by from one candle to the next: a measure less the same measure a period ago.</summary>
    readonly record struct Change(int MeasureRow, int Period, int Row);

    /// <summary>The sum of a measure over the candles before each candle, kept as TA-Lib keeps it: begun at one candle, then carried on.</summary>
    /// <remarks>Carrying on rounds differently from summing afresh, and prices in whole cents do meet their thresholds exactly.</remarks>
    readonly record struct Total(Change Change, int Start, int Row);

    /// <summary>A threshold: factor * (total / divisor).</summary>
    readonly record struct Level(int SourceRow, double Divisor, double Factor, int Row);

    readonly List<Change> _changes = [];
    readonly List<Total> _totals = [];
    readonly List<Level> _levels = [];
    double[] _rows = [];
    double[] _carried = [];
    int _rowCount = MeasureCount + 1;

    static int ScratchRow => MeasureCount;

    /// <summary>Binds a comparison to rows, adding those it needs. All comparisons are compiled before the first chunk is loaded.</summary>
    /// <param name="firstIndex">Where the pattern's running totals begin.</param>
    public RowTest Compile(Comparison test, int firstIndex)
    {
        var right = test.Right;
        return new RowTest(test.Operator, Place(test.Left, firstIndex), Place(right.Main, firstIndex),
            right.Factor, right.Factor == 0 ? 0 : Place(right.Added, firstIndex));
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

    /// <summary>Moves on to the chunk that begins at <paramref name="start"/>: 0 first, then chunk by chunk.</summary>
    public void Load(in CandleSpans candles, int start)
    {
        if (start == 0) Prepare();
        else KeepPast();
        var count = Math.Min(Chunk, candles.Count - start);
        candles.Open.Slice(start, count).CopyTo(Row(Measure.Open));
        candles.High.Slice(start, count).CopyTo(Row(Measure.High));
        candles.Low.Slice(start, count).CopyTo(Row(Measure.Low));
        candles.Close.Slice(start, count).CopyTo(Row(Measure.Close));
        ComputeMeasures();
        foreach (var change in _changes) ComputeChanges(change);
        if (start == 0) BeginTotals();
        else CarryTotals();
        foreach (var level in _levels) ComputeLevel(level);
    }

    /// <summary>The number at a place of <see cref="RowTest"/>, so many candles into the chunk.</summary>
    public double this[int place, int at] => _rows[place + at];

    /// <summary>One bit for each of the 64 candles from <paramref name="at"/>: whether the comparison holds.</summary>
    public ulong Test(in RowTest test, int at)
    {
        ref var rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref var left = ref Unsafe.Add(ref rows, test.Left + at);
        ref var right = ref Unsafe.Add(ref rows, test.Right + at);
        if (test.Factor != 0) right = ref Add(ref right, test.Factor, ref Unsafe.Add(ref rows, test.Added + at));
        return test.Operator switch
        {
            Operator.Less => Bits<IsLess>(ref left, ref right),
            Operator.LessOrEqual => Bits<IsLessOrEqual>(ref left, ref right),
            Operator.Greater => Bits<IsLess>(ref right, ref left),
            Operator.GreaterOrEqual => Bits<IsLessOrEqual>(ref right, ref left),
            _ => Bits<Differs>(ref left, ref right),
        };
    }

    ref double Add(ref double right, double factor, ref double added)
    {
        ref var sum = ref _rows[Start(ScratchRow)];
        for (nuint i = 0; i < 64; i += 4)
            // Two roundings, never a fused multiply-add: the golden values have both.
            (Vector256.LoadUnsafe(ref right, i) + Vector256.LoadUnsafe(ref added, i) * factor).StoreUnsafe(ref sum, i);
        return ref sum;
    }

    interface ITest
    {
        static abstract Vector256<double> Of(Vector256<double> left, Vector256<double> right);
    }

    readonly struct IsLess : ITest
    {
        public static Vector256<double> Of(Vector256<double> left, Vector256<double> right) => Vector256.LessThan(left, right);
    }

    readonly struct IsLessOrEqual : ITest
    {
        public static Vector256<double> Of(Vector256<double> left, Vector256<double> right) => Vector256.LessThanOrEqual(left, right);
    }

    readonly struct Differs : ITest
    {
        public static Vector256<double> Of(Vector256<double> left, Vector256<double> right) => ~Vector256.Equals(left, right);
    }

    static ulong Bits<T>(ref double left, ref double right) where T : struct, ITest
    {
        var bits = 0UL;
        for (nuint i = 0; i < 64; i += 4)
            bits |= (ulong)T.Of(Vector256.LoadUnsafe(ref left, i), Vector256.LoadUnsafe(ref right, i)).ExtractMostSignificantBits() << (int)i;
        return bits;
    }

    Span<double> Row(Measure measure) => _rows.AsSpan(Start((int)measure), Chunk);

    ref double First(int row) => ref _rows[Start(row)];

    void Prepare()
    {
        // Totals are carried on four at a time: the last four are made full with ones that nobody reads.
        while (_totals.Count % Together != 0) _totals.Add(_totals[0] with { Row = ScratchRow });
        _carried = new double[_totals.Count];
        _rows = new double[_rowCount * Stride];
        Array.Fill(_rows, double.NaN);
    }

    void KeepPast()
    {
        for (var row = 0; row < _rowCount; row++)
            _rows.AsSpan(Start(row) + Chunk - Past, Past).CopyTo(_rows.AsSpan(Start(row) - Past));
    }

    void ComputeMeasures()
    {
        ref var open = ref First((int)Measure.Open);
        for (nuint i = 0; i < Chunk; i += 4)
        {
            var (o, h) = (At(ref open, Measure.Open, i), At(ref open, Measure.High, i));
            var (l, c) = (At(ref open, Measure.Low, i), At(ref open, Measure.Close, i));
            var white = Vector256.GreaterThanOrEqual(c, o);
            var top = Vector256.ConditionalSelect(white, c, o);
            var bottom = Vector256.ConditionalSelect(white, o, c);
            Set(ref open, Measure.Body, i, Vector256.Abs(c - o));
            Set(ref open, Measure.Range, i, h - l);
            Set(ref open, Measure.Top, i, top);
            Set(ref open, Measure.Bottom, i, bottom);
            Set(ref open, Measure.UpperShadow, i, h - top);
            Set(ref open, Measure.LowerShadow, i, bottom - l);
            Set(ref open, Measure.Colour, i, Vector256.ConditionalSelect(white, Vector256<double>.One, -Vector256<double>.One));
        }
    }

    static Vector256<double> At(ref double open, Measure measure, nuint i) => Vector256.LoadUnsafe(ref open, (nuint)measure * Stride + i);

    static void Set(ref double open, Measure measure, nuint i, Vector256<double> values) => values.StoreUnsafe(ref open, (nuint)measure * Stride + i);

    void ComputeChanges(Change change)
    {
        ref var changes = ref First(change.Row);
        ref var measures = ref First(change.MeasureRow);
        ref var earlier = ref Unsafe.Subtract(ref measures, change.Period);
        for (nuint i = 0; i < Chunk; i += 4)
            (Vector256.LoadUnsafe(ref measures, i) - Vector256.LoadUnsafe(ref earlier, i)).StoreUnsafe(ref changes, i);
    }

    void BeginTotals()
    {
        for (var t = 0; t < _totals.Count; t++)
        {
            var (change, start, row) = _totals[t];
            var total = 0.0;
            foreach (var measure in _rows.AsSpan(Start(change.MeasureRow) + start - change.Period, change.Period)) total += measure;
            for (var i = start; i < Chunk; i++)
            {
                _rows[Start(row) + i] = total;
                total += _rows[Start(change.Row) + i];
            }
            _carried[t] = total;
        }
    }

    void CarryTotals()
    {
        // One total waits for its own last addition; four together wait no longer than one.
        for (var t = 0; t < _totals.Count; t += Together)
        {
            var (a, b, c, d) = (_carried[t], _carried[t + 1], _carried[t + 2], _carried[t + 3]);
            ref var totalA = ref First(_totals[t].Row);
            ref var totalB = ref First(_totals[t + 1].Row);
            ref var totalC = ref First(_totals[t + 2].Row);
            ref var totalD = ref First(_totals[t + 3].Row);
            ref var changeA = ref First(_totals[t].Change.Row);
            ref var changeB = ref First(_totals[t + 1].Change.Row);
            ref var changeC = ref First(_totals[t + 2].Change.Row);
            ref var changeD = ref First(_totals[t + 3].Change.Row);
            for (nuint i = 0; i < Chunk; i++)
            {
                Unsafe.Add(ref totalA, i) = a;
                Unsafe.Add(ref totalB, i) = b;
                Unsafe.Add(ref totalC, i) = c;
                Unsafe.Add(ref totalD, i) = d;
                a += Unsafe.Add(ref changeA, i);
                b += Unsafe.Add(ref changeB, i);
                c += Unsafe.Add(ref changeC, i);
                d += Unsafe.Add(ref changeD, i);
            }
            (_carried[t], _carried[t + 1], _carried[t + 2], _carried[t + 3]) = (a, b, c, d);
        }
    }

    void ComputeLevel(Level level)
    {
        ref var source = ref First(level.SourceRow);
        ref var values = ref First(level.Row);
        var divisor = Vector256.Create(level.Divisor);
        for (nuint i = 0; i < Chunk; i += 4)
            (Vector256.LoadUnsafe(ref source, i) / divisor * level.Factor).StoreUnsafe(ref values, i);
    }
}
