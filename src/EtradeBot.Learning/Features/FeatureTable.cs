using EtradeBot.Analysis;
using EtradeBot.Market;

namespace EtradeBot.Learning.Features;

/// <summary>What the network sees of a candle: one row of numbers without a unit, the same for every symbol and price.</summary>
public static class FeatureTable
{
    /// <summary>Changes with every change of a formula: a model of another version is refused.</summary>
    public const int Version = 1;

    internal static readonly Pattern[] Patterns = [Pattern.Hammer, Pattern.Engulfing, Pattern.Doji, Pattern.MorningStar, Pattern.EveningStar, Pattern.ShootingStar];

    internal static readonly Feature[] All =
    [
        new("return1", "logarithm of the close over the close before", c => c.Return(1)),
        new("return2", "logarithm of the close over the close 2 before", c => c.Return(2)),
        new("return5", "logarithm of the close over the close 5 before", c => c.Return(5)),
        new("return10", "logarithm of the close over the close 10 before", c => c.Return(10)),
        new("range", "high minus low, in average true ranges", c => c.InRanges(i => c.Candles.High[i] - c.Candles.Low[i])),
        new("body", "close minus open, in average true ranges", c => c.InRanges(i => c.Candles.Close[i] - c.Candles.Open[i])),
        new("upperShadow", "high minus the higher of open and close, in average true ranges", c => c.InRanges(i => c.Candles.High[i] - Math.Max(c.Candles.Open[i], c.Candles.Close[i]))),
        new("lowerShadow", "the lower of open and close minus low, in average true ranges", c => c.InRanges(i => Math.Min(c.Candles.Open[i], c.Candles.Close[i]) - c.Candles.Low[i])),
        new("volume", "logarithm of 1 + volume over 1 + its mean of 20 candles", Volume),
        new("rsi", "relative strength index of 14 candles, from -1 to 1", Rsi),
        new("macd", "histogram of MACD 12 26 9, in average true ranges", Macd),
        new("bollinger", "close from the middle of the Bollinger bands (20, 2), where 1 is the upper band", Bollinger),
        .. Patterns.Select(pattern => new Feature($"pattern{pattern}", $"{pattern}: 1 bullish, -1 bearish, 0 absent", c => c.Flag(pattern))),
        new("daySin", "sine of the time of day in New York; 0 for days and longer", c => c.OfDay(Math.Sin)),
        new("dayCos", "cosine of the time of day in New York; 0 for days and longer", c => c.OfDay(Math.Cos)),
    ];

    /// <summary>Names of the columns, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(feature => feature.Name)];

    /// <summary>Candles × features, row by row; row i depends on candles 0..i only. A row of the warm-up holds NaN.</summary>
    public static float[] Rows(CandleSeries candles)
    {
        ArgumentNullException.ThrowIfNull(candles);
        var rows = new float[candles.Count * All.Length];
        var columns = new FeatureColumns(candles);
        for (var k = 0; k < All.Length; k++)
        {
            var values = All[k].Compute(columns);
            for (var i = 0; i < values.Length; i++) rows[(i * All.Length) + k] = (float)values[i];
        }
        return rows;
    }

    static double[] Volume(FeatureColumns c)
    {
        var volume = c.Each(i => c.Candles.Volume[i]);
        var mean = Indicators.Sma(volume, 20);
        return c.Each(i => Math.Log((1 + volume[i]) / (1 + mean[i])));
    }

    static double[] Rsi(FeatureColumns c)
    {
        var rsi = Indicators.Rsi(c.Candles.Close);
        return c.Each(i => (rsi[i] - 50) / 50);
    }

    static double[] Macd(FeatureColumns c)
    {
        var histogram = Indicators.Macd(c.Candles.Close).Histogram;
        return c.InRanges(i => histogram[i]);
    }

    static double[] Bollinger(FeatureColumns c)
    {
        var bands = Indicators.Bollinger(c.Candles.Close);
        return c.Each(i => FeatureColumns.Over(c.Candles.Close[i] - bands.Middle[i], bands.Upper[i] - bands.Middle[i]));
    }
}
