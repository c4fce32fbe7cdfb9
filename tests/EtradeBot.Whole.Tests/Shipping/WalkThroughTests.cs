using System.Diagnostics;
using System.Globalization;
using EtradeBot.App.Commands;

namespace EtradeBot.App.Shipping;

/// <summary>The walks through a simulated account that the documents offer, line by line as they stand there.</summary>
public sealed class WalkThroughTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("docs/etrade.md")]
    [InlineData("docs/simulator.md")]
    [InlineData("README.md")]
    public async Task A_simulator_a_login_and_what_the_broker_says(string page)
    {
        var commands = Block(page, "simulator");
        Assert.Equal("simulator", commands[0]);
        using var simulator = await SimulatorProgram.StartAsync();
        foreach (var command in commands.Skip(1))
        {
            // A person opens the page and types the code; --auto does both.
            using var process = Start(command.StartsWith("login", StringComparison.Ordinal) ? command + " --auto" : command, ("ETRADE_BASE_URL", simulator.Url.AbsoluteUri));
            var run = ChildProgram.Finish(process);
            Assert.True(run.ExitCode == 0, $"{page}: {command}: {run.Error}");
        }
    }

    [Fact(Timeout = 240_000)]
    public async Task A_strategy_at_the_built_in_simulator_its_journal_and_the_brake()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill -INT");
        _folder.Write("strategies/HammerInUptrend.cs", await File.ReadAllTextAsync(Path.Combine(TestFolders.Root, "strategies", "HammerInUptrend.cs"), TestContext.Current.CancellationToken));
        var commands = Block("docs/trading.md", "trade").Where(command => command.Split(' ')[0] is "trade" or "journal" or "kill").ToList();
        Assert.Equal(["trade", "trade", "trade", "journal", "journal", "kill"], commands.Select(command => command.Split(' ')[0]));
        foreach (var command in commands.Append("kill --clear"))
        {
            using var process = Start(command);
            if (command.StartsWith("trade", StringComparison.Ordinal)) await StopOnceItTradesAsync(process);
            var run = ChildProgram.Finish(process);
            Assert.True(run.ExitCode == 0, $"{command}: {run.Error}{run.Out}");
        }
    }

    static async Task StopOnceItTradesAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (!line.Contains(", candles of ", StringComparison.Ordinal)) continue;
            using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            return;
        }
    }

    Process Start(string command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(ChildProgram.Path, command.Split(' ', StringSplitOptions.RemoveEmptyEntries)) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>The commands of the page's first block that begins with this one.</summary>
    static List<string> Block(string page, string first) =>
        DocumentPages.Blocks().Where(block => block.Place.StartsWith(page + ":", StringComparison.Ordinal))
            .Select(block => block.Lines.Select(DocumentPages.CommandOf).OfType<string>().ToList())
            .First(commands => commands is [var begin, ..] && begin.Split(' ')[0] == first);
}
