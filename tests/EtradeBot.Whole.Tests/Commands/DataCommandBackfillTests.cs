using EtradeBot.App.Feeds.History;
using EtradeBot.App.Feeds.Live;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

public sealed class DataCommandBackfillTests : IAsyncLifetime
{
    static readonly Symbol Symbol = Symbol.Parse("S0");
    static readonly LiveSeriesName Real = new("production", Symbol, Timeframe.M1);
    static readonly LiveSeriesName Simulated = Real with { Feed = "simulator" };

    /// <summary>A finished session that the service still has.</summary>
    static readonly DateTimeOffset Open = MarketCalendar.Nyse.SessionOn(MarketCalendar.Nyse.PreviousSession(MarketCalendar.Nyse.DayOf(TimeProvider.System.GetUtcNow())))!.Value.Open;

    static readonly int[] Recorded = [0, 1, 5, 6];

    readonly TemporaryFolder _folder = new();
    readonly YahooMinutes _market = new();
    HistoryServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await HistoryServer.StartAsync(_market.AnswerAsync);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    static Candle At(int minute, double price) => new(Open.AddMinutes(minute), price, price, price, price, 10);

    /// <summary>Minutes 0, 1, 5 and 6 with a hole between.</summary>
    void Record(LiveSeriesName name)
    {
        using var store = LiveCandleStore.OpenToWrite(_folder.Path);
        store.Append(name.Feed, [.. Recorded.Select(i => new LiveCandle(name.Symbol, name.Timeframe, At(i, 100), new() { Polls = 60 }))], []);
        store.AddHole(name, new(Open.AddMinutes(2), Open.AddMinutes(5)));
    }

    Cli Backfill(params string[] args) => Cli.Run(["data", "backfill", .. args, "--data", _folder.Path, "--source-url", _server.Url.ToString()]);

    double[] Closes(LiveSeriesName name)
    {
        using var store = LiveCandleStore.OpenToRead(_folder.Path)!;
        return store.Series(name).Close.ToArray();
    }

    [Fact]
    public void Real_series_are_filled_and_simulated_ones_stay()
    {
        Record(Real);
        Record(Real with { Symbol = Symbol.Parse("OTHER"), Timeframe = Timeframe.M2 });
        Record(Simulated);
        var run = Backfill("--source", "yahoo", "--timeframe", "1m");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["symbol  timeframe  kind  holes  filled  candles  left  why", "S0      1m         real      1       1        3     0"], run.Lines.Select(line => line.TrimEnd()).Take(2));
        Assert.Equal([100, 100, 101, 101, 101, 100, 100], Closes(Real));
        Assert.Equal([100, 100, 100, 100], Closes(Simulated));
        Assert.Contains("S0      1m         real      0       0        0     0", Backfill("--source", "yahoo", "--symbol", "S0").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_is_named_with_the_reason()
    {
        Record(Real);
        _market.Price = 25;
        var run = Backfill("--source", "yahoo");
        Assert.Equal(3, run.ExitCode);
        Assert.Matches("S0 +1m +real +1 +0 +0 +1 +yahoo gives prices on another scale", run.Out);
        Assert.Equal(4, Closes(Real).Length);
    }

    [Theory]
    [InlineData(true, 0, 7)]
    [InlineData(false, 3, 4)]
    public void Imported_candles_fill_a_simulated_series_only_when_they_are_simulated(bool isSimulated, int exitCode, int count)
    {
        Record(Simulated);
        var candles = CandleSeries.From(Symbol, Timeframe.M1, new("replay", isSimulated), Enumerable.Range(0, 60).Select(i => At(i, 101)));
        new CandleStore(_folder.Path).Import(new StoredCandles(candles), ExistingCandles.Replace);
        var run = Backfill("--source", "files");
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Matches(isSimulated ? "S0 +1m +SIMULATED +1 +1 +3 +0" : "S0 +1m +SIMULATED +1 +0 +0 +1 +files has real candles, which do not mix with these", run.Out);
        Assert.Equal(count, Closes(Simulated).Length);
    }

    [Theory]
    [InlineData("data backfill --source yahoo --env simulator", "--source yahoo: candles of the simulator are SIMULATED, and a simulated series has no history elsewhere")]
    [InlineData("data backfill --source yahoo --env sandbox", "candles of the sandbox are SIMULATED")]
    [InlineData("data backfill --source yaho", "there is no source 'yaho'")]
    [InlineData("data backfill", "--source")]
    [InlineData("data record --symbols S0 --backfill yahoo", "--backfill yahoo: candles of the simulator are SIMULATED, and a simulated series has no history elsewhere")]
    public void A_wrong_option_is_named(string command, string words)
    {
        var run = Cli.Run([.. command.Split(' '), "--data", _folder.Path]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_recorded_candles_it_says_what_to_do()
    {
        var run = Backfill("--source", "yahoo");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("begin with etrade-bot data record", run.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.Files());
        Record(Simulated);
        run = Backfill("--source", "yahoo");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("has no such candles of production; it has S0 1m (simulator). A simulated series has no history elsewhere", run.Error, StringComparison.Ordinal);
    }
}
