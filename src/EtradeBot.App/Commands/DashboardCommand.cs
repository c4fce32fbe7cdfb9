using System.CommandLine;
using System.Globalization;
using System.Net;
using EtradeBot.App.Dashboard;
using EtradeBot.App.Dashboard.Security;
using EtradeBot.App.Hosting.Configuration;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot dashboard</c>, and the program without a command: the running session with its pages.</summary>
static class DashboardCommand
{
    static readonly Option<int> Port = new("--port") { Description = "Listen at this port (0: any that is free).", HelpName = "N", DefaultValueFactory = _ => DashboardOptions.UsualPort };
    static readonly Option<string> Address = new("--address") { Description = "Listen at this address; anything but this machine demands a login and --certificate.", HelpName = "IP", DefaultValueFactory = _ => "127.0.0.1" };
    static readonly Option<string?> Certificate = new("--certificate") { Description = "Certificate with its key for HTTPS (.pfx or .pem).", HelpName = "FILE" };
    static readonly Option<string?> State = new("--data") { Description = "Folder for state and stores (default: ETRADE_BOT_DATA, else data).", HelpName = "DIR" };

    public static Command Create()
    {
        var command = new Command("dashboard", "Run the session with its pages in the browser; what the program does without a command.") { Port, Address, Certificate, State };
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>Without a command: everything as it comes.</summary>
    public static Task<int> RunDefaultAsync(ParseResult parse, CancellationToken stop) => RunAsync(new DashboardOptions { StateFolder = Settings().DataFolder }, Output.Of(parse), stop);

    static Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        if (!IPAddress.TryParse(parse.GetValue(Address), out var address)) throw new UsageException($"--address {parse.GetValue(Address)} is no IP address: 127.0.0.1 for this machine, 0.0.0.0 for every network");
        var port = parse.GetValue(Port);
        if (port is < 0 or > 65_535) throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--port {port} is no port: use 1 to 65535, or 0 for any that is free"));
        var options = new DashboardOptions { Address = address, Port = port, CertificateFile = parse.GetValue(Certificate), StateFolder = parse.GetValue(State) ?? Settings().DataFolder };
        return RunAsync(options, Output.Of(parse), stop);
    }

    /// <param name="stateFolder">Whose settings.json counts; null: the one that the settings name.</param>
    static BotSettings Settings(string? stateFolder = null) => BotSettings.Load(SettingSources.OfThisProcess() with { StateFolder = stateFolder });

    static async Task<int> RunAsync(DashboardOptions options, Output output, CancellationToken stop)
    {
        // Ctrl-C waits for the command's end only once its task is known, that is after the first pause; before that it ends the program unheard.
        await Task.Yield();
        Interruption.LeaveToCommand();
        FolderProbe.Require(options.StateFolder);
        if (RestorePoint.Finish(options.StateFolder) is { } aside) output.Line($"The backup is restored. What was there before lies in {aside}", Tone.Good);
        // A wrong setting is said here, once, rather than on every page.
        _ = Settings(options.StateFolder);
        var app = DashboardServer.Build(options, () => Settings(options.StateFolder), TimeProvider.System);
        await using (app)
        {
            try
            {
                await app.StartAsync(stop);
            }
            catch (IOException problem) when (problem.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
            {
                throw new IOException(string.Create(CultureInfo.InvariantCulture, $"port {options.Port} is taken, perhaps by another dashboard: stop that, or choose one with 'etrade-bot dashboard --port N'"), problem);
            }
            output.Line(string.Join(' ', app.Urls.SelectMany(url => Reachable(url, app.Services.GetRequiredService<ListenNames>().All))));
            output.Line("Ctrl-C stops.", Tone.Faint);
            await app.WaitForShutdownAsync(stop);
        }
        return ExitCode.Success;
    }

    /// <summary>Nobody can open the address that stands for all of them: the certificate's names are those that are answered.</summary>
    static IEnumerable<string> Reachable(string url, IReadOnlyList<string> names) =>
        new Uri(url) is { Host: "0.0.0.0" or "[::]" } all && names.Any(name => !name.StartsWith('*')) ? names.Where(name => !name.StartsWith('*')).Select(name => new UriBuilder(all) { Host = name }.Uri.GetLeftPart(UriPartial.Authority)) : [url];
}
