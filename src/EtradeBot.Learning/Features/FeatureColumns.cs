using EtradeBot.Analysis;
using EtradeBot.Market;

namespace EtradeBot.Learning.Features;

/// <summary>A series and the columns that several features share, each computed once.</summary>
sealed class FeatureColumns
{
    readonly Dictionary<Pattern, sbyte[]> _patterns = [];

    public FeatureColumns(CandleSeries candles)
    {
        Candles = candles;
        Atr = Indicators.Atr(candles);
        var found = Analysis.Patterns.FindAll(candles, FeatureTable.Patterns);
        for (var k = 0; k < found.Length; k++) _patterns[FeatureTable.Patterns[k]] = found[k];
    }

    public CandleSeries Candles { get; }

    /// <summary>Average true range of 14 candles, the measure of what a normal move is.</summary>
    public double[] Atr { get; }

    /// <summary>Logarithm of the close over the close <paramref name="candles"/> before.</summary>
    public double[] Return(int candles) => Each(i => i < candles ? double.NaN : Math.Log(Candles.Close[i] / Candles.Close[i - candles]));

    /// <summary>A price distance in average true ranges; 0 where nothing moved at all.</summary>
    public double[] InRanges(Func<int, double> distance) => Each(i => Over(distance(i), Atr[i]));

    /// <summary>1 bullish, -1 bearish, 0 not there; for a pattern without direction 1 where it is.</summary>
    public double[] Flag(Pattern pattern) => Each(i => Math.Sign(_patterns[pattern][i]));

    /// <summary>Position of the candle's open within the day, as an angle; 0 for daily candles and longer.</summary>
    public double[] OfDay(Func<double, double> wave) => Each(i =>
        Candles.Timeframe.IsIntraday ? wave(Math.Tau * (MinutesOfDay(i) / 1440)) : 0);

    public double[] Each(Func<int, double> value)
    {
        var values = new double[Candles.Count];
        for (var i = 0; i < values.Length; i++) values[i] = value(i);
        return values;
    }

    /// <summary>0 where the divisor is 0: nothing moved, so nothing stands out.</summary>
    public static double Over(double value, double divisor) => divisor == 0 ? 0 : value / divisor;

    double MinutesOfDay(int i)
    {
        var opened = Candles.OpenTime(i);
        return (opened - MarketCalendar.Nyse.At(MarketCalendar.Nyse.DayOf(opened), TimeOnly.MinValue)).TotalMinutes;
    }
}
