using EtradeBot.Learning.Features;
using EtradeBot.Market;

namespace EtradeBot.Learning.Samples;

/// <summary>Makes samples from the candles of several symbols.</summary>
public static class SampleBuilder
{
    /// <summary>Fewer tell nothing about a model.</summary>
    public const int FewestCandles = 300;

    /// <returns>Unscaled rows and one sample for each candle that has its past and its future.</returns>
    /// <exception cref="CandleDataException">No candles, too few, a symbol twice, or several timeframes; names the file.</exception>
    public static SampleSet Build(IReadOnlyList<CandleSeries> series, SampleOptions options)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        Check(series);
        var features = FeatureTable.Names.Count;
        var rows = new float[series.Sum(s => s.Count) * features];
        var samples = new List<Sample>();
        var first = 0;
        for (var k = 0; k < series.Count; k++)
        {
            FeatureTable.Rows(series[k]).CopyTo(rows, first * features);
            samples.AddRange(Of(series[k], k, first, options).Where(sample => IsWarm(sample.Row)));
            first += series[k].Count;
        }
        return new()
        {
            Features = FeatureTable.Names,
            Rows = rows,
            SequenceLength = options.SequenceLength,
            Samples = [.. samples.OrderBy(s => s.DecidedAt).ThenBy(s => s.Symbol)],
        };

        bool IsWarm(int row)
        {
            foreach (var value in rows.AsSpan((row + 1 - options.SequenceLength) * features, options.SequenceLength * features))
                if (!float.IsFinite(value)) return false;
            return true;
        }
    }

    static IEnumerable<Sample> Of(CandleSeries candles, int symbol, int firstRow, SampleOptions options)
    {
        var closes = new long[candles.Count];
        for (var i = 0; i < closes.Length; i++) closes[i] = MarketCalendar.Nyse.CloseTime(candles.OpenTime(i), candles.Timeframe).UtcTicks;
        for (var i = options.SequenceLength - 1; i + options.Horizon < candles.Count; i++)
        {
            var later = i + options.Horizon;
            var change = (candles.Close[later] / candles.Close[i]) - 1;
            yield return new(firstRow + i, symbol, closes[i], closes[later], options.Label(change), (float)change);
        }
    }

    static void Check(IReadOnlyList<CandleSeries> series)
    {
        if (series.Count == 0) throw new CandleDataException("no candles to learn from");
        var symbols = new HashSet<Symbol>();
        foreach (var candles in series)
        {
            var name = candles.Origin.Source;
            if (candles.Count < FewestCandles) throw new CandleDataException($"{name} has {candles.Count} candles; learning needs {FewestCandles} of each symbol");
            if (candles.Timeframe != series[0].Timeframe)
                throw new CandleDataException($"{name} holds {candles.Timeframe} candles, {series[0].Origin.Source} {series[0].Timeframe}: one model learns one timeframe");
            if (!symbols.Add(candles.Symbol)) throw new CandleDataException($"{name} holds {candles.Symbol} a second time");
        }
    }
}
