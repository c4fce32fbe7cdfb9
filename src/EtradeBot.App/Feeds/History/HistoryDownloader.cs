using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>Downloads candles of many symbols: what is missing in the store, in chunks, each asked for once.</summary>
/// <remarks>
/// <para>Finished sessions only: of a day or a week that still runs nothing is asked for.</para>
/// <para>Adjusted prices change backwards with every split or dividend. So two stretches of adjusted candles are joined only when the session
/// they share has the same closes in both; otherwise the older ones are asked for again, and where those are the stored ones, all of
/// them are replaced. Raw prices need none of this.</para>
/// </remarks>
sealed class HistoryDownloader(IHistorySource source, ChunkCache cache, CandleStore store, TimeProvider time)
{
    static readonly MarketCalendar Calendar = MarketCalendar.Nyse;

    /// <summary>All orders, as they finish; a failure is the result of its order and of no other.</summary>
    /// <param name="concurrency">Orders under way at once.</param>
    public async IAsyncEnumerable<DownloadResult> FetchAllAsync(IReadOnlyList<DownloadOrder> orders, int concurrency, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // Bounded, so that a slow reader holds finished candles back where they are: on the disk.
        var finished = Channel.CreateBounded<DownloadResult>(concurrency);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var work = Task.Run(() => FetchIntoAsync(finished.Writer, orders, concurrency, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var result in finished.Reader.ReadAllAsync(cancellation).ConfigureAwait(false)) yield return result;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(false);
        }
    }

