namespace EtradeBot.App.Hosting.Backtests;

public sealed class ThinningTests
{
    [Fact]
    public void A_thinned_curve_keeps_its_ends_its_extremes_and_its_deepest_drawdown()
    {
        var random = new Random(7);
        var values = new double[123_457];
        var drawdown = new double[values.Length];
        for (var i = 0; i < values.Length; i++) (values[i], drawdown[i]) = (100 + random.NextDouble(), -random.NextDouble() / 2);
        (values[60_001], values[60_003], drawdown[60_002]) = (1, 999, -0.9);
        var points = Thinning.Points(values, drawdown, 5_000);
        Assert.InRange(points.Length, 1_000, 5_000);
        Assert.Equal(points.Distinct().Order(), points);
        Assert.Superset(new HashSet<int> { 0, 60_001, 60_002, 60_003, values.Length - 1 }, points.ToHashSet());
    }

    [Fact]
    public void A_short_curve_is_left_whole() => Assert.Equal([0, 1, 2], Thinning.Points([1, 2, 3], [0, 0, 0], 5));
}
