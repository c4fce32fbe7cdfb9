using EtradeBot.App.Broker;
using EtradeBot.App.Storage;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

/// <summary>Client, simulator, poller, builders and store together for a day and a night: 09:25 of one session to 09:45 of the next.</summary>
[Collection(nameof(RunsAlone))]
public sealed class SimulatedDayTests : IDisposable
{
    const int Symbols = 50;

    static readonly DateOnly FirstDay = new(2026, 3, 10);
    readonly TemporaryFolder _folder = new();
    readonly IReadOnlyList<Symbol> _symbols = [.. Enumerable.Range(1, Symbols).Select(n => Symbol.Parse($"DAY{n}"))];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_day_and_a_night_of_fifty_symbols_leaves_no_candle_unaccounted_for()
    {
        using var world = new VirtualBroker(options => options with { Symbols = _symbols }, At(FirstDay, 9, 25));
        using var store = LiveCandleStore.OpenToWrite(_folder.Path);
        await world.Time.Run(world.LoginAsync);
        var recording = Recording(world, store);
        var logins = 0;
        var states = new HashSet<FeedState>();
        recording.Poller.HealthChanged += healths => states.UnionWith(healths.Select(health => health.State));
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => recording.RunAsync(default, stop.Token), CancellationToken.None);
        var memory = new List<long>();

        while (world.Time.GetUtcNow() < At(FirstDay.AddDays(1), 9, 45))
        {
            Assert.False(running.IsFaulted, running.Exception?.ToString());
            await world.Time.Pass(TimeSpan.FromMinutes(5));
            memory.Add(GC.GetTotalMemory(forceFullCollection: memory.Count % 12 == 0));
            if (world.Client.Session.State is not (TokenState.Expired or TokenState.NeedsPerson)) continue;
            // The person logs in before the open, not at night.
            if (world.Time.GetUtcNow() < At(FirstDay.AddDays(1), 8, 0)) continue;
            await world.Time.Run(world.LoginAsync);
            recording.Poller.LoggedIn();
            logins++;
        }
        await stop.CancelAsync();
        await running;

        Assert.Equal(1, logins);
        Assert.Contains(FeedState.Ok, states);
        Assert.Contains(FeedState.NeedsLogin, states);
        foreach (var symbol in _symbols) Compare(world, store, symbol);
        var hourly = memory.Where((_, i) => i % 12 == 0).ToList();
        Assert.True(hourly[^1] < hourly[2] + 64L * 1024 * 1024, $"memory grew from {hourly[2] >> 20} to {hourly[^1] >> 20} MB");
    }

    static Recording Recording(VirtualBroker world, LiveCandleStore store)
    {
        var symbols = Enumerable.Range(1, Symbols).Select(n => Symbol.Parse($"DAY{n}")).ToList();
        var options = new PollerOptions { Symbols = symbols, Timeframes = [Timeframe.M1], Interval = TimeSpan.FromSeconds(2) };
        return new Recording(options, new((asked, stop) => world.Client.QuotesAsync(asked, QuoteDetail.All, stop), () => world.Client.MarketRequestsPerSecond), world.Time, (store, "simulator"));
    }

    /// <summary>Every minute that was traded is there and right, or its quality says why not; and nothing else is there.</summary>
    void Compare(VirtualBroker world, LiveCandleStore store, Symbol symbol)
    {
        var built = store.Candles(new LiveSeriesName("simulator", symbol, Timeframe.M1)).ToDictionary(candle => candle.Candle.OpenTime);
        var end = At(FirstDay.AddDays(1), 9, 44);
        foreach (var session in new[] { FirstDay, FirstDay.AddDays(1) }.Select(day => MarketCalendar.Nyse.SessionOn(day)!.Value))
            for (var open = session.Open; open < session.Close && open < end; open += TimeSpan.FromMinutes(1))
            {
                var truth = True(world, symbol, open);
                Assert.Equal(truth is not null, built.Remove(open, out var candle));
                if (candle is not null) MustAgree(truth!.Value, candle, symbol);
            }
        Assert.True(built.Keys.All(open => open >= end), $"{symbol} has candles in which nothing traded: {string.Join(' ', built.Keys.Order().Take(3))}");
    }

    static void MustAgree(Candle truth, LiveCandle built, Symbol symbol)
    {
        var (candle, quality) = (built.Candle, built.Quality);
        var prices = (candle.Open, candle.High, candle.Low, candle.Close) == (truth.Open, truth.High, truth.Low, truth.Close);
        var isExplained = quality.Flaws != CandleFlaws.None || quality.LongestHole > TimeSpan.FromSeconds(2) || quality.FirstPollDelay > TimeSpan.FromSeconds(2) || quality.LastPollLead > TimeSpan.FromSeconds(2);
        Assert.True((prices && candle.Volume == truth.Volume) || isExplained, $"{symbol} {truth} was built as {candle} with {quality}");
        Assert.True(candle.High <= truth.High && candle.Low >= truth.Low, $"{symbol} {truth} was built as {candle}: a price that nobody paid");
    }

    /// <summary>The minute from the market's own prints; null when nothing traded in it.</summary>
    static Candle? True(VirtualBroker world, Symbol symbol, DateTimeOffset open)
    {
        var prints = world.Simulator.Market.Prints(symbol, open - TimeSpan.FromTicks(1), open + TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1)).ToList();
        return prints.Count == 0 ? null : new Candle(open, prints[0].Price, prints.Max(print => print.Price), prints.Min(print => print.Price), prints[^1].Price, prints.Sum(print => print.Volume));
    }

    static DateTimeOffset At(DateOnly day, int hour, int minute) => MarketCalendar.Nyse.At(day, new TimeOnly(hour, minute));
}
