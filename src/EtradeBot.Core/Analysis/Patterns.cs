using EtradeBot.Market;

namespace EtradeBot.Analysis;

/// <summary>Finds and explains candlestick patterns; the rules are TA-Lib's, to the cell.</summary>
public static class Patterns
{
    /// <summary>Every pattern in words, in the order of <see cref="Pattern"/>.</summary>
    public static IReadOnlyList<PatternInfo> All { get; } = [.. PatternTable.Rows.Select(row => row.Info)];

    public static PatternInfo Info(Pattern pattern) => PatternTable.Row(pattern).Info;

    /// <summary>One value a candle: 100 bullish, -100 bearish, 80 / -80 a weaker form, 0 nothing (also while warming up, that is
    /// before <see cref="PatternInfo.FirstIndex"/>). What the sign means, see <see cref="PatternInfo.DirectionOf"/>.</summary>
    public static sbyte[] Find(CandleSeries candles, Pattern pattern) => FindAll(candles, pattern)[0];

    /// <summary>A column as of <see cref="Find"/> for each pattern, in the order given. Together they cost far less than one by one.</summary>
    public static sbyte[][] FindAll(CandleSeries candles, params ReadOnlySpan<Pattern> patterns)
    {
        ArgumentNullException.ThrowIfNull(candles);
        return FindAll(new CandleSpans(candles), patterns);
    }

    internal static sbyte[][] FindAll(in CandleSpans candles, params ReadOnlySpan<Pattern> patterns)
    {
        var results = new sbyte[patterns.Length][];
        for (var i = 0; i < results.Length; i++) results[i] = new sbyte[candles.Count];
        new PatternScan(patterns).Run(candles, results);
        return results;
    }

    /// <summary>Every condition of a pattern at one candle, with the numbers on both sides: the same ones <see cref="Find"/> compares.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such candle or pattern.</exception>
    public static PatternExplanation Explain(CandleSeries candles, int index, Pattern pattern)
    {
        ArgumentNullException.ThrowIfNull(candles);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, candles.Count);
        return new PatternScan(pattern).Explain(new CandleSpans(candles), index);
    }

    /// <summary>Reads a pattern's name in any spelling: <c>Morning Star</c>, <c>morning-star</c>, <c>CDLMORNINGSTAR</c>;
    /// a leading <c>bullish</c> or <c>bearish</c> is accepted where the pattern has that direction.</summary>
    public static bool TryParse(string? text, out Pattern pattern)
    {
        var wanted = Plain(text ?? "");
        foreach (var info in All)
        {
            pattern = info.Pattern;
            if (wanted == Plain(info.TaLibName) || wanted == Plain(info.Name) || wanted == Plain(pattern.ToString())
                || wanted == Plain(info.NameOf(100)) || wanted == Plain(info.NameOf(-100))) return true;
        }
        pattern = default;
        return false;
    }

    static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
