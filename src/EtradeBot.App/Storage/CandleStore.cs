using EtradeBot.Market;

namespace EtradeBot.App.Storage;

/// <summary>Candles kept under the state folder: <c>candles/TIMEFRAME/SYMBOL.parquet</c>, raw prices with their splits beside them.</summary>
sealed class CandleStore(string stateDirectory)
{
    const string Extension = ".parquet";

    readonly string _folder = Path.Combine(stateDirectory, "candles");

    public string PathOf(Symbol symbol, Timeframe timeframe) =>
        Path.Combine(_folder, timeframe.ToString(), SymbolFileName.Of(symbol) + Extension);

    public bool Has(Symbol symbol, Timeframe timeframe) => File.Exists(PathOf(symbol, timeframe));

    /// <summary>What the store holds by the names of its files, by symbol and timeframe; nothing is opened.</summary>
    public IReadOnlyList<(Symbol Symbol, Timeframe Timeframe)> Names()
    {
        var names = new List<(Symbol Symbol, Timeframe Timeframe)>();
        foreach (var timeframe in Timeframe.All)
        {
            var folder = Path.Combine(_folder, timeframe.ToString());
            if (!Directory.Exists(folder)) continue;
            foreach (var file in Directory.EnumerateFiles(folder, "*" + Extension))
                if (SymbolFileName.TryParse(Path.GetFileNameWithoutExtension(file), out var symbol)) names.Add((symbol, timeframe));
        }
        names.Sort();
        return names;
    }

    /// <summary>The header of one file.</summary>
    /// <exception cref="CandleDataException">The file cannot be used.</exception>
    public CandleFileHeader Header(Symbol symbol, Timeframe timeframe) => CandleFile.ReadHeader(PathOf(symbol, timeframe));

    /// <summary>Candles as stored: raw where the splits stand beside them.</summary>
    /// <exception cref="CandleDataException">The file cannot be used.</exception>
    public StoredCandles Read(Symbol symbol, Timeframe timeframe)
    {
        var path = PathOf(symbol, timeframe);
        var stored = CandleFile.Read(path);
        if (stored.Candles.Symbol != symbol || stored.Candles.Timeframe != timeframe)
            throw new CandleDataException($"{path} holds {stored.Candles.Symbol} {stored.Candles.Timeframe}, not {symbol} {timeframe}: it was renamed or moved. Put it back, or delete it and import its candles again");
        return stored;
    }

    /// <summary>Adds candles to what is stored of their symbol and timeframe, or replaces it. On failure the old file is unchanged.</summary>
    /// <exception cref="CandleDataException">The two do not belong together, see <see cref="CandleMerge"/>.</exception>
    /// <exception cref="IOException">Another program is writing to the store, or the file cannot be written.</exception>
    public ImportResult Import(StoredCandles imported, ExistingCandles existing)
    {
        using var alone = Lock();
        var (symbol, timeframe) = (imported.Candles.Symbol, imported.Candles.Timeframe);
        var isThere = Has(symbol, timeframe);
        var (merged, result) = isThere && existing == ExistingCandles.Merge
            ? CandleMerge.Of(Read(symbol, timeframe), imported)
            : (imported, ImportResult.Of(imported.Candles, isThere));
        CandleFile.Write(PathOf(symbol, timeframe), merged);
        return result;
    }

    /// <summary>Two imports at once would each merge with the old file, and one of them would be lost.</summary>
    FileStream Lock()
    {
        Directory.CreateDirectory(_folder);
        var path = Path.Combine(_folder, ".lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException problem) when (File.Exists(path))
        {
            throw new IOException($"another program is importing candles into {stateDirectory}; wait for it to finish, then try again", problem);
        }
    }
}

/// <summary>What to do with candles already stored of the same symbol and timeframe.</summary>
enum ExistingCandles
{
    Merge,
    Replace,
}

/// <summary>Candles and the splits that are still to be applied to them.</summary>
/// <param name="Splits">Lines of <c>date,factor</c>; empty when there are none to apply.</param>
sealed record StoredCandles(CandleSeries Candles, string Splits = "")
{
    /// <summary>The candles as they are traded on: adjusted for the splits.</summary>
    /// <param name="place">Named when the splits do not fit.</param>
    public CandleSeries Adjusted(string place) => Splits.Length == 0 ? Candles : SplitTable.Parse(Splits, place).Adjust(Candles);
}
