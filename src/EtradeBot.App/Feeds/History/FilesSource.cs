using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>The candles already in the store, imported or downloaded, as one more source: to compare with, and to fill holes from.</summary>
sealed class FilesSource(CandleStore store) : IHistorySource
{
    public const string SourceName = "files";

    public string Name => SourceName;

    public string? KeySetting => null;

    public IReadOnlyList<Timeframe> Timeframes => Timeframe.All;

    public HistoryRules RulesFor(Timeframe timeframe) =>
        new(ChunkLength.Whole, PriceAdjustment.Unknown, PriceAdjustment.Raw, PriceAdjustment.Splits, PriceAdjustment.SplitsAndDividends) { Settling = TimeSpan.Zero };

    /// <summary>The candles as stored: their own origin and adjustment count, not those asked for.</summary>
    public Task<HistoryPart> FetchAsync(HistoryRequest request, CancellationToken cancellation)
    {
        var (symbol, timeframe) = (request.Symbol, request.Timeframe);
        if (!store.Has(symbol, timeframe))
            throw new HistoryException(HistoryFault.UnknownSymbol, $"no {timeframe} candles of {symbol} are stored; import some with etrade-bot data import FILE");
        var stored = store.Read(symbol, timeframe);
        var calendar = MarketCalendar.Nyse;
        var from = stored.Candles.IndexAtOrAfter(calendar.At(request.Days.From, TimeOnly.MinValue));
        var to = stored.Candles.IndexAtOrAfter(calendar.At(request.Days.To.AddDays(1), TimeOnly.MinValue));
        var splits = SplitTable.Parse(stored.Splits, "the stored splits").Splits;
        return Task.FromResult(new HistoryPart(stored.Candles.Slice(from, to - from)) { Splits = splits });
    }
}
