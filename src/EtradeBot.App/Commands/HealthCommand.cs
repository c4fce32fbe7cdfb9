using System.CommandLine;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot health</c>: whether the dashboard of this machine answers; for containers and supervisors, which have no browser.</summary>
static class HealthCommand
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    static readonly Option<string> Url = new("--url") { Description = "Address of the dashboard, on this machine.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:8501" };

    public static Command Create()
    {
        var command = new Command("health", "Ask the running dashboard how it is; exit code 1 when it does not answer.") { Url };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        var text = parse.GetValue(Url)!;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || !url.IsLoopback)
            throw new UsageException($"--url {text} is no address of this machine: use one such as http://127.0.0.1:8501");
        // Whose certificate it is does not matter on the way to this very machine, and nothing secret is sent.
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            Output.Of(parse).Line(await client.GetStringAsync(new Uri(url, Hosting.Live.HealthEndpoint.Route), stop).ConfigureAwait(false));
            return ExitCode.Success;
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            throw new IOException($"no dashboard answers at {text}: start it with 'etrade-bot dashboard'", problem);
        }
    }
}
