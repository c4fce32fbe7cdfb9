using System.Diagnostics;

namespace EtradeBot.App.Commands;

/// <summary>What docs/data.md shows is what the program prints.</summary>
public sealed class DataDocumentTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_output_shown_is_the_real_one()
    {
        const string Acme = "Date,Open,High,Low,Close,Volume\n2024-01-08,100,102,99,101,5000\n2024-01-09,101,103,100,null,5100\n2024-01-10,102,101,100,101,4800\n2024-01-11,101,104,100,103,5200\n2024-01-12,103,105,102,104,5300\n";
        _folder.Write("ACME.csv", Acme);
        _folder.Write("NEWER.csv", Acme.Replace("99,101,", "99,101.5,", StringComparison.Ordinal) + "2024-01-16,104,106,103,105,5000\n");
        File.Copy(TestFolders.Golden("synthetic", "ohlcv", "WILD.csv"), _folder["WILD.csv"]);
        var document = File.ReadAllText(Path.Combine(TestFolders.Root, "docs", "data.md")).ReplaceLineEndings("\n");
        var unshown = new[] { "data import WILD.csv", "data demo --symbols VOLTAR --timeframe 1m --from 2024-03-01 --to 2024-03-28" };
        string[] commands =
        [
            "data check ACME.csv", "data import ACME.csv", "data import ACME.csv --bad-rows skip", "data import NEWER.csv --symbol ACME --bad-rows skip", unshown[0],
            "data demo --symbols VOLTAR,BASALT", unshown[1], "data resample --symbol VOLTAR --to 1h", "data list", "data check --symbol VOLTER",
        ];
        foreach (var command in commands)
        {
            var shown = $"$ etrade-bot {command}\n{Run(command).TrimEnd()}\n";
            if (!unshown.Contains(command)) Assert.Contains(shown, document, StringComparison.Ordinal);
        }
        var first = Run("data list --json").Split("},")[0];
        Assert.Contains(first[first.IndexOf("  {", StringComparison.Ordinal)..] + "},", document, StringComparison.Ordinal);
    }

    string Run(string command)
    {
        var start = new ProcessStartInfo(ChildProgram.Path, command.Split(' ')) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var run = ChildProgram.Finish(process);
        return (run.Out + run.Error).ReplaceLineEndings("\n");
    }
}
