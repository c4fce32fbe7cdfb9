using System.Globalization;
using System.Text;
using CsCheck;

namespace EtradeBot.ETrade.Wire;

public sealed class WireNumberTests
{
    static readonly Gen<string> Numbers = Gen.OneOf(
        Gen.Select(Gen.Long[0, 99_999_999], Gen.Int[0, 8]).Select((digits, point) => digits.ToString(CultureInfo.InvariantCulture) is var text && point < text.Length ? text.Insert(text.Length - point, ".") : text),
        Gen.Double.Select(number => number.ToString("R", CultureInfo.InvariantCulture)),
        Gen.Decimal.Select(number => number.ToString(CultureInfo.InvariantCulture)),
        Gen.String[Gen.Char["0123456789.-+eE "], 0, 20]);

    [Fact]
    public void A_double_equals_what_the_platform_reads_bit_for_bit() => Numbers.Sample(text =>
    {
        var isNumber = double.TryParse(text.Trim(' '), NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out var wanted) && double.IsFinite(wanted);
        return WireNumber.TryDouble(Encoding.ASCII.GetBytes(text), out var value) == isNumber && (!isNumber || BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(wanted));
    }, iter: 20_000);

    [Theory]
    [InlineData("53.0", 53)]
    [InlineData("318804417206", 318804417206)]
    [InlineData("1.8E2", 180)]
    [InlineData("-7", -7)]
    public void Whole_numbers_may_carry_a_decimal_point(string text, long value)
    {
        Assert.True(WireNumber.TryWhole(Encoding.ASCII.GetBytes(text), out var found));
        Assert.Equal(value, found);
    }

    [Theory]
    [InlineData("53.5")]
    [InlineData("1e40")]
    [InlineData("99999999999999999999")]
    [InlineData("")]
    [InlineData("0x10")]
    [InlineData("1,000")]
    public void What_is_no_whole_number_is_refused(string text) => Assert.False(WireNumber.TryWhole(Encoding.ASCII.GetBytes(text), out _));
}
