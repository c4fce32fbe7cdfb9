using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

/// <summary>Symbols come and go while it polls.</summary>
public sealed class QuotePollerWatchTests : IDisposable
{
    readonly PolledMarket _market = new("10:00:05");
    readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _market.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Symbols_that_stay_lose_no_candle_and_get_none_twice()
    {
        var poller = _market.Start(3);
        for (var minute = 0; minute < 10; minute++)
        {
            // In the middle of a minute, at its end, and at odd moments besides.
            _market.Advance(47 + minute);
            _market.Wake(() => poller.Watch([.. PolledMarket.Symbols(2 + minute % 3)]));
        }
        await _market.StopAsync();
        foreach (var symbol in PolledMarket.Symbols(2))
        {
            var built = _market.Candles.Where(candle => candle.Symbol == symbol).Select(candle => candle.Candle.OpenTime).ToList();
            Assert.Equal(Enumerable.Range(0, built.Count).Select(i => built[0].AddMinutes(i)), built);
            Assert.InRange(built.Count, 8, 9);
        }
        Assert.DoesNotContain(_market.Holes, hole => PolledMarket.Symbols(2).Contains(hole.Symbol));
    }

    [Fact]
    public async Task A_new_symbol_is_asked_for_at_once_and_one_that_left_no_more()
    {
        var poller = _market.Start(2);
        _market.Advance(10);
        _market.Wake(() => poller.Watch([PolledMarket.Symbols(2)[1], Symbol.Parse("NEW")]));
        _market.Requests.Clear();
        _market.Advance(2);
        Assert.All(_market.Requests.Skip(1), request => Assert.Equal(["S1", "NEW"], request.Symbols.Select(symbol => symbol.Ticker)));
        Assert.NotNull(poller.Forming(Symbol.Parse("NEW"), Timeframe.M1));
        Assert.Null(poller.Forming(PolledMarket.Symbols(1)[0], Timeframe.M1));
        Assert.Equal(["S1", "NEW"], poller.Health().Select(health => health.Symbol.Ticker));
        await _market.StopAsync();
    }

    [Fact]
    public async Task One_that_comes_back_goes_on_in_the_middle_of_its_candle()
    {
        using var store = LiveCandleStore.OpenToWrite(_folder.Path);
        var recorder = new LiveRecorder(store, "simulator", _market.Time);
        var poller = _market.Start(PolledMarket.Options(2), recorder.Saved);
        recorder.Attach(poller);
        var gone = PolledMarket.Symbols(2)[1];
        _market.Advance(80); // 10:01:25
        _market.Wake(() => poller.Watch([PolledMarket.Symbols(1)[0]]));
        _market.Advance(10);
        _market.Wake(() => poller.Watch([.. PolledMarket.Symbols(2)]));
        _market.Advance(60);
        await _market.StopAsync();
        var second = store.Candles(new("simulator", gone, Timeframe.M1)).Single(candle => candle.Candle.OpenTime.Minute == 1);
        Assert.False(second.Quality.IsIncomplete);
        Assert.InRange(second.Quality.LongestHole.TotalSeconds, 8, 14);
        Assert.Equal(2, store.Candles(new("simulator", gone, Timeframe.M1)).Count);
    }

    [Fact]
    public async Task Without_any_symbol_it_waits_for_some_when_told_to()
    {
        var poller = _market.Start(PolledMarket.Options(1) with { WaitsForSymbols = true });
        _market.Wake(() => poller.Watch([]));
        _market.Advance(30);
        Assert.False(_market.Ended.IsCompleted);
        _market.Wake(() => poller.Watch([Symbol.Parse("NEW")]));
        _market.Advance(5);
        Assert.NotNull(poller.Forming(Symbol.Parse("NEW"), Timeframe.M1));
        await _market.StopAsync();
    }

    [Fact]
    public async Task A_symbol_the_broker_did_not_know_is_asked_for_again_when_it_comes_back()
    {
        _market.Unknown.Add("S1");
        var poller = _market.Start(2);
        _market.Advance(5);
        Assert.Equal(FeedState.UnknownSymbol, poller.Health()[1].State);
        _market.Unknown.Clear();
        _market.Wake(() => poller.Watch([PolledMarket.Symbols(1)[0]]));
        _market.Advance(2);
        _market.Wake(() => poller.Watch([.. PolledMarket.Symbols(2)]));
        _market.Advance(5);
        Assert.Equal(FeedState.Ok, poller.Health()[1].State);
        await _market.StopAsync();
    }
}
