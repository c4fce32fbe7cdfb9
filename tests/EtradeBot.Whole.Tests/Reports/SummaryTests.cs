using EtradeBot.App.Commands;

namespace EtradeBot.App.Reports;

public class SummaryTests
{
    [Theory]
    [InlineData("sma-cross on BRK.B: BACKTEST\n")]
    [InlineData("2024-03-08 to 2024-03-11, 6 candles of 1h\n")]
    [InlineData("$10,000.00 became $10,060.50: +0.6 %; BRK.B bought and held: +1.6 %\n")]
    [InlineData("Round trips")]
    [InlineData("fees $2.00, slippage $0.06")]
    [InlineData("BRK.B: -$2.50 not realised")]
    [InlineData("  - 2 candles had no volume.\n")]
    [InlineData("Written to runs/1: summary.json, trades.csv\n")]
    public void Piped_it_is_plain_text_that_says(string text)
    {
        var printed = Printed(isTerminal: false);
        Assert.Contains(text, printed, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', printed);
        Assert.DoesNotContain('│', printed);
    }

    [Fact]
    public void On_a_terminal_the_figures_stand_in_a_table() => Assert.Contains('│', Printed(isTerminal: true));

    static string Printed(bool isTerminal)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        Summary.Print(SmallRun.Record, new Output(writer, isTerminal), ["runs/1/summary.json", "runs/1/trades.csv"]);
        return writer.ToString();
    }
}
