using System.Globalization;
using EtradeBot.App.Storage;
using EtradeBot.Market;
using Microsoft.Extensions.Caching.Memory;
using ZiggyCreatures.Caching.Fusion;

namespace EtradeBot.App.Feeds.History;

/// <summary>One request of a download.</summary>
/// <param name="Days">The days it is kept under; the request may begin a session earlier, to see that two chunks have one price scale.</param>
/// <param name="WillGrow">It ends with the last finished session: tomorrow it will be a longer one that is asked for.</param>
sealed record HistoryChunk(HistoryRequest Request, DayRange Days, bool WillGrow);

/// <summary>What became of a chunk.</summary>
/// <param name="IsKept">It lay on the disk, so its prices are adjusted as they were then.</param>
sealed record ChunkResult(HistoryPart Part, bool IsKept);

/// <summary>How finished chunks are kept.</summary>
/// <param name="Folder">One for each server.</param>
sealed record ChunkCacheOptions(string Folder)
{
    /// <summary>Requests under way at once.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Ask for everything again.</summary>
    public bool Refresh { get; init; }
}

/// <summary>Finished chunks in memory and on the disk; a chunk is asked for once, however many want it and however often the program is killed.</summary>
/// <remarks>
/// A chunk holds finished sessions only and so never grows old by itself; see <see cref="HistoryDownloader"/> for prices that were adjusted
/// since. On the disk it is a candle file like those of the store, written whole and checked to the last byte when it is read. The folder
/// may be deleted at any time.
/// </remarks>
sealed class ChunkCache : IDisposable
{
    /// <summary>Candles in memory: about 100 MB.</summary>
    const int CandlesInMemory = 2_000_000;

    readonly IHistorySource _source;
    readonly ChunkCacheOptions _options;
    readonly SemaphoreSlim _room;
    readonly MemoryCache _memory = new(new MemoryCacheOptions { SizeLimit = CandlesInMemory });
    readonly FusionCache _cache;
    int _requests;

    public ChunkCache(IHistorySource source, ChunkCacheOptions options)
    {
        (_source, _options) = (source, options);
        _room = new SemaphoreSlim(options.Concurrency);
        _cache = new FusionCache(new FusionCacheOptions { DefaultEntryOptions = { Duration = TimeSpan.FromHours(1) } }, _memory);
    }

    /// <summary>Chunks the source was asked for so far.</summary>
    public int Requests => _requests;

    /// <param name="asksAnew">Ask the source even when the chunk is kept.</param>
    /// <exception cref="HistoryException">The source gave none.</exception>
    /// <exception cref="IOException">The chunk cannot be written.</exception>
    public async Task<ChunkResult> GetAsync(HistoryChunk chunk, bool asksAnew, CancellationToken cancellation)
    {
        var path = PathOf(chunk);
        if (asksAnew) await _cache.RemoveAsync(path, token: cancellation).ConfigureAwait(false);
        return await _cache.GetOrSetAsync<ChunkResult>(path, async (context, token) =>
        {
            var result = asksAnew || _options.Refresh ? null : Read(path, chunk.Request);
            result ??= await AskAsync(path, chunk.Request, token).ConfigureAwait(false);
            context.Options.SetSize(result.Part.Candles.Count + 1);
            return result;
        }, token: cancellation).ConfigureAwait(false);
    }

    /// <summary>Forgets a chunk on the disk.</summary>
    public void Delete(HistoryChunk chunk) => File.Delete(PathOf(chunk));

    public void Dispose()
    {
        _cache.Dispose();
        _memory.Dispose();
        _room.Dispose();
    }

    string PathOf(HistoryChunk chunk)
    {
        var request = chunk.Request;
        var name = string.Create(CultureInfo.InvariantCulture, $"{chunk.Days.From:yyyy-MM-dd}_{chunk.Days.To:yyyy-MM-dd}.parquet");
        return Path.Combine(_options.Folder, request.Adjustment.ToString().ToLowerInvariant(), request.Timeframe.ToString(), SymbolFileName.Of(request.Symbol), name);
    }

    async Task<ChunkResult> AskAsync(string path, HistoryRequest request, CancellationToken cancellation)
    {
        await _room.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            Interlocked.Increment(ref _requests);
            var part = await _source.FetchAsync(request, cancellation).ConfigureAwait(false);
            CandleFile.Write(path, new StoredCandles(part.Candles, SplitLines.Format(part.Splits)));
            return new ChunkResult(part, IsKept: false);
        }
        finally
        {
            _room.Release();
        }
    }

    /// <summary>Null when it is not there, or cannot be used and so is asked for again.</summary>
    static ChunkResult? Read(string path, HistoryRequest request)
    {
        if (!File.Exists(path)) return null;
        try
        {
            var stored = CandleFile.Read(path);
            var candles = stored.Candles;
            var isIt = candles.Symbol == request.Symbol && candles.Timeframe == request.Timeframe && candles.Origin.Adjustment == request.Adjustment;
            return isIt ? new ChunkResult(new HistoryPart(candles) { Splits = SplitTable.Parse(stored.Splits, path).Splits }, IsKept: true) : null;
        }
        catch (CandleDataException)
        {
            // Damaged: nothing is lost, the source has it, and the file is replaced by its answer.
            return null;
        }
    }
}

/// <summary>Splits as the lines that <see cref="SplitTable"/> reads.</summary>
static class SplitLines
{
    public static string Format(IEnumerable<Split> splits) =>
        string.Concat(splits.Select(split => string.Create(CultureInfo.InvariantCulture, $"{split.ExDate:yyyy-MM-dd},{split.Factor:0.##########}\n")));

    /// <summary>Both, the new ones where they name the same day.</summary>
    public static string Join(string stored, IEnumerable<Split> added)
    {
        var splits = new SortedDictionary<DateOnly, Split>();
        foreach (var split in SplitTable.Parse(stored, "the stored splits").Splits.Concat(added)) splits[split.ExDate] = split;
        return Format(splits.Values);
    }
}
