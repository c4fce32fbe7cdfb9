using System.Globalization;
using System.Text;

namespace EtradeBot.App.Reports;

public class Utf8WriterTests
{
    [Theory]
    [InlineData("0", "0.00")]
    [InlineData("10", "10.00")]
    [InlineData("389.7600", "389.76")]
    [InlineData("-0.5", "-0.50")]
    [InlineData("7.622499942779541", "7.622499942779541")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335.00")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    public void Money_keeps_every_digit_and_two_decimals(string amount, string text) =>
        Assert.Equal(text, Written(output => output.Money(decimal.Parse(amount, CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData(0, 4, "0.00")]
    [InlineData(1.5, 4, "1.50")]
    [InlineData(1.23456, 4, "1.2346")]
    [InlineData(-0.00004, 4, "0.00")]
    [InlineData(-12.000001, 6, "-12.000001")]
    [InlineData(0.1, 2, "0.10")]
    [InlineData(double.NaN, 4, "")]
    [InlineData(double.NegativeInfinity, 4, "")]
    [InlineData(1e20, 4, "100000000000000000000.00")]
    public void Numbers_are_rounded_and_keep_two_decimals(double value, int decimals, string text) =>
        Assert.Equal(text, Written(output => output.Number(value, decimals)));

    [Fact]
    public void Numbers_equal_those_of_the_framework()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 9));
            var rounded = Math.Round(value * 10_000) / 10_000 + 0.0;
            Assert.Equal(rounded.ToString("0.00##", CultureInfo.InvariantCulture), Written(output => output.Number(value, 4)));
        }
    }

    [Fact]
    public void What_is_longer_than_the_buffer_comes_out_whole()
    {
        var text = string.Concat(Enumerable.Repeat("héllo 💶, ", 20_000));
        Assert.Equal("ab" + text + "12" + text + "3.50", Written(output =>
        {
            output.Raw("ab"u8);
            output.Text(text);
            output.Integer(12);
            output.Raw(Encoding.UTF8.GetBytes(text));
            output.Money(3.5m);
        }));
    }

    static string Written(Action<Utf8Writer> write)
    {
        using var buffer = new MemoryStream();
        var output = new Utf8Writer(buffer);
        write(output);
        output.Flush();
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
