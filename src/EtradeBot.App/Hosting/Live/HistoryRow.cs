using System.Collections.Concurrent;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>Candles of one timeframe that grow at their end. Not safe for several threads; what it hands out is.</summary>
sealed class HistoryRow(CandleSeries candles)
{
    const int Most = 120_000;

    /// <summary>Cut seldom, since a cut copies.</summary>
    const int CutAt = 140_000;

    ConcurrentDictionary<long, CandleQuality> _quality = [];
    SymbolHistory? _shown;

    public CandleSeries Candles { get; private set; } = candles;

    public IReadOnlyList<CoverageHole> Holes { get; private set; } = [];

    public long Version { get; private set; } = 1;

    public long Rewrites { get; private set; }

    /// <summary>UTC ticks of the last candle's open; 0 without any.</summary>
    public long LastOpen => Candles.Count > 0 ? Candles.OpenTicks[^1] : 0;

    public SymbolHistory Shown => _shown ??= new(Last(Candles), _quality, Holes) { Version = Version, Rewrites = Rewrites };

    public void Append(in Candle candle, CandleQuality? quality)
    {
        Candles = Candles.Append(candle);
        if (quality is not null) _quality[candle.OpenTime.UtcTicks] = quality;
        if (Candles.Count > CutAt) Cut();
        Changed();
    }

    /// <summary>Everything anew.</summary>
    public void Replace(CandleSeries candles, ConcurrentDictionary<long, CandleQuality> quality)
    {
        (Candles, _quality) = (candles, quality);
        Rewrites++;
        Changed();
    }

    public void SetHoles(IReadOnlyList<CoverageHole> holes)
    {
        if (holes.SequenceEqual(Holes)) return;
        Holes = holes;
        Changed();
    }

    public CandleQuality? QualityAt(long openTicks) => _quality.GetValueOrDefault(openTicks);

    static CandleSeries Last(CandleSeries candles) => candles.Count <= Most ? candles : candles.Slice(candles.Count - Most, Most);

    void Changed()
    {
        Version++;
        _shown = null;
    }

    void Cut()
    {
        var kept = Last(Candles);
        Candles = CandleSeries.From(kept.Symbol, kept.Timeframe, kept.Origin, Enumerable.Range(0, kept.Count).Select(i => kept[i]));
        var first = Candles.OpenTicks[0];
        _quality = new(_quality.Where(pair => pair.Key >= first));
    }
}
