using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

public sealed class TiingoSourceTests
{
    /// <summary>The shape of the service's documentation; Nvidia's split of ten for one.</summary>
    const string Days = """
        [{"date":"2024-06-07T00:00:00.000Z","close":1208.88,"high":1216.92,"low":1180.22,"open":1197.7,"volume":41238580,"adjClose":120.888,"adjHigh":121.692,"adjLow":118.022,"adjOpen":119.77,"adjVolume":412385800,"divCash":0.0,"splitFactor":1.0},
         {"date":"2024-06-10T00:00:00.000Z","close":121.79,"high":123.1,"low":117.01,"open":120.37,"volume":314162700,"adjClose":121.79,"adjHigh":123.1,"adjLow":117.01,"adjOpen":120.37,"adjVolume":314162700,"divCash":0.0,"splitFactor":10.0}]
        """;

    readonly VirtualTime _time = VirtualTime.Wednesday();

    async Task<(HistoryPart Part, HttpRequestLine Request)> Fetch(string body, Timeframe timeframe, PriceAdjustment adjustment)
    {
        await using var server = await HistoryServer.StartAsync(body);
        var source = SourceFixture.Create("tiingo", server, _time);
        var part = await source.FetchAsync(SourceFixture.Request(source, timeframe, "2024-06-01", "2024-07-10", "NVDA") with { Adjustment = adjustment });
        return (part, Assert.Single(server.Requests));
    }

    async Task<HistoryException> Refusal(string body, int status)
    {
        await using var server = await HistoryServer.StartAsync(body, status);
        var source = SourceFixture.Create("tiingo", server, _time);
        var problem = await source.RefusalAsync(SourceFixture.Week(source));
        Assert.Single(server.Requests);
        return problem;
    }

    [Fact]
    public async Task The_token_travels_in_a_header_and_never_in_the_address()
    {
        var (_, request) = await Fetch(Days, Timeframe.D1, PriceAdjustment.Raw);
        Assert.Equal($"Token {SourceFixture.Key}", request.Authorization);
        Assert.Equal(("/tiingo/daily/NVDA/prices", "?startDate=2024-06-01&endDate=2024-07-10"), (request.Path, request.Query));
    }

    [Fact]
    public async Task Raw_days_bring_their_splits()
    {
        var (part, _) = await Fetch(Days, Timeframe.D1, PriceAdjustment.Raw);
        Assert.Equal([1208.88, 121.79], part.Candles.Close.ToArray());
        Assert.Equal([new Split(new DateOnly(2024, 6, 10), 10)], part.Splits);
        Assert.Equal(PriceAdjustment.Raw, part.Candles.Origin.Adjustment);
    }

    [Fact]
    public async Task Adjusted_days_are_the_services_own_and_bring_none()
    {
        var (part, _) = await Fetch(Days, Timeframe.D1, PriceAdjustment.SplitsAndDividends);
        Assert.Equal([120.888, 121.79], part.Candles.Close.ToArray());
        Assert.Equal([412385800, 314162700], part.Candles.Volume.ToArray());
        Assert.Empty(part.Splits);
    }

    [Fact]
    public async Task Yesterday_counts_when_corrections_are_over_and_today_does_not()
    {
        const string Two = """[{"date":"2024-07-10T00:00:00.000Z","open":1,"high":1,"low":1,"close":1,"volume":1},{"date":"2024-07-09T00:00:00+00:00","open":1,"high":1,"low":1,"close":1,"volume":1}]""";
        var (part, _) = await Fetch(Two, Timeframe.D1, PriceAdjustment.Raw);
        Assert.Equal(["2024-07-09"], part.Candles.Labels());
    }

    [Fact]
    public async Task Within_days_times_are_instants_and_the_session_counts()
    {
        const string Minutes = """
            [{"date":"2024-07-09T13:00:00.000Z","open":1,"high":1,"low":1,"close":1,"volume":5},
             {"date":"2024-07-09T13:30:00.000Z","open":2,"high":2,"low":2,"close":2,"volume":5},
             {"date":"2024-07-09T13:35:00.000Z","open":null,"high":2,"low":2,"close":2,"volume":5},
             {"date":"2024-07-09T19:55:00.000Z","open":3,"high":3,"low":3,"close":3,"volume":5}]
            """;
        var (part, request) = await Fetch(Minutes, Timeframe.M5, PriceAdjustment.Raw);
        Assert.Equal(["2024-07-09T09:30:00-04:00", "2024-07-09T15:55:00-04:00"], part.Candles.Labels());
        Assert.Equal("2024-07-09T09:35:00-04:00: no price, left out", Assert.Single(part.Notes));
        Assert.Equal("/iex/NVDA/prices", request.Path);
        Assert.Contains("resampleFreq=5min", request.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_request_is_for_more_rows_than_the_service_gives()
    {
        await using var server = await HistoryServer.StartAsync("[]");
        var source = SourceFixture.Create("tiingo", server, _time);
        foreach (var timeframe in source.Timeframes.Where(timeframe => timeframe.IsIntraday))
        {
            var longest = source.RulesFor(timeframe).Chunk.Cut(new DayRange(new DateOnly(2023, 1, 1), new DateOnly(2024, 12, 31)))
                .Max(days => MarketCalendar.Nyse.Sessions(days.From, days.To).Sum(session => (int)(session.Length / timeframe.Length)));
            Assert.InRange(longest, 1000, 2000);
        }
    }

    [Theory]
    [InlineData("""{"detail":"Not found."}""", 404, HistoryFault.UnknownSymbol)]
    [InlineData("""{"detail":"Error: Ticker 'AAPL' not found"}""", 200, HistoryFault.UnknownSymbol)]
    [InlineData("""{"detail":"Invalid token."}""", 401, HistoryFault.KeyRefused)]
    [InlineData("""{"detail":"Please supply a token"}""", 403, HistoryFault.KeyRefused)]
    [InlineData("You have run over your 500 symbol look up for this month. Please upgrade at https://api.tiingo.com/pricing to have your limits increased.", 200, HistoryFault.QuotaSpent)]
    [InlineData("""{"detail":"Error: You have run over your hourly request allocation. Please upgrade at ..."}""", 429, HistoryFault.QuotaSpent)]
    public async Task Refusals_are_told_apart(string body, int status, object fault) => Assert.Equal(fault, (await Refusal(body, status)).Fault);

    [Fact]
    public async Task A_refused_key_names_its_setting_and_is_not_tried_again()
    {
        await using var server = await HistoryServer.StartAsync("""{"detail":"Invalid token."}""", 401);
        var source = SourceFixture.Create("tiingo", server, _time);
        Assert.Contains("TIINGO_API_TOKEN", (await source.RefusalAsync(SourceFixture.Week(source))).Message, StringComparison.Ordinal);
        Assert.Contains("TIINGO_API_TOKEN", (await source.RefusalAsync(SourceFixture.Week(source, "MSFT"))).Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }
}
