namespace EtradeBot.App.Commands;

public class SuggestionTests
{
    static readonly string[] Names = ["backtest", "analyze", "explain", "data", "--strategy"];

    [Theory]
    [InlineData("bakctest", "backtest")]
    [InlineData("BACKTEST", "backtest")]
    [InlineData("analyse", "analyze")]
    [InlineData("dat", "data")]
    [InlineData("--stratgey", "--strategy")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_found(string text, string? name) => Assert.Equal(name, Suggestion.Nearest(text, Names));

    [Fact]
    public void Of_two_equally_near_the_first_by_name_is_taken() => Assert.Equal("aa", Suggestion.Nearest("ac", ["ab", "aa"]));
}
