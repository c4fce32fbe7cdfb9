using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.App.Storage;

/// <summary>What a candle file says of itself; kept as the key-value metadata of the Parquet file.</summary>
sealed record CandleFileHeader
{
    /// <summary>Raised when an older program could misread a file.</summary>
    const string FormatVersion = "1";

    const string Prefix = "etrade_bot.";

    public required Symbol Symbol { get; init; }

    public required Timeframe Timeframe { get; init; }

    public required CandleOrigin Origin { get; init; }

    /// <summary>Lines of <c>date,factor</c> still to be applied to the prices; empty when there are none.</summary>
    public required string Splits { get; init; }

    /// <summary>Candles in the file.</summary>
    public required int Count { get; init; }

    /// <summary>Open time of the first candle; null when there is none.</summary>
    public required DateTimeOffset? First { get; init; }

    /// <summary>Open time of the last candle; null when there is none.</summary>
    public required DateTimeOffset? Last { get; init; }

    /// <summary>See <see cref="CandleSeries.ContentHash"/>.</summary>
    public required string ContentHash { get; init; }

    public static CandleFileHeader Of(StoredCandles stored)
    {
        var candles = stored.Candles;
        return new()
        {
            Symbol = candles.Symbol,
            Timeframe = candles.Timeframe,
            Origin = candles.Origin,
            Splits = stored.Splits,
            Count = candles.Count,
            First = candles.Count == 0 ? null : candles.OpenTime(0),
            Last = candles.Count == 0 ? null : candles.OpenTime(candles.Count - 1),
            ContentHash = candles.ContentHash(),
        };
    }

    /// <exception cref="InvalidDataException">Not the metadata of a candle file of this format.</exception>
    public static CandleFileHeader From(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(Prefix + "format", out var version)) throw new InvalidDataException("it is a Parquet file of another program (use data import with a CSV file instead)");
        if (version != FormatVersion) throw new InvalidDataException($"it has format {version}, and this program knows format {FormatVersion} only");
        string Text(string key) => metadata.TryGetValue(Prefix + key, out var text) ? text : throw new InvalidDataException($"its metadata lack '{key}'");
        DateTimeOffset? Instant(string key) => Text(key) is { Length: > 0 } text ? DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture) : null;
        return new()
        {
            Symbol = Symbol.Parse(Text("symbol")),
            Timeframe = Timeframe.Parse(Text("timeframe")),
            Origin = new CandleOrigin(Text("source"), Text("simulated") == "true", Enum.Parse<PriceAdjustment>(Text("adjustment"))),
            Splits = Text("splits"),
            Count = int.Parse(Text("candles"), CultureInfo.InvariantCulture),
            First = Instant("first"),
            Last = Instant("last"),
            ContentHash = Text("content_hash"),
        };
    }

    public Dictionary<string, string> ToMetadata() => new()
    {
        [Prefix + "format"] = FormatVersion,
        [Prefix + "symbol"] = Symbol.Ticker,
        [Prefix + "timeframe"] = Timeframe.ToString(),
        [Prefix + "source"] = Origin.Source,
        [Prefix + "adjustment"] = Origin.Adjustment.ToString(),
        [Prefix + "simulated"] = Origin.IsSimulated ? "true" : "false",
        [Prefix + "splits"] = Splits,
        [Prefix + "candles"] = Count.ToString(CultureInfo.InvariantCulture),
        [Prefix + "first"] = First?.ToString("O", CultureInfo.InvariantCulture) ?? "",
        [Prefix + "last"] = Last?.ToString("O", CultureInfo.InvariantCulture) ?? "",
        [Prefix + "content_hash"] = ContentHash,
    };
}
