using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Settings;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>Alpha Vantage: <c>TIME_SERIES_DAILY</c> (raw), <c>TIME_SERIES_DAILY_ADJUSTED</c> and <c>TIME_SERIES_INTRADAY</c> by month (raw).</summary>
/// <remarks>
/// https://www.alphavantage.co/documentation. Every refusal comes under status 200 as <c>Note</c>, <c>Information</c> or <c>Error Message</c>,
/// some with the key spelled out. Keys without a plan get the latest 100 days only (<c>outputsize=compact</c>) and 25 requests a day.
/// Times are New York's wall clock and name the start of a candle. The key is part of the address, so addresses are never shown.
/// </remarks>
sealed class AlphaVantageSource(HistoryClient client, Secret key, Uri? server = null) : IHistorySource
{
    /// <summary>Of 100 sessions, some left over for holidays and for today.</summary>
    const int CompactDays = 130;

    readonly Uri _server = server ?? new Uri("https://www.alphavantage.co");

    public string Name => "alphavantage";

    public string? KeySetting => SettingRule.AlphaVantageKey;

    public IReadOnlyList<Timeframe> Timeframes { get; } = [Timeframe.M1, Timeframe.M5, Timeframe.M15, Timeframe.M30, Timeframe.D1];

    /// <remarks>A request for days gives all there are, so that cutting it up would only spend requests.</remarks>
    public HistoryRules RulesFor(Timeframe timeframe) => timeframe == Timeframe.D1
        ? new(ChunkLength.Whole, PriceAdjustment.Raw, PriceAdjustment.SplitsAndDividends) { Settling = TimeSpan.FromHours(8) }
        : new(ChunkLength.Month, PriceAdjustment.Raw) { Settling = TimeSpan.FromHours(8) };

    public Task<HistoryPart> FetchAsync(HistoryRequest request, CancellationToken cancellation)
    {
        var address = new Uri(_server, $"/query?{Function(request)}&symbol={Uri.EscapeDataString(VendorTicker.WithDashes(request.Symbol))}&apikey={Uri.EscapeDataString(key.Reveal())}");
        return client.GetAsync(new HistoryQuery(Name, request.Symbol, address, answer => Read(answer, request)) { Key = key }, cancellation);
    }

    string Function(HistoryRequest request)
    {
        if (request.Timeframe.IsIntraday)
            return string.Create(CultureInfo.InvariantCulture, $"function=TIME_SERIES_INTRADAY&interval={request.Timeframe.Minutes}min&month={request.Days.From:yyyy-MM}&outputsize=full&adjusted=false&extended_hours=false");
        var isRecent = MarketCalendar.Nyse.DayOf(client.Time.GetUtcNow()).DayNumber - request.Days.From.DayNumber < CompactDays;
        var name = request.Adjustment == PriceAdjustment.Raw ? "TIME_SERIES_DAILY" : "TIME_SERIES_DAILY_ADJUSTED";
        return $"function={name}&outputsize={(isRecent ? "compact" : "full")}";
    }

    HistoryPart Read(HistoryAnswer answer, HistoryRequest request)
    {
        answer.RequireData();
        using var document = answer.Json();
        var root = document.RootElement;
        if (root.TryGetProperty("Error Message", out var error)) throw Refusal(answer, error.GetString() ?? "");
        foreach (var name in new[] { "Note", "Information" })
            if (root.TryGetProperty(name, out var note)) throw Limit(answer, note.GetString() ?? "");
        var rows = new CandleRows(this, request, client.Time);
        var properties = root.EnumerateObject().ToList();
        if (properties.Count == 0) return rows.ToPart();
        RequireNewYork(properties.First(property => property.Name == "Meta Data").Value, request);
        Add(properties.First(property => property.Name.StartsWith("Time Series", StringComparison.Ordinal)).Value, request, rows);
        return rows.ToPart();
    }

    static void RequireNewYork(JsonElement meta, HistoryRequest request)
    {
        var zone = meta.EnumerateObject().First(property => property.Name.EndsWith("Time Zone", StringComparison.Ordinal)).Value.GetString();
        if (zone is not ("US/Eastern" or "America/New_York"))
            throw new FormatException($"times of {request.Symbol} are in {zone}, not in New York");
    }

    static void Add(JsonElement series, HistoryRequest request, CandleRows rows)
    {
        var isAdjusted = request.Adjustment == PriceAdjustment.SplitsAndDividends;
        var splits = 1.0; // shares of today for one share of the row's day
        // Newest first, so that the splits after a day are known when it comes.
        foreach (var row in series.EnumerateObject().OrderByDescending(row => row.Name, StringComparer.Ordinal))
        {
            var cells = row.Value.EnumerateObject().ToDictionary(cell => cell.Name[(cell.Name.IndexOf(' ', StringComparison.Ordinal) + 1)..], cell => Number(cell.Value));
            var prices = new Prices(cells["open"], cells["high"], cells["low"], cells["close"], cells["volume"] * splits);
            if (isAdjusted)
            {
                prices = prices.Times(cells["adjusted close"] / cells["close"]);
                splits *= cells["split coefficient"];
            }
            if (request.Timeframe == Timeframe.D1) rows.AddDay(DateOnly.ParseExact(row.Name, "yyyy-MM-dd", CultureInfo.InvariantCulture), prices);
            else rows.Add(WallClock(row.Name), prices);
        }
    }

    static DateTimeOffset WallClock(string text)
    {
        var local = DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return MarketCalendar.Nyse.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }

    static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || value.GetString() is "None" or "" or null ? double.NaN : double.Parse(value.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);

    HistoryException Refusal(HistoryAnswer answer, string words) => words.Contains("apikey", StringComparison.OrdinalIgnoreCase)
        ? new(HistoryFault.KeyRefused, $"{Name} does not accept the key of the setting {KeySetting}; copy it again from the mail it came with")
        : answer.Unknown();

    /// <summary>The note about requests a second mentions those a day as well, so the shorter time is looked for first.</summary>
    HistoryException Limit(HistoryAnswer answer, string words)
    {
        bool Says(string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);
        if (Says("per second")) return new(HistoryFault.RateLimited, $"{Name} wants no more than one request a second; try again later") { RetryAfter = TimeSpan.FromSeconds(2) };
        if (Says("per minute")) return new(HistoryFault.RateLimited, $"{Name} allows no further requests in this minute; try again later") { RetryAfter = TimeSpan.FromMinutes(1) };
        if (Says("per day")) return new(HistoryFault.QuotaSpent, $"the requests that {Name} allows your key a day are used up; run the same command again tomorrow, it goes on where it stopped");
        if (Says("premium")) return new(HistoryFault.NotInPlan, $"{Name} gives this to paid plans only ({answer.Quote(words)}); ask for the latest 100 days (--from), or use another --source");
        return new(HistoryFault.UnexpectedReply, $"{Name} gave no candles of {answer.Query.Symbol}: {answer.Quote(words)}");
    }
}
