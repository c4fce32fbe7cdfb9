using EtradeBot.Analysis;
using EtradeBot.App.Hosting.Live;
using EtradeBot.Market;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Hosting.Scanning;

public sealed class PatternScannerTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 3, 10, 15, 0, 30, TimeSpan.Zero);

    readonly TemporaryFolder _folder = new();
    readonly LiveState _state = new();
    readonly FakeTimeProvider _time = new(Now);
    readonly CandleHistory _history;
    readonly PatternScanner _scanner;

    public PatternScannerTests()
    {
        _history = new(_state, () => true, _folder.Path, _time);
        _scanner = new(_state, _history, _time, NullLogger<PatternScanner>.Instance);
        Watch("VOLTAR");
        Clock(Now);
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _scanner.Dispose();
        _history.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_pattern_of_the_last_ten_candles_is_found_with_its_evidence()
    {
        Assert.True(await _scanner.ScanAsync(Stop));
        var report = _scanner.Report;
        Assert.Equal(PatternScanner.Timeframes, report.Series.Select(series => series.Timeframe));
        Assert.Equal(PatternScanner.Timeframes.Count * 20, report.Tests);
        foreach (var series in report.Series)
        {
            var candles = (await _history.ReadAsync(series.Symbol, series.Timeframe, Stop)).Candles;
            var expected =
                from age in Enumerable.Range(0, 10)
                from info in Patterns.All
                let values = Patterns.Find(candles, info.Pattern)
                let value = values[candles.Count - 1 - age]
                where value != 0
                select (age, info.Pattern, (int)value, candles.OpenTime(candles.Count - 1 - age), PatternEvidence.Of(candles, values, info.Pattern, info.DirectionOf(value)));
            Assert.Equal(expected, series.Rows.Select(row => (row.Age, row.Pattern.Pattern, row.Value, row.OpenTime, row.Evidence)));
            Assert.Equal(candles.Count, series.Candles);
        }
        Assert.NotEmpty(report.Series.SelectMany(series => series.Rows));
    }

    [Fact]
    public async Task Only_series_that_got_a_candle_are_looked_at_again()
    {
        await _scanner.ScanAsync(Stop);
        var before = _scanner.Report.Series;
        await _scanner.ScanAsync(Stop);
        Assert.All(before.Zip(_scanner.Report.Series), pair => Assert.Same(pair.First, pair.Second));
        _time.Advance(TimeSpan.FromMinutes(1));
        await _scanner.ScanAsync(Stop);
        Assert.Equal([Timeframe.M1], before.Zip(_scanner.Report.Series).Where(pair => !ReferenceEquals(pair.First, pair.Second)).Select(pair => pair.First.Timeframe));
    }

    [Fact]
    public async Task Before_the_clock_is_known_nothing_can_be_said()
    {
        _state.SetSession(new());
        Assert.False(await _scanner.ScanAsync(Stop));
        Assert.Null(_scanner.Report.At);
        Assert.Empty(_scanner.Report.Series);
    }

    [Fact]
    public async Task A_symbol_without_candles_says_why_and_hides_no_other()
    {
        Watch("NOSUCH", "VOLTAR");
        await _scanner.ScanAsync(Stop);
        Assert.All(_scanner.Report.Series.Take(7), series => Assert.Contains("no candles of NOSUCH", series.Problem, StringComparison.Ordinal));
        Assert.All(_scanner.Report.Series.Skip(7), series => Assert.Equal("", series.Problem));
        Assert.Equal(7 * 20, _scanner.Report.Tests);
    }

    [Fact]
    public async Task What_is_no_longer_watched_is_gone()
    {
        await _scanner.ScanAsync(Stop);
        Watch("BASALT");
        await _scanner.ScanAsync(Stop);
        Assert.All(_scanner.Report.Series, series => Assert.Equal("BASALT", series.Symbol.Ticker));
    }

    [Fact]
    public async Task More_symbols_than_fit_are_told()
    {
        _state.SetSession(new());
        Watch([.. Enumerable.Range(0, 53).Select(i => $"S{i}")]);
        await _scanner.ScanAsync(Stop);
        Assert.Equal(3, _scanner.Report.LeftOut);
    }

    [Fact]
    public async Task A_candle_that_closes_is_seen_without_anybody_asking()
    {
        await _scanner.StartAsync(Stop);
        await UntilAsync(() => _scanner.Report.At is not null);
        var before = _scanner.Report;
        _time.Advance(TimeSpan.FromMinutes(1));
        _state.SetSymbols(_state.Symbols, LiveTopics.Candles);
        await UntilAsync(() => _scanner.Report.Series[0].Rows != before.Series[0].Rows);
        await _scanner.StopAsync(Stop);
    }

    /// <summary>Lets the scanner's rests pass until it is so.</summary>
    async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            Stop.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(10, Stop);
        }
    }

    void Watch(params string[] symbols) => _state.SetSymbols([.. symbols.Select(symbol => new SymbolFacts(Symbol.Parse(symbol)))], LiveTopics.Watchlist);

    void Clock(DateTimeOffset exchange) => _state.SetSession(new() { Link = BrokerLink.Up, ExchangeTime = exchange, ClockReadAt = _time.GetUtcNow() });
}
