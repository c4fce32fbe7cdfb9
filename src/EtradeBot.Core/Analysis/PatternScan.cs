using System.Runtime.CompilerServices;

namespace EtradeBot.Analysis;

/// <summary>Judges candles by rows of <see cref="PatternTable"/>, 64 at a time: each comparison gives one bit a candle,
/// and a pattern is the bits that survive all of its comparisons.</summary>
sealed class PatternScan
{
    readonly ScanSheet _sheet = new();
    readonly Judge[] _judges;
    readonly int _isWhite;
    readonly int _previousIsWhite;

    public PatternScan(params ReadOnlySpan<Pattern> patterns)
    {
        _judges = new Judge[patterns.Length];
        for (var i = 0; i < patterns.Length; i++) _judges[i] = new Judge(PatternTable.Row(patterns[i]), _sheet);
        _isWhite = _sheet.Add(PatternWords.Close(0) >= PatternWords.Open(0), 0);
        _previousIsWhite = _sheet.Add(PatternWords.Close(1) >= PatternWords.Open(1), 0);
    }

    /// <param name="results">One column for each pattern, all zero, as long as the candles.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(in CandleSpans candles, sbyte[][] results)
    {
        for (var start = 0; start < candles.Count; start += ScanSheet.Width)
        {
            _sheet.Load(candles, start);
            var count = Math.Min(ScanSheet.Width, candles.Count - start);
            for (var p = 0; p < _judges.Length; p++) Find(_judges[p], start, results[p].AsSpan(start, count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Find(Judge judge, int start, Span<sbyte> result)
    {
        var left = Defined(judge.Rule.Info.FirstIndex - start, result.Length);
        foreach (var test in judge.Tests)
        {
            if (left == 0) return;
            left &= _sheet.Bits(test);
        }
        foreach (var (value, tests) in judge.Variants)
        {
            if (left == 0) return;
            var found = left;
            foreach (var test in tests) found &= _sheet.Bits(test);
            left &= ~found;
            var positive = Positive(judge.Rule.Sign);
            CandleBits.Write(found & positive, value, result);
            if ((found & ~positive) != 0) CandleBits.Write(found & ~positive, -value, result);
        }
    }

    ulong Positive(SignRule sign) => sign switch
    {
        SignRule.ByOwnColour => _sheet.Bits(_isWhite),
        SignRule.AgainstPreviousColour => ~_sheet.Bits(_previousIsWhite),
        _ => ulong.MaxValue,
    };

    /// <summary>Bits of the candles that exist and have all the past they need.</summary>
    /// <param name="first">The first that has, counted from the sheet's first.</param>
    static ulong Defined(int first, int count)
    {
        var bits = count < ScanSheet.Width ? (1UL << count) - 1 : ulong.MaxValue;
        return first <= 0 ? bits : bits & ulong.MaxValue << first;
    }

    /// <summary>The conditions of the scan's first pattern, with the numbers detection sees at one candle.</summary>
    public PatternExplanation Explain(in CandleSpans candles, int index)
    {
        var start = 0;
        for (; start + ScanSheet.Width <= index; start += ScanSheet.Width) _sheet.Load(candles, start);
        _sheet.Load(candles, start);

        var judge = _judges[0];
        var candle = index - start;
        List<PatternCheck> checks = [.. Check(judge.Rule.Conditions, judge.Tests, candle, null)];
        foreach (var (variant, (value, tests)) in judge.Rule.Variants.Zip(judge.Variants))
            checks.AddRange(Check(variant.Conditions, tests, candle, value));

        var result = new sbyte[candle + 1];
        Find(judge, start, result);
        var info = judge.Rule.Info;
        return new PatternExplanation(info, index, index < info.FirstIndex ? null : result[candle], checks);
    }

    IEnumerable<PatternCheck> Check(Condition[] conditions, int[] tests, int candle, int? forValue)
    {
        for (var i = 0; i < conditions.Length; i++)
        {
            var (words, comparison) = conditions[i];
            var (value, threshold) = _sheet.Sides(tests[i], candle);
            var passed = (_sheet.Bits(tests[i]) >> candle & 1) == 1;
            yield return new PatternCheck(words, comparison.ToString(), value, comparison.Symbol, threshold, passed, forValue);
        }
    }
}
