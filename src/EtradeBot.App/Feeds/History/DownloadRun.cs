using System.Runtime.CompilerServices;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>What became of one symbol.</summary>
sealed record DownloadOutcome(DownloadOrder Order)
{
    /// <summary>What was stored; null when nothing was.</summary>
    public ImportResult? Stored { get; init; }

    /// <summary>All candles now known, as they are traded on; null after a failure.</summary>
    public CandleSeries? Candles { get; init; }

    public IReadOnlyList<CandleFinding> Findings { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Null where no comparison was asked for or possible.</summary>
    public SourceComparison? Comparison { get; init; }

    /// <summary>Why something failed; null when nothing did.</summary>
    public Exception? Problem { get; init; }
}

/// <summary>Downloads into the store, one symbol after the other as they finish, looks each over and compares it with another source.</summary>
sealed class DownloadRun(HistoryDownloader downloader, ChunkCache cache, CandleStore store)
{
    /// <summary>Null: nothing is compared.</summary>
    public HistoryDownloader? Other { get; init; }

    /// <summary>Null: what is downloaded is stored. Otherwise it is compared with these candles, and the store stays as it is.</summary>
    public FilesSource? ComparedFiles { get; init; }

    public async IAsyncEnumerable<DownloadOutcome> RunAsync(IReadOnlyList<DownloadOrder> orders, int concurrency, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var result in downloader.FetchAllAsync(orders, concurrency, cancellation).ConfigureAwait(false))
            yield return await FinishAsync(result, cancellation).ConfigureAwait(false);
    }

    async Task<DownloadOutcome> FinishAsync(DownloadResult result, CancellationToken cancellation)
    {
        var outcome = new DownloadOutcome(result.Order) { Notes = result.Notes, Problem = result.Problem };
        if (result.Problem is not null) return outcome;
        try
        {
            if (ComparedFiles is null) outcome = Store(result, outcome);
            return await CompareAsync(result, outcome, cancellation).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is HistoryException or CandleDataException or IOException)
        {
            return outcome with { Problem = problem };
        }
    }

    DownloadOutcome Store(DownloadResult result, DownloadOutcome outcome)
    {
        var (symbol, timeframe) = (result.Order.Symbol, result.Order.Timeframe);
        if (result.Candles is { } downloaded)
        {
            var isMerged = result.Existing == ExistingCandles.Merge;
            var splits = isMerged ? SplitLines.Join(store.Read(symbol, timeframe).Splits, SplitTable.Parse(downloaded.Splits, "the downloaded splits").Splits) : downloaded.Splits;
            outcome = outcome with { Stored = store.Import(downloaded with { Splits = splits }, result.Existing) };
            foreach (var chunk in result.Chunks)
                if (chunk.WillGrow) cache.Delete(chunk);
        }
        var candles = store.Read(symbol, timeframe).Adjusted($"the splits stored with {symbol} {timeframe}");
        return outcome with { Candles = candles, Findings = CandleAudit.Check(candles) };
    }

    /// <summary>As downloaded and as stored: adjusting both for the splits of one would hide what they differ in.</summary>
    async Task<DownloadOutcome> CompareAsync(DownloadResult result, DownloadOutcome outcome, CancellationToken cancellation)
    {
        var order = outcome.Order;
        if (ComparedFiles is { } files)
        {
            var request = new HistoryRequest(order.Symbol, order.Timeframe, order.Adjustment, order.Days);
            var stored = await files.FetchAsync(request, cancellation).ConfigureAwait(false);
            return outcome with { Comparison = SourceComparison.Of(result.Candles!.Candles, stored.Candles) };
        }
        if (Other is null) return outcome;
        var others = await Other.FetchAsync(order with { Stored = StoredPolicy.Replace }, cancellation).ConfigureAwait(false);
        return outcome with { Comparison = SourceComparison.Of(store.Read(order.Symbol, order.Timeframe).Candles, others.Candles!.Candles) };
    }
}
