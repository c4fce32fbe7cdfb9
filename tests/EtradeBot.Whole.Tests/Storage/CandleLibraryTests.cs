using System.Globalization;
using EtradeBot.App.Commands;
using EtradeBot.Market;

namespace EtradeBot.App.Storage;

public sealed class CandleLibraryTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    CandleRequest Request => new() { StateDirectory = _folder["state"] };

    static Symbol Abc { get; } = Symbol.Parse("ABC");

    /// <summary>Days from Monday 2024-01-08, closing at 100, 101, ...</summary>
    static string Days(int count) => Csv(count, i => new DateTime(2024, 1, 8).AddDays(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    static string Minutes(int count) => Csv(count, i => new DateTime(2024, 1, 8, 9, 30, 0).AddMinutes(i).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));

    static string Csv(int count, Func<int, string> time) =>
        "Date,Open,High,Low,Close,Volume\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"{time(i)},{100 + i},{102 + i},{98 + i},{100 + i},1000\n"));

    void Store(string ticker, Timeframe timeframe, int count = 5) =>
        new CandleStore(_folder["state"]).Import(new(SomeCandles.Of(ticker, timeframe, count)), ExistingCandles.Replace);

    [Fact]
    public void A_csv_file_is_read_as_it_is()
    {
        var found = CandleLibrary.Find(Request with { CsvFile = _folder.Write("abc.csv", Days(5)) });
        Assert.Equal(("ABC", Timeframe.D1, 5, "abc.csv"), (found.Candles.Symbol.Ticker, found.Candles.Timeframe, found.Candles.Count, found.Candles.Origin.Source));
    }

    [Fact]
    public void A_longer_timeframe_is_made_of_the_file()
    {
        var found = CandleLibrary.Find(Request with { CsvFile = _folder.Write("abc.csv", Minutes(20)), Timeframe = Timeframe.M5 });
        Assert.Equal((Timeframe.M5, 4), (found.Candles.Timeframe, found.Candles.Count));
        Assert.Contains("1m candles resampled to 5m", found.Notes);
    }

    [Fact]
    public void A_shorter_timeframe_cannot_be_made()
    {
        var path = _folder.Write("abc.csv", Days(5));
        Assert.Throws<CandleDataException>(() => CandleLibrary.Load(Request with { CsvFile = path, Timeframe = Timeframe.M1 }));
    }

    [Fact]
    public void One_candle_has_the_timeframe_asked_for()
    {
        var path = _folder.Write("abc.csv", Minutes(1));
        Assert.Equal(Timeframe.M15, CandleLibrary.Load(Request with { CsvFile = path, Timeframe = Timeframe.M15 }).Timeframe);
    }

    [Fact]
    public void Raw_prices_are_adjusted_by_the_split_file_before_resampling()
    {
        var csv = _folder.Write("abc.csv", "Date,Open,High,Low,Close,Volume\n2024-01-08,100,100,100,100,10\n2024-01-09,50,50,50,50,20\n2024-01-10,51,51,51,51,20\n");
        var found = CandleLibrary.Find(Request with { CsvFile = csv, SplitFile = _folder.Write("splits.txt", "2024-01-09,2\n") });
        Assert.Equal([50, 50, 51], found.Candles.Close.ToArray());
        Assert.Equal(PriceAdjustment.Splits, found.Candles.Origin.Adjustment);
        Assert.Contains("raw prices adjusted for splits", found.Notes);
    }

    [Fact]
    public void A_missing_file_is_named_with_its_neighbours()
    {
        _folder.Write("appl.csv", "");
        var problem = Assert.Throws<CandleDataException>(() => CandleLibrary.Load(Request with { CsvFile = _folder["aapl.csv"] }));
        Assert.Equal($"no file {_folder["aapl.csv"]}: its folder has appl.csv. Did you mean 'appl.csv'?", problem.Message);
    }

    [Fact]
    public void A_folder_is_searched_whatever_the_case()
    {
        _folder.Write("d/Abc.TXT", Days(5));
        Assert.Equal(5, CandleLibrary.Load(Request with { DataDirectory = _folder["d"], Symbol = Abc }).Count);
    }

    [Fact]
    public void The_only_file_of_a_folder_needs_no_symbol()
    {
        _folder.Write("d/abc.csv", Days(5));
        Assert.Equal("ABC", CandleLibrary.Load(Request with { DataDirectory = _folder["d"] }).Symbol.Ticker);
    }

    [Fact]
    public void Of_several_files_one_must_be_named()
    {
        _folder.Write("d/abc.csv", Days(5));
        _folder.Write("d/xyz.csv", Days(5));
        var problem = Assert.Throws<UsageException>(() => CandleLibrary.Load(Request with { DataDirectory = _folder["d"] }));
        Assert.Equal($"which symbol? {_folder["d"]} has abc, xyz: add --symbol", problem.Message);
    }

    [Fact]
    public void A_symbol_that_a_folder_lacks_is_refused_with_what_it_has()
    {
        _folder.Write("d/daily/abd.csv", Days(5));
        var problem = Assert.Throws<CandleDataException>(() => CandleLibrary.Load(Request with { DataDirectory = _folder["d"], Symbol = Abc }));
        Assert.Contains("it has abd (1d). Did you mean 'abd'?", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("1m", "1m")]
    [InlineData("15m", "1m")]
    [InlineData("1d", "1d")]
    [InlineData("1w", "1d")]
    public void Folders_named_by_timeframe_are_chosen_from(string? wanted, string? taken)
    {
        _folder.Write("d/1min/abc.csv", Minutes(30));
        _folder.Write("d/Daily/abc.csv", Days(5));
        var request = Request with { DataDirectory = _folder["d"], Symbol = Abc, Timeframe = wanted is null ? null : Timeframe.Parse(wanted) };
        if (taken is null)
        {
            Assert.Contains("comes in 1m 1d: add --timeframe", Assert.Throws<UsageException>(() => CandleLibrary.Load(request)).Message, StringComparison.Ordinal);
            return;
        }
        var found = CandleLibrary.Find(request);
        Assert.Equal(wanted, found.Candles.Timeframe.ToString());
        Assert.Equal(taken != wanted, found.Notes.Contains($"{taken} candles resampled to {wanted}"));
    }

    [Fact]
    public void The_store_is_used_without_a_folder()
    {
        Store("ABC", Timeframe.D1);
        Assert.Equal(5, CandleLibrary.Load(Request with { Symbol = Abc }).Count);
        Assert.Equal("ABC", CandleLibrary.Load(Request).Symbol.Ticker);
        Store("XYZ", Timeframe.D1);
        Assert.Throws<UsageException>(() => CandleLibrary.Load(Request));
    }

    [Fact]
    public void The_longest_stored_timeframe_that_fits_is_resampled()
    {
        Store("ABC", Timeframe.M1, 300);
        Store("ABC", Timeframe.M2, 150);
        var found = CandleLibrary.Find(Request with { Symbol = Abc, Timeframe = Timeframe.M30 });
        Assert.Contains("2m candles resampled to 30m", found.Notes);
        Assert.Contains("1m candles resampled to 5m", CandleLibrary.Find(Request with { Symbol = Abc, Timeframe = Timeframe.M5 }).Notes);
    }

    [Fact]
    public void Splits_stored_beside_raw_prices_are_applied()
    {
        var raw = SomeCandles.From("ABC", Timeframe.D1, [new(SomeCandles.Start, 100, 100, 100, 100, 10), new(SomeCandles.Start.AddDays(1), 50, 50, 50, 50, 10)]);
        new CandleStore(_folder["state"]).Import(new StoredCandles(raw, "2024-01-09,2"), ExistingCandles.Merge);
        Assert.Equal([50, 50], CandleLibrary.Load(Request with { Symbol = Abc }).Close.ToArray());
        Assert.Equal([100, 50], new CandleStore(_folder["state"]).Read(Abc, Timeframe.D1).Candles.Close.ToArray());
    }

    [Fact]
    public void Without_any_data_the_demo_market_stands_in_and_says_so()
    {
        var found = CandleLibrary.Find(Request);
        Assert.True(found.Candles.Origin.IsSimulated);
        Assert.Equal(DemoMarket.Symbols[0].Symbol, found.Candles.Symbol);
        Assert.Contains(found.Notes, note => note.StartsWith("SIMULATED", StringComparison.Ordinal));
    }

    [Fact]
    public void A_demo_symbol_is_found_beside_real_ones()
    {
        Store("ABC", Timeframe.D1);
        Assert.True(CandleLibrary.Load(Request with { Symbol = DemoMarket.Symbols[1].Symbol }).Origin.IsSimulated);
    }

    [Fact]
    public void A_missing_symbol_is_refused_with_what_exists_and_how_to_get_it()
    {
        for (var i = 0; i < 12; i++) Store($"S{i:00}", Timeframe.D1, 1);
        var problem = Assert.Throws<CandleDataException>(() => CandleLibrary.Load(Request with { Symbol = Symbol.Parse("S0Q") }));
        Assert.Contains("the store has S00 (1d), S01 (1d), ", problem.Message, StringComparison.Ordinal);
        Assert.Contains("S09 (1d) and 2 more. Did you mean 'S00'?", problem.Message, StringComparison.Ordinal);
        Assert.Contains("etrade-bot data import S0Q.csv", problem.Message, StringComparison.Ordinal);
    }
}
