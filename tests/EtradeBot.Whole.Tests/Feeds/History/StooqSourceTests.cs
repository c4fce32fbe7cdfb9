using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

public sealed class StooqSourceTests
{
    readonly VirtualTime _time = VirtualTime.Wednesday();

    async Task<HistoryPart> Fetch(string body)
    {
        await using var server = await HistoryServer.StartAsync(body);
        var source = SourceFixture.Create("stooq", server, _time);
        return await source.FetchAsync(SourceFixture.Week(source));
    }

    async Task<HistoryException> Refusal(string body)
    {
        await using var server = await HistoryServer.StartAsync(body);
        var source = SourceFixture.Create("stooq", server, _time);
        var problem = await source.RefusalAsync(SourceFixture.Week(source));
        Assert.Single(server.Requests);
        return problem;
    }

    [Theory]
    [InlineData("AAPL", "aapl.us")]
    [InlineData("BRK.B", "brk-b.us")]
    [InlineData("^SPX", "^spx")]
    public async Task The_address_is_the_documented_one(string symbol, string theirs)
    {
        await using var server = await HistoryServer.StartAsync("No data");
        var source = SourceFixture.Create("stooq", server, _time);
        await source.FetchAsync(SourceFixture.Week(source, symbol));
        var request = Assert.Single(server.Requests);
        Assert.Equal("/q/d/l/", request.Path);
        Assert.Equal($"?s={theirs}&d1=20240701&d2=20240710&i=d&apikey={Uri.EscapeDataString(SourceFixture.Key)}", Uri.UnescapeDataString(request.Query).Replace(SourceFixture.Key, Uri.EscapeDataString(SourceFixture.Key), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_become_candles_but_for_todays()
    {
        var part = await Fetch("Date,Open,High,Low,Close,Volume\r\n2024-07-08,227.09,227.85,223.25,227.82,59085861\r\n2024-07-09,227.93,229.4,226.37,228.68,48169822\r\n2024-07-10,229.3,233.08,229.25,230.5,31000000\r\n");
        Assert.Equal(["2024-07-08", "2024-07-09"], part.Candles.Labels());
        Assert.Equal(new Candle(new DateTimeOffset(2024, 7, 9, 13, 30, 0, TimeSpan.Zero), 227.93, 229.4, 226.37, 228.68, 48169822), part.Candles[1]);
        Assert.Equal(PriceAdjustment.SplitsAndDividends, part.Candles.Origin.Adjustment);
        Assert.Empty(part.Notes);
    }

    [Fact]
    public async Task Newest_first_without_volumes_and_with_a_hole_is_read()
    {
        var part = await Fetch("Date,Open,High,Low,Close\n2024-07-09,3,3,3,3\n2024-07-08,2,2,2,null\n2024-07-05,1,1,1,1\n");
        Assert.Equal(["2024-07-05", "2024-07-09"], part.Candles.Labels());
        Assert.Contains("value 'null'", Assert.Single(part.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No data")]
    [InlineData("Brak danych\r\n")]
    [InlineData("Date,Open,High,Low,Close,Volume\r\n")]
    public async Task No_data_is_an_answer(string body) => Assert.Equal(0, (await Fetch(body)).Candles.Count);

    [Fact]
    public async Task The_daily_limit_comes_under_status_200()
    {
        var problem = await Refusal("Exceeded the daily hits limit");
        Assert.Equal(HistoryFault.QuotaSpent, problem.Fault);
        Assert.Contains("again tomorrow", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get your apikey:\n\n1. Open https://stooq.com/q/d/?s=aapl.us&get_apikey")]
    [InlineData("<html><body>Get your apikey</body></html>")]
    public async Task The_wish_for_a_key_names_the_page_and_the_setting(string body)
    {
        var problem = await Refusal(body);
        Assert.Equal(HistoryFault.KeyRefused, problem.Fault);
        Assert.Contains("open https://stooq.com/q/d/?s=aapl.us&get_apikey", problem.Message, StringComparison.Ordinal);
        Assert.Contains("set STOOQ_API_KEY", problem.Message, StringComparison.Ordinal);
    }
}
