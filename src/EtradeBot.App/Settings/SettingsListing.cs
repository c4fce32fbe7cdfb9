namespace EtradeBot.App.Settings;

/// <summary>A setting with the value in force and where that comes from.</summary>
/// <param name="Text">The value; null where none is set, and of everything that is kept from the eye.</param>
/// <param name="IsHidden">A secret, or not known to be none.</param>
/// <param name="Origin">As <see cref="BotSettings.OriginOf"/> says it.</param>
sealed record ListedSetting(string Name, string? Text, bool IsHidden, string Origin)
{
    public bool IsSet => Origin != "default";

    /// <summary>For a reader: <c>****</c> stands for a secret of any length.</summary>
    public string Words => IsHidden && IsSet ? "****" : Text is { Length: > 0 } ? Text : "not set";
}

/// <summary>Every setting there is: those of the environment and <c>.env</c> first, then those that only the dashboard changes.</summary>
static class SettingsListing
{
    public static IReadOnlyList<ListedSetting> Of(BotSettings settings)
    {
        var rules = SettingRule.All.Select(rule => new ListedSetting(rule.Name, rule.IsPublic ? settings.TextOf(rule.Name) ?? rule.Default : null, !rule.IsPublic, settings.OriginOf(rule.Name)));
        var own = SettingDefinitions.All.Where(definition => definition.Section != SettingSection.Hidden && SettingRule.Find(definition.Name) is null)
            .Select(definition => new ListedSetting(definition.Name, definition.IsSecret ? null : definition.Words(settings.TextOf(definition.Name)), definition.IsSecret, settings.OriginOf(definition.Name)));
        return [.. rules, .. own];
    }
}
