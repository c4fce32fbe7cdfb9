using EtradeBot.App.Feeds.History;
using EtradeBot.App.Storage;
using EtradeBot.ETrade;
using EtradeBot.Market;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Feeds.Live;

public sealed class RecordingTests : IDisposable
{
    static readonly LiveSeriesName Name = new("production", Symbol.Parse("S0"), Timeframe.M1);
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static DateTimeOffset Clock(string time) => MarketCalendar.Nyse.At(new DateOnly(2024, 1, 10), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture));

    static QuoteAnswer Answer(IReadOnlyCollection<Symbol> symbols, DateTimeOffset now)
    {
        var second = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        return new([.. symbols.Select(symbol => new Quote
        {
            Symbol = symbol,
            At = second,
            ReceivedAt = now,
            Status = QuoteStatus.RealTime,
            Last = 100 + second.ToUnixTimeSeconds() % 11,
            LastTradeAt = second,
            DayVolume = second.ToUnixTimeSeconds() % 86_400,
        })], []);
    }

    /// <summary>Records from one time to another; what is not saved by then is lost, as by a kill.</summary>
    async Task Record(string from, string to, Action<LiveCandleStore, LiveCandle>? seen = null, Func<LiveCandleStore, Recording, HoleFiller>? filler = null)
    {
        var time = new FakeTimeProvider(Clock(from));
        using var store = LiveCandleStore.OpenToWrite(_folder.Path);
        var recording = new Recording(PolledMarket.Options(1), new((symbols, _) => Task.FromResult(Answer(symbols, time.GetUtcNow())), () => 3), time, (store, "production"));
        recording.Poller.Closed += batch =>
        {
            foreach (var candle in batch.Candles) seen?.Invoke(store, candle);
        };
        using var stop = new CancellationTokenSource();
        var running = recording.RunAsync(default, stop.Token, filler?.Invoke(store, recording));
        while (time.GetUtcNow() < Clock(to)) time.Advance(TimeSpan.FromMilliseconds(100));
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_candle_is_stored_before_anybody_sees_it()
    {
        var seen = 0;
        await Record("09:29:55", "09:33:05", (store, candle) => seen += store.Candles(Name).Contains(candle) ? 1 : 0);
        Assert.Equal(3, seen);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_a_candle_goes_on_where_it_stopped()
    {
        await Record("09:29:55", "09:31:20");
        await Record("09:31:22", "09:33:05");
        using var store = LiveCandleStore.OpenToRead(_folder.Path)!;
        var candles = store.Candles(Name);
        Assert.Equal([60L, 60, 60], candles.Select(candle => candle.Candle.Volume));
        Assert.All(candles, candle => Assert.False(candle.Quality.IsIncomplete));
        Assert.InRange(candles[1].Quality.LongestHole, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
        Assert.Empty(store.Holes(Name));
    }

    [Fact]
    public async Task A_long_stop_is_a_hole_in_the_store()
    {
        await Record("09:29:55", "09:31:20");
        await Record("09:35:20", "09:37:05");
        using var store = LiveCandleStore.OpenToRead(_folder.Path)!;
        var hole = Assert.Single(store.Holes(Name));
        Assert.InRange(hole.From, Clock("09:31:18"), Clock("09:31:20"));
        Assert.InRange(hole.To, Clock("09:35:20"), Clock("09:35:21"));
        Assert.Equal([false, true, true, false], store.Candles(Name).Select(candle => candle.Quality.IsIncomplete));
    }

    [Fact]
    public async Task Holes_are_filled_at_the_start_and_after_an_outage_once_the_source_has_caught_up()
    {
        await Record("09:29:55", "09:31:20");
        var files = new CandleStore(_folder["files"]);
        void Import(string until)
        {
            var count = (int)(Clock(until) - Clock("09:30:00")).TotalMinutes;
            var candles = CandleSeries.From(Name.Symbol, Name.Timeframe, new("replay", false), Enumerable.Range(0, count).Select(i => new Candle(Clock("09:30:00").AddMinutes(i), 101, 101, 101, 101, 500)));
            files.Import(new StoredCandles(candles), ExistingCandles.Replace);
        }
        Import("09:33:00");
        var said = new List<(int Filled, string? Why)>();
        await Record("09:35:40", "09:38:05", filler: (_, recording) =>
        {
            var filler = recording.FillHoles((() => new FilesSource(files), () => recording.Poller.ExchangeNow));
            filler.Asked += round =>
            {
                said.Add((round[0].Result.Filled, round[0].Result.Left.Select(left => left.Why).FirstOrDefault()));
                Import("09:36:00");
            };
            return filler;
        });
        Assert.Equal([(0, "files has candles up to 2024-01-10T09:32:00-05:00 only, so far"), (1, null)], said);
        using var store = LiveCandleStore.OpenToRead(_folder.Path)!;
        Assert.Equal([null, null, "files", "files", "files", null, null, null], store.Candles(Name).Select(candle => candle.Quality.BackfilledFrom));
    }

    [Fact]
    public async Task A_saved_state_that_cannot_be_read_starts_anew_and_says_so()
    {
        await Record("09:29:55", "09:31:20");
        var time = new FakeTimeProvider(Clock("09:31:25"));
        using var store = LiveCandleStore.OpenToWrite(_folder.Path);
        store.SaveBuilders([(Name, "{}")]);
        var recording = new Recording(PolledMarket.Options(1), new((symbols, _) => Task.FromResult(Answer(symbols, time.GetUtcNow())), () => 3), time, (store, "production"));
        Assert.Equal(["S0 1m starts anew: the saved state of a forming candle is damaged"], recording.Recorder.Notes);
    }

    [Theory]
    [InlineData("15:59:00", false, 60, "16:00:00")]
    [InlineData("15:59:00", true, null, "16:00:20")]
    [InlineData("08:00:00", true, null, "16:00:20")]
    public async Task It_ends_by_itself(string from, bool untilClose, int? seconds, string end)
    {
        var time = new FakeTimeProvider(Clock(from));
        using var store = LiveCandleStore.OpenToWrite(_folder.Path);
        var options = PolledMarket.Options(1) with { Interval = TimeSpan.FromSeconds(30) };
        var recording = new Recording(options, new((symbols, _) => Task.FromResult(Answer(symbols, time.GetUtcNow())), () => 3), time, (store, "production"));
        var running = recording.RunAsync(new(seconds is { } count ? TimeSpan.FromSeconds(count) : null, untilClose), CancellationToken.None);
        while (time.GetUtcNow() < Clock(end))
        {
            Assert.False(running.IsCompleted);
            time.Advance(TimeSpan.FromSeconds(1));
        }
        time.Advance(TimeSpan.FromSeconds(2));
        await running.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }
}
