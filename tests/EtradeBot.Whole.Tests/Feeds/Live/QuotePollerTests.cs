using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

public sealed class QuotePollerTests
{
    static DateTimeOffset Clock(string time) => MarketCalendar.Nyse.At(new DateOnly(2024, 1, 10), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture));

    static Symbol S(int i) => Symbol.Parse($"S{i}");

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(200)]
    [InlineData(1000)]
    public async Task Any_number_of_symbols_stays_within_the_rate(int symbols)
    {
        using var market = new PolledMarket("09:29:30");
        market.Start(symbols);
        market.Advance(165);
        await market.StopAsync();
        Assert.All(market.Requests, request => Assert.True(request.Symbols.Length <= 50));
        foreach (var request in market.Requests)
            Assert.True(market.Requests.Count(other => other.At >= request.At && other.At < request.At.AddSeconds(1)) <= 3, "more than 3.2 requests in a second");
        Assert.Equal(symbols, market.Candles.Where(candle => candle.Candle.OpenTime == Clock("09:31")).Select(candle => candle.Symbol).Distinct().Count());
    }

    [Fact]
    public async Task Two_hundred_symbols_are_seen_every_two_seconds()
    {
        using var market = new PolledMarket("09:29:30");
        market.Start(200);
        market.Advance(165);
        await market.StopAsync();
        Assert.All(market.Candles, candle => Assert.True(candle.Quality.LongestHole <= TimeSpan.FromSeconds(2) && !candle.Quality.IsIncomplete));
    }

    [Fact]
    public async Task One_symbol_is_polled_every_second_and_just_before_and_after_the_end_of_a_candle()
    {
        using var market = new PolledMarket("09:30:00.350");
        market.Start(1);
        market.Advance(89);
        await market.StopAsync();
        var around = market.Requests.Select(request => request.At - Clock("09:31")).ToList();
        Assert.Contains(around, offset => offset > TimeSpan.FromSeconds(-0.8) && offset < TimeSpan.Zero);
        Assert.Contains(around, offset => offset >= TimeSpan.Zero && offset <= TimeSpan.FromSeconds(0.6));
        Assert.All(market.Requests.Zip(market.Requests.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At <= TimeSpan.FromSeconds(1.1)));
    }

    [Fact]
    public async Task A_slow_pace_still_sees_both_sides_of_each_end()
    {
        using var market = new PolledMarket("09:29:30");
        market.Start(PolledMarket.Options(60) with { Interval = TimeSpan.FromSeconds(20) });
        market.Advance(200);
        await market.StopAsync();
        Assert.True(market.Requests.Count < 60, $"{market.Requests.Count} requests");
        foreach (var candle in market.Candles.Where(candle => candle.Candle.OpenTime >= Clock("09:31")))
        {
            Assert.InRange(candle.Quality.LastPollLead, TimeSpan.Zero, TimeSpan.FromSeconds(2));
            Assert.InRange(candle.Quality.FirstPollDelay, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public async Task Several_timeframes_are_built_of_the_same_quotes()
    {
        using var market = new PolledMarket("09:29:50");
        market.Start(PolledMarket.Options(1) with { Timeframes = [Timeframe.M1, Timeframe.M2, Timeframe.M5] });
        market.Advance(320);
        await market.StopAsync();
        Assert.Equal([("1m", 5), ("2m", 2), ("5m", 1)], market.Candles.GroupBy(candle => candle.Timeframe).Select(group => (group.Key.ToString(), group.Count())).Order());
        Assert.Equal(market.Candles.Where(candle => candle.Timeframe == Timeframe.M1).Sum(candle => candle.Candle.Volume), market.Candles.Single(candle => candle.Timeframe == Timeframe.M5).Candle.Volume);
    }

    [Fact]
    public async Task An_unknown_symbol_is_reported_once_and_dropped()
    {
        using var market = new PolledMarket("09:30:00");
        market.Unknown.Add("S1");
        var poller = market.Start(3);
        market.Advance(90);
        await market.StopAsync();
        Assert.Single(market.Requests, request => request.Symbols.Contains(S(1)));
        var told = Assert.Single(market.Changes, change => change.Symbol == S(1));
        Assert.Equal((FeedState.UnknownSymbol, "the broker does not know S1 (Invalid Symbol): it is not asked for any more"), (told.State, told.Reason));
        Assert.Equal([S(0), S(2)], market.Candles.Select(candle => candle.Symbol).Distinct().Order());
        Assert.Equal(FeedState.UnknownSymbol, poller.Health()[1].State);
    }

    [Fact]
    public async Task It_ends_when_the_broker_knows_none_of_the_symbols()
    {
        using var market = new PolledMarket("09:30:00");
        market.Unknown.UnionWith(["S0", "S1"]);
        market.Start(2);
        market.Advance(5);
        await market.Ended;
        Assert.Single(market.Requests);
    }

    [Fact]
    public async Task One_symbol_that_spoils_its_request_is_isolated_and_the_others_go_on()
    {
        using var market = new PolledMarket("09:30:00") { Fails = symbols => { if (symbols.Contains(S(7))) throw PolledMarket.Down(BrokerFault.UnexpectedReply); } };
        var poller = market.Start(50);
        market.Advance(200);
        await market.StopAsync();
        var healthy = poller.Health().Where(health => health.State == FeedState.Ok).Select(health => health.Symbol).ToList();
        Assert.Equal(49, healthy.Count);
        Assert.Equal((FeedState.Down, "it is UnexpectedReply"), (poller.Health()[7].State, poller.Health()[7].Reason));
        // Those that answer share one request again.
        Assert.Contains(market.Requests, request => request.Symbols.Length == 49);
        Assert.Equal(49, market.Candles.Where(candle => candle.Candle.OpenTime == Clock("09:32")).Select(candle => candle.Symbol).Distinct().Count());
    }

    [Theory]
    [InlineData(BrokerFault.Unreachable)]
    [InlineData(BrokerFault.Unavailable)]
    [InlineData(BrokerFault.RateLimited)]
    [InlineData(BrokerFault.TryAgain)]
    public async Task An_outage_is_waited_out_with_bounded_patience_and_leaves_marked_holes(BrokerFault fault)
    {
        using var market = new PolledMarket("09:29:50");
        var poller = market.Start(1);
        market.Advance(100);
        market.Fails = _ => throw PolledMarket.Down(fault);
        var before = market.Requests.Count;
        market.Advance(300);
        Assert.InRange(market.Requests.Count - before, 10, 20); // 1, 2, 4, 8, 16, 30, 30, ... seconds
        Assert.Equal((FeedState.Down, $"it is {fault}"), (poller.Health()[0].State, poller.Health()[0].Reason));
        market.Fails = _ => { };
        market.Advance(150);
        await market.StopAsync();
        var hole = Assert.Single(market.Holes);
        Assert.InRange(hole.Hole.Length, TimeSpan.FromSeconds(290), TimeSpan.FromSeconds(335));
        Assert.Equal(FeedState.Ok, poller.Health()[0].State);
        Assert.Equal([FeedState.Ok, FeedState.Down, FeedState.Ok], market.Changes.Select(change => change.State).Where(state => state is FeedState.Ok or FeedState.Down));
        Assert.False(market.Candles[^1].Quality.IsIncomplete);
        Assert.True(market.Candles.First(candle => candle.Candle.OpenTime >= hole.Hole.To.AddMinutes(-1)).Quality.IsIncomplete);
    }

    [Fact]
    public async Task A_dead_login_waits_for_a_person_and_goes_on_after_it()
    {
        using var market = new PolledMarket("09:30:00") { Fails = _ => throw PolledMarket.Down(BrokerFault.SessionExpired) };
        var poller = market.Start(200);
        market.Advance(50);
        Assert.Single(market.Requests);
        Assert.All(poller.Health(), health => Assert.Equal(FeedState.NeedsLogin, health.State));
        market.Advance(60);
        Assert.Equal(2, market.Requests.Count);
        market.Fails = _ => { };
        market.Wake(poller.LoggedIn);
        market.Advance(10);
        await market.StopAsync();
        Assert.True(market.Requests.Count > 4);
        Assert.All(poller.Health(), health => Assert.Equal(FeedState.Ok, health.State));
    }

    [Fact]
    public async Task Outside_the_session_polls_are_rare_and_at_night_there_are_none()
    {
        using var market = new PolledMarket("15:59:50");
        market.Start(1);
        market.Advance(TimeSpan.FromMinutes(10));
        Assert.InRange(market.Requests.Count(request => request.At >= Clock("16:01")), 8, 11);
        market.Advance(TimeSpan.FromHours(4.5), 5000);
        var evening = market.Requests.Count;
        Assert.True(market.Requests[^1].At < Clock("20:00:30"));
        market.Advance(TimeSpan.FromHours(7), 5000);
        Assert.Equal(evening, market.Requests.Count);
        market.Advance(TimeSpan.FromHours(1), 5000);
        await market.StopAsync();
        Assert.True(market.Requests.Count > evening + 20);
        Assert.Equal(Clock("04:00").AddDays(1), market.Requests[evening].At);
    }

    [Fact]
    public async Task A_poll_comes_just_before_the_open_for_the_days_total()
    {
        using var market = new PolledMarket("09:27:10");
        market.Start(1);
        market.Advance(240);
        await market.StopAsync();
        Assert.Contains(market.Requests, request => request.At > Clock("09:29:58") && request.At < Clock("09:30"));
        Assert.Equal((0, CandleFlaws.None), ((int)market.Candles[0].Quality.FirstPollDelay.TotalSeconds, market.Candles[0].Quality.Flaws));
    }

    [Fact]
    public async Task A_start_at_night_asks_once_so_that_wrong_symbols_are_known()
    {
        using var market = new PolledMarket("22:00:00");
        var poller = market.Start(1);
        market.Advance(TimeSpan.FromHours(1), 1000);
        await market.StopAsync();
        Assert.Single(market.Requests);
        Assert.Equal(FeedState.Closed, poller.Health()[0].State);
    }

    [Fact]
    public async Task Delayed_quotes_are_no_good_and_said_to_be_so()
    {
        using var market = new PolledMarket("10:30:00") { Shows = quote => quote with { Status = QuoteStatus.Delayed } };
        var poller = market.Start(1);
        market.Advance(70);
        await market.StopAsync();
        Assert.Equal(FeedState.Delayed, poller.Health()[0].State);
        Assert.Empty(market.Candles);
    }

    [Fact]
    public async Task Quotes_that_are_refused_make_a_feed_stale_with_the_reason()
    {
        using var market = new PolledMarket("10:30:00");
        var poller = market.Start(1);
        market.Advance(5);
        market.Shows = quote => quote with { Bid = 102, Ask = 101 };
        market.Advance(40);
        await market.StopAsync();
        var health = poller.Health()[0];
        Assert.Equal(FeedState.Stale, health.State);
        Assert.Matches("the last good quote is [34]. seconds old; the latest was refused: bid above ask", health.Reason);
        Assert.Single(market.Changes, change => change.State == FeedState.Stale);
    }

    [Fact]
    public async Task A_wrong_clock_of_this_machine_is_put_right_by_the_quotes()
    {
        // The machine is four minutes behind the exchange.
        using var market = new PolledMarket("09:55:30") { Shows = quote => quote with { At = quote.At.AddMinutes(4), LastTradeAt = quote.At.AddMinutes(4) } };
        var poller = market.Start(1);
        market.Advance(70);
        await market.StopAsync();
        Assert.InRange(poller.ExchangeNow - market.Time.GetUtcNow(), TimeSpan.FromSeconds(238), TimeSpan.FromSeconds(240));
        Assert.Equal(FeedState.Ok, poller.Health()[0].State);
    }

    [Fact]
    public async Task A_simulated_market_is_followed_by_its_own_clock()
    {
        // A day of 2019, sixty times as fast.
        var start = new DateTimeOffset(2019, 2, 11, 14, 29, 30, TimeSpan.Zero);
        using var market = new PolledMarket("03:00:00");
        market.Shows = quote =>
        {
            var at = start + (quote.ReceivedAt - Clock("03:00")) * 60;
            return quote with { At = at, LastTradeAt = at, Status = QuoteStatus.RealTime, IsAfterHours = false, DayVolume = (at - start).Ticks };
        };
        var poller = market.Start(PolledMarket.Options(1, Timeframe.M5) with { Clock = MarketClockKind.Quotes });
        market.Advance(16);
        await market.StopAsync();
        Assert.Equal([new DateTimeOffset(2019, 2, 11, 14, 30, 0, TimeSpan.Zero), new DateTimeOffset(2019, 2, 11, 14, 35, 0, TimeSpan.Zero), new DateTimeOffset(2019, 2, 11, 14, 40, 0, TimeSpan.Zero)], market.Candles.Select(candle => candle.Candle.OpenTime));
        Assert.All(market.Candles, candle => Assert.True(candle.Quality.Polls > 10));
        Assert.Equal(FeedState.Ok, poller.Health()[0].State);
    }

    [Fact]
    public async Task The_forming_candle_can_be_seen()
    {
        using var market = new PolledMarket("10:30:00");
        var poller = market.Start(1, Timeframe.M5);
        market.Advance(65);
        await market.StopAsync();
        Assert.Equal((Clock("10:30"), 106.0), (poller.Forming(S(0), Timeframe.M5)!.OpenTime, poller.Forming(S(0), Timeframe.M5)!.Prices.Highest));
        Assert.Null(poller.Forming(S(0), Timeframe.M1));
    }

    [Fact]
    public async Task A_listener_that_fails_ends_the_polling()
    {
        using var market = new PolledMarket("09:29:50");
        market.Start(1).Closed += _ => throw new IOException("the disk is full");
        market.Advance(80);
        Assert.Equal("the disk is full", (await Assert.ThrowsAsync<IOException>(() => market.Ended)).Message);
    }

    [Fact]
    public async Task A_request_in_flight_does_not_keep_it_from_ending()
    {
        using var market = new PolledMarket("10:30:00");
        using var stop = new CancellationTokenSource();
        var poller = new QuotePoller(PolledMarket.Options(1), new(async (_, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return new QuoteAnswer([], []);
        }, () => 4), market.Time);
        var running = poller.RunAsync(stop.Token);
        market.Time.Advance(TimeSpan.FromSeconds(5));
        await stop.CancelAsync();
        await running;
    }
}
