using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>How well a longer candle is founded, from the shorter ones in it.</summary>
static class HistoryQuality
{
    /// <returns>Null when all of it came whole from history.</returns>
    public static CandleQuality? Of(HistoryRow shorter, long openTicks, long closeTicks)
    {
        var candles = shorter.Candles;
        CandleQuality? all = null;
        var (isWhollyBackfilled, count) = (true, 0);
        for (var i = candles.IndexAtOrAfter(new DateTimeOffset(openTicks, TimeSpan.Zero)); i < candles.Count && candles.OpenTicks[i] < closeTicks; i++, count++)
        {
            if (shorter.QualityAt(candles.OpenTicks[i]) is not { } one)
            {
                isWhollyBackfilled = false;
                continue;
            }
            isWhollyBackfilled &= one.IsBackfilled;
            all = all is null ? one with { BackfilledFrom = null } : Both(all, one);
            if (one.StartedLate && count > 0) all = all with { Flaws = all.Flaws | CandleFlaws.HasHole };
        }
        if (all is null) return null;
        foreach (var hole in shorter.Holes)
            if (hole.From.UtcTicks < closeTicks && hole.To.UtcTicks > openTicks) all = all with { Flaws = all.Flaws | CandleFlaws.HasHole };
        return isWhollyBackfilled ? CandleQuality.Backfilled(shorter.Candles.Origin.Source) : all;
    }

    static CandleQuality Both(CandleQuality a, CandleQuality b) => a with
    {
        Polls = a.Polls + b.Polls,
        LongestHole = a.LongestHole > b.LongestHole ? a.LongestHole : b.LongestHole,
        LastPollLead = b.LastPollLead,
        Flaws = a.Flaws | (b.Flaws & ~CandleFlaws.StartedLate),
    };
}
