using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>Session, client, simulator, poller and store together under one virtual clock.</summary>
[Collection(nameof(RunsAlone))]
public sealed class SimulatedHourTests : IDisposable
{
    /// <summary>Tuesday 10 March 2026, 10:00 in New York.</summary>
    static readonly DateTimeOffset Start = new(2026, 3, 10, 14, 0, 0, TimeSpan.Zero);

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_hour_at_speed_sixty_gives_every_minute_of_every_symbol_as_the_market_had_it()
    {
        var time = new VirtualTime(Start);
        await using (var session = await time.Run(() => RunningSession.StartAsync(_folder.Path, time)))
        {
            await time.Pass(TimeSpan.FromSeconds(3));
            Assert.Equal(BrokerLink.Up, session.State.Session.Link);
            session.Session.Simulation!.SetSpeed(RunningSession.Owner, 60);
            await time.Pass(TimeSpan.FromSeconds(63));
        }
        using var store = LiveCandleStore.OpenToRead(_folder.Path)!;
        var market = new DemoMarket(7);
        foreach (var symbol in DemoMarket.Symbols.Select(company => company.Symbol))
        {
            var built = store.Candles(new("simulator", symbol, Timeframe.M1)).Where(candle => !candle.Quality.IsBackfilled).ToDictionary(candle => candle.Candle.OpenTime);
            var truth = market.Generate(symbol, Timeframe.M1, new(2026, 3, 10), new(2026, 3, 10));
            var first = truth.IndexAtOrAfter(Start.AddMinutes(1));
            for (var i = first; i < first + 60; i++) MustAgree(truth[i], built, symbol);
        }
    }

    [Fact]
    public async Task Over_the_night_it_logs_in_again_by_itself_and_goes_on()
    {
        var time = new VirtualTime(new(2026, 3, 10, 19, 58, 0, TimeSpan.Zero));
        await using var session = await time.Run(() => RunningSession.StartAsync(_folder.Path, time));
        await time.Pass(TimeSpan.FromSeconds(3));
        session.Session.Simulation!.SetSpeed(RunningSession.Owner, 60);
        await time.Pass(TimeSpan.FromSeconds(6));
        session.Session.Simulation!.SetSpeed(RunningSession.Owner, 1);
        await time.Pass(TimeSpan.FromSeconds(70));
        var facts = session.State.Session;
        Assert.Equal((BrokerLink.Up, ""), (facts.Link, facts.LinkReason));
        Assert.Equal(new DateOnly(2026, 3, 11), MarketCalendar.Nyse.DayOf(facts.ExchangeTime!.Value));
        Assert.All(session.State.Symbols, symbol => Assert.Equal(Feeds.Live.FeedState.Ok, symbol.Health!.State));
        Assert.Equal("", session.State.Account.Problem);
    }

    [Fact]
    public async Task While_the_market_stands_still_the_clock_does_too_and_the_account_can_be_read()
    {
        var time = new VirtualTime(Start);
        await using var session = await time.Run(() => RunningSession.StartAsync(_folder.Path, time));
        await time.Pass(TimeSpan.FromSeconds(3));
        session.Session.Simulation!.SetSpeed(RunningSession.Owner, 0);
        var stood = session.State.Session.ExchangeTime;
        var read = session.State.Account.ReadAt;
        await time.Pass(TimeSpan.FromMinutes(10));
        Assert.Equal(stood, session.State.Session.ExchangeTime);
        Assert.True(session.State.Account.ReadAt > read);
        Assert.Equal(BrokerLink.Up, session.State.Session.Link);
    }

    [Fact]
    public async Task Ten_pages_that_never_finish_drawing_delay_no_quote_and_no_candle()
    {
        var time = new VirtualTime(Start);
        var state = new LiveState();
        var stuck = new TaskCompletionSource();
        var pages = Enumerable.Range(0, 10).Select(_ => state.Subscribe(LiveTopics.All, _ => stuck.Task)).ToList();
        var quotes = 0;
        using var reader = state.Subscribe(LiveTopics.Quotes, _ =>
        {
            quotes++;
            return Task.CompletedTask;
        });
        await using (var session = await time.Run(() => RunningSession.StartAsync(_folder.Path, time, state: state)))
            await time.Pass(TimeSpan.FromSeconds(125));
        using var store = LiveCandleStore.OpenToRead(_folder.Path)!;
        Assert.Equal(2, store.Candles(new("simulator", Symbol.Parse("VOLTAR"), Timeframe.M1)).Count(candle => !candle.Quality.IsBackfilled));
        Assert.InRange(quotes, 110, 1_250);
        pages.ForEach(page => page.Dispose());
        stuck.SetResult();
    }

    static void MustAgree(in Candle truth, Dictionary<DateTimeOffset, LiveCandle> built, Symbol symbol)
    {
        Assert.True(built.TryGetValue(truth.OpenTime, out var live), $"{symbol} has no candle of {truth.OpenTime:HH:mm}");
        var candle = live.Candle;
        Assert.True((candle.Open, candle.Close, candle.Volume) == (truth.Open, truth.Close, truth.Volume), $"{symbol} {truth} was built as {candle} with {live.Quality}");
        Assert.True(candle.High <= truth.High && candle.Low >= truth.Low, $"{symbol} {truth} was built as {candle}: a price that nobody paid");
    }
}
