using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

/// <summary>Where missed candles may be had.</summary>
/// <param name="Name">Shown with every candle that comes from it.</param>
/// <param name="Candles">Candles of a symbol that open from the first instant up to, not including, the second; null when it has none to offer; fails
/// with <see cref="IOException"/>, <see cref="HttpRequestException"/> or <see cref="CandleDataException"/>.</param>
sealed record BackfillSource(string Name, Func<Symbol, Timeframe, DateTimeOffset, DateTimeOffset, Task<CandleSeries?>> Candles);

/// <summary>What came of filling the holes of a series.</summary>
/// <param name="Filled">Holes filled.</param>
/// <param name="Stored">Candles stored.</param>
/// <param name="Left">Holes that stay open, each with the reason.</param>
sealed record BackfillResult(int Filled, int Stored, IReadOnlyList<(LiveHole Hole, string Why)> Left);

/// <summary>Fills holes of recorded candles from a history source. Backfilled candles are labelled, and live ones stay unless asked otherwise.</summary>
sealed class Backfill(LiveCandleStore store, BackfillSource source)
{
    /// <summary>Prices further apart than this, as a factor, are on two scales.</summary>
    const double OtherScale = 1.5;

    /// <summary>Asks for every hole that is still open; one that fails does not keep the others from being filled.</summary>
    public async Task<BackfillResult> FillAsync(LiveSeriesName name, BackfillOver over = BackfillOver.Nothing, CancellationToken stop = default)
    {
        var (filled, stored, left) = (0, 0, new List<(LiveHole, string)>());
        foreach (var hole in store.Holes(name).Where(hole => hole.FilledBy is null))
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                stored += await FillAsync(name, hole, over).ConfigureAwait(false);
                filled++;
            }
            catch (Exception problem) when (problem is IOException or HttpRequestException or CandleDataException)
            {
                left.Add((hole, problem.Message));
            }
        }
        return new(filled, stored, left);
    }

    async Task<int> FillAsync(LiveSeriesName name, LiveHole hole, BackfillOver over)
    {
        var (from, to) = Range(name.Timeframe, hole);
        var candles = await source.Candles(name.Symbol, name.Timeframe, from, to).ConfigureAwait(false) ?? throw new CandleDataException($"{source.Name} has no candles of that time");
        Refuse(name, candles);
        var wanted = Enumerable.Range(0, candles.Count).Select(i => candles[i]).Where(candle => candle.OpenTime >= from && candle.OpenTime < to).ToList();
        if (wanted.Count == 0) throw new CandleDataException($"{source.Name} has no candles of that time");
        RefuseOtherScale(name, wanted);
        var stored = store.Backfill(name, wanted, source.Name, over);
        store.CloseHole(name, hole, source.Name);
        return stored;
    }

    /// <summary>Whole candles: from the start of the one in which the hole begins to the end of the one in which it ends.</summary>
    static (DateTimeOffset From, DateTimeOffset To) Range(Timeframe timeframe, LiveHole hole)
    {
        if (MarketCalendar.Nyse.SessionOn(MarketCalendar.Nyse.DayOf(hole.From)) is not { } session || !timeframe.IsIntraday)
            return (MarketCalendar.Nyse.DailyOpen(MarketCalendar.Nyse.DayOf(hole.From)), hole.To);
        var from = session.Open + timeframe.Length * Math.Floor((hole.From - session.Open) / timeframe.Length);
        var to = session.Open + timeframe.Length * Math.Ceiling((hole.To - session.Open) / timeframe.Length);
        return (from, to < session.Close ? to : session.Close);
    }

    void Refuse(LiveSeriesName name, CandleSeries candles)
    {
        if (candles.Symbol != name.Symbol || candles.Timeframe != name.Timeframe) throw new CandleDataException($"{source.Name} answered with {candles.Symbol} {candles.Timeframe} instead");
        if (candles.Origin.IsSimulated != name.IsSimulated) throw new CandleDataException($"{source.Name} has {(candles.Origin.IsSimulated ? "SIMULATED" : "real")} candles, which do not mix with these");
    }

    void RefuseOtherScale(LiveSeriesName name, List<Candle> wanted)
    {
        var live = store.Candles(name).Where(candle => !candle.Quality.IsBackfilled).MinBy(candle => (candle.Candle.OpenTime - wanted[0].OpenTime).Duration());
        if (live is null) return;
        var ratio = wanted[0].Close / live.Candle.Close;
        if (ratio is > OtherScale or < 1 / OtherScale) throw new CandleDataException($"{source.Name} gives prices on another scale, perhaps adjusted for a split");
    }
}
