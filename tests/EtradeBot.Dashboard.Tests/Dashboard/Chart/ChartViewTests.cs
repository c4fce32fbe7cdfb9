namespace EtradeBot.App.Dashboard.Chart;

public sealed class ChartViewTests
{
    [Theory]
    [InlineData("candles.volume")]
    [InlineData("line")]
    [InlineData("heikin.volume.bollinger.rsi.macd.log.strong.only3")]
    [InlineData("candles.plain")]
    public void An_address_says_the_whole_view(string text) => Assert.Equal(text, ChartView.Parse(text)!.ToString());

    [Theory]
    [InlineData(null), InlineData(""), InlineData("nonsense"), InlineData("volume.candles")]
    public void An_address_without_a_view_says_so(string? text) => Assert.Null(ChartView.Parse(text));

    [Fact]
    public void A_pattern_that_does_not_exist_means_all() => Assert.Equal(ChartView.AllPatterns, ChartView.Parse("candles.only99")!.Pattern);

    [Fact]
    public void View_and_range_are_read_from_the_address()
    {
        var (view, range) = ChartView.FromAddress("http://x/?symbol=A&view=line.rsi&range=100-200");
        Assert.True(view!.Rsi);
        Assert.Equal(new ChartRange(100, 200), range);
        Assert.Null(ChartRange.Parse("200-100"));
    }
}
