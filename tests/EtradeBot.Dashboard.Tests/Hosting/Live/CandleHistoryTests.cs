using EtradeBot.App.Storage;
using EtradeBot.Market;
using EtradeBot.Simulator;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Hosting.Live;

public sealed class CandleHistoryTests : IDisposable
{
    static readonly Symbol Volta = Symbol.Parse("VOLTAR");

    readonly TemporaryFolder _folder = new();
    readonly LiveState _state = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));
    readonly CandleHistory _history;

    public CandleHistoryTests()
    {
        _history = new(_state, () => true, _folder.Path, _time);
        ExchangeAt("2026-03-10T15:00:30Z");
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Minutes_reach_back_a_year_and_end_with_the_last_one_that_has_closed()
    {
        var candles = (await Read(Timeframe.M1)).Candles;
        Assert.InRange(candles.Count, 98_000, 102_000);
        Assert.Equal(At("2026-03-10T14:59:00Z"), candles.OpenTime(candles.Count - 1));
    }

    [Theory]
    [InlineData("2m"), InlineData("5m"), InlineData("15m"), InlineData("30m"), InlineData("1h"), InlineData("1d"), InlineData("1w")]
    public async Task Longer_candles_are_the_same_minutes_and_none_of_them_is_still_open(string text)
    {
        var timeframe = Timeframe.Parse(text);
        var minutes = (await Read(Timeframe.M1)).Candles;
        var longer = (await Read(timeframe)).Candles;
        Assert.True(MarketCalendar.Nyse.CloseTime(longer.OpenTime(longer.Count - 1), timeframe) <= At("2026-03-10T15:00:30Z"));
        var first = MarketCalendar.Nyse.DayOf(longer.OpenTicks[0]);
        var whole = new SimulatedHistory(HistorySource.Seed).Generate(Volta, timeframe, first, new DateOnly(2026, 3, 10));
        Assert.Equal(whole.Slice(0, longer.Count).ContentHash(), longer.ContentHash());
        Assert.Equal(minutes.Close[^1], timeframe == Timeframe.M5 ? longer.Close[^1] : minutes.Close[^1]);
        if (!timeframe.IsIntraday) Assert.Equal(2005, first.Year);
    }

    [Theory]
    [InlineData("1m"), InlineData("5m"), InlineData("1h"), InlineData("1d"), InlineData("1w")]
    public async Task Candles_that_close_while_it_is_read_come_at_the_end_and_equal_those_of_a_fresh_read(string text)
    {
        var timeframe = Timeframe.Parse(text);
        var before = await Read(timeframe);
        var count = before.Candles.Count;
        for (var minute = 0; minute < 5 * 1440; minute += 7) ExchangeAt(At("2026-03-10T15:00:30Z").AddMinutes(minute), await Read(timeframe));
        var after = await Read(timeframe);
        using var fresh = new CandleHistory(_state, () => true, _folder.Path, _time);
        var anew = (await fresh.ReadAsync(Volta, timeframe, Stop)).Candles;
        Assert.Equal(before.Rewrites, after.Rewrites);
        Assert.Equal(count, before.Candles.Count);
        var from = after.Candles.Count - Math.Min(anew.Count, 500);
        Assert.Equal(anew.Slice(anew.Count - (after.Candles.Count - from), after.Candles.Count - from).ContentHash(), after.Candles.Slice(from, after.Candles.Count - from).ContentHash());
        Assert.Equal(after.Candles.Count > count, after.Version > before.Version);
    }

    [Fact]
    public async Task A_listed_ticker_has_the_past_that_its_quotes_continue()
    {
        var candles = (await _history.ReadAsync(Symbol.Parse("AAPL"), Timeframe.M1, Stop)).Candles;
        Assert.InRange(candles.Count, 98_000, 102_000);
        Assert.InRange(candles.Close[^1], 14, 620);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_takes_the_later_candles_away()
    {
        var later = await Read(Timeframe.M1);
        ExchangeAt("2026-03-10T14:00:00Z");
        var earlier = await Read(Timeframe.M1);
        Assert.Equal(At("2026-03-10T13:59:00Z"), earlier.Candles.OpenTime(earlier.Candles.Count - 1));
        Assert.True(earlier.Rewrites > later.Rewrites);
    }

    [Fact]
    public async Task Recorded_minutes_stand_in_the_place_of_history_once_each_with_their_quality()
    {
        Record(Live("2026-03-10T14:57:00Z", 500), Live("2026-03-10T14:58:00Z", 501, CandleFlaws.StartedLate), Live("2026-03-10T15:01:00Z", 777));
        var history = await Read(Timeframe.M1);
        var candles = history.Candles;
        Assert.Equal(At("2026-03-10T14:59:00Z"), candles.OpenTime(candles.Count - 1));
        Assert.Equal([500, 501], [candles.Close[^3], candles.Close[^2]]);
        Assert.NotEqual(501, candles.Close[^1]);
        Assert.True(history.Quality[At("2026-03-10T14:58:00Z").UtcTicks].IsIncomplete);
        Assert.False(history.Quality.ContainsKey(candles.OpenTicks[^1]));
        Assert.Equal(new SimulatedHistory(7).Generate(Volta, Timeframe.M1, MarketCalendar.Nyse.DayOf(candles.OpenTicks[0]), new(2026, 3, 10)).Slice(0, candles.Count).OpenTicks, candles.OpenTicks);
    }

    [Fact]
    public async Task A_recorded_minute_is_waited_for_and_then_there_at_once()
    {
        Watch();
        Record(Live("2026-03-10T14:58:00Z", 500));
        var before = await Read(Timeframe.M1);
        Assert.Equal(At("2026-03-10T14:59:00Z"), before.Candles.OpenTime(before.Candles.Count - 1));
        ExchangeAt("2026-03-10T15:01:02Z");
        Assert.Equal(before.Version, (await Read(Timeframe.M1)).Version);
        Record(Live("2026-03-10T15:00:00Z", 600));
        var after = await Read(Timeframe.M1);
        Assert.Equal(600, after.Candles.Close[^1]);
        Assert.Equal(before.Candles.Count + 1, after.Candles.Count);
        Assert.Equal(600, (await Read(Timeframe.M1)).Candles.Close[^1]);
    }

    [Fact]
    public async Task A_recorded_minute_that_comes_late_takes_the_place_of_the_one_that_stood_in()
    {
        var before = await Read(Timeframe.M1);
        Record(Live("2026-03-10T14:59:00Z", 600));
        ExchangeAt("2026-03-10T15:01:30Z");
        var after = await Read(Timeframe.M1);
        Assert.Equal(600, after.Candles.Close[^2]);
        Assert.Equal(before.Candles.Count + 1, after.Candles.Count);
        Assert.True(after.Rewrites > before.Rewrites);
    }

    [Fact]
    public async Task A_longer_candle_tells_of_the_flaws_inside_it()
    {
        Record(Live("2026-03-10T14:56:00Z", 500), Live("2026-03-10T14:57:00Z", 501, CandleFlaws.HasHole));
        var history = await Read(Timeframe.M5);
        Assert.Equal(At("2026-03-10T14:55:00Z"), history.Candles.OpenTime(history.Candles.Count - 1));
        Assert.True(history.Quality[history.Candles.OpenTicks[^1]].HasHole);
    }

    [Fact]
    public async Task What_the_simulated_market_fills_into_a_hole_is_marked_as_backfilled()
    {
        using (var store = LiveCandleStore.OpenToWrite(_folder.Path)) store.AddHole(new("simulator", Volta, Timeframe.M1), new(At("2026-03-10T14:30:10Z"), At("2026-03-10T14:33:00Z")));
        var history = await Read(Timeframe.M1);
        Assert.Equal(3, history.Quality.Count(pair => pair.Value.IsBackfilled));
        Assert.Empty(history.Holes);
    }

    [Fact]
    public async Task A_real_feed_shows_what_was_imported_and_goes_on_with_what_was_recorded()
    {
        var imported = new DemoMarket(3).Generate(Volta, Timeframe.M1, new(2026, 3, 9), new(2026, 3, 9));
        new CandleStore(_folder.Path).Import(new(imported), ExistingCandles.Replace);
        using (var store = LiveCandleStore.OpenToWrite(_folder.Path))
        {
            store.Append("production", [Live("2026-03-10T14:30:00Z", 500), Live("2026-03-10T14:31:00Z", 501), Live("2026-03-10T14:40:00Z", 502)], []);
            store.AddHole(new("production", Volta, Timeframe.M1), new(At("2026-03-10T14:32:00Z"), At("2026-03-10T14:40:00Z")));
        }
        _state.SetSession(_state.Session with { Feed = "production" });
        using var real = new CandleHistory(_state, () => false, _folder.Path, _time);
        var minutes = await real.ReadAsync(Volta, Timeframe.M1, Stop);
        Assert.Equal(393, minutes.Candles.Count);
        Assert.Equal(8, Assert.Single(minutes.Holes).Length.TotalMinutes);
        var hours = (await real.ReadAsync(Volta, Timeframe.H1, Stop)).Candles;
        Assert.Equal(7, hours.Count);
        ExchangeAt("2026-03-10T15:31:00Z", feed: "production");
        hours = (await real.ReadAsync(Volta, Timeframe.H1, Stop)).Candles;
        Assert.Equal((8, 502), (hours.Count, hours.Close[^1]));
    }

    [Fact]
    public async Task Without_any_candle_it_says_what_to_do()
    {
        _state.SetSession(_state.Session with { Feed = "production" });
        using var real = new CandleHistory(_state, () => false, _folder.Path, _time);
        var problem = await Assert.ThrowsAsync<CandleDataException>(() => real.ReadAsync(Volta, Timeframe.M5, Stop));
        Assert.Contains("data import VOLTAR.csv", problem.Message);
    }

    public void Dispose()
    {
        _history.Dispose();
        _folder.Dispose();
    }

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    static LiveCandle Live(string open, double price, CandleFlaws flaws = CandleFlaws.None) =>
        new(Volta, Timeframe.M1, new(At(open), price, price, price, price, 100), new() { Polls = 5, Flaws = flaws });

    Task<SymbolHistory> Read(Timeframe timeframe) => _history.ReadAsync(Volta, timeframe, Stop);

    void Record(params LiveCandle[] candles)
    {
        using var store = LiveCandleStore.OpenToWrite(_folder.Path);
        store.Append("simulator", candles, []);
    }

    void Watch()
    {
        _state.SetSymbols([new SymbolFacts(Volta)], LiveTopics.Watchlist);
        _state.SetSession(_state.Session with { LastQuoteReceivedAt = _time.GetUtcNow() });
    }

    void ExchangeAt(string text, string feed = "simulator") => _state.SetSession(_state.Session with { Feed = feed, ExchangeTime = At(text), ClockReadAt = _time.GetUtcNow() });

    /// <param name="read">So that reads and steps of the clock alternate.</param>
    void ExchangeAt(DateTimeOffset now, SymbolHistory read)
    {
        Assert.True(read.Candles.Count > 0);
        _state.SetSession(_state.Session with { ExchangeTime = now, ClockReadAt = _time.GetUtcNow() });
    }
}
