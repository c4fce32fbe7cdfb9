using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>Bodies are those of the service's documentation and of its refusals as its users report them.</summary>
public sealed class AlphaVantageSourceTests
{
    const string Daily = """
        {"Meta Data":{"1. Information":"Daily Prices (open, high, low, close) and Volumes","2. Symbol":"IBM","3. Last Refreshed":"2024-07-10","4. Output Size":"Compact","5. Time Zone":"US/Eastern"},
         "Time Series (Daily)":{
          "2024-07-10":{"1. open":"177.49","2. high":"177.99","3. low":"176.61","4. close":"177.84","5. volume":"100"},
          "2024-07-09":{"1. open":"177.46","2. high":"177.99","3. low":"176.31","4. close":"176.48","5. volume":"2733934"},
          "2024-07-08":{"1. open":"176.48","2. high":"178.5900","3. low":"176.05","4. close":"177.64","5. volume":"2652051"}}}
        """;

    readonly VirtualTime _time = VirtualTime.Wednesday();

    async Task<(HistoryPart Part, HttpRequestLine Request)> Fetch(string body, Timeframe timeframe, PriceAdjustment adjustment, string from = "2024-06-01")
    {
        await using var server = await HistoryServer.StartAsync(body);
        var source = SourceFixture.Create("alphavantage", server, _time);
        var part = await source.FetchAsync(SourceFixture.Request(source, timeframe, from, "2024-07-10", "IBM") with { Adjustment = adjustment });
        return (part, Assert.Single(server.Requests));
    }

    async Task<(HistoryException Problem, int Requests)> Refusal(string body)
    {
        await using var server = await HistoryServer.StartAsync(body);
        var source = SourceFixture.Create("alphavantage", server, _time);
        var problem = await source.RefusalAsync(SourceFixture.Week(source));
        Assert.DoesNotContain(SourceFixture.Key, problem.ToString(), StringComparison.OrdinalIgnoreCase);
        return (problem, server.Requests.Count);
    }

