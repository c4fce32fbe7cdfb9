using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.App.Storage;

/// <summary>What a candle file says of itself; kept as the key-value metadata of the Parquet file.</summary>
/// <param name="Count">Candles in the file.</param>
/// <param name="First">Open time of the first candle; null when there is none.</param>
/// <param name="ContentHash">See <see cref="CandleSeries.ContentHash"/>.</param>
sealed record CandleFileHeader(Symbol Symbol, Timeframe Timeframe, CandleOrigin Origin, long Count, DateTimeOffset? First, DateTimeOffset? Last, string ContentHash)
{
    /// <summary>Raised when an older program could misread a file.</summary>
    const string FormatVersion = "1";

    const string Prefix = "etrade_bot.";

    public static CandleFileHeader Of(CandleSeries candles) => new(
        candles.Symbol,
        candles.Timeframe,
        candles.Origin,
        candles.Count,
        candles.Count == 0 ? null : candles.OpenTime(0),
        candles.Count == 0 ? null : candles.OpenTime(candles.Count - 1),
        candles.ContentHash());

    /// <exception cref="InvalidDataException">Not the metadata of a candle file of this format.</exception>
    public static CandleFileHeader From(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(Prefix + "format", out var version)) throw new InvalidDataException("it is a Parquet file of another program (use data import with a CSV file instead)");
        if (version != FormatVersion) throw new InvalidDataException($"it has format {version}, and this program knows format {FormatVersion} only");
        string Text(string key) => metadata.TryGetValue(Prefix + key, out var text) ? text : throw new InvalidDataException($"its metadata lack '{key}'");
        DateTimeOffset? Instant(string key) => Text(key) is { Length: > 0 } text ? DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture) : null;
        return new CandleFileHeader(
            Symbol.Parse(Text("symbol")),
            Timeframe.Parse(Text("timeframe")),
            new CandleOrigin(Text("source"), Text("simulated") == "true", Enum.Parse<PriceAdjustment>(Text("adjustment"))),
            long.Parse(Text("candles"), CultureInfo.InvariantCulture),
            Instant("first"),
            Instant("last"),
            Text("content_hash"));
    }

    public Dictionary<string, string> ToMetadata() => new()
    {
        [Prefix + "format"] = FormatVersion,
        [Prefix + "symbol"] = Symbol.Ticker,
        [Prefix + "timeframe"] = Timeframe.ToString(),
        [Prefix + "source"] = Origin.Source,
        [Prefix + "adjustment"] = Origin.Adjustment.ToString(),
        [Prefix + "simulated"] = Origin.IsSimulated ? "true" : "false",
        [Prefix + "candles"] = Count.ToString(CultureInfo.InvariantCulture),
        [Prefix + "first"] = First?.ToString("O", CultureInfo.InvariantCulture) ?? "",
        [Prefix + "last"] = Last?.ToString("O", CultureInfo.InvariantCulture) ?? "",
        [Prefix + "content_hash"] = ContentHash,
    };
}
