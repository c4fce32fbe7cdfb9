using EtradeBot.App.Settings;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>A source of each kind, asking the test's server on the test's clock.</summary>
static class SourceFixture
{
    public const string Key = "S3CRET+key/42";

    public static IHistorySource Create(string name, HistoryServer server, TimeProvider time) => Create(name, server.Url, time);

    public static IHistorySource Create(string name, Uri server, TimeProvider time)
    {
        var client = new HistoryClient(new HistoryClientOptions { RequestsPerSecond = 1000, Time = time });
        return name switch
        {
            "yahoo" => new YahooSource(client, server),
            "stooq" => new StooqSource(client, new Secret(Key), server),
            "alphavantage" => new AlphaVantageSource(client, new Secret(Key), server),
            _ => new TiingoSource(client, new Secret(Key), server),
        };
    }

    /// <summary>The days of the week that ends with Wednesday 2024-07-10.</summary>
    public static HistoryRequest Week(IHistorySource source, string symbol = "AAPL") => Request(source, Timeframe.D1, "2024-07-01", "2024-07-10", symbol);

    public static HistoryRequest Request(IHistorySource source, Timeframe timeframe, string from, string to, string symbol = "AAPL") =>
        new(Symbol.Parse(symbol), timeframe, source.RulesFor(timeframe).Adjustments[0], Days(from, to));

    public static DayRange Days(string from, string to) =>
        new(DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture));

    public static async Task<HistoryPart> FetchAsync(this IHistorySource source, HistoryRequest request) => await source.FetchAsync(request, TestContext.Current.CancellationToken);

    public static Task<HistoryException> RefusalAsync(this IHistorySource source, HistoryRequest request) =>
        Assert.ThrowsAsync<HistoryException>(() => source.FetchAsync(request));

    public static string[] Labels(this CandleSeries candles) => [.. Enumerable.Range(0, candles.Count).Select(candles.Label)];
}
