namespace EtradeBot.Analysis;

public class PatternInfoTests
{
    [Fact]
    public void Every_pattern_has_its_row_in_its_place() =>
        Assert.Equal(Enum.GetValues<Pattern>(), Patterns.All.Select(info => info.Pattern));

    [Fact]
    public void Names_are_unlike_and_descriptions_are_sentences()
    {
        Assert.Distinct(Patterns.All.Select(info => info.Name));
        Assert.Distinct(Patterns.All.Select(info => info.TaLibName));
        Assert.All(Patterns.All, info => Assert.EndsWith(".", info.Description));
    }

    [Theory]
    [InlineData("Morning Star", Pattern.MorningStar)]
    [InlineData("morning-star", Pattern.MorningStar)]
    [InlineData("cdlmorningstar", Pattern.MorningStar)]
    [InlineData("CDL3BLACKCROWS", Pattern.ThreeBlackCrows)]
    [InlineData("three black crows", Pattern.ThreeBlackCrows)]
    [InlineData("Bullish Engulfing", Pattern.Engulfing)]
    [InlineData("bearish_harami", Pattern.Harami)]
    public void A_name_is_understood_in_every_spelling(string text, Pattern pattern)
    {
        Assert.True(Patterns.TryParse(text, out var found));
        Assert.Equal(pattern, found);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("morning")]
    [InlineData("bullish hammer")]
    public void What_is_no_pattern_is_not_guessed(string? text) => Assert.False(Patterns.TryParse(text, out _));

    [Theory]
    [InlineData(Pattern.Engulfing, -80, -1, "Bearish Engulfing")]
    [InlineData(Pattern.Engulfing, 100, 1, "Bullish Engulfing")]
    [InlineData(Pattern.EveningStar, -100, -1, "Evening Star")]
    [InlineData(Pattern.SpinningTop, -100, 0, "Spinning Top")]
    [InlineData(Pattern.Doji, 100, 0, "Doji")]
    [InlineData(Pattern.Hammer, 0, 0, "Hammer")]
    public void A_value_has_a_direction_and_a_name(Pattern pattern, int value, int direction, string name)
    {
        Assert.Equal(direction, Patterns.Info(pattern).DirectionOf(value));
        Assert.Equal(name, Patterns.Info(pattern).NameOf(value));
    }
}
