using System.Globalization;
using System.Text.RegularExpressions;

namespace EtradeBot.Backtests;

public class MetricsRowTests
{
    static readonly IReadOnlyList<MetricsRow> Rows = Metrics.From(
        Runs.Account(1000, Runs.Walk(1, 300, 0.001, 0.01)).Holding(50, Runs.Walk(2, 300, 0, 0.01)).Trades(12.5m, -3m),
        Runs.Options with { Resamples = 100 }).Rows();

    [Fact]
    public void Keys_are_unique_and_in_snake_case()
    {
        Assert.Equal(Rows.Count, Rows.Select(row => row.Key).Distinct().Count());
        Assert.Equal(Rows.Count, Rows.Select(row => row.Label).Distinct().Count());
        Assert.All(Rows, row => Assert.Matches("^[a-z][a-z0-9_]*$", row.Key));
        Assert.All(Rows, row => Assert.True(row.Definition.Length is > 5 and < 100, row.Key));
    }

    [Fact]
    public void Every_figure_is_defined_in_the_documentation_and_nothing_else_is()
    {
        var page = File.ReadAllText(Path.Combine(TestFolders.Root, "docs", "metrics.md"));
        var documented = Regex.Matches(page, "^\\| `([a-z0-9_]+)`", RegexOptions.Multiline).Select(match => match.Groups[1].Value);

        Assert.Equal(Rows.Select(row => row.Key).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_undefined_figure_is_n_a_and_has_no_number()
    {
        var row = Assert.Single(Metrics.From(Runs.Account(1000, 1000, 1000), Runs.Options).Rows(), row => row.Key == "sharpe");

        Assert.Equal(("n/a", null, false), (row.Text, row.Number, row.IsDefined));
    }

    [Fact]
    public void Text_is_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            Assert.Equal("-$1,234.50", MetricText.Dollars(-1234.5));
            Assert.Equal("-12.34 %", MetricText.Percent(-0.12344));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(1234.5, "+$1,234.50", "$1,234.50")]
    [InlineData(-3, "-$3.00", "-$3.00")]
    [InlineData(0, "$0.00", "$0.00")]
    [InlineData(-0.001, "$0.00", "$0.00")]
    [InlineData(double.NaN, "n/a", "n/a")]
    public void Profits_and_losses_carry_their_sign(double value, string profit, string dollars) =>
        Assert.Equal((profit, dollars), (MetricText.Profit(value), MetricText.Dollars(value)));

    [Theory]
    [InlineData(0.089, "+8.90 %", "8.90 %")]
    [InlineData(-0.001, "-0.10 %", "-0.10 %")]
    [InlineData(0, "0.00 %", "0.00 %")]
    [InlineData(0.0000334, "+0.00334 %", "0.00334 %")]
    [InlineData(double.PositiveInfinity, "n/a", "n/a")]
    public void Fractions_are_printed_in_percent(double value, string change, string percent) =>
        Assert.Equal((change, percent), (MetricText.Change(value), MetricText.Percent(value)));

    [Theory]
    [InlineData(98280, "98,280.00")]
    [InlineData(1234567890, "1.23e+9")]
    [InlineData(-1234567890, "-1.23e+9")]
    [InlineData(0.00024899, "0.000249")]
    [InlineData(0.0051, "0.01")]
    public void Numbers_too_long_to_read_are_shortened(double value, string text) =>
        Assert.Equal(text, MetricText.Ratio(value));

    [Fact]
    public void Units_stand_behind_their_number()
    {
        Assert.Equal("+1.25 R", MetricText.Multiple(1.25));
        Assert.Equal("-1.00 R", MetricText.Multiple(-1));
        Assert.Equal("1,000,000", MetricText.Count(1e6));
        Assert.Equal("1.00 year", MetricText.Years(1.001));
        Assert.Equal("2.50 years", MetricText.Years(2.5));
    }
}
