using EtradeBot.Market;

namespace EtradeBot.Analysis;

/// <summary>Against TA-Lib's C library, cell for cell and bit for bit.</summary>
public class GoldenTests
{
    public static TheoryData<string> SyntheticFiles => [.. GoldenFile.Synthetic.Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(SyntheticFiles))]
    public void Synthetic_candles_give_the_library_s_numbers(string name) =>
        AssertEqual(TestFolders.Golden("synthetic", "ohlcv", name));

    [Theory]
    [InlineData("daily")]
    [InlineData("60min")]
    [InlineData("1min")]
    public void Real_candles_give_the_library_s_numbers(string timeframe)
    {
        foreach (var file in Directory.GetFiles(TestFolders.Shared("data", "ohlcv", timeframe), "*.csv")) AssertEqual(file);
    }

    static void AssertEqual(string file)
    {
        var candles = GoldenFile.Candles(file);
        var expected = GoldenFile.Columns(GoldenFile.Expected(file));
        var actual = Computed(candles);
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        var differences = new List<string>();
        foreach (var (name, column) in expected)
        {
            Assert.Equal(column.Length, actual[name].Length);
            for (var i = 0; i < column.Length; i++)
                if (BitConverter.DoubleToInt64Bits(column[i]) != BitConverter.DoubleToInt64Bits(actual[name][i]) && !(double.IsNaN(column[i]) && double.IsNaN(actual[name][i])))
                    differences.Add($"{Path.GetFileName(file)} {candles.Label(i)} {name}: {column[i]:R} expected, {actual[name][i]:R} found");
        }
        Assert.Empty(differences);
    }

    static Dictionary<string, double[]> Computed(CandleSeries candles)
    {
        var macd = Indicators.Macd(candles.Close);
        var bands = Indicators.Bollinger(candles.Close);
        var columns = new Dictionary<string, double[]>
        {
            ["RSI14"] = Indicators.Rsi(candles.Close),
            ["MACD"] = macd.Line,
            ["MACD_SIGNAL"] = macd.Signal,
            ["MACD_HIST"] = macd.Histogram,
            ["BB_UPPER"] = bands.Upper,
            ["BB_MIDDLE"] = bands.Middle,
            ["BB_LOWER"] = bands.Lower,
            ["ATR14"] = Indicators.Atr(candles),
            ["EMA20"] = Indicators.Ema(candles.Close),
            ["SMA50"] = Indicators.Sma(candles.Close, 50),
            ["STDDEV20"] = Indicators.StdDev(candles.Close),
        };
        var found = Patterns.FindAll(candles, Enum.GetValues<Pattern>());
        foreach (var (info, values) in Patterns.All.Zip(found))
            columns[info.TaLibName] = [.. values.Select((value, i) => i < info.FirstIndex ? double.NaN : value)];
        return columns;
    }
}
