using EtradeBot.Backtests;

namespace EtradeBot.App.Reports;

/// <summary>A fall from a peak of the account, by candle index; <see cref="Peak"/> is -1 for the starting cash.</summary>
/// <param name="Depth">Fraction of the peak, above 0.</param>
/// <param name="Recovered">First candle at the peak's value again; null when it never came back.</param>
sealed record EquityFall(int Peak, int Trough, int? Recovered, double Depth);

static class EquityFalls
{
    /// <summary>The deepest falls, deepest first.</summary>
    public static IReadOnlyList<EquityFall> Deepest(EquityCurve curve, int count)
    {
        var found = new List<EquityFall>();
        var (peak, peakAt, trough, troughAt) = (curve.StartingCash, -1, curve.StartingCash, -1);
        for (var i = 0; i <= curve.Count; i++)
        {
            var isEnd = i == curve.Count;
            if (!isEnd && curve.Equity[i] < peak)
            {
                if (curve.Equity[i] < trough) (trough, troughAt) = (curve.Equity[i], i);
                continue;
            }
            if (trough < peak) Keep(found, new EquityFall(peakAt, troughAt, isEnd ? null : i, 1 - trough / peak), count);
            if (!isEnd) (peak, peakAt, trough, troughAt) = (curve.Equity[i], i, curve.Equity[i], i);
        }
        return found;
    }

    static void Keep(List<EquityFall> found, EquityFall fall, int count)
    {
        var at = found.FindIndex(other => fall.Depth > other.Depth);
        if (at < 0) at = found.Count;
        if (at >= count) return;
        found.Insert(at, fall);
        if (found.Count > count) found.RemoveAt(count);
    }
}
