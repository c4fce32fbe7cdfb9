using EtradeBot.Market;

namespace EtradeBot.Analysis;

/// <summary>The rules of every <see cref="Pattern"/>, TA-Lib's to the cell.</summary>
public static class Patterns
{
    /// <summary>One value a candle: 100 bullish, -100 bearish, 80 / -80 a weaker form, 0 nothing (also while warming up).</summary>
    public static sbyte[] Find(CandleSeries candles, Pattern pattern) => throw new NotSupportedException();
}
