using EtradeBot.App.Commands;
using EtradeBot.App.Feeds.History;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>A series of candles on the disk.</summary>
/// <param name="Problem">Why it cannot be used; empty when it can.</param>
public sealed record StoredSeries(string Symbol, string Timeframe, long Count, DateTimeOffset? First, DateTimeOffset? Last, string Adjusted, bool IsSimulated, string Source, string Problem = "");

/// <summary>An uploaded file that was looked over and is not stored yet; its copy goes when this is disposed.</summary>
sealed class UploadedCandles(string folder, string name, CandleCheck check) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>What is wrong with it, each bad row by line and field.</summary>
    public CandleCheck Check { get; } = check;

    internal string File => Path.Combine(folder, Name);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

/// <summary>How an uploaded file goes into the store.</summary>
/// <param name="Symbol">Null: what the file or its name says.</param>
/// <param name="LeaveBadRowsOut">Instead of refusing the file for one.</param>
/// <param name="Replace">Instead of merging with what is stored.</param>
sealed record ImportChoice(Symbol? Symbol = null, bool LeaveBadRowsOut = false, bool Replace = false);

/// <summary>The candles of the state folder: what there is, files of the owner, and the demo market.</summary>
sealed class DataDesk(string stateFolder, AuditLog audit)
{
    public const long LargestUpload = 64L << 20;

    /// <summary>Imported, downloaded and recorded series, by symbol and timeframe.</summary>
    public IReadOnlyList<StoredSeries> List()
    {
        var store = new CandleStore(stateFolder);
        return [.. store.Names().Select(name => Row(store, name.Symbol, name.Timeframe)), .. Recorded()];
    }

    /// <summary>Takes an upload and says what is wrong with it; nothing is stored.</summary>
    /// <param name="name">The file's name, of which the symbol may be read.</param>
    /// <exception cref="NotAllowedException">Not an admin.</exception>
    /// <exception cref="UsageException">Too large, or no name.</exception>
    public async Task<UploadedCandles> InspectAsync(Actor actor, string name, Stream content, ImportChoice choice, CancellationToken stop = default)
    {
        actor.Require(Role.Admin);
        var safe = Path.GetFileName(name.Replace('\\', '/'));
        if (safe.Length == 0 || safe[0] == '.') throw new UsageException("the file has no name: call it SYMBOL.csv");
        var folder = Directory.CreateTempSubdirectory("etrade-bot-upload-").FullName;
        try
        {
            await CopyAsync(content, Path.Combine(folder, safe), stop).ConfigureAwait(false);
            return new UploadedCandles(folder, safe, Look(folder, safe, choice));
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Looks the same upload over once more, with another choice.</summary>
    public UploadedCandles Again(UploadedCandles upload, ImportChoice choice)
    {
        var folder = Path.GetDirectoryName(upload.File)!;
        return new UploadedCandles(folder, upload.Name, Look(folder, upload.Name, choice));
    }

    /// <summary>Stores it as <c>etrade-bot data import</c> would.</summary>
    /// <exception cref="NotAllowedException">Not an admin.</exception>
    /// <exception cref="CandleDataException">Refused: names file, line and field; the store is as it was.</exception>
    /// <exception cref="IOException">The store cannot be written.</exception>
    public ImportResult Store(Actor actor, UploadedCandles upload, ImportChoice choice)
    {
        actor.Require(Role.Admin);
        try
        {
            var (stored, _) = CandleImport.Read(upload.File, Request(choice), source: null);
            audit.Write(actor, "data.import", $"{stored.Candles.Symbol} {stored.Candles.Timeframe}, {stored.Candles.Count} candles of {upload.Name}");
            return new CandleStore(stateFolder).Import(stored, choice.Replace ? ExistingCandles.Replace : ExistingCandles.Merge);
        }
        catch (CandleDataException problem)
        {
            throw new CandleDataException(WithoutFolder(problem.Message, upload.File), problem);
        }
    }

    /// <summary>Ten years of daily candles of every company of the demo market: SIMULATED.</summary>
    /// <returns>How many series were written.</returns>
    /// <exception cref="NotAllowedException">Not an admin.</exception>
    /// <exception cref="CandleDataException">Real candles are in the way.</exception>
    public int StoreDemo(Actor actor)
    {
        actor.Require(Role.Admin);
        audit.Write(actor, "data.demo", "daily candles of the demo market");
        var (from, to) = CandleLibrary.DemoRange(Timeframe.D1);
        var (store, market) = (new CandleStore(stateFolder), new DemoMarket(1));
        foreach (var company in DemoMarket.Symbols) CandleImport.StoreDemo(store, market.Generate(company.Symbol, Timeframe.D1, from, to));
        return DemoMarket.Symbols.Count;
    }

    static CandleCheck Look(string folder, string name, ImportChoice choice)
    {
        var path = Path.Combine(folder, name);
        try
        {
            var (candles, report) = CandleCsvFile.Inspect(path, Request(choice));
            return new CandleCheck(name) { Candles = candles, Report = report, Findings = CandleAudit.Check(candles, report) };
        }
        catch (CandleDataException problem)
        {
            return new CandleCheck(name) { Problem = WithoutFolder(problem.Message, path) };
        }
    }

    static CandleRequest Request(ImportChoice choice) => new() { Symbol = choice.Symbol, Csv = new CsvOptions { BadRows = choice.LeaveBadRowsOut ? BadRows.Skip : BadRows.Fail } };

    static async Task CopyAsync(Stream content, string path, CancellationToken stop)
    {
        await using var file = new FileStream(path, FileMode.CreateNew);
        var buffer = new byte[1 << 16];
        for (int read; (read = await content.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0;)
        {
            if (file.Length + read > LargestUpload) throw new UsageException($"the file is larger than {LargestUpload >> 20} MB: import it with etrade-bot data import, which has no limit");
            await file.WriteAsync(buffer.AsMemory(0, read), stop).ConfigureAwait(false);
        }
    }

    /// <summary>The copy's folder means nothing to the reader.</summary>
    static string WithoutFolder(string message, string path) => message.Replace(path, Path.GetFileName(path), StringComparison.Ordinal);

    static StoredSeries Row(CandleStore store, Symbol symbol, Timeframe timeframe)
    {
        try
        {
            var header = store.Header(symbol, timeframe);
            var adjusted = header.Splits.Length > 0 ? "splits, on reading" : AdjustmentWords.Of(header.Origin.Adjustment);
            return new StoredSeries(symbol.Ticker, timeframe.ToString(), header.Count, header.First, header.Last, adjusted, header.Origin.IsSimulated, header.Origin.Source);
        }
        catch (CandleDataException problem)
        {
            return new StoredSeries(symbol.Ticker, timeframe.ToString(), 0, null, null, "", false, "", problem.Message);
        }
    }

    IEnumerable<StoredSeries> Recorded()
    {
        try
        {
            using var live = LiveCandleStore.OpenToRead(stateFolder);
            return live is null ? [] : [.. live.List().Select(info => new StoredSeries(info.Name.Symbol.Ticker, info.Name.Timeframe.ToString(), info.Count, info.First, info.Last, AdjustmentWords.Of(PriceAdjustment.Raw), info.Name.IsSimulated, info.Words))];
        }
        catch (Exception problem) when (problem is CandleDataException or IOException)
        {
            return [new StoredSeries(LiveCandleStoreFile.Name, "", 0, null, null, "", false, "", problem.Message)];
        }
    }
}
