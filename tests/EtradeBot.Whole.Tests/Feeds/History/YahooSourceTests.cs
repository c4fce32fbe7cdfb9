using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>Times are epoch seconds of the exchange's opens, reckoned with Python's zoneinfo.</summary>
public sealed class YahooSourceTests
{
    readonly VirtualTime _time = VirtualTime.Wednesday();

    static string Chart(string times, string rows, string meta = "", string granularity = "1d", string adjclose = "") => $$$"""
        {"chart":{"result":[{"meta":{"currency":"USD","symbol":"AAPL","exchangeTimezoneName":"America/New_York",{{{meta}}}"dataGranularity":"{{{granularity}}}"},
        "timestamp":[{{{times}}}],"indicators":{"quote":[{{{rows}}}]{{{(adjclose.Length == 0 ? "" : $",\"adjclose\":[{{\"adjclose\":[{adjclose}]}}]")}}}}}],"error":null}}
        """;

    static string Flat(params double?[] prices)
    {
        var column = string.Join(',', prices.Select(price => price?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"));
        return $$"""{"open":[{{column}}],"high":[{{column}}],"low":[{{column}}],"close":[{{column}}],"volume":[{{string.Join(',', prices.Select(price => price is null ? "null" : "1000"))}}]}""";
    }

    async Task<HistoryPart> Fetch(string body, Timeframe timeframe, string from, string to)
    {
        await using var server = await HistoryServer.StartAsync(body);
        var source = SourceFixture.Create("yahoo", server, _time);
        return await source.FetchAsync(SourceFixture.Request(source, timeframe, from, to));
    }

    [Fact]
    public async Task The_address_names_symbol_days_and_interval_and_an_ordinary_browser()
    {
        await using var server = await HistoryServer.StartAsync(Chart("", Flat()));
        var source = SourceFixture.Create("yahoo", server, _time);
        await source.FetchAsync(SourceFixture.Request(source, Timeframe.D1, "2024-01-02", "2024-07-09", "BRK.B"));
        var request = Assert.Single(server.Requests);
        Assert.Equal("/v8/finance/chart/BRK-B", request.Path);
        // Midnight in New York: 05:00Z in January, 04:00Z in July.
        Assert.StartsWith("?period1=1704171600&period2=1720584000&interval=1d&", request.Query, StringComparison.Ordinal);
        Assert.StartsWith("Mozilla/5.0", request.UserAgent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Days_on_both_sides_of_the_change_of_clocks_are_their_days_whatever_offset_the_answer_names()
    {
        var part = await Fetch(Chart("1709908200,1710163800", Flat(170, 171), meta: "\"gmtoffset\":-18000,"), Timeframe.D1, "2024-03-01", "2024-03-31");
        Assert.Equal(["2024-03-08", "2024-03-11"], part.Candles.Labels());
        Assert.Equal(new DateTimeOffset(2024, 3, 8, 14, 30, 0, TimeSpan.Zero), part.Candles.OpenTime(0));
        Assert.Equal(new DateTimeOffset(2024, 3, 11, 13, 30, 0, TimeSpan.Zero), part.Candles.OpenTime(1));
        Assert.Equal(("yahoo", PriceAdjustment.Splits), (part.Candles.Origin.Source, part.Candles.Origin.Adjustment));
    }

    [Fact]
    public async Task Todays_running_candle_is_left_out()
    {
        // 2024-07-09 at its open, 2024-07-10 as a live row at 11:59:30.
        var part = await Fetch(Chart("1720531800,1720627170", Flat(228, 230), meta: "\"regularMarketTime\":1720627170,"), Timeframe.D1, "2024-07-01", "2024-07-10");
        Assert.Equal(["2024-07-09"], part.Candles.Labels());
    }

    [Fact]
    public async Task A_live_row_after_the_days_own_does_not_count()
    {
        // 2024-07-08 at its open and again at 20:00:01Z with the last trade.
        var part = await Fetch(Chart("1720445400,1720468801", Flat(227.82, 227.9)), Timeframe.D1, "2024-07-01", "2024-07-09");
        Assert.Equal(["2024-07-08"], part.Candles.Labels());
        Assert.Equal(227.82, part.Candles.Close[0]);
        Assert.Equal("2024-07-08: given twice with different values, the first counts", Assert.Single(part.Notes));
    }

    [Fact]
    public async Task Nulls_are_left_out_and_named_and_rows_out_of_order_are_sorted()
    {
        var part = await Fetch(Chart("1719927000,1719840600,1720013400", Flat(2, 1, null)), Timeframe.D1, "2024-07-01", "2024-07-09");
        Assert.Equal(["2024-07-01", "2024-07-02"], part.Candles.Labels());
        Assert.Equal([1, 2], part.Candles.Close.ToArray());
        Assert.Equal("2024-07-03: no price, left out", Assert.Single(part.Notes));
    }

    [Fact]
    public async Task Impossible_prices_are_left_out_and_named()
    {
        var part = await Fetch(Chart("1719840600,1719927000", """{"open":[10,10],"high":[9,11],"low":[8,9],"close":[9,10],"volume":[1,null]}"""), Timeframe.D1, "2024-07-01", "2024-07-09");
        Assert.Equal(["2024-07-02"], part.Candles.Labels());
        Assert.Equal(0, part.Candles.Volume[0]);
        Assert.Equal("2024-07-01: impossible prices, left out", Assert.Single(part.Notes));
    }

    [Fact]
    public async Task Dividends_scale_the_whole_candle()
    {
        await using var server = await HistoryServer.StartAsync(Chart("1719840600", """{"open":[100],"high":[104],"low":[98],"close":[102],"volume":[7]}""", adjclose: "51"));
        var source = SourceFixture.Create("yahoo", server, _time);
        var request = SourceFixture.Request(source, Timeframe.D1, "2024-07-01", "2024-07-09") with { Adjustment = PriceAdjustment.SplitsAndDividends };
        var candles = (await source.FetchAsync(request)).Candles;
        Assert.Equal((50, 52, 49, 51, 7), (candles.Open[0], candles.High[0], candles.Low[0], candles.Close[0], candles.Volume[0]));
        Assert.Equal(PriceAdjustment.SplitsAndDividends, candles.Origin.Adjustment);
    }

    [Fact]
    public async Task Within_days_only_candles_of_the_session_and_of_its_grid_count()
    {
        // 2024-07-03 closed at 13:00. Before the open, the open, 12:55, at the close, and a live row at 12:56:10.
        var part = await Fetch(Chart("1720013100,1720013400,1720025700,1720026000,1720025770", Flat(1, 2, 3, 4, 5), granularity: "5m"), Timeframe.M5, "2024-07-01", "2024-07-09");
        Assert.Equal(["2024-07-03T09:30:00-04:00", "2024-07-03T12:55:00-04:00"], part.Candles.Labels());
        Assert.Equal("2024-07-03T12:56:10-04:00: between two candles, left out", Assert.Single(part.Notes));
    }

    [Fact]
    public async Task A_hole_of_the_running_session_can_be_filled_with_what_has_closed()
    {
        // 11:45, 11:55 and the running 12:00 of 2024-07-10.
        await using var server = await HistoryServer.StartAsync(Chart("1720626300,1720626900,1720627200", Flat(1, 2, 3), granularity: "5m"));
        var source = SourceFixture.Create("yahoo", server, _time);
        var request = SourceFixture.Request(source, Timeframe.M5, "2024-07-10", "2024-07-10");
        Assert.Empty((await source.FetchAsync(request)).Candles.Labels());
        var closed = await source.FetchAsync(request with { Settling = TimeSpan.Zero });
        Assert.Equal([1, 2], closed.Candles.Close.ToArray());
    }

    [Theory]
    [InlineData("""{"chart":{"result":[{"meta":{"exchangeTimezoneName":"America/New_York","dataGranularity":"1d"},"indicators":{"quote":[{}]}}],"error":null}}""", 200)]
    [InlineData("""{"chart":{"result":null,"error":{"code":"Bad Request","description":"Data doesn't exist for startDate = 315550800, endDate = 347086800"}}}""", 400)]
    public async Task No_candles_in_those_days_is_an_answer(string body, int status)
    {
        await using var server = await HistoryServer.StartAsync(body, status);
        var source = SourceFixture.Create("yahoo", server, _time);
        Assert.Equal(0, (await source.FetchAsync(SourceFixture.Week(source))).Candles.Count);
    }

    [Theory]
    [InlineData(YahooMarket.NotFound, 404, "yahoo does not know AAPL")]
    [InlineData("""{"chart":{"result":null,"error":{"code":"Unprocessable Entity","description":"1m data not available for startTime=1 and endTime=2. Only 8 days worth of 1m granularity data are allowed to be fetched per request."}}}""", 422, "Only 8 days worth of 1m")]
    [InlineData("""{"finance":{"result":null,"error":{"code":"Unauthorized","description":"Invalid Crumb"}}}""", 401, "refuses to serve this program (status 401)")]
    public async Task Refusals_are_said_in_the_services_words(string body, int status, string words)
    {
        await using var server = await HistoryServer.StartAsync(body, status);
        var source = SourceFixture.Create("yahoo", server, _time);
        Assert.Contains(words, (await source.RefusalAsync(SourceFixture.Week(source))).Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Candles_of_another_length_than_asked_for_are_refused()
    {
        await using var server = await HistoryServer.StartAsync(Chart("1719840600", Flat(1), granularity: "1mo"));
        var source = SourceFixture.Create("yahoo", server, _time);
        Assert.Contains("\"1mo\" candles of AAPL where 1d was asked for", (await source.RefusalAsync(SourceFixture.Week(source))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_exchanges_are_refused_since_their_days_are_not_New_Yorks()
    {
        await using var server = await HistoryServer.StartAsync(Chart("1719840600", Flat(1)).Replace("America/New_York", "Asia/Tokyo", StringComparison.Ordinal));
        var source = SourceFixture.Create("yahoo", server, _time);
        Assert.Contains("traded in \"Asia/Tokyo\"", (await source.RefusalAsync(SourceFixture.Week(source))).Message, StringComparison.Ordinal);
    }
}
