using EtradeBot.Backtests;
using EtradeBot.Market;

namespace EtradeBot.App.Scripting;

public class StrategyDocumentTests
{
    static readonly string Document = File.ReadAllText(Path.Combine(TestFolders.Root, "docs", "writing-a-strategy.md"));

    [Fact]
    public void The_first_example_is_the_file_in_the_repository() =>
        Assert.Equal(File.ReadAllText(Path.Combine(TestFolders.Root, "strategies", "HammerInUptrend.cs")), Examples()[0]);

    [Fact]
    public void Every_example_compiles_trades_and_sees_no_future()
    {
        using var folder = new TemporaryFolder();
        foreach (var (text, i) in Examples().Select((text, i) => (text, i))) folder.Write($"strategies/Example{i}.cs", text);
        using var library = new StrategyLibrary(folder["strategies"], stateFolder: null);
        var entries = library.All().Entries.Where(entry => entry.Origin != "built in").ToArray();
        Assert.Empty(library.Problems);
        Assert.Equal(["breakout", "hammer-in-uptrend"], entries.Select(entry => entry.Name));
        var name = TestFolders.Golden("synthetic", "ohlcv", "SMOOTH.csv");
        using var file = File.OpenRead(name);
        var candles = CandleCsv.Read(file, "SMOOTH.csv", new CsvOptions()).Candles.Slice(0, 800);
        foreach (var entry in entries)
        {
            var report = LookaheadCheck.Run(candles, entry.Create, new LookaheadOptions());
            Assert.Empty(report.Findings);
            Assert.True(report.Decisions > 0, entry.Name);
        }
    }

    static string[] Examples() =>
        [.. Document.Split("```csharp\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)])];
}
