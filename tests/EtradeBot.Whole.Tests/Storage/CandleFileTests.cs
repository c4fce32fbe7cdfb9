using EtradeBot.Market;

namespace EtradeBot.App.Storage;

public sealed class CandleFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(131_072)]
    [InlineData(300_000)]
    public void What_is_read_is_what_was_written(int count)
    {
        var candles = SomeCandles.Of("BRK/B", Timeframe.M1, count);
        CandleFile.Write(_folder["x.parquet"], new(candles));
        var read = CandleFile.Read(_folder["x.parquet"]).Candles;
        Assert.Equal(candles.ContentHash(), read.ContentHash());
        Assert.Equal(count, read.Count);
        Assert.Equal((candles.Symbol, candles.Timeframe, candles.Origin), (read.Symbol, read.Timeframe, read.Origin));
    }

    [Fact]
    public void Odd_numbers_survive()
    {
        var candles = SomeCandles.From("ODD", Timeframe.D1, [new(SomeCandles.Start, double.Epsilon, double.MaxValue, -0.0, 7.622499942779541, long.MaxValue)]);
        CandleFile.Write(_folder["x.parquet"], new(candles));
        Assert.Equal(candles.ContentHash(), CandleFile.Read(_folder["x.parquet"]).Candles.ContentHash());
    }

    [Fact]
    public void The_same_candles_give_the_same_bytes()
    {
        CandleFile.Write(_folder["a"], new(SomeCandles.Of("A", Timeframe.D1, 5000)));
        CandleFile.Write(_folder["b"], new(SomeCandles.Of("A", Timeframe.D1, 5000)));
        Assert.Equal(File.ReadAllBytes(_folder["a"]), File.ReadAllBytes(_folder["b"]));
    }

    [Fact]
    public void The_header_is_read_without_the_candles()
    {
        var candles = SomeCandles.Of("A", Timeframe.H1, 3).With(Symbol.Parse("B"), new CandleOrigin("b.csv", IsSimulated: true, PriceAdjustment.Splits));
        var stored = new StoredCandles(candles, "2020-08-31,4");
        CandleFile.Write(_folder["x"], stored);
        Assert.Equal(CandleFileHeader.Of(stored), CandleFile.ReadHeader(_folder["x"]));
    }

    [Fact]
    public void A_damaged_byte_never_goes_unnoticed()
    {
        CandleFile.Write(_folder["x"], new(SomeCandles.Of("A", Timeframe.D1, 40)));
        var file = File.ReadAllBytes(_folder["x"]);
        for (var i = 0; i < file.Length; i++)
        {
            file[i] ^= 0x15;
            Assert.Throws<InvalidDataException>(() => ParquetSeal.Check(file));
            file[i] ^= 0x15;
        }
        ParquetSeal.Check(file);
    }

    [Fact]
    public void A_cut_file_is_refused_wherever_it_is_cut()
    {
        CandleFile.Write(_folder["x"], new(SomeCandles.Of("A", Timeframe.D1, 40)));
        var file = File.ReadAllBytes(_folder["x"]);
        for (var length = 0; length < file.Length; length++)
            Assert.Throws<InvalidDataException>(() => ParquetSeal.Check(file.AsSpan(0, length)));
    }

    [Fact]
    public void A_damaged_file_is_named_with_the_remedy()
    {
        CandleFile.Write(_folder["x"], new(SomeCandles.Of("A", Timeframe.D1, 40)));
        using (var file = File.OpenWrite(_folder["x"])) file.SetLength(1000);
        var problem = Assert.Throws<CandleDataException>(() => CandleFile.Read(_folder["x"]));
        Assert.Equal($"{_folder["x"]} cannot be used: it is cut short. Delete it and import its candles again: etrade-bot data import FILE", problem.Message);
        Assert.Throws<CandleDataException>(() => CandleFile.ReadHeader(_folder["x"]));
    }

    [Fact]
    public void A_text_file_is_refused_by_name()
    {
        var path = _folder.Write("x.parquet", "Date,Open,High,Low,Close,Volume\n");
        var problem = Assert.Throws<CandleDataException>(() => CandleFile.Read(path));
        Assert.StartsWith(path, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AAPL", "AAPL")]
    [InlineData("BRK.B", "BRK.B")]
    [InlineData("BRK/B", "BRK%2FB")]
    [InlineData("^GSPC", "%5EGSPC")]
    [InlineData("EURUSD=X", "EURUSD%3DX")]
    [InlineData("CON", "%43ON")]
    [InlineData("COM1.X", "%43OM1.X")]
    public void A_symbol_is_a_file_name_and_back(string ticker, string name)
    {
        Assert.Equal(name, SymbolFileName.Of(Symbol.Parse(ticker)));
        Assert.True(SymbolFileName.TryParse(name, out var symbol));
        Assert.Equal(ticker, symbol.Ticker);
    }

    [Theory]
    [InlineData("aapl")]
    [InlineData("%41APL")]
    [InlineData("CON")]
    public void A_name_that_no_symbol_gives_is_not_one(string name) => Assert.False(SymbolFileName.TryParse(name, out _));
}
