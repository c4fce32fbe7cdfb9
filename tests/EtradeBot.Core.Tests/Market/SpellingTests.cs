namespace EtradeBot.Market;

public class SpellingTests
{
    static readonly string[] Names = ["buy-and-hold", "candle", "rule", "sma-cross", "SMTP_PASS", "hammer-in-uptrend"];

    [Theory]
    [InlineData("smacross", "sma-cross")]
    [InlineData("sma-corss", "sma-cross")]
    [InlineData("SMA-CROSS", "sma-cross")]
    [InlineData("rul", "rule")]
    [InlineData("buy-hold", "buy-and-hold")]
    [InlineData("SMTP_PASSWORD", "SMTP_PASS")]
    [InlineData("hammer", "hammer-in-uptrend")]
    public void A_typing_error_finds_the_word_that_was_meant(string typed, string meant) =>
        Assert.Equal(meant, Spelling.Nearest(typed, Names));

    [Theory]
    [InlineData("")]
    [InlineData("xyz")]
    [InlineData("ca")]
    [InlineData("momentum")]
    public void What_is_far_from_every_word_finds_none(string typed) => Assert.Null(Spelling.Nearest(typed, Names));

    [Fact]
    public void A_word_too_long_to_be_a_name_is_not_compared() =>
        Assert.Null(Spelling.Nearest(new string('a', 10_000_000), Names));

    // Distances by hand; "ca" to "abc" is 3 in the restricted form, 2 in the full one.
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("teh", "the", 1)]
    [InlineData("ca", "abc", 3)]
    [InlineData("Fast", "fast", 0)]
    public void A_swap_of_neighbours_is_one_error(string a, string b, int errors)
    {
        Assert.Equal(errors, Spelling.Distance(a, b));
        Assert.Equal(errors, Spelling.Distance(b, a));
    }

    [Fact]
    public void A_tie_goes_to_the_first_in_ordinal_order() =>
        Assert.Equal("bat", Spelling.Nearest("zat", ["cat", "bat", "rat"]));
}
