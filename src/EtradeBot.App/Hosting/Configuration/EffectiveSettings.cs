using System.Globalization;
using EtradeBot.App.Commands;
using EtradeBot.App.Settings;
using EtradeBot.Market;
using EtradeBot.Risk;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>A setting as it is in force.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Text">The value; of a secret, or where none is set, null.</param>
/// <param name="Origin">Where a value comes from that cannot be changed here, such as <c>.env:3</c>; null where it can.</param>
public sealed record SettingState(SettingDefinition Definition, string? Text, string? Origin)
{
    public bool IsSet { get; init; }

    /// <summary>The last four characters of a secret long enough to hide in; empty of others.</summary>
    public string Ending { get; init; } = "";

    public bool IsFixed => Origin is not null;

    /// <summary>Such as <c>set in .env (line 3): change it there</c>; empty where it can be changed here.</summary>
    public string OriginWords => Origin switch
    {
        null => "",
        "command line" => "set on the command line: start without that option to change it here",
        "environment" => "set in the environment: change it there, and start again",
        _ => $"set in {Origin.Replace(":", " (line ", StringComparison.Ordinal)}): change it there",
    };

    /// <summary>As a reader may see it.</summary>
    public string Words => Definition.IsSecret ? IsSet ? Ending.Length > 0 ? $"set, ends with {Ending}" : "set" : "not set" : Definition.Words(Text);
}

/// <summary>The settings in force, from all sources; follows every save.</summary>
sealed class EffectiveSettings
{
    static readonly (string Name, string Word)[] ChartParts =
    [
        (SettingDefinitions.ChartVolume, "volume"), (SettingDefinitions.ChartBollinger, "bollinger"), (SettingDefinitions.ChartRsi, "rsi"), (SettingDefinitions.ChartMacd, "macd"),
    ];

    readonly SettingSources _sources;
    readonly SettingsStore _store;

    /// <param name="sources">What stands above the store; its state folder is the store's.</param>
    /// <exception cref="UsageException">A setting is unknown or wrong.</exception>
    public EffectiveSettings(SettingSources sources, SettingsStore store)
    {
        (_sources, _store) = (sources, store);
        Current = BotSettings.Load(sources, store.Content);
    }

    /// <summary>After every change, on the thread of whoever saved.</summary>
    public event Action<IReadOnlyList<SettingChange>>? Changed;

    public BotSettings Current { get; private set; }

    /// <summary>Of everything that trades.</summary>
    public RiskLimits Limits => LimitsOf(Text);

    public Timeframe DefaultTimeframe => Timeframe.Parse(Text(SettingDefinitions.DefaultTimeframe));

    /// <summary>Whether a switch such as <see cref="SettingDefinitions.ChartRsi"/> is on.</summary>
    public bool IsOn(string name) => Text(name) == SettingDefinitions.Yes;

    /// <summary>How charts begin, as their address writes it: <c>candles.volume.rsi</c>.</summary>
    public string ChartWords => string.Join('.', (string[])[Text(SettingDefinitions.ChartStyle), .. ChartParts.Where(part => IsOn(part.Name)).Select(part => part.Word)]);

    /// <summary>The value of a setting that is no secret, its default included; empty where it has neither.</summary>
    public string Text(string name) => Current.TextOf(name) ?? SettingDefinitions.Find(name)!.Default;

    public SettingState StateOf(string name)
    {
        var definition = SettingDefinitions.Find(name) ?? throw new ArgumentException($"there is no setting {name}", nameof(name));
        var origin = Current.PlaceOf(name);
        if (!definition.IsSecret) return new SettingState(definition, Current.TextOf(name), origin) { IsSet = Current.TextOf(name) is not null };
        var (isSet, ending) = Ending(name);
        return new SettingState(definition, null, origin) { IsSet = isSet, Ending = ending };
    }

    public IReadOnlyList<SettingState> StatesOf(SettingSection section) => [.. SettingDefinitions.All.Where(definition => definition.Section == section).Select(definition => StateOf(definition.Name))];

    /// <summary>What would be wrong with these settings as a whole; null when nothing is.</summary>
    public string? Judge(SettingsContent content)
    {
        try
        {
            BotSettings.Load(_sources, content);
            return null;
        }
        catch (UsageException problem)
        {
            return problem.Message;
        }
    }

    /// <summary>Takes over what was saved.</summary>
    public void Follow(IReadOnlyList<SettingChange> changes)
    {
        Current = BotSettings.Load(_sources, _store.Content);
        Changed?.Invoke(changes);
    }

    /// <summary>The limits that values by name make; percents become fractions here and nowhere else.</summary>
    /// <param name="text">The value of a name, its default where none is set.</param>
    public static RiskLimits LimitsOf(Func<string, string> text)
    {
        return new RiskLimits
        {
            MaxRiskPerTrade = Fraction(SettingDefinitions.MaxRiskPerTrade),
            MaxPosition = Fraction(SettingDefinitions.MaxPosition),
            MaxGrossExposure = Fraction(SettingDefinitions.MaxGrossExposure),
            MaxDailyLoss = text(SettingDefinitions.MaxDailyLoss).Length > 0 ? Fraction(SettingDefinitions.MaxDailyLoss) : null,
            MaxPositions = int.Parse(text(SettingDefinitions.MaxPositions), CultureInfo.InvariantCulture),
            AllowShort = text(SettingDefinitions.AllowShort) == SettingDefinitions.Yes,
        };

        // Decimal on the way, so that 2.3 % is 0.023 and not its neighbour.
        double Fraction(string name) => (double)(decimal.Parse(text(name), CultureInfo.InvariantCulture) / 100);
    }

    (bool IsSet, string Ending) Ending(string name)
    {
        try
        {
            var secret = Current.SecretNamed(name)?.Reveal();
            return (secret is not null, secret is { Length: > 8 } ? secret[^4..] : "");
        }
        catch (UsageException)
        {
            // It cannot be opened any more, which whoever needs it will be told; entering it again heals that.
            return (true, "");
        }
    }
}
