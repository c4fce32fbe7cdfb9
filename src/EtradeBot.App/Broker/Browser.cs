using System.ComponentModel;
using System.Diagnostics;

namespace EtradeBot.App.Broker;

/// <summary>The owner's web browser.</summary>
static class Browser
{
    /// <summary>True where a browser can be seen by whoever runs the program: Windows, macOS, or a Linux desktop.</summary>
    /// <param name="variable">Looks up an environment variable.</param>
    public static bool IsThere(Func<string, string?> variable) =>
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        || !string.IsNullOrEmpty(variable("DISPLAY")) || !string.IsNullOrEmpty(variable("WAYLAND_DISPLAY"));

    /// <summary>Opens the page.</summary>
    /// <returns>False when the system has no way to.</returns>
    public static bool Open(Uri page)
    {
        if (page.Scheme is not ("http" or "https")) throw new ArgumentException("only web pages can be opened", nameof(page));
        if (Start(page.AbsoluteUri) is not { } start) return false;
        try
        {
            using var process = Process.Start(start);
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    static ProcessStartInfo? Start(string page)
    {
        if (OperatingSystem.IsWindows()) return new ProcessStartInfo(page) { UseShellExecute = true };
        var opener = OperatingSystem.IsMacOS() ? "open" : "xdg-open";
        // A browser lives on after us and may talk: into our lines it must not, and into a pipe that we close it could not.
        return IsOnPath(opener) ? new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$1\" < /dev/null > /dev/null 2>&1", opener, page]) : null;
    }

    static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
