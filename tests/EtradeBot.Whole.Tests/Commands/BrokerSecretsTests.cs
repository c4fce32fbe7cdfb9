using System.Runtime.Versioning;
using System.Text;
using EtradeBot.App.Broker;
using EtradeBot.Simulator;
using EtradeBot.Simulator.Faults;

namespace EtradeBot.App.Commands;

/// <summary>What must never be seen: looked for in everything that the built program prints and leaves on the disk.</summary>
public sealed class BrokerSecretsTests : IAsyncDisposable
{
    const string OwnKey = "own-consumer-key";
    const string OwnSecret = "own-consumer-secret";

    readonly StringBuilder _seen = new();

    RunningSimulator _simulator = null!;

    public async ValueTask DisposeAsync() => await _simulator.DisposeAsync();

    [Fact]
    public async Task Token_and_secrets_are_neither_printed_nor_readable_on_the_disk()
    {
        _simulator = await RunningSimulator.StartAsync(new SimulatorOptions { Start = RunningSimulator.Start, ConsumerKey = OwnKey, ConsumerSecret = OwnSecret }, TimeProvider.System);
        See($"login --auto --consumer-key {OwnKey} --consumer-secret wrong-secret");
        See($"login --auto --consumer-key {OwnKey} --consumer-secret {OwnSecret}");
        var token = _simulator.Tokens.Read(_simulator.Access.Session)!.Token;
        foreach (var command in new[] { "accounts", "quote AAPL NOSUCHCO", "orders", "portfolio", "accounts --json", "login --renew" }) See(command);
        foreach (var fault in new[] { "signature-invalid", "timestamp-refused", "key-rejected", "captive-page", "kill-token" })
        {
            _simulator.Broker.AddFault(new Fault(fault) { Call = "accounts", Times = null });
            See("accounts");
            _simulator.Broker.ClearFaults();
            SeeFiles();
        }
        See("logout");
        SeeFiles();

        // The address of the login page has to hold the consumer key; nothing else is printed of it.
        var seen = string.Join('\n', _seen.ToString().Split('\n').Where(line => !line.StartsWith($"{_simulator.Url}e/t/etws/authorize?", StringComparison.Ordinal)));
        Assert.Contains("SIMULATED", seen, StringComparison.Ordinal);
        Assert.Contains("   at EtradeBot.", seen, StringComparison.Ordinal); // the traces were looked at as well
        foreach (var secret in new[] { token.Value, token.Secret, OwnSecret, "wrong-secret", OwnKey })
            foreach (var spelling in Spellings(secret)) Assert.DoesNotContain(spelling, seen, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task What_is_kept_is_closed_to_others_and_nothing_else_is_written()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes");
        _simulator = await RunningSimulator.StartAsync();
        _simulator.LogIn();
        foreach (var command in new[] { "accounts", "quote AAPL", "orders", "portfolio" }) _simulator.Run(command);
        var files = _simulator.Folder.Files();
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_simulator.Folder[file])));
        foreach (var folder in new[] { "tokens", Path.Combine("tokens", "keys") })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_simulator.State, folder)));
    }

    void See(string command)
    {
        var run = _simulator.Run(command, ("ETRADE_BOT_DEBUG", "1"));
        _seen.Append(run.Out).Append('\n').Append(run.Error).Append('\n');
        SeeFiles();
    }

    void SeeFiles()
    {
        foreach (var file in _simulator.Folder.Files())
            _seen.Append(file).Append('\n').Append(Encoding.Latin1.GetString(File.ReadAllBytes(_simulator.Folder[file]))).Append('\n');
    }

    static string[] Spellings(string secret) =>
    [
        secret,
        Uri.EscapeDataString(secret),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('=')[..^1],
        Convert.ToHexString(Encoding.UTF8.GetBytes(secret)),
        Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(secret)),
    ];
}
