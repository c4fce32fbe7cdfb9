namespace EtradeBot.App.Hosting.Security;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("short", "at least 12")]
    [InlineData("elevenchars", "at least 12")]
    [InlineData("aaaaaaaaaaaaaaaa", "repeats")]
    [InlineData("PasswordPassword1!", "first that are tried")]
    [InlineData("letmeinletmein", "first that are tried")]
    [InlineData("annabell-is-here", "user's name")]
    public void What_is_guessed_first_is_refused_with_the_reason(string password, string reason) => Assert.Contains(reason, PasswordRules.Refusal("annabell", password), StringComparison.Ordinal);

    [Fact]
    public void More_than_256_characters_are_refused() => Assert.Contains("at most 256", PasswordRules.Refusal("ann", string.Concat(Enumerable.Repeat("abcdefgh", 33))), StringComparison.Ordinal);

    [Theory]
    [InlineData("four own words here")]
    [InlineData("x7#Kq9!mZp2@")]
    public void What_only_its_owner_knows_is_taken(string password) => Assert.Null(PasswordRules.Refusal("ann", password));
}
