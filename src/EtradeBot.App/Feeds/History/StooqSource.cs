using System.Globalization;
using EtradeBot.App.Settings;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>Daily CSV of stooq.com: <c>/q/d/l/?s=aapl.us&amp;d1=20210101&amp;d2=20211231&amp;i=d</c>, adjusted for splits and dividends.</summary>
/// <remarks>
/// Since March 2026 it may ask for a key, which its page <c>/q/d/?s=aapl.us&amp;get_apikey</c> gives away for a captcha. The key
/// is part of the address, so addresses are never shown.
/// </remarks>
sealed class StooqSource(HistoryClient client, Secret? key = null, Uri? server = null) : IHistorySource
{
    const string KeyName = SettingRule.StooqKey;

    readonly Uri _server = server ?? new Uri("https://stooq.com");

    public string Name => "stooq";

    /// <summary>Asked for by the service itself, and not always.</summary>
    public string? KeySetting => null;

    public IReadOnlyList<Timeframe> Timeframes { get; } = [Timeframe.D1];

    public HistoryRules RulesFor(Timeframe timeframe) => new(ChunkLength.Whole, PriceAdjustment.SplitsAndDividends) { Settling = TimeSpan.FromHours(8) };

    public Task<HistoryPart> FetchAsync(HistoryRequest request, CancellationToken cancellation)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"s={Uri.EscapeDataString(Ticker(request.Symbol))}&d1={request.Days.From:yyyyMMdd}&d2={request.Days.To:yyyyMMdd}&i=d");
        if (key is not null) query += $"&apikey={Uri.EscapeDataString(key.Reveal())}";
        return client.GetAsync(new HistoryQuery(Name, request.Symbol, new Uri(_server, $"/q/d/l/?{query}"), answer => Read(answer, request)) { Key = key }, cancellation);
    }

    /// <summary>Indices as they are, American shares with their country.</summary>
    static string Ticker(Symbol symbol) =>
        symbol.Ticker[0] == '^' ? symbol.Ticker.ToLowerInvariant() : VendorTicker.WithDashes(symbol).ToLowerInvariant() + ".us";

    HistoryPart Read(HistoryAnswer answer, HistoryRequest request)
    {
        var text = answer.Text.Trim();
        var start = text.Length > 2000 ? text[..2000] : text;
        if (start.Contains("daily hits limit", StringComparison.OrdinalIgnoreCase))
            throw new HistoryException(HistoryFault.QuotaSpent, $"the requests that {Name} allows a day are used up; run the same command again tomorrow, it goes on where it stopped");
        if (start.Contains("apikey", StringComparison.OrdinalIgnoreCase))
            throw new HistoryException(HistoryFault.KeyRefused, $"{Name} {(key is null ? "wants a key" : "does not accept the key of the setting " + KeyName)}: open https://stooq.com/q/d/?s=aapl.us&get_apikey in a browser, copy the apikey it shows, and set {KeyName}; or use another --source");
        answer.RequireData();
        var rows = new CandleRows(this, request, client.Time);
        if (text.Equals("No data", StringComparison.OrdinalIgnoreCase) || text.StartsWith("Brak danych", StringComparison.OrdinalIgnoreCase)) return rows.ToPart();
        if (!text.StartsWith("Date,", StringComparison.OrdinalIgnoreCase))
            throw new HistoryException(HistoryFault.UnexpectedReply, $"{Name} answered for {request.Symbol} with no candles: {answer.Quote(text)}");
        if (text.Contains('\n', StringComparison.Ordinal)) Add(answer, request, rows);
        return rows.ToPart();
    }

    static void Add(HistoryAnswer answer, HistoryRequest request, CandleRows rows)
    {
        using var stream = new MemoryStream(answer.Body.ToArray(), writable: false);
        var (candles, report) = CandleCsv.Inspect(stream, "answer.csv", new CsvOptions { Symbol = request.Symbol, Timeframe = Timeframe.D1 });
        if (report.RejectedCells > 0)
            throw new HistoryException(HistoryFault.Garbled, $"the answer of {answer.Query.Source} for {request.Symbol} is cut short or damaged ({report.BadRows[0]}); try again later");
        foreach (var bad in report.BadRows) rows.LeaveOut(bad.ToString());
        for (var i = 0; i < candles.Count; i++)
            rows.AddDay(MarketCalendar.Nyse.DayOf(candles.OpenTime(i)), new Prices(candles.Open[i], candles.High[i], candles.Low[i], candles.Close[i], candles.Volume[i]));
    }
}
