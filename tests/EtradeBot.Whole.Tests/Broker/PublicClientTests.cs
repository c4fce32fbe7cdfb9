using System.Diagnostics;
using EtradeBot.Simulator;

namespace EtradeBot.App.Broker;

/// <summary>Published clients of other people, unchanged but for their addresses, spend a day with the simulator.</summary>
public sealed class PublicClientTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_published_node_client_finds_the_protocol_it_was_written_for()
    {
        var folder = await InstalledAsync();
        await using var simulator = await RunningSimulator.StartAsync();
        var (exitCode, text) = await RunAsync("node", folder, Path.Combine(folder, "journey.mjs"), simulator.Url.GetLeftPart(UriPartial.Authority), SimulatorOptions.DefaultConsumerKey, SimulatorOptions.DefaultConsumerSecret, "AAPL");
        Assert.True(exitCode == 0, text);
        Assert.EndsWith("done: ", text.TrimEnd('\n', '\r'), StringComparison.Ordinal);
    }

    /// <summary>pyetrade is in no package registry: point PYETRADE_FOLDER at a clone of it to run this one.</summary>
    [Fact]
    public async Task The_published_python_client_finds_the_protocol_it_was_written_for()
    {
        var clone = Environment.GetEnvironmentVariable("PYETRADE_FOLDER");
        if (clone is null) Assert.Skip("needs a clone of the public client pyetrade: set PYETRADE_FOLDER to it");
        await using var simulator = await RunningSimulator.StartAsync();
        var script = Path.Combine(TestFolders.Root, "tests", "independent", "pyetrade_journey.py");
        var (exitCode, text) = await RunAsync("/usr/bin/python3", TestFolders.Root, script, clone, simulator.Url.GetLeftPart(UriPartial.Authority), SimulatorOptions.DefaultConsumerKey, SimulatorOptions.DefaultConsumerSecret, "MSFT");
        Assert.True(exitCode == 0, text);
        Assert.EndsWith("json done: ", text.TrimEnd('\n', '\r'), StringComparison.Ordinal);
    }

    /// <summary>The client as its lock file names it, installed once under <c>artifacts</c>.</summary>
    static async Task<string> InstalledAsync()
    {
        var source = Path.Combine(TestFolders.Root, "tests", "independent", "public-client");
        var folder = Path.Combine(TestFolders.Root, "artifacts", "public-client");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(source)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "e-trade-api")))
        {
            var (exitCode, text) = await RunAsync("npm", folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Assert.True(exitCode == 0, text);
        }
        return folder;
    }

    static async Task<(int ExitCode, string Text)> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Stop);
        var error = process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, await error + await output);
    }
}
