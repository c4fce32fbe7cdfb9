namespace EtradeBot.App.Dashboard.Configuration;

/// <summary>A section of the settings page.</summary>
/// <param name="Slug">In its address: <c>/settings/risk</c>.</param>
/// <param name="Content">The component that draws it.</param>
sealed record SettingsSection(string Slug, string Name, Type Content)
{
    public string Path => $"/settings/{Slug}";

    /// <summary>Everybody may see it; the others are for admins.</summary>
    public bool IsForAll { get; init; }
}

static class SettingsSections
{
    public static IReadOnlyList<SettingsSection> All { get; } =
    [
        new("broker", "Broker & login", typeof(BrokerSection)),
        new("accounts", "Accounts", typeof(AccountsSection)),
        new("data", "Data", typeof(DataSection)),
        new("risk", "Risk", typeof(RiskSection)),
        new("strategies", "Strategies", typeof(StrategiesSection)),
        new("messages", "Messages", typeof(MessagesSection)),
        new("appearance", "Appearance", typeof(AppearanceSection)) { IsForAll = true },
        .. Security(),
        new("backup", "Backup", typeof(BackupSection)),
        new("history", "History", typeof(HistorySection)),
        new("diagnostics", "Diagnostics", typeof(DiagnosticsSection)),
        new("about", "About", typeof(AboutSection)) { IsForAll = true },
    ];

    /// <returns>The first where no section is named; null for an unknown one.</returns>
    public static SettingsSection? Find(string? slug) => string.IsNullOrEmpty(slug) ? All[0] : All.FirstOrDefault(section => section.Slug == slug);

    /// <summary>There once users can be set up.</summary>
    static IEnumerable<SettingsSection> Security() =>
        typeof(SettingsSections).Assembly.GetType("EtradeBot.App.Dashboard.Security.SecuritySection") is { } content ? [new("security", "Security", content) { IsForAll = true }] : [];
}
