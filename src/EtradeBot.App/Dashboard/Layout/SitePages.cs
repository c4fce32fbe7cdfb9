namespace EtradeBot.App.Dashboard.Layout;

/// <summary>A page of the menu.</summary>
/// <param name="Key">After <c>g</c>, this letter goes there.</param>
sealed record SitePage(string Path, string Name, char Key)
{
}

static class SitePages
{
    public static IReadOnlyList<SitePage> All { get; } =
    [
        new("/", "Live", 'l'),
        new("/scanner", "Scanner", 's'),
        new("/bot", "Bot", 'o'),
        new("/decisions", "Decisions", 'd'),
        new("/orders", "Orders", 'r'),
        new("/journal", "Journal", 'j'),
        new("/backtest", "Backtest", 'b'),
        new("/health-view", "Health", 'h'),
        new("/settings", "Settings", 't'),
    ];
}
