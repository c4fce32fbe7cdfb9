using EtradeBot.Market;

namespace EtradeBot.App.Storage;

public sealed class CandleStoreTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    CandleStore Store => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    static StoredCandles Stored(CandleSeries candles, string source = "some.csv", bool isSimulated = false, PriceAdjustment adjustment = PriceAdjustment.Unknown) =>
        new(candles.With(candles.Symbol, new CandleOrigin(source, isSimulated, adjustment)));

    static CandleSeries Days(int count) => SomeCandles.Of("ABC", Timeframe.D1, count);

    static CandleSeries Scaled(CandleSeries candles, double factor) => SomeCandles.From("ABC", candles.Timeframe, Enumerable.Range(0, candles.Count)
        .Select(i => candles[i]).Select(c => c with { Open = c.Open * factor, High = c.High * factor, Low = c.Low * factor, Close = c.Close * factor }));

    ImportResult Merge(StoredCandles candles) => Store.Import(candles, ExistingCandles.Merge);

    [Fact]
    public void A_first_import_adds_everything()
    {
        var result = Merge(Stored(Days(10)));
        Assert.Equal((10, 0, 0, 10, false), (result.Added, result.Unchanged, result.Changed, result.Total, result.Replaced));
        Assert.Equal(["candles/.lock", "candles/1d/ABC.parquet"], _folder.Files());
    }

    [Fact]
    public void A_later_file_adds_its_new_candles_only()
    {
        Merge(Stored(Days(10).Slice(0, 6)));
        var result = Merge(Stored(Days(10).Slice(4, 6), "b.csv"));
        Assert.Equal((4, 2, 0, 10), (result.Added, result.Unchanged, result.Changed, result.Total));
        var read = Store.Read(Symbol.Parse("ABC"), Timeframe.D1).Candles;
        Assert.Equal(Days(10).ContentHash(), read.ContentHash());
        Assert.Equal("some.csv + b.csv", read.Origin.Source);
    }

    [Fact]
    public void An_older_file_is_put_in_front()
    {
        Merge(Stored(Days(10).Slice(5, 5)));
        Merge(Stored(Days(10).Slice(0, 5)));
        Assert.Equal(Days(10).ContentHash(), Store.Read(Symbol.Parse("ABC"), Timeframe.D1).Candles.ContentHash());
    }

    [Fact]
    public void A_corrected_candle_counts_and_is_reported()
    {
        Merge(Stored(Days(10)));
        var corrected = SomeCandles.From("ABC", Timeframe.D1, [Days(10)[9] with { Close = 100.5, Volume = 7 }]);
        var result = Merge(Stored(corrected));
        Assert.Equal((0, 0, 1, 10), (result.Added, result.Unchanged, result.Changed, result.Total));
        Assert.Equal(new CandleDifference(Days(10)[9], corrected[0]), Assert.Single(result.Differences));
        Assert.Equal(100.5, Store.Read(Symbol.Parse("ABC"), Timeframe.D1).Candles.Close[9]);
    }

    [Fact]
    public void Prices_that_went_through_single_precision_are_the_same_prices()
    {
        Merge(Stored(Days(10)));
        var result = Merge(Stored(Scaled(Days(10), 1 + 5e-8)));
        Assert.Equal((10, 0), (result.Unchanged, result.Changed));
    }

    [Fact]
    public void Prices_of_another_scale_are_refused_and_the_store_stays()
    {
        Merge(Stored(Days(10)));
        var problem = Assert.Throws<CandleDataException>(() => Merge(Stored(Scaled(Days(10), 4), "raw.csv")));
        Assert.Contains("of 10 candles that are stored already, 10 close at another price in raw.csv", problem.Message, StringComparison.Ordinal);
        Assert.Contains("--replace", problem.Message, StringComparison.Ordinal);
        Assert.Equal(Days(10).ContentHash(), Store.Read(Symbol.Parse("ABC"), Timeframe.D1).Candles.ContentHash());
    }

    [Fact]
    public void Simulated_and_real_candles_never_mix()
    {
        Merge(Stored(Days(5), isSimulated: true));
        Assert.Throws<CandleDataException>(() => Merge(Stored(Days(10))));
    }

    [Fact]
    public void Raw_and_adjusted_prices_never_mix()
    {
        Merge(Stored(Days(5), adjustment: PriceAdjustment.Raw));
        Assert.Throws<CandleDataException>(() => Merge(Stored(Days(10).Slice(5, 5), adjustment: PriceAdjustment.Splits)));
    }

    [Fact]
    public void Replacing_forgets_what_was_there()
    {
        Merge(Stored(Days(10)));
        var result = Store.Import(Stored(Scaled(Days(3), 4)), ExistingCandles.Replace);
        Assert.Equal((3, true), (result.Total, result.Replaced));
        Assert.Equal(3, Store.Read(Symbol.Parse("ABC"), Timeframe.D1).Candles.Count);
    }

    [Fact]
    public void Names_are_sorted_and_strange_files_passed_over()
    {
        Store.Import(Stored(SomeCandles.Of("B/C", Timeframe.H1, 2)), ExistingCandles.Merge);
        Store.Import(Stored(SomeCandles.Of("B/C", Timeframe.M1, 2)), ExistingCandles.Merge);
        Store.Import(Stored(SomeCandles.Of("A", Timeframe.D1, 2)), ExistingCandles.Merge);
        _folder.Write("candles/1d/notes.parquet", "mine");
        _folder.Write("candles/backup/X.parquet", "mine");
        Assert.Equal(["A 1d", "B/C 1m", "B/C 1h"], Store.Names().Select(name => $"{name.Symbol} {name.Timeframe}"));
    }

    [Fact]
    public void A_renamed_file_is_refused()
    {
        Merge(Stored(Days(3)));
        File.Move(_folder["candles", "1d", "ABC.parquet"], _folder["candles", "1d", "XYZ.parquet"]);
        var problem = Assert.Throws<CandleDataException>(() => Store.Read(Symbol.Parse("XYZ"), Timeframe.D1));
        Assert.Contains("holds ABC 1d, not XYZ 1d", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_import_at_once_is_refused()
    {
        Merge(Stored(Days(3)));
        using var held = new FileStream(_folder["candles", ".lock"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var problem = Assert.Throws<IOException>(() => Merge(Stored(Days(5))));
        Assert.StartsWith("another program is importing", problem.Message, StringComparison.Ordinal);
    }
}
