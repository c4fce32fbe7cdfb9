namespace EtradeBot.App.Dashboard.Security;

/// <summary>Where a login leads: a page of this program and nothing else.</summary>
static class LocalAddress
{
    public static string Of(string? asked) =>
        asked is ['/', ..] && asked is not ['/', '/' or '\\', ..] && !asked.Any(char.IsControl) && !asked.Contains('\\', StringComparison.Ordinal) && !asked.StartsWith("/login", StringComparison.OrdinalIgnoreCase) ? asked : "/";
}
