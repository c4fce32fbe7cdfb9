using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

public sealed class SourceComparisonTests
{
    static CandleSeries Series(string source, params (int Day, double Close)[] closes) =>
        CandleSeries.From(Symbol.Parse("AAPL"), Timeframe.D1, new CandleOrigin(source), closes.Select(row =>
            new Candle(MarketCalendar.Nyse.DailyOpen(new DateOnly(2024, 7, row.Day)), row.Close, row.Close, row.Close, row.Close, 1)));

    [Fact]
    public void Where_they_overlap_differences_are_counted_and_the_largest_named()
    {
        var comparison = SourceComparison.Of(Series("a", (1, 100), (2, 100), (3, 100), (8, 100), (9, 100)), Series("b", (2, 100.05), (3, 101), (5, 7), (8, 98), (9, 100), (11, 1)));
        Assert.Equal((4, 2, 0, 1), (comparison.Common, comparison.Different, comparison.OnlyInSource, comparison.OnlyInOther));
        Assert.Equal((0.02, "2024-07-08"), (Math.Round(comparison.Largest, 9), comparison.LargestAt));
        Assert.Equal(["2024-07-03: close 100 in a, 101 in b", "2024-07-08: close 100 in a, 98 in b"], comparison.Examples);
        Assert.False(comparison.Agrees);
    }

    [Fact]
    public void Equal_series_agree_and_apart_ones_have_nothing_in_common()
    {
        Assert.True(SourceComparison.Of(Series("a", (1, 1), (2, 2)), Series("b", (1, 1), (2, 2))).Agrees);
        Assert.Equal(0, SourceComparison.Of(Series("a", (1, 1)), Series("b", (2, 2))).Common);
        Assert.Equal(0, SourceComparison.Of(Series("a"), Series("b", (2, 2))).Common);
    }

    [Fact]
    public async Task Stored_candles_are_a_source_like_the_others()
    {
        using var folder = new TemporaryFolder();
        var store = new CandleStore(folder.Path);
        var files = new FilesSource(store);
        var request = SourceFixture.Request(files, Timeframe.D1, "2024-07-02", "2024-07-03");
        Assert.Contains("no 1d candles of AAPL are stored", (await files.RefusalAsync(request)).Message, StringComparison.Ordinal);
        store.Import(new StoredCandles(Series("my broker", (1, 1), (2, 2), (3, 3), (5, 5))), ExistingCandles.Replace);
        var part = await files.FetchAsync(request);
        Assert.Equal(["2024-07-02", "2024-07-03"], part.Candles.Labels());
        Assert.Equal("my broker", part.Candles.Origin.Source);
    }
}
