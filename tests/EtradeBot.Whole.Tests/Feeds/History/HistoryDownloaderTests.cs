using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>Downloads of Yahoo's days, in chunks of five years, on Wednesday 2024-07-10 at noon.</summary>
public sealed class HistoryDownloaderTests : IAsyncLifetime
{
    readonly TemporaryFolder _folder = new();
    readonly VirtualTime _time = VirtualTime.Wednesday();
    readonly YahooMarket _market = new();
    HistoryServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await HistoryServer.StartAsync(_market.AnswerAsync);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    CandleStore Store => new(_folder["state"]);

    static DownloadOrder Order(string symbol = "AAPL", string from = "2021-01-01", PriceAdjustment adjustment = PriceAdjustment.Splits) =>
        new(Symbol.Parse(symbol), Timeframe.D1, adjustment, SourceFixture.Days(from, "2024-12-31"));

    /// <summary>A program run of its own: nothing in memory from the one before.</summary>
    async Task<List<DownloadOutcome>> RunAsync(IReadOnlyList<DownloadOrder> orders, int concurrency = 8, bool refresh = false)
    {
        var source = SourceFixture.Create("yahoo", _server, _time);
        using var cache = new ChunkCache(source, new ChunkCacheOptions(_folder["state", "downloads", "yahoo"]) { Concurrency = concurrency, Refresh = refresh });
        var outcomes = new List<DownloadOutcome>();
        await foreach (var outcome in new DownloadRun(new HistoryDownloader(source, cache, Store, _time), cache, Store).RunAsync(orders, concurrency, TestContext.Current.CancellationToken)) outcomes.Add(outcome);
        return outcomes;
    }

    async Task<DownloadOutcome> OneAsync(DownloadOrder order, bool refresh = false) => Assert.Single(await RunAsync([order], refresh: refresh));

    [Fact]
    public async Task A_download_is_cut_at_the_grid_and_stored_up_to_the_last_finished_session()
    {
        var outcome = await OneAsync(Order(from: "2015-06-01"));
        Assert.Null(outcome.Problem);
        Assert.Equal(2, _server.Requests.Count);
        var candles = Store.Read(Symbol.Parse("AAPL"), Timeframe.D1).Candles;
        Assert.Equal(MarketCalendar.Nyse.Sessions(new DateOnly(2015, 6, 1), new DateOnly(2024, 7, 9)).Select(session => session.Open), Enumerable.Range(0, candles.Count).Select(candles.OpenTime));
        Assert.Equal(new CandleOrigin("yahoo", false, PriceAdjustment.Splits), candles.Origin);
        Assert.Empty(outcome.Notes);
    }

    [Fact]
    public async Task A_second_run_asks_for_nothing_and_a_later_one_for_what_is_missing()
    {
        await OneAsync(Order());
        var asked = _server.Requests.Count;
        var same = await OneAsync(Order());
        Assert.Null(same.Stored);
        Assert.Equal(asked, _server.Requests.Count);
        // Thursday noon: Wednesday is over.
        var thursday = new VirtualTime(_time.GetUtcNow().AddDays(1));
        var source = SourceFixture.Create("yahoo", _server, thursday);
        using var cache = new ChunkCache(source, new ChunkCacheOptions(_folder["state", "downloads", "yahoo"]));
        var result = await new HistoryDownloader(source, cache, Store, thursday).FetchAsync(Order(), TestContext.Current.CancellationToken);
        Assert.Equal(["2024-07-09", "2024-07-10"], result.Candles!.Candles.Labels());
        Assert.Equal(asked + 1, _server.Requests.Count);
    }

    [Fact]
    public async Task Earlier_days_are_added_in_front()
    {
        await OneAsync(Order(from: "2023-01-01"));
        var outcome = await OneAsync(Order(from: "2021-01-01"));
        Assert.Equal(MarketCalendar.Nyse.Sessions(new DateOnly(2021, 1, 1), new DateOnly(2022, 12, 31)).Count(), outcome.Stored!.Added);
        Assert.Equal(0, outcome.Stored.Changed);
    }

    [Fact]
    public async Task A_symbol_listed_later_is_not_asked_for_its_past_again()
    {
        await using var server = await HistoryServer.StartAsync(new YahooMarket { Listed = new DateOnly(2022, 5, 2) }.AnswerAsync);
        (_server, var old) = (server, _server);
        await OneAsync(Order(from: "2010-01-01"));
        var first = server.Requests.Count;
        await OneAsync(Order(from: "2010-01-01"));
        var second = server.Requests.Count;
        await OneAsync(Order(from: "2010-01-01"));
        Assert.Equal(second, server.Requests.Count);
        Assert.InRange(second - first, 0, 1);
        _server = old;
    }

