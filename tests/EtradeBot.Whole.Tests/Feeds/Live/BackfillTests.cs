using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

public sealed class BackfillTests : IDisposable
{
    static readonly LiveSeriesName Name = new("production", Symbol.Parse("ABC"), Timeframe.M1);
    static readonly DateTimeOffset Open = SomeCandles.Start;
    static readonly int[] Recorded = [0, 1, 2, 6, 7, 8, 9];
    readonly TemporaryFolder _folder = new();
    readonly LiveCandleStore _store;

    public BackfillTests()
    {
        _store = LiveCandleStore.OpenToWrite(_folder.Path);
        // Minutes 0 to 2 and 6 to 9, with a hole from the middle of minute 2 to the middle of minute 6.
        _store.Append(Name.Feed, [.. Recorded.Select(i => new LiveCandle(Name.Symbol, Name.Timeframe, At(i, 100), new() { Polls = 60, Flaws = i is 2 or 6 ? CandleFlaws.HasHole : CandleFlaws.None }))], []);
        _store.AddHole(Name, new(Open.AddMinutes(2.5), Open.AddMinutes(6.5)));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    static Candle At(int minute, double price) => new(Open.AddMinutes(minute), price, price, price, price, 10);

    static CandleSeries History(DateTimeOffset from, DateTimeOffset to, double price = 101, bool isSimulated = false) =>
        CandleSeries.From(Name.Symbol, Name.Timeframe, new("yahoo", isSimulated), Enumerable.Range(-5, 30).Select(i => At(i, price)).Where(candle => candle.OpenTime >= from.AddMinutes(-2) && candle.OpenTime <= to.AddMinutes(2)));

    Task<BackfillResult> Fill(Func<DateTimeOffset, DateTimeOffset, CandleSeries?> history, BackfillOver over = BackfillOver.Nothing) =>
        new Backfill(_store, new("yahoo", (_, _, from, to) => Task.FromResult(history(from, to)))).FillAsync(Name, over);

    [Fact]
    public async Task A_hole_is_filled_with_labelled_candles_and_live_ones_stay()
    {
        (DateTimeOffset From, DateTimeOffset To) asked = default;
        var result = await Fill((from, to) =>
        {
            asked = (from, to);
            return History(from, to);
        });
        Assert.Equal((Open.AddMinutes(2), Open.AddMinutes(7)), asked);
        Assert.Equal((1, 3), (result.Filled, result.Stored));
        Assert.Empty(result.Left);
        Assert.Equal([100.0, 100, 100, 101, 101, 101, 100, 100, 100, 100], _store.Series(Name).Close.ToArray());
        Assert.Equal([3, 4, 5], _store.Candles(Name).Where(candle => candle.Quality.BackfilledFrom == "yahoo").Select(candle => (int)(candle.Candle.OpenTime - Open).TotalMinutes));
        Assert.Equal("yahoo", _store.Holes(Name)[0].FilledBy);
        Assert.Equal(0, (await Fill(Always)).Filled);
    }

    static CandleSeries? Always(DateTimeOffset from, DateTimeOffset to) => History(from, to);

    [Fact]
    public async Task Candles_at_the_edges_of_a_hole_are_replaced_on_request()
    {
        Assert.Equal(5, (await Fill(Always, BackfillOver.Incomplete)).Stored);
        Assert.Equal([100.0, 100, 101, 101, 101, 101, 101, 100, 100, 100], _store.Series(Name).Close.ToArray());
    }

    public static TheoryData<string, Func<DateTimeOffset, DateTimeOffset, CandleSeries?>> Useless => new()
    {
        { "yahoo has no candles of that time", (_, _) => null },
        { "yahoo has no candles of that time", (from, _) => History(from.AddDays(1), from.AddDays(2)) },
        { "yahoo has SIMULATED candles, which do not mix with these", (from, to) => History(from, to, isSimulated: true) },
        { "yahoo gives prices on another scale, perhaps adjusted for a split", (from, to) => History(from, to, 25) },
        { "yahoo answered with ABC 5m instead", (from, to) => History(from, to).Resample(Timeframe.M5) },
        { "the line is dead", (_, _) => throw new HttpRequestException("the line is dead") },
    };

    [Theory]
    [MemberData(nameof(Useless), DisableDiscoveryEnumeration = true)]
    public async Task What_cannot_be_used_leaves_the_hole_open_and_says_why(string why, Func<DateTimeOffset, DateTimeOffset, CandleSeries?> history)
    {
        _store.AddHole(Name, new(Open.AddMinutes(12), Open.AddMinutes(13)));
        var result = await Fill((from, to) => from < Open.AddMinutes(10) ? history(from, to) : History(from, to));
        Assert.Equal(why, Assert.Single(result.Left).Why);
        Assert.Equal(1, result.Filled);
        Assert.Equal([null, "yahoo"], _store.Holes(Name).Select(hole => hole.FilledBy));
    }
}
