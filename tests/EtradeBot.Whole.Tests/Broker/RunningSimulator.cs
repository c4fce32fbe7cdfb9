using System.Diagnostics;
using System.Text.Json;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;
using EtradeBot.ETrade;
using EtradeBot.Simulator;
using EtradeBot.Simulator.Hosting;

namespace EtradeBot.App.Broker;

/// <summary>A simulator over HTTP on a free port, and the built program pointed at it, with a state folder and a working folder of its own.</summary>
sealed class RunningSimulator : IAsyncDisposable
{
    /// <summary>What takes so long will never come.</summary>
    public const int HangMilliseconds = 120_000;

    readonly SimulatorServer _server;
    bool _isStopped;

    RunningSimulator(SimulatedBroker broker, SimulatorServer server) => (Broker, _server) = (broker, server);

    public SimulatedBroker Broker { get; }

    public Uri Url => _server.BaseUrl;

    public TemporaryFolder Folder { get; } = new();

    public string State => Folder["data"];

    /// <summary>11:00 in New York on a Tuesday: in the middle of a session, and hours from midnight.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 10, 15, 0, 0, TimeSpan.Zero);

    public static Task<RunningSimulator> StartAsync() => StartAsync(new SimulatorOptions { Start = Start }, TimeProvider.System);

    public static async Task<RunningSimulator> StartAsync(SimulatorOptions options, TimeProvider wall)
    {
        var broker = new SimulatedBroker(options, wall);
        return new RunningSimulator(broker, await SimulatorServer.StartAsync(broker, 0, wall, problem => throw problem).ConfigureAwait(false));
    }

    /// <summary>The access that the program works out for itself.</summary>
    public BrokerAccess Access => new(ETradeEnvironment.Simulator, Url, null);

    public TokenStore Tokens => new(State, TimeProvider.System);

    public string TokenFile => Tokens.PathOf(Access.Session);

    public Process Begin(string command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(ChildProgram.Path, command.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder.Path,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ETRADE_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["ETRADE_BASE_URL"] = Url.AbsoluteUri;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs the program to its end, with nothing on standard input.</summary>
    public Cli Run(string command, params (string Name, string Value)[] environment) => Run(command, "", environment);

    public Cli Run(string command, string input, (string Name, string Value)[] environment)
    {
        using var process = Begin(command, environment);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return ChildProgram.Finish(process);
    }

    /// <summary>Exit code 4, nothing on the way to a trace, and the remedy last.</summary>
    public void Refused(string command, string input, string reason, string remedy)
    {
        var run = Run(command, input, []);
        Assert.Equal(4, run.ExitCode);
        Assert.StartsWith("etrade-bot: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Contains(remedy, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    public JsonElement Json(string command)
    {
        var run = Run(command + " --json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var document = JsonDocument.Parse(run.Out);
        return document.RootElement.Clone();
    }

    public void LogIn()
    {
        var run = Run("login --auto");
        Assert.True(run.ExitCode == 0, run.Error);
    }

    /// <summary>The client with the token that the program keeps.</summary>
    public ETradeClient Client() => new(
        new ETradeOptions { Environment = ETradeEnvironment.Simulator, BaseUrl = Url, Consumer = KeyPair.OfSimulator.ForClient() },
        Tokens.Read(Access.Session)!.Token);

    public ConnectionRequest Request(TimeProvider time) => new(
        BotSettings.Load(new SettingSources { Environment = new Dictionary<string, string> { [SettingRule.BaseUrl] = Url.AbsoluteUri }, WorkingFolder = Folder.Path }),
        State,
        time);

    /// <summary>Watches without pause for what another process does.</summary>
    public static async Task UntilAsync(Func<bool> isThere, CancellationToken stop)
    {
        while (!isThere())
        {
            stop.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        Folder.Dispose();
    }

    public async ValueTask StopAsync()
    {
        if (!_isStopped) await _server.DisposeAsync().ConfigureAwait(false);
        _isStopped = true;
    }
}
