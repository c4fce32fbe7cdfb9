using System.CommandLine;
using System.Text.Json;
using EtradeBot.App.Broker;
using EtradeBot.App.Settings;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot config</c>: what the settings are and where each comes from; whether they can be used.</summary>
static class ConfigCommand
{
    public static readonly Option<string?> EnvFile = new("--env-file") { Description = "Read this file in place of .env.", HelpName = "F" };

    public static Command Create()
    {
        var show = new Command("show", "Show every setting, its value and where that comes from. Secrets are not shown.");
        AddTo(show);
        show.SetAction(Show);
        var check = new Command("check", "Check names, values and keys; exit code 2 when one of them is wrong.");
        AddTo(check);
        check.SetAction(Check);
        return new Command("config", "The settings in force: show them, or check them.") { show, check };
    }

    /// <summary>The settings of a command with these options.</summary>
    /// <exception cref="UsageException">A setting is unknown or wrong.</exception>
    public static BotSettings Load(ParseResult parse)
    {
        var given = new Dictionary<string, string>();
        if (parse.GetValue(BrokerOptions.Environment) is { } environment) given[SettingRule.Environment] = environment;
        if (parse.GetValue(CandleOptions.Data) is { } folder) given[SettingRule.DataFolder] = folder;
        return BotSettings.Load(SettingSources.OfThisProcess() with { CommandLine = given, EnvFile = parse.GetValue(EnvFile), StateFolder = parse.GetValue(CandleOptions.Data) });
    }

    public static void AddTo(Command command)
    {
        command.Options.Add(EnvFile);
        BrokerOptions.AddTo(command);
        command.Options.Add(CandleOptions.Json);
    }

    static int Show(ParseResult parse)
    {
        var listing = SettingsListing.Of(Load(parse));
        var output = Output.Of(parse);
        if (parse.GetValue(CandleOptions.Json)) output.Json(json => Write(json, listing));
        else output.Table([Column.Text("setting"), Column.Text("value"), Column.Text("from")], [.. listing.Select(setting => new[] { setting.Name, setting.Words, setting.Origin })]);
        return ExitCode.Success;
    }

    static void Write(Utf8JsonWriter json, IReadOnlyList<ListedSetting> listing)
    {
        json.WriteStartArray();
        foreach (var setting in listing)
        {
            json.WriteStartObject();
            json.WriteString("name", setting.Name);
            json.WriteString("value", setting.Text is { Length: > 0 } ? setting.Text : null);
            json.WriteBoolean("is_set", setting.IsSet);
            json.WriteBoolean("is_hidden", setting.IsHidden);
            json.WriteString("origin", setting.Origin);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static int Check(ParseResult parse)
    {
        var (problem, words) = Judge(parse);
        if (parse.GetValue(CandleOptions.Json)) Output.Of(parse).Json(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("ok", problem is null);
            json.WriteStartArray("problems");
            foreach (var line in problem?.Split('\n') ?? []) json.WriteStringValue(line);
            json.WriteEndArray();
            json.WriteEndObject();
        });
        else if (problem is null) Output.Of(parse).Line(words, Tone.Good);
        else throw new UsageException(problem);
        return problem is null ? ExitCode.Success : ExitCode.Usage;
    }

    static (string? Problem, string Words) Judge(ParseResult parse)
    {
        try
        {
            var settings = Load(parse);
            var access = BrokerAccess.Of(settings);
            var set = SettingsListing.Of(settings).Count(setting => setting.IsSet);
            return (null, FormattableString.Invariant($"The settings can be used: {set} set, the others as usual; {access.Kind}, {access.Answers}."));
        }
        catch (UsageException wrong)
        {
            return (wrong.Message, "");
        }
    }
}
