using System.Globalization;
using System.Net;
using System.Text.Json;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>The chart service behind the pages of Yahoo Finance: <c>/v8/finance/chart/SYMBOL</c>. No key; not a documented service, so it may change.</summary>
/// <remarks>
/// Prices are adjusted for splits; the close adjusted for dividends as well stands beside those of days. Limits as the service words
/// them: 1m for seven days a request within the last 30; 2m to 30m within the last 60; 1h within the last 730. Times are instants,
/// so that the offset it names, which is today's, does not matter.
/// </remarks>
sealed class YahooSource(HistoryClient client, Uri? server = null) : IHistorySource
{
    const string NewYork = "America/New_York";

    readonly Uri _server = server ?? new Uri("https://query1.finance.yahoo.com");

    public string Name => "yahoo";

    public string? KeySetting => null;

    public IReadOnlyList<Timeframe> Timeframes { get; } = [Timeframe.M1, Timeframe.M2, Timeframe.M5, Timeframe.M15, Timeframe.M30, Timeframe.H1, Timeframe.D1];

    /// <remarks>Three days of 1m and the session before them, over a long weekend, are within seven.</remarks>
    public HistoryRules RulesFor(Timeframe timeframe)
    {
        if (timeframe == Timeframe.D1) return new(ChunkLength.Years(5), PriceAdjustment.Splits, PriceAdjustment.SplitsAndDividends);
        if (timeframe == Timeframe.H1) return new(ChunkLength.Years(1), PriceAdjustment.Splits) { ReachDays = 729 };
        return timeframe == Timeframe.M1
            ? new(ChunkLength.Of(3), PriceAdjustment.Splits) { ReachDays = 29 }
            : new(ChunkLength.Of(30), PriceAdjustment.Splits) { ReachDays = 59 };
    }

    public Task<HistoryPart> FetchAsync(HistoryRequest request, CancellationToken cancellation)
    {
        var calendar = MarketCalendar.Nyse;
        var from = calendar.At(request.Days.From, TimeOnly.MinValue).ToUnixTimeSeconds();
        var to = calendar.At(request.Days.To.AddDays(1), TimeOnly.MinValue).ToUnixTimeSeconds();
        var query = string.Create(CultureInfo.InvariantCulture, $"period1={from}&period2={to}&interval={request.Timeframe}&events=div%7Csplit&includePrePost=false&includeAdjustedClose=true");
        var address = new Uri(_server, $"/v8/finance/chart/{Uri.EscapeDataString(VendorTicker.WithDashes(request.Symbol))}?{query}");
        return client.GetAsync(new HistoryQuery(Name, request.Symbol, address, answer => Read(answer, request)), cancellation);
    }

    HistoryPart Read(HistoryAnswer answer, HistoryRequest request)
    {
        var rows = new CandleRows(this, request, client.Time);
        // Failures of the request come as JSON under their own status; everything else is not of this service.
        var isChart = answer.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity;
        if (!isChart || !answer.Text.AsSpan().TrimStart().StartsWith("{")) answer.RequireData();
        using var document = answer.Json();
        var chart = document.RootElement.GetProperty("chart");
        if (chart.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
        {
            RefuseUnlessEmpty(answer, error);
            return rows.ToPart();
        }
        answer.RequireData();
        Add(chart.GetProperty("result")[0], request, rows, answer);
        return rows.ToPart();
    }

    /// <summary>"No data in these days" is an answer; other errors are not.</summary>
    static void RefuseUnlessEmpty(HistoryAnswer answer, JsonElement error)
    {
        var code = error.GetProperty("code").GetString() ?? "";
        var words = error.TryGetProperty("description", out var description) ? description.GetString() ?? "" : "";
        if (words.StartsWith("Data doesn't exist for", StringComparison.OrdinalIgnoreCase)) return;
        if (code.Equals("Not Found", StringComparison.OrdinalIgnoreCase)) throw answer.Unknown();
        throw new HistoryException(HistoryFault.UnexpectedReply, $"{answer.Query.Source} refuses the request for {answer.Query.Symbol}: {answer.Quote($"{code}: {words}")}");
    }

    static void Add(JsonElement result, HistoryRequest request, CandleRows rows, HistoryAnswer answer)
    {
        var meta = result.GetProperty("meta");
        var zone = meta.GetProperty("exchangeTimezoneName").GetString();
        if (zone != NewYork) throw new HistoryException(HistoryFault.UnknownSymbol, $"{request.Symbol} is traded in {answer.Quote(zone ?? "")} at {answer.Query.Source}; this program knows New York sessions only");
        var granularity = meta.GetProperty("dataGranularity").GetString();
        if (granularity != request.Timeframe.ToString() && !(granularity == "60m" && request.Timeframe == Timeframe.H1))
            throw new HistoryException(HistoryFault.UnexpectedReply, $"{answer.Query.Source} gave {answer.Quote(granularity ?? "")} candles of {request.Symbol} where {request.Timeframe} was asked for; use a shorter stretch of days or another --timeframe");
        if (!result.TryGetProperty("timestamp", out var times)) return;
        var indicators = result.GetProperty("indicators");
        var columns = new Columns(indicators.GetProperty("quote")[0], times.GetArrayLength());
        var adjusted = request.Adjustment == PriceAdjustment.SplitsAndDividends ? columns.Of(indicators.GetProperty("adjclose")[0], "adjclose") : null;
        for (var i = 0; i < columns.Count; i++)
        {
            var prices = adjusted is null ? columns[i] : columns[i].Times(adjusted[i] / columns[i].Close);
            var time = DateTimeOffset.FromUnixTimeSeconds(times[i].GetInt64());
            if (request.Timeframe == Timeframe.D1) rows.AddDay(MarketCalendar.Nyse.DayOf(time), prices);
            else rows.Add(time, prices);
        }
    }

    /// <summary>The columns of an answer, which must be as long as its times.</summary>
    sealed class Columns
    {
        readonly double[] _open, _high, _low, _close, _volume;

        public Columns(JsonElement quote, int count)
        {
            Count = count;
            (_open, _high, _low, _close, _volume) = (Of(quote, "open"), Of(quote, "high"), Of(quote, "low"), Of(quote, "close"), Of(quote, "volume"));
        }

        public int Count { get; }

        public Prices this[int i] => new(_open[i], _high[i], _low[i], _close[i], _volume[i]);

        /// <summary>NaN for null.</summary>
        public double[] Of(JsonElement parent, string name)
        {
            var values = parent.GetProperty(name).EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble()).ToArray();
            return values.Length == Count ? values : throw new FormatException($"{values.Length} values of {name} for {Count} times");
        }
    }
}
