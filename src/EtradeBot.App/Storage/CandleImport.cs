using EtradeBot.Market;

namespace EtradeBot.App.Storage;

/// <summary>Brings candle files and candles of the demo market into the store: what the command line and the dashboard share.</summary>
static class CandleImport
{
    /// <summary>A file as it would be stored, with what a reader should know. Raw prices stay raw: their splits are tried here, and kept beside them to be applied on reading.</summary>
    /// <param name="source">Where the candles come from, kept with them; null: the file's name.</param>
    /// <exception cref="CandleDataException">Nothing usable, or a bad row: names file, line and field.</exception>
    public static (StoredCandles Stored, IReadOnlyList<string> Notes) Read(string file, CandleRequest request, string? source)
    {
        var found = CandleLibrary.Find(request with { CsvFile = file, SplitFile = null });
        if (found.Candles.Count == 0) throw new CandleDataException($"{file} has no usable candle");
        var candles = source is null ? found.Candles : found.Candles.With(found.Candles.Symbol, found.Candles.Origin with { Source = source });
        if (request.SplitFile is not { } splitFile) return (new StoredCandles(candles), found.Notes);
        var splits = CandleCsvFile.ReadText(splitFile);
        var adjusted = SplitTable.Parse(splits, Path.GetFileName(splitFile)).Adjust(candles);
        if (candles.Timeframe == Timeframe.W1) return (new StoredCandles(adjusted), [.. found.Notes, "raw prices adjusted for splits"]);
        var raw = candles.With(candles.Symbol, candles.Origin with { Adjustment = PriceAdjustment.Raw });
        return (new StoredCandles(raw, splits), [.. found.Notes, "raw prices are kept; their splits are applied on reading"]);
    }

    /// <summary>Simulated candles give way to simulated ones; real ones stay.</summary>
    /// <exception cref="CandleDataException">No candle, or real ones are in the way.</exception>
    public static void StoreDemo(CandleStore store, CandleSeries candles)
    {
        var (symbol, timeframe) = (candles.Symbol, candles.Timeframe);
        if (store.Has(symbol, timeframe) && !store.Header(symbol, timeframe).Origin.IsSimulated)
            throw new CandleDataException($"{store.PathOf(symbol, timeframe)} holds real candles; delete it first, or use another --data");
        store.Import(new StoredCandles(candles), ExistingCandles.Replace);
    }
}
