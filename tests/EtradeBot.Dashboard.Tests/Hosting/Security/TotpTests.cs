using System.Text;

namespace EtradeBot.App.Hosting.Security;

public sealed class TotpTests
{
    static readonly string Secret = Totp.Encode(Encoding.ASCII.GetBytes("12345678901234567890"));

    /// <summary>RFC 6238, appendix B, the SHA-1 rows; the last six of their eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) => Assert.Equal(code, Totp.CodeAt(Secret, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Fact]
    public void Base32_is_that_of_the_standard() => Assert.Equal("MZXW6YTBOI", Totp.Encode("foobar"u8));

    [Theory]
    [InlineData(-31, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void A_clock_may_be_half_a_minute_off(int secondsOff, bool isTaken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_111_111_110);
        Assert.Equal(isTaken, Totp.Match(Secret, Totp.CodeAt(Secret, now.AddSeconds(secondsOff)), now, 0) is not null);
    }

    [Fact]
    public void A_code_counts_once()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_111_111_110);
        var code = Totp.CodeAt(Secret, now);
        var step = Totp.Match(Secret, code, now, 0);
        Assert.NotNull(step);
        Assert.Null(Totp.Match(Secret, code, now, step.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("not a code")]
    public void Anything_else_is_wrong(string code) => Assert.Null(Totp.Match(Secret, code, DateTimeOffset.FromUnixTimeSeconds(59), 0));
}
