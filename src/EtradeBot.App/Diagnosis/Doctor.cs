using EtradeBot.App.Broker;
using EtradeBot.App.Commands;
using EtradeBot.App.Settings;

namespace EtradeBot.App.Diagnosis;

/// <summary>What the doctor looks at.</summary>
/// <param name="Load">The settings of the command line.</param>
/// <param name="DataFolder">Where the settings cannot be read.</param>
/// <param name="EnvFile">Whose permissions count; need not exist.</param>
/// <param name="Port">Where the dashboard is to listen.</param>
sealed record DoctorRequest(Func<BotSettings> Load, string DataFolder, string EnvFile, int Port);

/// <summary>Looks at everything that keeps the program from working, changes nothing, and says what to do.</summary>
static class Doctor
{
    /// <summary>Every check runs, whatever the others find.</summary>
    public static async Task<IReadOnlyList<Finding>> ExamineAsync(DoctorRequest request, TimeProvider time)
    {
        List<Finding> findings = [.. ProgramChecks.All()];
        var settings = Settings(request, findings);
        findings.AddRange(FolderChecks.All(settings?.DataFolder ?? request.DataFolder, request.EnvFile));
        if (settings is not null && Access(settings, findings) is { } access) findings.Add(await ClockCheck.RunAsync(access, time).ConfigureAwait(false));
        findings.Add(await PortCheck.RunAsync(request.Port).ConfigureAwait(false));
        return findings;
    }

    static BotSettings? Settings(DoctorRequest request, List<Finding> findings)
    {
        try
        {
            var settings = request.Load();
            findings.Add(Finding.Ok("settings", FormattableString.Invariant($"{SettingsListing.Of(settings).Count(setting => setting.IsSet)} set, every name is known")));
            return settings;
        }
        catch (UsageException problem)
        {
            findings.AddRange(problem.Message.Split('\n').Select(line => Finding.Fail("settings", line, "Correct it there; .env.example lists every name, 'etrade-bot config show' what is in force")));
            return null;
        }
    }

    static BrokerAccess? Access(BotSettings settings, List<Finding> findings)
    {
        try
        {
            var access = BrokerAccess.Of(settings);
            findings.Add(Finding.Ok("keys", access.Keys is null ? $"{access.Answers} needs none" : $"key and secret for {access.Answers} are set"));
            return access;
        }
        catch (UsageException problem)
        {
            // What is missing comes first in the sentence, the remedy behind it.
            var cut = problem.Message.IndexOf(". ", StringComparison.Ordinal) is > 0 and var at ? at : problem.Message.Length;
            findings.Add(Finding.Fail("keys", problem.Message[..cut], cut < problem.Message.Length ? problem.Message[(cut + 2)..] : "Correct it in .env or in the environment"));
            return null;
        }
    }
}
