using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using EtradeBot.App.Broker;
using EtradeBot.ETrade;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot simulator</c> as a process of its own on a free port; killed with the test at the latest.</summary>
sealed class SimulatorProgram : IDisposable
{
    readonly Process _process;
    readonly HttpClient _http = new();

    SimulatorProgram(Process process, IReadOnlyList<string> greeting)
    {
        (_process, Greeting) = (process, greeting);
        var address = greeting.Single(line => line.StartsWith("simulator ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        _http.BaseAddress = Url = new Uri(address);
    }

    /// <summary>All it prints before it waits for clients.</summary>
    public IReadOnlyList<string> Greeting { get; }

    public Uri Url { get; }

    public static async Task<SimulatorProgram> StartAsync(params string[] options)
    {
        var process = ChildProgram.Start(ChildProgram.Path, ["simulator", "--port", "0", .. options]);
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (line == "Ctrl-C stops.") return new SimulatorProgram(process, lines);
        }
        var run = ChildProgram.Finish(process);
        process.Dispose();
        throw new InvalidOperationException($"exit code {run.ExitCode}: {run.Error}");
    }

    /// <summary>What follows a word at the start of a line of the greeting.</summary>
    public string Said(string word) => Greeting.First(line => line.StartsWith(word + " ", StringComparison.Ordinal))[word.Length..].Trim();

    /// <summary>A place of <c>/sim/</c>.</summary>
    public async Task<JsonElement> AskAsync(string place) =>
        await _http.GetFromJsonAsync<JsonElement>(place, TestContext.Current.CancellationToken);

    public async Task<JsonElement> TellAsync(string place, object what)
    {
        using var answer = await _http.PostAsJsonAsync(place, what, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public ETradeClient Client(AccessToken? token = null) => new(
        new ETradeOptions { Environment = ETradeEnvironment.Simulator, BaseUrl = Url, Consumer = KeyPair.OfSimulator.ForClient() }, token);

    /// <summary>A client with a login of its own.</summary>
    public async Task<ETradeClient> LogInAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        var client = Client();
        var request = await client.Session.BeginLoginAsync(stop);
        await client.Session.CompleteLoginAsync(request, await AuthorizePage.ReadCodeAsync(request.AuthorizeUrl, stop), stop);
        return client;
    }

    /// <summary>Asks it to stop, as a terminal (INT) or a service manager (TERM) does.</summary>
    public Cli Stop(string signal)
    {
        using (var kill = ChildProgram.Start("kill", $"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture))) kill.WaitForExit();
        return ChildProgram.Finish(_process);
    }

    /// <summary>No chance to write anything any more.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
        _http.Dispose();
    }
}
