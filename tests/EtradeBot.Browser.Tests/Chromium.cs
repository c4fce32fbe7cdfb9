namespace EtradeBot.Browser;

/// <summary>The browser of this machine: <c>CHROMIUM</c>, else Debian's, else the one in the path.</summary>
static class Chromium
{
    public const string Missing = "needs Chromium: set CHROMIUM to its path or install it (Debian: apt-get install chromium)";

    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome.exe"];

    // No sandbox: containers and root have none. Nothing of the browser's own may go out, or the watch on foreign hosts would be worth little.
    static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>Null where there is none.</summary>
    public static string? Path { get; } = Find();

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, params string[] more) =>
        playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = [.. Arguments, .. more] });

    static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } chosen) return chosen;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator).Prepend("/usr/bin");
        return (from folder in folders from name in Names select System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
