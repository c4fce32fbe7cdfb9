using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Sessions;

namespace EtradeBot.App.Trading;

/// <summary>The program without any setting, as a newcomer starts it.</summary>
public sealed class TradeCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string Data => _folder["data"];

    Cli Run(params string[] args)
    {
        using var process = ChildProgram.Start(ChildProgram.Path, [.. args, "--data", Data]);
        return ChildProgram.Finish(process);
    }

    Cli Trade(string length) => Run("trade", "--speed", "60", "--timeframe", "1m", "--symbols", "MSFT,VOLTAR,COBALT,PIXELS", "--for", length);

    [Fact]
    public void It_enters_protects_and_leaves_and_what_it_did_can_be_proved()
    {
        var first = Trade("45s");
        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.All(first.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("SIMULATED ", line, StringComparison.Ordinal));
        Assert.Contains("entry buy ", first.Out, StringComparison.Ordinal);
        Assert.Contains("stop sell ", first.Out, StringComparison.Ordinal);
        var verified = Run("journal", "verify");
        Assert.True(verified.ExitCode == 0, verified.Out + verified.Error);
        Assert.Contains("the broker's orders and positions agree", verified.Out, StringComparison.Ordinal);
        Assert.Contains(": FILLED", Run("journal").Out, StringComparison.Ordinal);
        var why = Run("why", "MSFT");
        Assert.True(why.ExitCode == 0, why.Error);
        Assert.StartsWith("SIMULATED MSFT 1m, candle closed ", why.Out, StringComparison.Ordinal);
        Assert.Contains("wanted    ", why.Out, StringComparison.Ordinal);
        ReplaysEqual();
        var killed = Run("kill", "--flatten");
        Assert.True(killed.ExitCode == 0, killed.Out + killed.Error);
        Assert.Contains("nothing is held", killed.Out, StringComparison.Ordinal);
        var halted = Trade("8s");
        Assert.Contains("ExitsOnly: halted by terminal", halted.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("entry buy", halted.Out, StringComparison.Ordinal);
        Assert.Contains("cleared", Run("kill", "--clear").Out, StringComparison.Ordinal);
    }

    /// <summary>The day decided again is the day; one number of its record changed is found and named.</summary>
    void ReplaysEqual()
    {
        var replayed = Run("replay");
        Assert.True(replayed.ExitCode == 0, replayed.Out + replayed.Error);
        Assert.Matches(@"^SIMULATED \d{4}-\d\d-\d\d: 1 run of the bot, \d+ decisions: \d+ equal, 0 different", replayed.Out);
        Assert.Contains("basis points against the model", replayed.Out, StringComparison.Ordinal);
        var folder = Assert.Single(TradingFolder.In(Data));
        var record = Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, TradingFolder.DaysFolder), "decisions.jsonl", SearchOption.AllDirectories));
        var text = File.ReadAllText(record);
        File.WriteAllText(record, new System.Text.RegularExpressions.Regex("\"close\":").Replace(text, "\"close\":1", 1));
        var altered = Run("replay");
        Assert.Equal(1, altered.ExitCode);
        Assert.Contains(", 1 different", altered.Out, StringComparison.Ordinal);
        Assert.Contains(": candle: ", altered.Out, StringComparison.Ordinal);
        File.WriteAllText(record, text);
    }

    [Fact]
    public void A_journal_that_was_altered_is_named_with_its_line_and_nothing_is_traded_on_it()
    {
        Assert.Equal(0, Trade("6s").ExitCode);
        var journal = Assert.Single(TradingFolder.In(Data)).JournalPath;
        var lines = File.ReadAllLines(journal);
        lines[0] = lines[0].Replace("Simulated", "simulated", StringComparison.Ordinal);
        File.WriteAllText(journal, string.Join('\n', lines) + "\n");
        var verified = Run("journal", "verify");
        Assert.Equal(1, verified.ExitCode);
        Assert.Contains($"line 1 of {Journal.FileName} is damaged", verified.Out, StringComparison.Ordinal);
        var traded = Trade("6s");
        Assert.Contains($"line 1 of {Journal.FileName} is damaged", traded.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("entry buy", traded.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Real_money_needs_more_than_an_option()
    {
        var refused = Run("trade", "--mode", "live", "--i-mean-real-money");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("ETRADE_ENV=production", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_anything_traded_there_is_nothing_to_kill_or_to_print()
    {
        Assert.Contains("nothing has been traded", Run("kill").Out, StringComparison.Ordinal);
        Assert.Contains("nothing has been traded", Run("journal").Out, StringComparison.Ordinal);
    }
}
