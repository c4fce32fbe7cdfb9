using System.Text.Json;

namespace EtradeBot.App.Commands;

public class ExplainCommandTests
{
    static string Ties => TestFolders.Golden("synthetic", "ohlcv", "TIES.csv");

    /// <summary>Dates and values of a pattern as the golden file has them; rows without a value left out.</summary>
    static IEnumerable<(string Date, int Value)> Golden(string column)
    {
        var rows = File.ReadAllLines(TestFolders.Golden("synthetic", "golden", "TIES.csv")).Select(line => line.Split(',')).ToList();
        var place = Array.IndexOf(rows[0], column);
        return rows.Skip(1).Where(row => row[place].Length > 0).Select(row => (row[0], int.Parse(row[place])));
    }

    [Theory]
    [InlineData("CDLENGULFING", 100, "Bullish Engulfing (CDLENGULFING): found, 100 (bullish)")]
    [InlineData("CDLENGULFING", -80, "Bearish Engulfing (CDLENGULFING): found, -80 (bearish)")]
    [InlineData("CDLHARAMI", 80, "Bullish Harami (CDLHARAMI): found, 80 (bullish)")]
    [InlineData("CDLDOJI", 100, "Doji (CDLDOJI): found, 100 (no direction)")]
    [InlineData("CDLDOJI", 0, "Doji (CDLDOJI): not here")]
    public void A_pattern_is_explained_where_the_golden_file_has_it(string pattern, int value, string heading)
    {
        var date = Golden(pattern).First(cell => cell.Value == value).Date;
        var run = Cli.Run("explain", "--csv", Ties, "--date", date, "--pattern", pattern);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains(heading, run.Out, StringComparison.Ordinal);
        Assert.Equal(value == 0, run.Out.Contains("FAIL", StringComparison.Ordinal) && Math.Abs(value) != 80);
    }

    [Fact]
    public void Without_a_pattern_all_are_listed_and_those_found_explained()
    {
        var date = Golden("CDLHARAMI").First(cell => cell.Value == 80).Date;
        var lines = Cli.Run("explain", "--csv", Ties, "--date", date).Lines;
        Assert.StartsWith($"TIES 1d {date}: open ", lines[0], StringComparison.Ordinal);
        Assert.Equal(17, lines.Count(line => line.Contains("  CDL", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith("Bullish Harami (CDLHARAMI): found, 80", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_carries_every_condition_with_its_numbers()
    {
        var (date, value) = Golden("CDLENGULFING").First(cell => cell.Value == -80);
        using var json = JsonDocument.Parse(Cli.Run("explain", "--csv", Ties, "--date", date, "--pattern", "engulfing", "--json").Out);
        var root = json.RootElement;
        Assert.Equal(date, root.GetProperty("time").GetString());
        var pattern = root.GetProperty("patterns")[0];
        Assert.Equal("Bearish Engulfing", pattern.GetProperty("pattern").GetString());
        Assert.Equal(value, pattern.GetProperty("value").GetInt32());
        Assert.Equal(-1, pattern.GetProperty("direction").GetInt32());
        Assert.Equal(7, pattern.GetProperty("conditions").GetArrayLength());
        Assert.Equal("top >= top[1]", pattern.GetProperty("conditions")[1].GetProperty("rule").GetString());
        Assert.True(pattern.GetProperty("conditions")[1].GetProperty("passed").GetBoolean());
    }

    [Fact]
    public void Before_the_averages_are_known_nothing_is_claimed()
    {
        var run = Cli.Run("explain", "--csv", Ties, "--date", "2010-01-05", "--pattern", "doji");
        Assert.Contains("not defined before candle 11 of the series (this is candle 2)", run.Out, StringComparison.Ordinal);
        Assert.Contains("missing", run.Out, StringComparison.Ordinal);
        Assert.Contains("\"value\": null", Cli.Run("explain", "--csv", Ties, "--date", "2010-01-05", "--pattern", "doji", "--json").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2010-01-09", "The nearest are 2010-01-08 and 2010-01-11.")]
    [InlineData("1999-01-04", "The first is 2010-01-04.")]
    [InlineData("2050-01-04", "The last is ")]
    [InlineData("yesterday", "is not a date: write 2021-01-04")]
    [InlineData("2010-13-01", "is not a date")]
    [InlineData("9999-12-31", "is not a date")]
    public void A_date_without_a_candle_names_the_nearest(string date, string reason)
    {
        var run = Cli.Run("explain", "--csv", Ties, "--date", date);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hamer", "Did you mean 'Hammer'?")]
    [InlineData("bulish engulfing", "Did you mean 'Bullish Engulfing'?")]
    [InlineData("head and shoulders", "Patterns are Hammer, Engulfing,")]
    public void An_unknown_pattern_is_answered_with_the_known_ones(string name, string reason)
    {
        var run = Cli.Run("explain", "--csv", Ties, "--date", "2010-01-08", "--pattern", name);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_date_is_required() => Assert.Equal(ExitCode.Usage, Cli.Run("explain", "--csv", Ties).ExitCode);
}
