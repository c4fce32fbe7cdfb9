using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Dashboard;
using EtradeBot.App.Diagnosis;
using EtradeBot.App.Settings;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot doctor</c>: what keeps the program from working, and the remedy. Changes nothing.</summary>
static class DoctorCommand
{
    static readonly Option<int> Port = new("--port") { Description = "The port the dashboard is to listen at.", HelpName = "N", DefaultValueFactory = _ => DashboardOptions.UsualPort };

    public static Command Create()
    {
        var command = new Command("doctor", "Check runtime, settings, data folder, keys, clock and port; exit code 1 when something will not work.") { Port };
        ConfigCommand.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        var port = parse.GetValue(Port);
        if (port is < 1 or > 65_535) throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--port {port} is no port: use 1 to 65535"));
        var request = new DoctorRequest(() => ConfigCommand.Load(parse), parse.GetValue(CandleOptions.Data) ?? SettingRule.Find(SettingRule.DataFolder)!.Default, parse.GetValue(ConfigCommand.EnvFile) ?? ".env", port);
        var findings = await Doctor.ExamineAsync(request, TimeProvider.System).WaitAsync(stop).ConfigureAwait(false);
        if (parse.GetValue(CandleOptions.Json)) Output.Of(parse).Json(json => Write(json, findings));
        else Print(Output.Of(parse), findings);
        return findings.Any(finding => finding.Level == FindingLevel.Fail) ? ExitCode.Failure : ExitCode.Success;
    }

    static void Print(Output output, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            output.Line($"{Word(finding.Level),-4}  {finding.Subject,-11}  {finding.Words}", finding.Level switch { FindingLevel.Ok => Tone.Plain, FindingLevel.Warn => Tone.Warning, _ => Tone.Bad });
            if (finding.Remedy.Length > 0) output.Line($"{"",-19}{finding.Remedy}.");
        }
    }

    static void Write(Utf8JsonWriter json, IReadOnlyList<Finding> findings)
    {
        json.WriteStartArray();
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("level", Word(finding.Level));
            json.WriteString("subject", finding.Subject);
            json.WriteString("found", finding.Words);
            json.WriteString("remedy", finding.Remedy.Length > 0 ? finding.Remedy : null);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static string Word(FindingLevel level) => level.ToString().ToLowerInvariant();
}
