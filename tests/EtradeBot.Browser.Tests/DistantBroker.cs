using System.Diagnostics;

namespace EtradeBot.Browser;

/// <summary>The simulator as a process of its own, at which a program is logged in: it can fall silent as a broker does, with the connection open.</summary>
sealed class DistantBroker : IDisposable
{
    readonly Process _process;

    DistantBroker(Process process, string address) => (_process, Address) = (process, address);

    /// <summary>Without a slash at its end.</summary>
    public string Address { get; }

    public static async Task<DistantBroker> StartAsync()
    {
        // Open at any hour, so that its quotes have to be fresh.
        var process = Process.Start(new ProcessStartInfo(RunningDashboard.Program, ["simulator", "--port", "0", "--always-open"]) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.Split(' ').FirstOrDefault(word => word.StartsWith("http://127.", StringComparison.Ordinal)) is { } address)
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new DistantBroker(process, address.TrimEnd('/'));
            }
        await process.WaitForExitAsync();
        throw new InvalidOperationException($"the simulator ended with exit code {process.ExitCode} before it was ready");
    }

    /// <summary>Leaves a login in a state folder, as its owner would.</summary>
    public async Task LogInAsync(string stateFolder)
    {
        var start = new ProcessStartInfo(RunningDashboard.Program, ["login", "--env", "simulator", "--auto", "--data", stateFolder]) { RedirectStandardOutput = true };
        start.Environment["ETRADE_BASE_URL"] = Address;
        using var login = Process.Start(start)!;
        await login.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await login.WaitForExitAsync();
        Assert.Equal(0, login.ExitCode);
    }

    public Task FallSilentAsync() => RunningDashboard.SignalAsync(_process, "STOP");

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
