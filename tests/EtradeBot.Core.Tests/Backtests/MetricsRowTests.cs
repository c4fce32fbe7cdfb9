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

    [Fact]
    public void Profits_and_losses_carry_their_sign()
    {
        Assert.Equal(["+$1,234.50", "-$3.00", "$0.00", "$0.00", "n/a"], new[] { 1234.5, -3, 0, -0.001, double.NaN }.Select(MetricText.Profit));
        Assert.Equal(["$1,234.50", "-$3.00"], new[] { 1234.5, -3 }.Select(MetricText.Dollars));
        Assert.Equal(["+8.90 %", "-0.10 %", "0.00 %", "+0.00334 %", "n/a"], new[] { 0.089, -0.001, 0, 0.0000334, double.NaN }.Select(MetricText.Change));
        Assert.Equal(["+1.25 R", "-1.00 R", "0.00 R"], new[] { 1.25, -1, 0 }.Select(MetricText.Multiple));
    }

    [Fact]
    public void Numbers_too_long_to_read_are_shortened()
    {
        Assert.Equal(["98,280.00", "1.23e+9", "-1.23e+9", "0.000249", "0.01"], new[] { 98280, 1234567890, -1234567890, 0.00024899, 0.0051 }.Select(MetricText.Ratio));
        Assert.Equal(["1,000,000", "12"], new[] { 1e6, 12 }.Select(MetricText.Count));
        Assert.Equal(["1.00 year", "2.50 years"], new[] { 1.001, 2.5 }.Select(MetricText.Years));
    }
}
