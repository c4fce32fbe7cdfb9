using System.Text.Json;
using EtradeBot.App.Scripting;

namespace EtradeBot.App.Commands;

public sealed class StrategiesCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Built_in_strategies_and_files_are_listed_with_their_parameters()
    {
        _folder.Write("mine/Nightly.cs", """
            [About("Sleeps.")]
            public sealed class Nightly : Strategy
            {
                [About("How long.", Unit = "candles", Min = 1, Max = 9)]
                public int Sleep { get; init; } = 8;
                public bool Snores { get; init; }
                public override Signal? OnCandle(View view) => null;
            }
            """);
        var run = Run("strategies");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("sma-cross (built in)", run.Lines);
        Assert.Contains(run.Lines, line => line.StartsWith("nightly (", StringComparison.Ordinal) && line.EndsWith("mine/Nightly.cs)", StringComparison.Ordinal));
        Assert.Contains("    Sleep=8       candles  a whole number from 1 to 9  How long.", run.Lines);
        Assert.Contains("    Snores=false           true or false", run.Lines);
    }

    [Fact]
    public void The_list_as_JSON_has_typed_defaults_and_limits()
    {
        using var list = JsonDocument.Parse(Run("strategies", "--json").Out);
        var cross = list.RootElement.EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == "sma-cross");
        Assert.Equal("built in", cross.GetProperty("origin").GetString());
        var fast = cross.GetProperty("parameters")[0];
        Assert.Equal(("Fast", "whole_number", 10, "candles", 1.0),
            (fast.GetProperty("name").GetString(), fast.GetProperty("kind").GetString(), fast.GetProperty("default").GetInt32(),
                fast.GetProperty("unit").GetString(), fast.GetProperty("min").GetDouble()));
    }

    [Fact]
    public void A_broken_file_is_named_beside_the_list_of_the_others()
    {
        _folder.Write("mine/Broken.cs", "public class");
        var run = Run("strategies");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("sma-cross (built in)", run.Lines);
        Assert.StartsWith("etrade-bot: left out: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("mine/Broken.cs:1:13: CS1001 Identifier expected", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_refused()
    {
        var run = Cli.Run("strategies", "--strategies", _folder["none"]);
        Assert.Equal((2, $"etrade-bot: --strategies {_folder["none"]}: there is no such folder"), (run.ExitCode, run.Error.TrimEnd()));
    }

    [Fact]
    public void The_strategy_of_the_repository_compiles_in_under_thirty_lines()
    {
        var path = Path.Combine(TestFolders.Root, "strategies", "HammerInUptrend.cs");
        Assert.InRange(File.ReadLines(path).Count(), 1, 29);
        using var library = new StrategyLibrary(Path.GetDirectoryName(path), null);
        Assert.Equal(["Reward", "TrendPeriod"], library.Get("hammer-in-uptrend").Parameters.Select(p => p.Name));
        Assert.Empty(library.Problems);
        Assert.NotNull(library.All().Find("hammer-in-uptrend"));
    }

    [Fact]
    public void The_compiler_is_not_loaded_for_a_built_in_strategy_nor_for_an_unchanged_file()
    {
        var program = CopyOfTheProgram();
        var csv = TestFolders.Golden("synthetic", "ohlcv", "FLAT.csv");
        _folder.Write("mine/Idle.cs", "public sealed class Idle : Strategy { public override Signal? OnCandle(View view) => null; }");
        Cli Check(string strategy) => ChildProgram.Finish(ChildProgram.Start(program,
            "lookahead", "--strategy", strategy, "--csv", csv, "--strategies", _folder["mine"], "--data", _folder["data"]));
        Assert.Equal(0, Check("idle").ExitCode);

        foreach (var compiler in Directory.GetFiles(Path.GetDirectoryName(program)!, "Microsoft.CodeAnalysis*.dll")) File.Delete(compiler);
        Assert.Equal((0, ""), (Check("sma-cross").ExitCode, Check("sma-cross").Error));
        Assert.Equal((0, ""), (Check("idle").ExitCode, Check("idle").Error));
        File.AppendAllText(_folder["mine", "Idle.cs"], " ");
        Assert.Contains("Microsoft.CodeAnalysis", Check("idle").Error, StringComparison.Ordinal);
    }

    Cli Run(params string[] args)
    {
        Directory.CreateDirectory(_folder["mine"]);
        return Cli.Run([.. args, "--strategies", _folder["mine"], "--data", _folder["data"]]);
    }

    string CopyOfTheProgram()
    {
        var source = Path.GetDirectoryName(ChildProgram.Path)!;
        Directory.CreateDirectory(_folder["program"]);
        string[] parts = ["etrade-bot*", "EtradeBot.Core.dll", "System.CommandLine.dll", "Microsoft.CodeAnalysis*.dll"];
        foreach (var file in parts.SelectMany(part => Directory.GetFiles(source, part)))
            File.Copy(file, _folder["program", Path.GetFileName(file)]);
        return _folder["program", Path.GetFileName(ChildProgram.Path)];
    }
}
