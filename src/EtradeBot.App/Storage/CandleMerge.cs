using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.App.Storage;

/// <summary>A candle that says something else than the stored one of the same time.</summary>
readonly record struct CandleDifference(Candle Stored, Candle Imported);

/// <summary>What an import did. <see cref="Added"/> + <see cref="Unchanged"/> + <see cref="Changed"/> is the number of candles imported.</summary>
sealed record ImportResult
{
    public required Symbol Symbol { get; init; }

    public required Timeframe Timeframe { get; init; }

    public required int Added { get; init; }

    public int Unchanged { get; init; }

    public int Changed { get; init; }

    /// <summary>Candles now in the store.</summary>
    public required int Total { get; init; }

    public bool Replaced { get; init; }

    /// <summary>The first <see cref="CandleMerge.Listed"/> of the changed candles.</summary>
    public IReadOnlyList<CandleDifference> Differences { get; init; } = [];

    public static ImportResult Of(CandleSeries candles, bool replaced) =>
        new() { Symbol = candles.Symbol, Timeframe = candles.Timeframe, Added = candles.Count, Total = candles.Count, Replaced = replaced };
}

/// <summary>Joins stored and imported candles of one symbol and timeframe; where both have a candle the imported one counts.</summary>
static class CandleMerge
{
    public const int Listed = 20;

    /// <summary>Closes further apart than this fraction speak of two price scales rather than of a correction.</summary>
    const double ScaleTolerance = 0.001;

    /// <summary>Copies of one price that went through single precision differ by less.</summary>
    const double SamePrice = 1e-6;

    /// <exception cref="CandleDataException">One is simulated and the other is not, or they are adjusted differently; --replace is the way out.</exception>
    public static (StoredCandles Candles, ImportResult Result) Of(StoredCandles stored, StoredCandles imported)
    {
        var (old, added) = (stored.Candles, imported.Candles);
        RefuseStrangers(old, added);
        var columns = new CandleColumns(old.Count + added.Count);
        var differences = new List<CandleDifference>();
        int i = 0, j = 0, unchanged = 0, changed = 0, offScale = 0;
        while (i < old.Count || j < added.Count)
        {
            if (j == added.Count || (i < old.Count && old.OpenTicks[i] < added.OpenTicks[j])) Copy(old, i++, columns);
            else
            {
                if (i < old.Count && old.OpenTicks[i] == added.OpenTicks[j])
                {
                    if (Math.Abs(added.Close[j] / old.Close[i] - 1) > ScaleTolerance) offScale++;
                    if (IsSame(old, i, added, j)) unchanged++;
                    else if (++changed <= Listed) differences.Add(new(old[i], added[j]));
                    i++;
                }
                Copy(added, j++, columns);
            }
        }
        RefuseOtherScale(added, offScale, unchanged + changed);
        var origin = new CandleOrigin(Sources(old.Origin.Source, added.Origin.Source), added.Origin.IsSimulated, Known(old.Origin.Adjustment, added.Origin.Adjustment));
        var merged = CandleSeries.FromColumns(added.Symbol, added.Timeframe, origin, columns);
        var result = ImportResult.Of(added, replaced: false) with { Added = added.Count - unchanged - changed, Unchanged = unchanged, Changed = changed, Total = merged.Count, Differences = differences };
        return (new StoredCandles(merged, imported.Splits.Length > 0 ? imported.Splits : stored.Splits), result);
    }

    static void RefuseStrangers(CandleSeries old, CandleSeries added)
    {
        var what = $"{added.Symbol} {added.Timeframe}";
        if (old.Origin.IsSimulated != added.Origin.IsSimulated)
            throw new CandleDataException($"{what}: the stored candles ({old.Origin.Source}) are {Kind(old)} and those of {added.Origin.Source} are {Kind(added)}; say --replace to put the new ones in their place");
        var (before, now) = (old.Origin.Adjustment, added.Origin.Adjustment);
        if (before != now && before != PriceAdjustment.Unknown && now != PriceAdjustment.Unknown)
            throw new CandleDataException($"{what}: the stored prices are {Words(before)} and those of {added.Origin.Source} are {Words(now)}; say --replace to put the new ones in their place");
    }

    static void RefuseOtherScale(CandleSeries added, int offScale, int overlap)
    {
        // A handful are corrections, and the last candle of an older file is often unfinished.
        if (offScale < 5 || offScale * 10 < overlap) return;
        throw new CandleDataException(string.Create(CultureInfo.InvariantCulture,
            $"{added.Symbol} {added.Timeframe}: of {overlap:N0} candles that are stored already, {offScale:N0} close at another price in {added.Origin.Source}; "
            + $"the two are adjusted differently or are not the same instrument. Say --replace to put the new ones in their place"));
    }

    static bool IsSame(CandleSeries a, int i, CandleSeries b, int j) =>
        IsSame(a.Open[i], b.Open[j]) && IsSame(a.High[i], b.High[j]) && IsSame(a.Low[i], b.Low[j]) && IsSame(a.Close[i], b.Close[j]) && a.Volume[i] == b.Volume[j];

    static bool IsSame(double a, double b) => Math.Abs(a - b) <= SamePrice * Math.Abs(a);

    static void Copy(CandleSeries from, int i, CandleColumns to) =>
        to.Add(from.OpenTicks[i], from.Open[i], from.High[i], from.Low[i], from.Close[i], from.Volume[i]);

    static PriceAdjustment Known(PriceAdjustment a, PriceAdjustment b) => b == PriceAdjustment.Unknown ? a : b;

    static string Sources(string old, string added) => old.Split(" + ").Contains(added) ? old : $"{old} + {added}";

    static string Kind(CandleSeries candles) => candles.Origin.IsSimulated ? "SIMULATED" : "real";

    static string Words(PriceAdjustment adjustment) => adjustment switch
    {
        PriceAdjustment.Raw => "raw",
        PriceAdjustment.Splits => "adjusted for splits",
        PriceAdjustment.SplitsAndDividends => "adjusted for splits and dividends",
        _ => "of unknown adjustment",
    };
}
