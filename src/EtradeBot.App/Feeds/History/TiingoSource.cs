using System.Globalization;
using System.Net;
using System.Text.Json;
using EtradeBot.App.Settings;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>Tiingo: end-of-day prices <c>/tiingo/daily/TICKER/prices</c>, raw and adjusted, and the trades of the exchange IEX within days <c>/iex/TICKER/prices</c>, raw.</summary>
/// <remarks>
/// https://www.tiingo.com/documentation/end-of-day and /iex. The token travels in a header, never in the address. Corrections of a day
/// come until 20:00 New York time. Within days there are 2,000 rows to a request, and the volume is that of one exchange.
/// </remarks>
sealed class TiingoSource(HistoryClient client, Secret key, Uri? server = null) : IHistorySource
{
    static readonly string[] Names = ["open", "high", "low", "close", "volume"];
    static readonly string[] AdjustedNames = ["adjOpen", "adjHigh", "adjLow", "adjClose", "adjVolume"];

    readonly Uri _server = server ?? new Uri("https://api.tiingo.com");
    readonly Secret _header = new($"Token {key.Reveal()}");

    public string Name => "tiingo";

    public string? KeySetting => SettingRule.TiingoKey;

    public IReadOnlyList<Timeframe> Timeframes { get; } = [Timeframe.M1, Timeframe.M5, Timeframe.M15, Timeframe.M30, Timeframe.D1];

    public HistoryRules RulesFor(Timeframe timeframe)
    {
        if (timeframe == Timeframe.D1) return new(ChunkLength.Years(5), PriceAdjustment.SplitsAndDividends, PriceAdjustment.Raw);
        const int most = 2000, minutesADay = 390;
        var days = most / (minutesADay / timeframe.Minutes) * 7 / 5;
        return new(ChunkLength.Of(days), PriceAdjustment.Raw);
    }

    public Task<HistoryPart> FetchAsync(HistoryRequest request, CancellationToken cancellation)
    {
        var ticker = Uri.EscapeDataString(VendorTicker.WithDashes(request.Symbol));
        var days = string.Create(CultureInfo.InvariantCulture, $"startDate={request.Days.From:yyyy-MM-dd}&endDate={request.Days.To:yyyy-MM-dd}");
        var path = request.Timeframe == Timeframe.D1
            ? $"/tiingo/daily/{ticker}/prices?{days}"
            : string.Create(CultureInfo.InvariantCulture, $"/iex/{ticker}/prices?{days}&resampleFreq={request.Timeframe.Minutes}min&columns=open,high,low,close,volume");
        var query = new HistoryQuery(Name, request.Symbol, new Uri(_server, path), answer => Read(answer, request)) { Key = key, Authorization = _header };
        return client.GetAsync(query, cancellation);
    }

    HistoryPart Read(HistoryAnswer answer, HistoryRequest request)
    {
        RefuseNotes(answer);
        answer.RequireData();
        using var document = answer.Json();
        var rows = new CandleRows(this, request, client.Time);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            throw new HistoryException(HistoryFault.UnexpectedReply, $"{Name} answered for {request.Symbol} with no candles: {answer.Quote(answer.Text)}");
        if (request.Timeframe.IsIntraday)
        {
            foreach (var row in document.RootElement.EnumerateArray()) rows.Add(Time(row), Values(row, isAdjusted: false));
            return rows.ToPart();
        }
        var isRaw = request.Adjustment == PriceAdjustment.Raw;
        var splits = new List<Split>();
        foreach (var row in document.RootElement.EnumerateArray())
        {
            // The day stands there as its midnight in UTC.
            var day = DateOnly.FromDateTime(Time(row).UtcDateTime);
            rows.AddDay(day, Values(row, isAdjusted: !isRaw));
            if (isRaw && row.TryGetProperty("splitFactor", out var factor) && factor.GetDouble() is var split and not 1) splits.Add(new Split(day, split));
        }
        return rows.ToPart(splits);
    }

    /// <summary>Refusals come as plain text or as an object, under status 200 and under others.</summary>
    void RefuseNotes(HistoryAnswer answer)
    {
        if (answer.Body.Length > 4000) return;
        var text = answer.Text;
        if (text.TrimStart().StartsWith('[') || text.TrimStart().StartsWith('<')) return;
        bool Says(string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
        if (Says("run over your"))
            throw new HistoryException(HistoryFault.QuotaSpent, $"{Name} says {answer.Quote(text)}; run the same command again when requests are free, it goes on where it stopped");
        if (answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || Says("invalid token") || Says("supply a token"))
            throw new HistoryException(HistoryFault.KeyRefused, $"{Name} does not accept the key of the setting {KeySetting} ({answer.Quote(text)}); copy it again from your account's page");
        if (Says("not found")) throw answer.Unknown();
    }

    static DateTimeOffset Time(JsonElement row) =>
        DateTimeOffset.Parse(row.GetProperty("date").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    static Prices Values(JsonElement row, bool isAdjusted)
    {
        var names = isAdjusted ? AdjustedNames : Names;
        double Of(string name) => row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetDouble() : double.NaN;
        return new Prices(Of(names[0]), Of(names[1]), Of(names[2]), Of(names[3]), Of(names[4]));
    }
}
