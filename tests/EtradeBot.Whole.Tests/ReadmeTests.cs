using EtradeBot.App.Scripting;

namespace EtradeBot.App;

/// <summary>What the README shows is what the program does.</summary>
public class ReadmeTests
{
    static readonly string Readme = File.ReadAllText(Path.Combine(TestFolders.Root, "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_real_example_prints_what_is_shown()
    {
        var shown = Block("```\n$ ./etrade-bot ");
        var candles = TestFolders.Shared("data", "ohlcv", "daily");
        using var folder = new TemporaryFolder();
        var command = shown[..shown.IndexOf('\n', StringComparison.Ordinal)].Replace("candles/daily", candles, StringComparison.Ordinal);
        var run = Cli.Run([.. command.Split(' '), "--data", folder["data"]]);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(WithoutPlace(shown[(shown.IndexOf('\n', StringComparison.Ordinal) + 1)..]), WithoutPlace(run.Out.ReplaceLineEndings("\n")));

        // The folder's own name is part of what is shown; only where the state lies differs.
        string WithoutPlace(string output) => output.Replace(folder["data"], "data", StringComparison.Ordinal).TrimEnd();
    }

    [Fact]
    public void The_strategy_shown_compiles()
    {
        using var folder = new TemporaryFolder();
        folder.Write("strategies/HammerInUptrend.cs", Block("```csharp\n"));
        using var library = new StrategyLibrary(folder["strategies"], stateFolder: null);
        Assert.Equal("hammer-in-uptrend", library.Get("hammer-in-uptrend").Name);
        Assert.Empty(library.Problems);
    }

    [Fact]
    public void Every_page_linked_to_exists() =>
        Assert.All(
            Readme.Split("](").Skip(1).Select(part => part[..part.IndexOf(')', StringComparison.Ordinal)]).Where(link => !link.StartsWith("http", StringComparison.Ordinal)),
            link => Assert.True(File.Exists(Path.Combine(TestFolders.Root, link)), link));

    static string Block(string start)
    {
        var at = Readme.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return Readme[at..Readme.IndexOf("\n```", at, StringComparison.Ordinal)];
    }
}