    [Fact]
    public async Task Raw_days_come_newest_first_and_todays_is_left_out()
    {
        var (part, request) = await Fetch(Daily, Timeframe.D1, PriceAdjustment.Raw);
        Assert.Equal(["2024-07-08", "2024-07-09"], part.Candles.Labels());
        Assert.Equal(new Candle(new DateTimeOffset(2024, 7, 8, 13, 30, 0, TimeSpan.Zero), 176.48, 178.59, 176.05, 177.64, 2652051), part.Candles[0]);
        Assert.Equal(PriceAdjustment.Raw, part.Candles.Origin.Adjustment);
        Assert.StartsWith("?function=TIME_SERIES_DAILY&outputsize=compact&symbol=IBM&", request.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Days_beyond_the_latest_hundred_need_the_full_answer()
    {
        var (_, request) = await Fetch(Daily, Timeframe.D1, PriceAdjustment.Raw, from: "2021-01-01");
        Assert.Contains("outputsize=full", request.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adjusted_days_scale_prices_by_the_adjusted_close_and_volumes_by_the_splits()
    {
        const string Body = """
            {"Meta Data":{"5. Time Zone":"US/Eastern"},"Time Series (Daily)":{
             "2024-06-10":{"1. open":"120","2. high":"123","3. low":"117","4. close":"121.5","5. adjusted close":"121.5","6. volume":"300","7. dividend amount":"0.0000","8. split coefficient":"10.0"},
             "2024-06-07":{"1. open":"1200","2. high":"1220","3. low":"1180","4. close":"1210","5. adjusted close":"121","6. volume":"40","7. dividend amount":"0.0000","8. split coefficient":"1.0"}}}
            """;
        var (part, request) = await Fetch(Body, Timeframe.D1, PriceAdjustment.SplitsAndDividends);
        var first = part.Candles[0];
        Assert.Equal([120, 122, 118, 121], new[] { first.Open, first.High, first.Low, first.Close }.Select(price => Math.Round(price, 9)));
        Assert.Equal([400, 300], part.Candles.Volume.ToArray());
        Assert.Contains("function=TIME_SERIES_DAILY_ADJUSTED", request.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Within_days_times_are_New_Yorks_wall_clock_on_both_sides_of_the_change()
    {
        const string Body = """
            {"Meta Data":{"4. Interval":"5min","6. Time Zone":"US/Eastern"},"Time Series (5min)":{
             "2024-03-11 09:30:00":{"1. open":"2","2. high":"2","3. low":"2","4. close":"2","5. volume":"1"},
             "2024-03-08 16:00:00":{"1. open":"9","2. high":"9","3. low":"9","4. close":"9","5. volume":"1"},
             "2024-03-08 15:55:00":{"1. open":"1","2. high":"1","3. low":"1","4. close":"1","5. volume":"1"}}}
            """;
        var (part, request) = await Fetch(Body, Timeframe.M5, PriceAdjustment.Raw, from: "2024-03-01");
        Assert.Equal([new DateTimeOffset(2024, 3, 8, 20, 55, 0, TimeSpan.Zero), new DateTimeOffset(2024, 3, 11, 13, 30, 0, TimeSpan.Zero)], [part.Candles.OpenTime(0), part.Candles.OpenTime(1)]);
        Assert.Contains("interval=5min&month=2024-03", request.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_daily_limit_names_the_key_in_its_words_and_we_do_not()
    {
        var (problem, requests) = await Refusal($$"""{"Information":"We have detected your API key as {{SourceFixture.Key}} and our standard API rate limit is 25 requests per day. Please subscribe to any of the premium plans at https://www.alphavantage.co/premium/ to instantly remove all daily rate limits."}""");
        Assert.Equal((HistoryFault.QuotaSpent, 1), (problem.Fault, requests));
        Assert.Contains("again tomorrow", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_that_nobody_knows_is_quoted_without_the_key()
    {
        var (problem, _) = await Refusal($$"""{"Information":"Key {{SourceFixture.Key}} is asleep"}""");
        Assert.Contains("\"Key **** is asleep\"", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Information":"Thank you for using Alpha Vantage! Please consider spreading out your free API requests more sparingly (1 request per second). You may subscribe to any of the premium plans at https://www.alphavantage.co/premium/ to lift the free key rate limit (25 requests per day), raise the per-second burst limit, and instantly unlock all premium endpoints"}""", 2)]
    [InlineData("""{"Note":"Thank you for using Alpha Vantage! Our standard API call frequency is 5 calls per minute and 500 calls per day."}""", 60)]
    public async Task Limits_that_pass_are_waited_for(string body, int seconds)
    {
        var (problem, requests) = await Refusal(body);
        Assert.Equal((HistoryFault.RateLimited, 5), (problem.Fault, requests));
        Assert.Equal(4, _time.Pauses.Count(pause => pause == TimeSpan.FromSeconds(seconds)));
    }

    [Theory]
    [InlineData("""{"Information":"Thank you for using Alpha Vantage! The outputsize=full parameter value is a premium feature for the TIME_SERIES_DAILY endpoint."}""", HistoryFault.NotInPlan, "paid plans only")]
    [InlineData("""{"Error Message":"Invalid API call. Please retry or visit the documentation (https://www.alphavantage.co/documentation/) for TIME_SERIES_DAILY."}""", HistoryFault.UnknownSymbol, "does not know AAPL")]
    [InlineData("""{"Error Message":"the parameter apikey is invalid or missing. Please claim your free API key on (https://www.alphavantage.co/support/#api-key)."}""", HistoryFault.KeyRefused, "ALPHAVANTAGE_API_KEY")]
    public async Task Refusals_are_told_apart(string body, object fault, string words)
    {
        var (problem, requests) = await Refusal(body);
        Assert.Equal((fault, 1), (problem.Fault, requests));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_object_is_a_history_without_candles()
    {
        var (part, _) = await Fetch("{}", Timeframe.D1, PriceAdjustment.Raw);
        Assert.Equal(0, part.Candles.Count);
    }
}
