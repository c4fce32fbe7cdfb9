using System.Globalization;
using System.Text;
using CsCheck;

namespace EtradeBot.Market;

public class CsvNumbersTests
{
    // Prices of every usual length, and beyond what 53 bits hold.
    static readonly Gen<string> Decimals =
        from whole in Gen.String[Gen.Char['0', '9'], 1, 20]
        from point in Gen.Bool
        from rest in Gen.String[Gen.Char['0', '9'], 0, 20]
        select point ? $"{whole}.{rest}" : whole;

    static readonly Gen<string> AnyDouble = Gen.Double.Select(d => d.ToString("R", CultureInfo.InvariantCulture));

    static readonly Gen<string> Prices = Gen.Decimal[0.0001m, 99_999m].Select(d => Math.Round(d, 6).ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void Every_number_equals_what_the_platform_parses_bit_for_bit() =>
        Gen.OneOf(Decimals, AnyDouble, Prices).Sample(text =>
        {
            var wanted = double.Parse(text, CultureInfo.InvariantCulture);
            var isRead = CsvNumbers.TryRead(Encoding.ASCII.GetBytes(text), out var value);
            return isRead == double.IsFinite(wanted) && (!isRead || BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(wanted));
        }, iter: 100_000);

    [Fact]
    public void A_number_is_read_as_itself_whatever_bytes_lie_beside_it() =>
        Gen.Select(Prices, Gen.String[Gen.Char['0', '9'], 0, 9], Gen.String[Gen.Char['0', '9'], 0, 9]).Sample((text, before, after) =>
        {
            var line = Encoding.ASCII.GetBytes(before + text + after);
            return CsvNumbers.TryRead(line.AsSpan(before.Length, text.Length), out var value) && value.Equals(double.Parse(text, CultureInfo.InvariantCulture));
        });

    [Fact]
    public void What_is_no_number_is_refused_like_the_platform_does() =>
        Gen.String[Gen.Char["0123456789.+-eE x:/"], 0, 12].Sample(text =>
        {
            var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var wanted) && double.IsFinite(wanted);
            return CsvNumbers.TryRead(Encoding.ASCII.GetBytes(text), out var value) == isNumber && (!isNumber || value.Equals(wanted));
        }, iter: 100_000);

    [Theory]
    [InlineData("$3,204.40", 3204.40)]
    [InlineData("-$1,000", -1000)]
    [InlineData(" \"1,234,567.5\" ", 1234567.5)]
    [InlineData("1.5K", 1500)]
    [InlineData("0.3m", 300000)]
    [InlineData("2 B", 2e9)]
    [InlineData("\u00A012.5\u00A0", 12.5)]
    public void Money_signs_separators_and_suffixes_are_understood(string text, double value)
    {
        Assert.True(CsvNumbers.TryRead(Encoding.UTF8.GetBytes(text), out var found));
        Assert.Equal(value, found);
    }

    [Theory]
    [InlineData("126,35")]
    [InlineData("0,123")]
    [InlineData("1234,567")]
    [InlineData("1,23,456")]
    [InlineData("1,234.567,8")]
    [InlineData(",123")]
    [InlineData("1,,234")]
    [InlineData("$")]
    [InlineData("K")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("null")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("12a45.678")]
    public void What_could_mean_two_things_or_nothing_is_refused(string text) =>
        Assert.False(CsvNumbers.TryRead(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("49.39M", 49_390_000)]
    [InlineData("6189026.0000", 6_189_026)]
    [InlineData("\"4,787,699\"", 4_787_699)]
    [InlineData("1.2e6", 1_200_000)]
    [InlineData("0.5", 1)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-64874192", -64_874_192)]
    public void A_volume_is_a_whole_number_of_shares(string text, long volume)
    {
        Assert.True(CsvNumbers.TryReadVolume(Encoding.UTF8.GetBytes(text), out var found));
        Assert.Equal(volume, found);
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("1e40")]
    [InlineData("")]
    [InlineData("many")]
    public void What_is_no_volume_is_refused(string text) =>
        Assert.False(CsvNumbers.TryReadVolume(Encoding.UTF8.GetBytes(text), out _));
}
