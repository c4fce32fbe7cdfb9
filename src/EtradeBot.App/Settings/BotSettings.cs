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

    /// <summary>Read in place of <c>.env</c> (<c>--env-file</c>); null: the one of <see cref="WorkingFolder"/>.</summary>
    public string? EnvFile { get; init; }

    /// <summary>The folder whose <c>settings.json</c> is read, the weakest source (<c>--data</c>); null: the one the stronger sources name, in the working folder.</summary>
    public string? StateFolder { get; init; }

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
    readonly Dictionary<string, string> _places = [];
    IReadOnlyDictionary<string, string> _closed = new Dictionary<string, string>();
    SecretBox? _box;

    BotSettings(SettingSources sources) => Sources = sources;

    /// <summary>What they were read from. Not public: serializers and loggers must not find the environment in it.</summary>
    internal SettingSources Sources { get; }

    /// <summary>simulator, sandbox or production; simulator where not set.</summary>
    public string Environment => InForce(SettingRule.Environment);

    /// <summary>Stands in for E*TRADE's hosts; null where not set.</summary>
    public Uri? BaseUrl => Value(SettingRule.BaseUrl) is { } url ? new Uri(url) : null;

    public Secret? SandboxConsumerKey => SecretOf(SettingRule.SandboxConsumerKey);

    public Secret? SandboxConsumerSecret => SecretOf(SettingRule.SandboxConsumerSecret);

    public Secret? ConsumerKey => SecretOf(SettingRule.ConsumerKey);

    public Secret? ConsumerSecret => SecretOf(SettingRule.ConsumerSecret);

    public Secret? OAuthToken => SecretOf(SettingRule.OAuthToken);

    public Secret? OAuthTokenSecret => SecretOf(SettingRule.OAuthTokenSecret);

    public Secret? AccountId => SecretOf(SettingRule.AccountId);

    public Secret? AlphaVantageKey => SecretOf(SettingRule.AlphaVantageKey);

    public Secret? TiingoKey => SecretOf(SettingRule.TiingoKey);

    public Secret? StooqKey => SecretOf(SettingRule.StooqKey);

    public string? SmtpServer => Value(SettingRule.SmtpServer);

    /// <summary>587, mail submission with STARTTLS, where not set.</summary>
    public int SmtpPort => int.Parse(InForce(SettingRule.SmtpPort), CultureInfo.InvariantCulture);

    public string? SmtpUser => Value(SettingRule.SmtpUser);

    public Secret? SmtpPassword => SecretOf(SettingRule.SmtpPassword);

    public Secret? TwilioAccount => SecretOf(SettingRule.TwilioAccount);

    public Secret? TwilioToken => SecretOf(SettingRule.TwilioToken);

    public string? TwilioFrom => Value(SettingRule.TwilioFrom);

    /// <summary>Secret, since whoever knows the address can write to the channel.</summary>
    public Secret? SlackWebhook => SecretOf(SettingRule.SlackWebhook);

    /// <summary>State and stores, the default of <c>--data</c>; <c>data</c> where not set.</summary>
    public string DataFolder => InForce(SettingRule.DataFolder);

    /// <summary>Show the trace of an unexpected failure.</summary>
    public bool Debug => Value(SettingRule.Debug) == "1";

    /// <summary>A setting that is no secret, by name; null where not set.</summary>
    public string? TextOf(string name) => SettingDefinitions.Find(name) is { IsSecret: true } ? throw new ArgumentException($"{name} is a secret", nameof(name)) : Value(name);

    /// <summary>A secret by name; null where not set.</summary>
    public Secret? SecretNamed(string name) => SettingDefinitions.Find(name) is { IsSecret: true } ? SecretOf(name) : throw new ArgumentException($"{name} is no secret", nameof(name));

    /// <summary>Any setting by name, opened where it is a secret: for those that hand it on to where it is used, never to be shown. Null where not set.</summary>
    internal string? Open(string name) => SecretOf(name)?.Reveal();

    /// <summary>Where a value comes from that stands above <c>settings.json</c>, such as <c>.env:3</c>; null where none does.</summary>
    public string? PlaceOf(string name) => _places.GetValueOrDefault(name);

    /// <summary>Where the value in force comes from: <c>command line</c>, <c>environment</c>, <c>.env:3</c>, <c>settings.json</c> or <c>default</c>.</summary>
    public string OriginOf(string name) => PlaceOf(name) ?? (_values.ContainsKey(name) || _closed.ContainsKey(name) ? SettingsFile.Name : "default");

    /// <summary>Command line before environment before <c>.env</c> before <c>settings.json</c> before default.</summary>
    /// <exception cref="UsageException">Unknown names and wrong values, each with its place; values themselves are not shown.</exception>
    public static BotSettings Load(SettingSources sources)
    {
        var settings = LoadAbove(sources);
        var folder = settings.StateFolder;
        return settings.Over(SettingsFile.Read(folder), new SecretBox(folder));
    }

    /// <summary>With these settings of the dashboard below, which need not be on the disk yet.</summary>
    /// <inheritdoc cref="Load(SettingSources)" path="/exception"/>
    public static BotSettings Load(SettingSources sources, SettingsContent stored)
    {
        var settings = LoadAbove(sources);
        return settings.Over(stored, new SecretBox(settings.StateFolder));
    }

    string StateFolder => Sources.StateFolder ?? Path.Combine(Sources.WorkingFolder, DataFolder);

    BotSettings Over(SettingsContent stored, SecretBox box)
    {
        foreach (var (name, value) in stored.Values)
            if (!_values.ContainsKey(name)) _values[name] = value;
        (_closed, _box) = (stored.Secrets, box);
        return this;
    }

    static BotSettings LoadAbove(SettingSources sources)
    {
        var settings = new BotSettings(sources);
        var problems = new List<string>();
        var name = sources.EnvFile ?? FileName;
        foreach (var entry in Entries(sources))
            settings.Set(entry.Name, entry.Value, string.Create(CultureInfo.InvariantCulture, $"{name}:{entry.Line}"), problems);
        foreach (var (variable, value) in sources.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            if (SettingRule.Prefixes.Any(prefix => variable.StartsWith(prefix, StringComparison.Ordinal))) settings.Set(variable, value, "environment", problems);
        foreach (var (option, value) in sources.CommandLine) settings.Set(option, value, "command line", problems);
        return problems.Count == 0 ? settings : throw new UsageException(string.Join('\n', problems));
    }

    static IReadOnlyList<DotEnvEntry> Entries(SettingSources sources)
    {
        var file = Path.Combine(sources.WorkingFolder, sources.EnvFile ?? FileName);
        if (File.Exists(file)) return DotEnvFile.Read(file, sources.EnvFile ?? FileName);
        return sources.EnvFile is null ? [] : throw new UsageException($"{sources.EnvFile}: there is no such file");
    }

    public override string ToString() => $"settings: {string.Join(", ", _values.Keys.Union(_closed.Keys).Order(StringComparer.Ordinal))}";

    void Set(string name, string value, string place, List<string> problems)
    {
        if (SettingRule.Find(name) is not { } known)
            problems.Add($"{place}: unknown setting {name}{Spelling.DidYouMean(name, SettingRule.All.Select(rule => rule.Name))}");
        else if (value.Length > 0 && !known.IsValid(value))
            problems.Add($"{place}: {name} must be {known.Rule}");
        else if (value.Length > 0)
            (_values[name], _places[name]) = (value, place);
    }

    string InForce(string name) => Value(name) ?? SettingRule.Find(name)!.Default;

    string? Value(string name) => _values.GetValueOrDefault(name);

    /// <summary>Those of <c>settings.json</c> are opened only when they are asked for: most commands need none.</summary>
    Secret? SecretOf(string name) => Value(name) is { } value ? new Secret(value) : _closed.TryGetValue(name, out var closed) ? _box!.Open(name, closed) : null;
}
