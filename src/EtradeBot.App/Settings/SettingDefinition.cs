using System.Globalization;

namespace EtradeBot.App.Settings;

/// <summary>When a changed setting counts.</summary>
public enum AppliesWhen
{
    Now,

    /// <summary>From the next trading session on.</summary>
    NextSession,

    /// <summary>Once the program is started again.</summary>
    Restart,
}

/// <summary>Where on the settings page a setting stands.</summary>
public enum SettingSection
{
    Broker,
    Accounts,
    Data,
    Risk,
    Appearance,
    Messages,

    /// <summary>Kept by the program for itself; on no page.</summary>
    Hidden,
}

/// <summary>A setting that can be changed in the dashboard: everything a reader must know before changing it.</summary>
/// <param name="Name">As in <c>settings.json</c>, and for those of the environment as there.</param>
/// <param name="Label">Above its field.</param>
/// <param name="Effect">What it changes, in one sentence.</param>
public sealed record SettingDefinition(string Name, SettingSection Section, string Label, string Effect)
{
    /// <summary>Behind the field, such as <c>%</c>; may be empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The value where none is set; empty: none.</summary>
    public string Default { get; init; } = "";

    /// <summary>What counts where no value is set, in words; empty: <see cref="Default"/> says it.</summary>
    public string DefaultWords { get; init; } = "";

    /// <summary>The only values there are; empty: any that <see cref="IsValid"/> takes.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What a value must be, in words that follow "must be".</summary>
    public required string Rule { get; init; }

    public required Func<string, bool> IsValid { get; init; }

    public AppliesWhen Applies { get; init; }

    /// <summary>Encrypted, and never shown again once it is set.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether a step from the one value to the other lets more money or trust go: it then needs the password. Values are those in force, defaults included.</summary>
    public Func<string, string, bool> Loosens { get; init; } = (_, _) => false;

    /// <summary>The value as a reader sees it: <c>2 %</c>, <c>no limit</c>.</summary>
    public string Words(string? value)
    {
        if (value is not { Length: > 0 }) return DefaultWords.Length > 0 ? DefaultWords : Default.Length > 0 ? WithUnit(Default) : "not set";
        return WithUnit(value);
    }

    public string AppliesWords => Applies switch
    {
        AppliesWhen.NextSession => "from the next session on",
        AppliesWhen.Restart => "after a restart",
        _ => "at once",
    };

    string WithUnit(string value) => Unit.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"{value} {Unit}") : value;
}
