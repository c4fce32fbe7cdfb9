using System.Collections;
using System.Globalization;
using EtradeBot.App.Commands;
using EtradeBot.Market;

namespace EtradeBot.App.Settings;

/// <summary>Where settings come from, the strongest first.</summary>
sealed record SettingSources
{
    /// <summary>Set by options of the command line, by setting name.</summary>
    public IReadOnlyDictionary<string, string> CommandLine { get; init; } = new Dictionary<string, string>();

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The folder whose <c>.env</c> is read, if there is one.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>This process: its environment and its working folder.</summary>
    public static SettingSources OfThisProcess() => new()
    {
        Environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? ""),
        WorkingFolder = System.Environment.CurrentDirectory,
    };
}

/// <summary>The settings of this program, checked. A setting that is empty counts as not set.</summary>
sealed class BotSettings
{
    const string FileName = ".env";

    readonly Dictionary<string, string> _values = [];

    BotSettings()
    {
    }

    public Secret? ConsumerKey => SecretOf(SettingRule.ConsumerKey);

    public Secret? ConsumerSecret => SecretOf(SettingRule.ConsumerSecret);

    public Secret? OAuthToken => SecretOf(SettingRule.OAuthToken);

    public Secret? OAuthTokenSecret => SecretOf(SettingRule.OAuthTokenSecret);

    public Secret? AccountId => SecretOf(SettingRule.AccountId);

    public string? SmtpServer => Value(SettingRule.SmtpServer);

    /// <summary>587, mail submission with STARTTLS, where not set.</summary>
    public int SmtpPort => int.Parse(Value(SettingRule.SmtpPort) ?? "587", CultureInfo.InvariantCulture);

    public string? SmtpUser => Value(SettingRule.SmtpUser);

    public Secret? SmtpPassword => SecretOf(SettingRule.SmtpPassword);

    public Secret? TwilioAccount => SecretOf(SettingRule.TwilioAccount);

    public Secret? TwilioToken => SecretOf(SettingRule.TwilioToken);

    public string? TwilioFrom => Value(SettingRule.TwilioFrom);

    /// <summary>Secret, since whoever knows the address can write to the channel.</summary>
    public Secret? SlackWebhook => SecretOf(SettingRule.SlackWebhook);

    /// <summary>State and stores, the default of <c>--data</c>; <c>data</c> where not set.</summary>
    public string DataFolder => Value(SettingRule.DataFolder) ?? "data";

    /// <summary>Show the trace of an unexpected failure.</summary>
    public bool Debug => Value(SettingRule.Debug) == "1";

    /// <summary>Command line before environment before <c>.env</c> before default.</summary>
    /// <exception cref="UsageException">Unknown names and wrong values, each with its place; values themselves are not shown.</exception>
    public static BotSettings Load(SettingSources sources)
    {
        var settings = new BotSettings();
        var problems = new List<string>();
        var file = Path.Combine(sources.WorkingFolder, FileName);
        var entries = File.Exists(file) ? DotEnvFile.Read(file, FileName) : [];
        foreach (var entry in entries)
            settings.Set(entry.Name, entry.Value, string.Create(CultureInfo.InvariantCulture, $"{FileName}:{entry.Line}"), problems);
        foreach (var (name, value) in sources.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            if (SettingRule.Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))) settings.Set(name, value, "environment", problems);
        foreach (var (name, value) in sources.CommandLine) settings.Set(name, value, "command line", problems);
        return problems.Count == 0 ? settings : throw new UsageException(string.Join('\n', problems));
    }

    public override string ToString() => $"settings: {string.Join(", ", _values.Keys.Order(StringComparer.Ordinal))}";

    void Set(string name, string value, string place, List<string> problems)
    {
        if (SettingRule.All.FirstOrDefault(rule => rule.Name == name) is not { } known)
            problems.Add($"{place}: unknown setting {name}{Spelling.DidYouMean(name, SettingRule.All.Select(rule => rule.Name))}");
        else if (value.Length > 0 && !known.IsValid(value))
            problems.Add($"{place}: {name} must be {known.Rule}");
        else if (value.Length > 0)
            _values[name] = value;
    }

    string? Value(string name) => _values.GetValueOrDefault(name);

    Secret? SecretOf(string name) => Value(name) is { } value ? new Secret(value) : null;
}
