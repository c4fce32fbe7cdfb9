using System.Text.Json.Serialization;

namespace EtradeBot.App.Dashboard;

public enum ThemeChoice
{
    System,
    Dark,
    Light,
}

public enum PaletteChoice
{
    /// <summary>Blue up, orange down: told apart by everybody.</summary>
    BlueOrange,

    /// <summary>Green up, red down.</summary>
    Classic,
}

public enum ZoneChoice
{
    NewYork,

    /// <summary>That of the browser.</summary>
    Local,
}

/// <summary>How this browser wants the pages; kept in a cookie, so that the first paint is right already.</summary>
/// <param name="SystemIsDark">What the browser's system prefers, told by the page's script.</param>
/// <param name="LocalZone">IANA name of the browser's zone; empty before the script told it.</param>
public sealed record Appearance(ThemeChoice Theme = ThemeChoice.System, PaletteChoice Palette = PaletteChoice.BlueOrange, ZoneChoice Zone = ZoneChoice.NewYork, bool SystemIsDark = true, string LocalZone = "")
{
    public const string CookieName = "appearance";

    [JsonIgnore]
    public bool IsDark => Theme == ThemeChoice.Dark || (Theme == ThemeChoice.System && SystemIsDark);

    [JsonIgnore]
    public string ThemeWord => IsDark ? "dark" : "light";

    [JsonIgnore]
    public string PaletteWord => Palette == PaletteChoice.Classic ? "classic" : "blue-orange";

    /// <summary>As theme.js writes it: <c>dark.classic.local.1.Europe/Berlin</c>; anything else counts as not set.</summary>
    public static Appearance FromCookie(string? cookie)
    {
        var parts = Uri.UnescapeDataString(cookie ?? "").Split('.', 5);
        if (parts.Length != 5) return new();
        return new(
            parts[0] switch { "dark" => ThemeChoice.Dark, "light" => ThemeChoice.Light, _ => ThemeChoice.System },
            parts[1] == "classic" ? PaletteChoice.Classic : PaletteChoice.BlueOrange,
            parts[2] == "local" ? ZoneChoice.Local : ZoneChoice.NewYork,
            parts[3] != "0",
            TimeZoneInfo.TryFindSystemTimeZoneById(parts[4], out _) ? parts[4] : "");
    }
}
