namespace EtradeBot.Analysis;

/// <summary>Against an independent program that follows the definitions window by window: tests/golden/indicators/reference.py.</summary>
public class IndicatorGoldenTests
{
    const double RelativeTolerance = 1e-9;

    [Theory]
    [InlineData("SMOOTH")]
    [InlineData("TIES")]
    [InlineData("WILD")]
    [InlineData("FLAT")]
    public void Values_follow_the_definitions(string name)
    {
        var expected = GoldenFile.Columns(TestFolders.Golden("indicators", name + ".csv"));
        var candles = GoldenFile.Candles(TestFolders.Golden("synthetic", "ohlcv", name + ".csv"));
        var actual = Computed(candles.Slice(0, expected["OBV"].Length));
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (column, values) in expected)
            for (var i = 0; i < values.Length; i++)
                Assert.True(Agree(values[i], actual[column][i]), $"{name} row {i} {column}: {values[i]:R} expected, {actual[column][i]:R} found");
    }

    static bool Agree(double expected, double actual) =>
        double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= RelativeTolerance * Math.Max(1, Math.Abs(expected));

    static Dictionary<string, double[]> Computed(Market.CandleSeries candles)
    {
        var slow = Indicators.Stochastic(candles);
        var fast = Indicators.Stochastic(candles, smooth: 1);
        var directional = Indicators.Adx(candles);
        var keltner = Indicators.Keltner(candles);
        var donchian = Indicators.Donchian(candles);
        var supertrend = Indicators.Supertrend(candles);
        return new()
        {
            ["STOCH_K"] = slow.K,
            ["STOCH_D"] = slow.D,
            ["STOCHF_K"] = fast.K,
            ["STOCHF_D"] = fast.D,
            ["ADX"] = directional.Adx,
            ["PLUS_DI"] = directional.PlusDi,
            ["MINUS_DI"] = directional.MinusDi,
            ["OBV"] = Indicators.Obv(candles),
            ["VWAP"] = Indicators.Vwap(candles),
            ["KC_UPPER"] = keltner.Upper,
            ["KC_MIDDLE"] = keltner.Middle,
            ["KC_LOWER"] = keltner.Lower,
            ["DC_UPPER"] = donchian.Upper,
            ["DC_MIDDLE"] = donchian.Middle,
            ["DC_LOWER"] = donchian.Lower,
            ["CCI"] = Indicators.Cci(candles),
            ["ROC"] = Indicators.Roc(candles.Close),
            ["WILLR"] = Indicators.WilliamsR(candles),
            ["ST_LINE"] = supertrend.Line,
            ["ST_DIRECTION"] = supertrend.Direction,
        };
    }
}
