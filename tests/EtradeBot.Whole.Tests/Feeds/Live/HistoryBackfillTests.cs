using EtradeBot.App.Feeds.History;
using EtradeBot.App.Storage;
using EtradeBot.Market;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Feeds.Live;

public sealed class HistoryBackfillTests : IAsyncLifetime
{
    static readonly LiveSeriesName Name = new("production", Symbol.Parse("S0"), Timeframe.M1);
    readonly TemporaryFolder _folder = new();
    readonly YahooMinutes _market = new();
    FakeTimeProvider _time = new(Clock("11:00:00"));
    HistoryServer _server = null!;
    LiveCandleStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await HistoryServer.StartAsync(_market.AnswerAsync);
        _store = LiveCandleStore.OpenToWrite(_folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    static DateTimeOffset Clock(string time) => MarketCalendar.Nyse.At(new DateOnly(2024, 1, 10), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture));

    Task<BackfillResult> FillAsync(LiveSeriesName? name = null, string source = "yahoo", TimeProvider? clock = null) =>
        new Backfill(_store, new HistoryBackfill(SourceFixture.Create(source, _server, clock ?? _time), _time.GetUtcNow).Source).FillAsync(name ?? Name);

    async Task<string> WhyAsync(LiveSeriesName? name = null, string source = "yahoo", TimeProvider? clock = null)
    {
        var result = await FillAsync(name, source, clock);
        Assert.Equal((0, 0), (result.Filled, result.Stored));
        Assert.Empty(_store.Candles(name ?? Name));
        Assert.All(_store.Holes(name ?? Name), hole => Assert.Null(hole.FilledBy));
        return Assert.Single(result.Left.Select(left => left.Why).Distinct());
    }

    [Fact]
    public async Task Holes_of_a_day_are_filled_with_one_request()
    {
        _store.AddHole(Name, new(Clock("10:02:00"), Clock("10:05:00")));
        _store.AddHole(Name, new(Clock("10:20:00"), Clock("10:21:00")));
        var result = await FillAsync();
        Assert.Equal((2, 4), (result.Filled, result.Stored));
        Assert.Empty(result.Left);
        Assert.Single(_server.Requests);
        Assert.All(_store.Candles(Name), candle => Assert.Equal("yahoo", candle.Quality.BackfilledFrom));
        Assert.Equal(["10:02", "10:03", "10:04", "10:20"], _store.Candles(Name).Select(candle => MarketCalendar.Nyse.Label(candle.Candle.OpenTime, Timeframe.M1)[11..16]));
    }

    [Theory]
    [InlineData("10:06:31", 4)]
    [InlineData("10:07:29", 4)]
    [InlineData("10:07:30", 5)]
    public async Task A_candle_that_is_not_finished_is_never_stored(string now, int stored)
    {
        // The service shows the running candle as well; quotes are back since the middle of it.
        _time = new(Clock(now));
        _store.AddHole(Name, new(Clock("10:02:00"), Clock("10:06:10")));
        Assert.Equal((1, stored), (await FillAsync() is var result ? result.Filled : 0, result.Stored));
    }

    [Theory]
    [InlineData("10:06:15", "10:02:00", "10:06:10")]
    [InlineData("10:06:50", "10:06:05", "10:06:45")]
    public async Task Too_early_nobody_is_asked(string now, string from, string to)
    {
        _time = new(Clock(now));
        _store.AddHole(Name, new(Clock(from), Clock(to)));
        Assert.Equal("its candles are not finished yet", await WhyAsync());
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_source_that_is_behind_leaves_the_hole_open_until_it_has_all_of_it()
    {
        _store.AddHole(Name, new(Clock("10:02:00"), Clock("10:06:00")));
        _market.Newest = Clock("10:04:00");
        Assert.Equal("yahoo has candles up to 2024-01-10T10:04:00-05:00 only, so far", await WhyAsync());
        _market.Newest = Clock("10:05:00");
        Assert.Equal(4, (await FillAsync()).Stored);
    }

    [Fact]
    public async Task After_the_session_what_a_source_lacks_was_not_traded()
    {
        _time = new(Clock("22:00:00"));
        _store.AddHole(Name, new(Clock("15:56:00"), Clock("16:00:00")));
        _market.Newest = Clock("15:57:00");
        Assert.Equal(2, (await FillAsync()).Stored);
    }

    [Fact]
    public async Task What_a_source_does_not_have_is_said_without_asking()
    {
        _store.AddHole(Name, new(Clock("10:02:00"), Clock("10:06:00")));
        Assert.Equal("stooq has no 1m candles, only 1d", await WhyAsync(source: "stooq"));
        _time = new(Clock("11:00:00").AddDays(30));
        Assert.Equal("yahoo has 1m candles of the last 29 days only", await WhyAsync());
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Real_candles_never_fill_a_simulated_series()
    {
        var simulated = Name with { Feed = "simulator" };
        _store.AddHole(simulated, new(Clock("10:02:00"), Clock("10:06:00")));
        Assert.Equal("yahoo has real candles, which do not mix with these", await WhyAsync(simulated));
    }

    [Theory]
    [InlineData(404, YahooMarket.NotFound, "S0")]
    [InlineData(403, "<html>no</html>", "yahoo")]
    [InlineData(200, "{}", "yahoo")]
    public async Task A_refusal_of_the_source_leaves_the_hole_open(int status, string body, string words)
    {
        _server.Answer = context => HistoryServer.Text(context, body, status);
        _store.AddHole(Name, new(Clock("10:02:00"), Clock("10:06:00")));
        Assert.Contains(words, await WhyAsync(clock: History.VirtualTime.Wednesday()), StringComparison.Ordinal);
    }
}
