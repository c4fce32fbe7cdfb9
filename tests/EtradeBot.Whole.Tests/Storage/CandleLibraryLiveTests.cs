using EtradeBot.Market;

namespace EtradeBot.App.Storage;

/// <summary>Recorded candles are found like imported ones.</summary>
public sealed class CandleLibraryLiveTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    void Record(string feed, string ticker, Timeframe timeframe, double price)
    {
        using var store = LiveCandleStore.OpenToWrite(_folder.Path);
        store.Append(feed, [.. Enumerable.Range(0, 10).Select(i => new LiveCandle(Symbol.Parse(ticker), timeframe, new(SomeCandles.Start + i * timeframe.Length, price, price, price, price, 10), new()))], []);
    }

    FoundCandles Find(string? ticker, Timeframe? timeframe = null) =>
        CandleLibrary.Find(new() { StateDirectory = _folder.Path, Symbol = ticker is null ? null : Symbol.Parse(ticker), Timeframe = timeframe });

    [Fact]
    public void Recorded_candles_are_read_and_resampled()
    {
        Record("production", "ABC", Timeframe.M1, 5);
        var found = Find(null, Timeframe.M5);
        Assert.Equal((2, 5.0, 50L), (found.Candles.Count, found.Candles.Close[0], found.Candles.Volume[0]));
        Assert.Equal(["live quotes, production", "1m candles resampled to 5m"], found.Notes);
    }

    [Fact]
    public void Real_ones_come_before_simulated_ones_and_imported_ones_before_both()
    {
        Record("simulator", "ABC", Timeframe.M1, 1);
        Assert.True(Find("ABC").Candles.Origin.IsSimulated);
        Record("production", "ABC", Timeframe.M1, 2);
        Assert.Equal((false, 2.0), (Find("ABC").Candles.Origin.IsSimulated, Find("ABC").Candles.Close[0]));
        new CandleStore(_folder.Path).Import(new StoredCandles(SomeCandles.Of("ABC", Timeframe.M1, 3)), ExistingCandles.Replace);
        Assert.Equal("some.csv", Find("ABC").Candles.Origin.Source);
    }

    [Fact]
    public void A_recording_of_the_demo_market_does_not_hide_its_history()
    {
        Record("simulator", "BASALT", Timeframe.M1, 1);
        Record("simulator", "MEADOW", Timeframe.M1, 1);
        Assert.Equal(2_516, Find("BASALT", Timeframe.D1).Candles.Count);
        Assert.Equal(2_516, Find(null).Candles.Count);
        var check = Cli.Run("data", "check", "--data", _folder.Path, "--symbol", "BASALT");
        Assert.Contains("live quotes", check.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ticker_seen_in_the_simulated_market_has_its_whole_past_there_and_one_never_seen_has_none()
    {
        Assert.Throws<CandleDataException>(() => Find("AAPL", Timeframe.D1));
        Record("simulator", "AAPL", Timeframe.M1, 1);
        var found = Find("AAPL", Timeframe.D1);
        Assert.Equal((2_516, true), (found.Candles.Count, found.Candles.Origin.IsSimulated));
        Assert.Contains("SIMULATED", Assert.Single(found.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_to_recorded_candles_does_no_harm_to_imported_ones()
    {
        new CandleStore(_folder.Path).Import(new StoredCandles(SomeCandles.Of("ABC", Timeframe.M1, 3)), ExistingCandles.Replace);
        File.WriteAllText(_folder["live.db"], new string('x', 5000));
        Assert.Equal(3, Find("ABC").Candles.Count);
        Assert.Throws<CandleDataException>(() => Find("XYZ"));
        var list = Cli.Run("data", "list", "--data", _folder.Path);
        Assert.Equal(3, list.ExitCode);
        Assert.Contains("DAMAGED", list.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_shows_them()
    {
        Record("simulator", "ABC", Timeframe.M1, 1);
        var list = Cli.Run("data", "list", "--data", _folder.Path);
        Assert.Equal("ABC     1m              10  2024-01-08  2024-01-08  no        SIMULATED  live quotes, simulator", list.Lines[1]);
        Assert.Contains("\"backfilled\": 0", Cli.Run("data", "list", "--data", _folder.Path, "--json").Out, StringComparison.Ordinal);
    }
}
