using EtradeBot.Market;

namespace EtradeBot.Learning.Features;

/// <summary>Finds features that know the future: their past changes when later candles are taken away.</summary>
static class FeatureLeak
{
    /// <summary>Ends at which the past is computed anew.</summary>
    const int Cuts = 4;

    /// <param name="names">Of the columns.</param>
    /// <param name="rows">Candles × features of a series; see <see cref="FeatureTable.Rows"/>.</param>
    /// <param name="candles">At least 8, and more than the longest warm-up; candles that never move hide a leak.</param>
    /// <returns>Names of the features that leak, in order; none is as it should be.</returns>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> names, Func<CandleSeries, float[]> rows, CandleSeries candles)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(candles.Count, 2 * Cuts, nameof(candles));
        var whole = rows(candles);
        var leaks = new bool[names.Count];
        for (var cut = 1; cut <= Cuts; cut++)
        {
            // The last end is one candle short, where a shift by one already shows; the others find what looks further ahead.
            var count = cut == Cuts ? candles.Count - 1 : candles.Count * (Cuts + cut) / (2 * Cuts);
            var past = rows(candles.Slice(0, count));
            for (var i = 0; i < past.Length; i++)
                // Equals, because NaN of the warm-up must stay NaN.
                if (!past[i].Equals(whole[i])) leaks[i % names.Count] = true;
        }
        return [.. names.Where((_, k) => leaks[k])];
    }
}
