using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace EtradeBot.Browser;

/// <summary>The built program with its dashboard, as a process of its own over a folder of its own.</summary>
sealed class RunningDashboard : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly string _folder = Directory.CreateTempSubdirectory("etrade-bot-browser-").FullName;
    readonly (string Name, string Value)[] _environment;
    readonly StringBuilder _errors = new();
    Process _process = null!;

    RunningDashboard((string Name, string Value)[] environment) => _environment = environment;

    /// <summary>Without a slash at its end.</summary>
    public string Address { get; private set; } = "";

    public int ProcessId => _process.Id;

    public string StateFolder => Path.Combine(_folder, "data");

    /// <summary>Memory that the program holds, bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    internal static string Program => Path.Combine(
        TestFolders.Root, "artifacts", "bin", "EtradeBot.App", new DirectoryInfo(AppContext.BaseDirectory).Name, OperatingSystem.IsWindows() ? "etrade-bot.exe" : "etrade-bot");

    public static Task<RunningDashboard> StartAsync() => StartAsync([]);

    /// <param name="files">In its state folder before it starts.</param>
    public static Task<RunningDashboard> StartAsync((string Name, string Value)[] environment, params (string Name, string Text)[] files) =>
        StartAsync(environment, async folder =>
        {
            foreach (var (name, text) in files) await File.WriteAllTextAsync(Path.Combine(folder, name), text);
        });

    /// <param name="prepare">Given its state folder before it starts.</param>
    public static async Task<RunningDashboard> StartAsync((string Name, string Value)[] environment, Func<string, Task> prepare)
    {
        var dashboard = new RunningDashboard(environment);
        Directory.CreateDirectory(dashboard.StateFolder);
        await prepare(dashboard.StateFolder);
        await dashboard.RunAsync(port: 0);
        return dashboard;
    }

    /// <summary>Starts anew at the same address, after <see cref="KillAsync"/>.</summary>
    public Task ReturnAsync() => RunAsync(new Uri(Address).Port);

    /// <summary>As the owner of the machine does it on the command line; the first user turns the login on.</summary>
    public async Task AddUserAsync(string name, string role, string password)
    {
        var start = new ProcessStartInfo(Program, ["user", "add", name, "--role", role, "--data", StateFolder]) { WorkingDirectory = _folder, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(password);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>The program stands still as on a machine asleep: connections stay, nothing answers. Skips the test on systems without signals.</summary>
    public Task PauseAsync() => SignalAsync(_process, "STOP");

    public Task ResumeAsync() => SignalAsync(_process, "CONT");

    internal static async Task SignalAsync(Process process, string signal)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("needs signals, which Windows has not");
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    async Task RunAsync(int port)
    {
        // A folder of its own to work in: a .env file of the reader's must not reach the tests.
        var start = new ProcessStartInfo(Program, ["dashboard", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", StateFolder])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ETRADE_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data, address);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data, address);
        _process.Exited += (_, _) => address.TrySetException(new InvalidOperationException($"the program ended before it was ready:\n{Said}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Address = await address.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    /// <summary>What the program wrote.</summary>
    public string Said
    {
        get
        {
            lock (_errors) return _errors.ToString();
        }
    }

    void Hear(string? line, TaskCompletionSource<string> address)
    {
        if (line is null) return;
        lock (_errors) _errors.AppendLine(line);
        var word = line.Split(' ').FirstOrDefault(word => word.StartsWith("http://127.", StringComparison.Ordinal));
        if (word is not null) address.TrySetResult(word.TrimEnd('/'));
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