    [Fact]
    public async Task Finished_chunks_are_kept_and_asked_again_with_refresh_only()
    {
        await OneAsync(Order(from: "2010-01-01"));
        Assert.Equal(3, _server.Requests.Count);
        Directory.Delete(_folder["state", "candles"], recursive: true);
        await OneAsync(Order(from: "2010-01-01"));
        // The five years still running are another chunk tomorrow, so they are not kept once they are stored.
        Assert.Equal(4, _server.Requests.Count);
        await OneAsync(Order(from: "2010-01-01") with { Stored = StoredPolicy.Correct }, refresh: true);
        Assert.Equal(7, _server.Requests.Count);
    }

    [Fact]
    public async Task A_damaged_chunk_is_asked_for_again()
    {
        await OneAsync(Order(from: "2010-01-01"));
        var chunk = Directory.GetFiles(_folder["state", "downloads"], "*.parquet", SearchOption.AllDirectories).Order().First();
        var bytes = await File.ReadAllBytesAsync(chunk, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(chunk, bytes, TestContext.Current.CancellationToken);
        Directory.Delete(_folder["state", "candles"], recursive: true);
        var outcome = await OneAsync(Order(from: "2010-01-01"));
        Assert.Null(outcome.Problem);
        Assert.Equal(5, _server.Requests.Count);
    }

    [Fact]
    public async Task Fifty_readers_of_one_chunk_are_one_request()
    {
        var source = SourceFixture.Create("yahoo", _server, _time);
        using var cache = new ChunkCache(source, new ChunkCacheOptions(_folder["downloads"]));
        var days = SourceFixture.Days("2020-01-01", "2023-12-31");
        var chunk = new HistoryChunk(new HistoryRequest(Symbol.Parse("AAPL"), Timeframe.D1, PriceAdjustment.Splits, days), days, WillGrow: false);
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => cache.GetAsync(chunk, asksAnew: false, TestContext.Current.CancellationToken))));
        Assert.Single(_server.Requests);
        Assert.All(results, result => Assert.Equal(results[0].Part.Candles.Count, result.Part.Candles.Count));
        Assert.Equal(1, cache.Requests);
    }

    [Fact]
    public async Task One_bad_symbol_never_spoils_the_rest()
    {
        var outcomes = await RunAsync([Order("AAPL"), Order("BAD"), Order("MSFT"), Order("SPY")]);
        Assert.Equal(["AAPL", "MSFT", "SPY"], outcomes.Where(outcome => outcome.Problem is null).Select(outcome => outcome.Order.Symbol.Ticker).Order());
        Assert.Contains("yahoo does not know BAD", Assert.Single(outcomes, outcome => outcome.Problem is not null).Problem!.Message, StringComparison.Ordinal);
        Assert.Equal(3, Store.Names().Count);
    }

    [Fact]
    public async Task Never_more_requests_are_under_way_than_allowed()
    {
        _server.Answer = async context =>
        {
            await Task.Yield();
            await _market.AnswerAsync(context);
        };
        await RunAsync([.. Enumerable.Range(0, 40).Select(i => Order($"S{i}", from: "2000-01-01"))], concurrency: 3);
        Assert.InRange(_server.MostUnderWay, 1, 3);
    }

    [Fact]
    public async Task A_dividend_since_the_last_download_replaces_all_adjusted_prices()
    {
        var order = Order(from: "2010-01-01", adjustment: PriceAdjustment.SplitsAndDividends);
        await OneAsync(order);
        _market.DividendFactor = day => day < new DateOnly(2024, 7, 10) ? 0.99 : 1;
        var friday = new VirtualTime(_time.GetUtcNow().AddDays(2));
        var source = SourceFixture.Create("yahoo", _server, friday);
        using var cache = new ChunkCache(source, new ChunkCacheOptions(_folder["state", "downloads", "yahoo"]));
        var run = new DownloadRun(new HistoryDownloader(source, cache, Store, friday), cache, Store);
        DownloadOutcome outcome = null!;
        await foreach (var one in run.RunAsync([order], 8, TestContext.Current.CancellationToken)) outcome = one;
        Assert.Null(outcome.Problem);
        Assert.True(outcome.Stored!.Replaced);
        Assert.Contains("a split or dividend since the last download", Assert.Single(outcome.Notes), StringComparison.Ordinal);
        var candles = Store.Read(Symbol.Parse("AAPL"), Timeframe.D1).Candles;
        Assert.Equal("2024-07-11", candles.Label(candles.Count - 1));
        for (var i = 0; i < candles.Count; i++)
        {
            var day = MarketCalendar.Nyse.DayOf(candles.OpenTime(i));
            Assert.Equal(_market.Close("AAPL", day) * _market.DividendFactor(day), candles.Close[i], 9);
        }
    }

    [Fact]
    public async Task Kept_chunks_of_another_price_scale_are_asked_for_again()
    {
        var order = Order(from: "2010-01-01", adjustment: PriceAdjustment.SplitsAndDividends);
        await OneAsync(order);
        Directory.Delete(_folder["state", "candles"], recursive: true);
        _market.DividendFactor = _ => 0.9;
        await OneAsync(order);
        var candles = Store.Read(Symbol.Parse("AAPL"), Timeframe.D1).Candles;
        Assert.Equal(_market.Close("AAPL", new DateOnly(2010, 1, 4)) * 0.9, candles.Close[0], 9);
    }

    [Fact]
    public async Task Raw_and_adjusted_are_never_mixed()
    {
        await OneAsync(Order());
        var outcome = await OneAsync(Order(adjustment: PriceAdjustment.SplitsAndDividends));
        Assert.Contains("come from yahoo (adjusted for splits) and would be mixed with those of yahoo (adjusted for splits and dividends): say --replace", outcome.Problem!.Message, StringComparison.Ordinal);
        Assert.Single(_server.Requests);
        Assert.Null((await OneAsync(Order(adjustment: PriceAdjustment.SplitsAndDividends) with { Stored = StoredPolicy.Replace })).Problem);
        Assert.Equal(PriceAdjustment.SplitsAndDividends, Store.Header(Symbol.Parse("AAPL"), Timeframe.D1).Origin.Adjustment);
    }

    [Fact]
    public async Task Candles_of_a_file_are_not_continued_by_a_service()
    {
        Store.Import(new StoredCandles(SomeCandles.Of("AAPL", Timeframe.D1, 1)), ExistingCandles.Replace);
        var outcome = await OneAsync(Order());
        Assert.Contains("come from some.csv (of unknown adjustment)", outcome.Problem!.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Splits_of_raw_prices_are_kept_beside_them_through_every_update()
    {
        const string Rows = """[{"date":"2024-06-07T00:00:00Z","open":1200,"high":1220,"low":1180,"close":1210,"volume":40,"splitFactor":1.0},{"date":"2024-06-10T00:00:00Z","open":120,"high":123,"low":117,"close":121,"volume":300,"splitFactor":10.0},{"date":"2024-06-11T00:00:00Z","open":120,"high":123,"low":117,"close":122,"volume":300,"splitFactor":1.0},{"date":"2024-07-08T00:00:00Z","open":60,"high":61,"low":59,"close":60,"volume":600,"splitFactor":2.0},{"date":"2024-07-09T00:00:00Z","open":60,"high":61,"low":59,"close":60,"volume":600,"splitFactor":1.0}]""";
        await using var server = await HistoryServer.StartAsync(Rows);
        var source = SourceFixture.Create("tiingo", server, _time);
        using var cache = new ChunkCache(source, new ChunkCacheOptions(_folder["state", "downloads", "tiingo"]));
        var run = new DownloadRun(new HistoryDownloader(source, cache, Store, _time), cache, Store);
        foreach (var to in new[] { "2024-06-11", "2024-07-09" })
        {
            var order = new DownloadOrder(Symbol.Parse("NVDA"), Timeframe.D1, PriceAdjustment.Raw, SourceFixture.Days("2024-06-01", to));
            await foreach (var outcome in run.RunAsync([order], 1, TestContext.Current.CancellationToken)) Assert.Null(outcome.Problem);
        }
        var stored = Store.Read(Symbol.Parse("NVDA"), Timeframe.D1);
        Assert.Equal("2024-06-10,10\n2024-07-08,2\n", stored.Splits);
        Assert.Equal([60.5, 60.5, 61, 60, 60], stored.Adjusted("").Close.ToArray());
    }

    [Fact]
    public async Task What_the_source_no_longer_has_is_said_and_not_asked_for()
    {
        var order = new DownloadOrder(Symbol.Parse("AAPL"), Timeframe.M1, PriceAdjustment.Splits, SourceFixture.Days("2021-01-01", "2024-07-09"));
        var outcome = await OneAsync(order);
        Assert.All(_server.Requests, request => Assert.True(long.Parse(request.Query.Split('=', '&')[1], System.Globalization.CultureInfo.InvariantCulture) > _time.GetUtcNow().AddDays(-30).ToUnixTimeSeconds()));
        Assert.NotNull(outcome.Problem); // the server has days only
    }

    [Fact]
    public void Chunks_of_minutes_are_within_seven_days_with_the_session_before_them()
    {
        var source = SourceFixture.Create("yahoo", _server, _time);
        foreach (var days in source.RulesFor(Timeframe.M1).Chunk.Cut(new DayRange(new DateOnly(2015, 1, 1), new DateOnly(2024, 12, 31))))
            Assert.InRange(days.To.DayNumber + 1 - MarketCalendar.Nyse.PreviousSession(days.From).DayNumber, 2, 7);
    }

    [Fact]
    public async Task No_candles_at_all_is_a_failure_that_names_the_days()
    {
        await using var server = await HistoryServer.StartAsync(new YahooMarket { Listed = new DateOnly(2030, 1, 1) }.AnswerAsync);
        (_server, var old) = (server, _server);
        Assert.Contains("yahoo has no 1d candles of AAPL from 2021-01-01 to 2024-07-09", (await OneAsync(Order())).Problem!.Message, StringComparison.Ordinal);
        _server = old;
    }
}
