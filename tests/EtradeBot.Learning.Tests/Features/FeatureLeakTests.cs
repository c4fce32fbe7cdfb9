using EtradeBot.Market;

namespace EtradeBot.Learning.Features;

public sealed class FeatureLeakTests
{
    static readonly CandleSeries Days = new DemoMarket(1).Generate(DemoMarket.Symbols[0].Symbol, Timeframe.D1, new(2022, 1, 3), new(2023, 12, 29));

    [Fact]
    public void The_features_of_the_network_know_nothing_of_the_future() =>
        Assert.Empty(FeatureLeak.Find(FeatureTable.Names, FeatureTable.Rows, Days));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_feature_shifted_from_the_future_is_caught_by_name(int candles) =>
        Assert.Equal(["body"], FeatureLeak.Find(FeatureTable.Names, series => Shifted(series, FeatureTable.Names.ToList().IndexOf("body"), candles), Days));

    [Fact]
    public void A_feature_that_is_scaled_by_the_whole_series_is_caught() =>
        Assert.Equal(["share"], FeatureLeak.Find(["close", "share"], series => [.. Enumerable.Range(0, series.Count).SelectMany(i => (float[])[(float)series.Close[i], (float)(series.Close[i] / series.Close[^1])])], Days));

    /// <summary>The real rows, but one column tells what comes.</summary>
    static float[] Shifted(CandleSeries series, int column, int candles)
    {
        var rows = FeatureTable.Rows(series);
        var shifted = rows.ToArray();
        var features = FeatureTable.Names.Count;
        for (var i = 0; i + candles < series.Count; i++) shifted[(i * features) + column] = rows[((i + candles) * features) + column];
        return shifted;
    }
}
