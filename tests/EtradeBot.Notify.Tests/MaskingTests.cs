namespace EtradeBot.Notify;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("account 83405188 is restricted", "account ****5188 is restricted")]
    [InlineData("account (83405188)", "account (****5188)")]
    [InlineData("bought for 12345678.90 dollars", "bought for 12345678.90 dollars")]
    [InlineData("volume 12,345,678", "volume 12,345,678")]
    [InlineData("call +15552223333", "call +15552223333")]
    [InlineData("order 471", "order 471")]
    [InlineData("$12345678", "$12345678")]
    public void Account_numbers_show_their_last_four_digits(string text, string masked) => Assert.Equal(masked, new Masking().Mask(text));

    [Fact]
    public void Secrets_vanish_in_every_spelling_and_can_be_replaced()
    {
        var masking = new Masking(["a/b+c=d", "abc"]);
        Assert.Equal("x *** y *** z *** abc", masking.Mask("x a/b+c=d y a%2Fb%2Bc%3Dd z a/b\\u002Bc=d abc"));
        masking.Replace(["other secret"]);
        Assert.Equal("a/b+c=d ***", masking.Mask("a/b+c=d other secret"));
    }
}