    /// <summary>Hands its own failure to the reader.</summary>
    async Task FetchIntoAsync(ChannelWriter<DownloadResult> finished, IReadOnlyList<DownloadOrder> orders, int concurrency, CancellationToken cancellation)
    {
        try
        {
            var bound = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellation };
            await Parallel.ForEachAsync(orders, bound, async (order, token) =>
                await finished.WriteAsync(await ResultAsync(order, token).ConfigureAwait(false), token).ConfigureAwait(false)).ConfigureAwait(false);
            finished.Complete();
        }
        catch (Exception problem)
        {
            finished.Complete(problem);
        }
    }

    async Task<DownloadResult> ResultAsync(DownloadOrder order, CancellationToken cancellation)
    {
        try
        {
            return await FetchAsync(order, cancellation).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is HistoryException or CandleDataException or IOException)
        {
            return new DownloadResult(order) { Problem = problem };
        }
    }

    /// <summary>What the store lacks of one order.</summary>
    /// <exception cref="HistoryException">The source gave no candles.</exception>
    /// <exception cref="CandleDataException">The stored candles are of another kind.</exception>
    public async Task<DownloadResult> FetchAsync(DownloadOrder order, CancellationToken cancellation)
    {
        var notes = new List<string>();
        var days = Reachable(order, notes);
        if (days.To < days.From)
            throw new HistoryException(HistoryFault.UnknownSymbol, $"{order.Symbol}: no session between {order.Days} is over and settled, so there is nothing to download yet");
        var stored = order.Stored == StoredPolicy.Replace ? null : Stored(order);
        var stretches = stored is null || order.Stored == StoredPolicy.Correct ? [days] : Missing(stored, days).ToList();
        var parts = new List<Fetched>();
        var isOneScale = true;
        foreach (var stretch in stretches)
        {
            var fetched = await ChunksAsync(order, stretch, cancellation).ConfigureAwait(false);
            isOneScale = isOneScale && IsSameScale(order, stored, fetched);
            parts.AddRange(fetched);
        }
        if (stretches.Count == 0) return new DownloadResult(order) { Notes = notes };
        if (isOneScale) return Result(order, days, parts, notes) with { Existing = stored is null ? ExistingCandles.Replace : ExistingCandles.Merge };
        notes.Add("a split or dividend since the last download changed the adjusted prices, so all of them were downloaded again");
        var all = Everything(order, stored!, days);
        return Result(order, all, await AllAsync(Plan(order, all), asksAnew: true, cancellation).ConfigureAwait(false), notes) with { Existing = ExistingCandles.Replace };
    }

    /// <summary>The days asked for and the stored ones.</summary>
    /// <exception cref="CandleDataException">The source does not reach back to the first stored candle.</exception>
    DayRange Everything(DownloadOrder order, CandleSeries stored, DayRange days)
    {
        var (first, last) = (Calendar.DayOf(stored.OpenTime(0)), Calendar.DayOf(stored.OpenTime(stored.Count - 1)));
        if (Earliest(source.RulesFor(order.Timeframe)) is { } earliest && first < earliest)
            throw new CandleDataException(FormattableString.Invariant($"the stored {order.Timeframe} candles of {order.Symbol} are adjusted otherwise than those of today, after a split or dividend, and {source.Name} reaches back to {earliest:yyyy-MM-dd} only, not to their first day {first:yyyy-MM-dd}: say --replace to begin anew, or keep both with another --data DIR"));
        return new DayRange(first < days.From ? first : days.From, last > days.To ? last : days.To);
    }

    sealed record Fetched(HistoryChunk Chunk, ChunkResult Result)
    {
        public CandleSeries Candles => Result.Part.Candles;
    }

    /// <summary>The days asked for, without those that are not over or that the source does not reach.</summary>
    DayRange Reachable(DownloadOrder order, List<string> notes)
    {
        var rules = source.RulesFor(order.Timeframe);
        var last = LastSettledDay(rules.Settling);
        var to = order.Days.To < last ? order.Days.To : last;
        var from = order.Days.From;
        if (Earliest(rules) is not { } earliest || from >= earliest) return new DayRange(from, to);
        notes.Add(FormattableString.Invariant($"{source.Name} has {order.Timeframe} candles of the last {rules.ReachDays} days only, so from {earliest:yyyy-MM-dd} on"));
        return new DayRange(earliest, to);
    }

    DateOnly? Earliest(HistoryRules rules) => rules.ReachDays is { } reach ? Calendar.DayOf(time.GetUtcNow()).AddDays(-reach) : null;

    DateOnly LastSettledDay(TimeSpan settling)
    {
        var now = time.GetUtcNow();
        var day = Calendar.DayOf(now).AddDays(1);
        do day = Calendar.PreviousSession(day);
        while (Calendar.SessionOn(day)!.Value.Close + settling > now);
        return day;
    }

    /// <summary>What is stored, when the download can go on from it; null when nothing is.</summary>
    CandleSeries? Stored(DownloadOrder order)
    {
        if (!store.Has(order.Symbol, order.Timeframe)) return null;
        var candles = store.Read(order.Symbol, order.Timeframe).Candles;
        var (origin, wanted) = (candles.Origin, AdjustmentWords.Of(order.Adjustment));
        if (origin.IsSimulated || !origin.Source.Split(" + ").Contains(source.Name) || origin.Adjustment != order.Adjustment)
        {
            var what = origin.IsSimulated ? "SIMULATED" : AdjustmentWords.Of(origin.Adjustment);
            throw new CandleDataException($"the stored {order.Timeframe} candles of {order.Symbol} come from {origin.Source} ({what}) and would be mixed with those of {source.Name} ({wanted}): "
                + "say --replace to put the new ones in their place, or keep both with another --data DIR");
        }
        return candles.Count == 0 ? null : candles;
    }

    /// <summary>Stretches before the first and after the last stored candle, each with the day it shares with the stored ones.</summary>
    static IEnumerable<DayRange> Missing(CandleSeries stored, DayRange days)
    {
        var (first, last) = (Calendar.DayOf(stored.OpenTime(0)), Calendar.DayOf(stored.OpenTime(stored.Count - 1)));
        var isBefore = Calendar.Sessions(days.From, first.AddDays(-1)).Any() || !Calendar.Covers(days.From);
        if (days.From < first && isBefore) yield return new DayRange(days.From, first < days.To ? first : days.To);
        if (days.To > last && Calendar.Sessions(last.AddDays(1), days.To).Any()) yield return new DayRange(last > days.From ? last : days.From, days.To);
    }

    async Task<List<Fetched>> ChunksAsync(DownloadOrder order, DayRange days, CancellationToken cancellation)
    {
        var chunks = Plan(order, days);
        var parts = await AllAsync(chunks, asksAnew: false, cancellation).ConfigureAwait(false);
        if (order.Adjustment == PriceAdjustment.Raw || !HaveTwoScales(parts)) return parts;
        return await AllAsync(chunks, asksAnew: true, cancellation).ConfigureAwait(false);
    }

    async Task<List<Fetched>> AllAsync(List<HistoryChunk> chunks, bool asksAnew, CancellationToken cancellation)
    {
        var results = await Task.WhenAll(chunks.Select(chunk => cache.GetAsync(chunk, asksAnew, cancellation))).ConfigureAwait(false);
        return [.. chunks.Zip(results, (chunk, result) => new Fetched(chunk, result))];
    }

    List<HistoryChunk> Plan(DownloadOrder order, DayRange days)
    {
        var rules = source.RulesFor(order.Timeframe);
        var earliest = Earliest(rules) ?? DateOnly.MinValue;
        var last = LastSettledDay(rules.Settling);
        return [.. rules.Chunk.Cut(days).Select(chunk =>
        {
            var from = order.Adjustment == PriceAdjustment.Raw || !Calendar.Covers(chunk.From) ? chunk.From : Before(chunk.From);
            var asked = chunk with { From = from < earliest ? earliest : from };
            return new HistoryChunk(new HistoryRequest(order.Symbol, order.Timeframe, order.Adjustment, asked), chunk, WillGrow: chunk.To == last && rules.Chunk.EndOf(last) != last);
        })];
    }

    static DateOnly Before(DateOnly day) => Calendar.Covers(day.AddDays(-10)) ? Calendar.PreviousSession(day) : day;

    /// <summary>Of neighbours of which at least one is from an earlier download.</summary>
    static bool HaveTwoScales(List<Fetched> parts)
    {
        for (var i = 1; i < parts.Count; i++)
            if ((parts[i].Result.IsKept || parts[i - 1].Result.IsKept) && PriceScaleTest.Of(parts[i - 1].Candles, parts[i].Candles) == PriceScale.Other) return true;
        return false;
    }

    /// <summary>Adjusted candles must share one with those stored, or nothing is known of their scale.</summary>
    static bool IsSameScale(DownloadOrder order, CandleSeries? stored, List<Fetched> parts)
    {
        if (stored is null || order.Adjustment == PriceAdjustment.Raw) return true;
        var scales = parts.Select(part => PriceScaleTest.Of(stored, part.Candles)).ToList();
        return scales.Contains(PriceScale.Same) && !scales.Contains(PriceScale.Other);
    }

    DownloadResult Result(DownloadOrder order, DayRange days, List<Fetched> parts, List<string> notes)
    {
        var columns = new CandleColumns(parts.Sum(part => part.Candles.Count));
        var splits = new SortedDictionary<DateOnly, Split>();
        var last = 0L;
        foreach (var part in parts)
        {
            notes.AddRange(part.Result.Part.Notes);
            foreach (var split in part.Result.Part.Splits) splits[split.ExDate] = split;
            for (var i = 0; i < part.Candles.Count; i++)
            {
                // Two stretches share the day of a single stored candle.
                if (!part.Chunk.Days.Contains(Calendar.DayOf(part.Candles.OpenTicks[i])) || part.Candles.OpenTicks[i] <= last) continue;
                columns.Add(part.Candles[i]);
                last = part.Candles.OpenTicks[i];
            }
        }
        var candles = CandleSeries.FromColumns(order.Symbol, order.Timeframe, new CandleOrigin(source.Name, false, order.Adjustment), columns);
        if (candles.Count == 0)
            throw new HistoryException(HistoryFault.UnknownSymbol, $"{source.Name} has no {order.Timeframe} candles of {order.Symbol} from {days}: check the ticker and the days, or use another --source");
        return new DownloadResult(order) { Candles = new StoredCandles(candles, SplitLines.Format(splits.Values)), Notes = [.. notes.Distinct()], Chunks = [.. parts.Select(part => part.Chunk)] };
    }
}
