using System.Numerics;

namespace EtradeBot.Analysis;

/// <summary>Judges candles by rows of <see cref="PatternTable"/>, 64 at a time: each comparison gives one bit a candle,
/// and a pattern is the bits that survive all of its comparisons.</summary>
/// <remarks>Measures and averages are computed once a chunk and shared by all patterns asked for.</remarks>
sealed class PatternScan
{
    readonly ScanSheet _sheet = new();
    readonly Judge[] _judges;
    readonly RowTest _isWhite;
    readonly RowTest _previousIsWhite;

    public PatternScan(params ReadOnlySpan<Pattern> patterns)
    {
        _judges = new Judge[patterns.Length];
        for (var i = 0; i < patterns.Length; i++) _judges[i] = new Judge(PatternTable.Row(patterns[i]), _sheet);
        _isWhite = _sheet.Compile(PatternWords.Close(0) >= PatternWords.Open(0), 0);
        _previousIsWhite = _sheet.Compile(PatternWords.Close(1) >= PatternWords.Open(1), 0);
    }

    /// <param name="results">One column for each pattern, all zero, as long as the candles.</param>
    public void Run(in CandleSpans candles, sbyte[][] results)
    {
        for (var start = 0; start < candles.Count; start += ScanSheet.Chunk)
        {
            _sheet.Load(candles, start);
            var end = Math.Min(candles.Count, start + ScanSheet.Chunk);
            for (var index = start; index < end; index += 64)
                for (var p = 0; p < _judges.Length; p++)
                    Find(_judges[p], index, index - start, results[p]);
        }
    }

    void Find(Judge judge, int index, int at, sbyte[] result)
    {
        var open = Defined(judge.Rule.Info.FirstIndex, index, result.Length);
        foreach (ref readonly var test in judge.Tests.AsSpan())
        {
            if (open == 0) return;
            open &= _sheet.Test(test, at);
        }
        foreach (var (value, tests) in judge.Variants)
        {
            if (open == 0) return;
            var found = open;
            foreach (ref readonly var test in tests.AsSpan()) found &= _sheet.Test(test, at);
            open &= ~found;
            var positive = Positive(judge.Rule.Sign, at);
            Write(found & positive, value, result, index);
            Write(found & ~positive, -value, result, index);
        }
    }

    ulong Positive(SignRule sign, int at) => sign switch
    {
        SignRule.ByOwnColour => _sheet.Test(_isWhite, at),
        SignRule.AgainstPreviousColour => ~_sheet.Test(_previousIsWhite, at),
        _ => ulong.MaxValue,
    };

    /// <summary>Bits of the 64 candles from <paramref name="index"/> that exist and have all the past they need.</summary>
    static ulong Defined(int firstIndex, int index, int count)
    {
        var bits = ulong.MaxValue;
        if (firstIndex > index) bits = firstIndex - index >= 64 ? 0 : bits << (firstIndex - index);
        if (count - index < 64) bits &= (1UL << (count - index)) - 1;
        return bits;
    }

    static void Write(ulong bits, int value, sbyte[] result, int index)
    {
        for (; bits != 0; bits &= bits - 1)
            result[index + BitOperations.TrailingZeroCount(bits)] = (sbyte)value;
    }

    /// <summary>The conditions of the scan's first pattern, with the numbers detection sees at one candle.</summary>
    public PatternExplanation Explain(in CandleSpans candles, int index)
    {
        var start = 0;
        for (; start + ScanSheet.Chunk <= index; start += ScanSheet.Chunk) _sheet.Load(candles, start);
        _sheet.Load(candles, start);

        var judge = _judges[0];
        var at = index - start;
        List<PatternCheck> checks = [.. Check(judge.Rule.Conditions, judge.Tests, at, null)];
        foreach (var (variant, (value, tests)) in judge.Rule.Variants.Zip(judge.Variants))
            checks.AddRange(Check(variant.Conditions, tests, at, value));

        var result = new sbyte[candles.Count];
        var group = index / 64 * 64;
        Find(judge, group, group - start, result);
        var info = judge.Rule.Info;
        return new PatternExplanation(info, index, index < info.FirstIndex ? null : result[index], checks);
    }

    IEnumerable<PatternCheck> Check(Condition[] conditions, RowTest[] tests, int at, int? forValue)
    {
        for (var i = 0; i < conditions.Length; i++)
        {
            var (words, comparison) = conditions[i];
            var test = tests[i];
            var threshold = _sheet[test.Right, at] + (test.Factor == 0 ? 0 : test.Factor * _sheet[test.Added, at]);
            var passed = (_sheet.Test(test, at / 64 * 64) >> at % 64 & 1) == 1;
            yield return new PatternCheck(words, comparison.ToString(), _sheet[test.Left, at], comparison.Symbol, threshold, passed, forValue);
        }
    }
}
