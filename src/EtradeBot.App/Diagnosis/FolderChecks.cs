using System.Globalization;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;

namespace EtradeBot.App.Diagnosis;

/// <summary>The data folder and the files that must be closed to others.</summary>
static class FolderChecks
{
    const long ScarceBytes = 1L << 30;
    const long TooFewBytes = 100L << 20;
    const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <param name="folder">The state folder, which need not exist yet.</param>
    /// <param name="envFile">The settings file, which need not exist either.</param>
    public static IEnumerable<Finding> All(string folder, string envFile)
    {
        yield return Writable(folder);
        if (Free(folder) is { } free) yield return free;
        foreach (var finding in Closed(folder, envFile)) yield return finding;
    }

    static Finding Writable(string folder)
    {
        const string subject = "data folder";
        if (FolderProbe.Refusal(folder) is { } why) return Finding.Fail(subject, why, FolderProbe.Remedy);
        return Finding.Ok(subject, Directory.Exists(folder) ? $"{Path.GetFullPath(folder)} can be written" : $"{Path.GetFullPath(folder)} will be made at the first start");
    }

    static Finding? Free(string folder)
    {
        if (FolderProbe.Nearest(folder) is not { } nearest) return null;
        var bytes = new DriveInfo(nearest).AvailableFreeSpace;
        var words = string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB free");
        const string remedy = "Make room: the journal cannot grow on a full disk, and a bot that cannot write its journal opens no position";
        return bytes < TooFewBytes ? Finding.Fail("disk", words, remedy) : bytes < ScarceBytes ? Finding.Warn("disk", words, remedy) : Finding.Ok("disk", words);
    }

    static IEnumerable<Finding> Closed(string folder, string envFile)
    {
        if (OperatingSystem.IsWindows())
        {
            yield return Finding.Ok("permissions", "kept by the user's profile on Windows");
            yield break;
        }
        var open = Secrets(folder, envFile).Where(IsOpen).ToList();
        if (open.Count == 0) yield return Finding.Ok("permissions", "secrets are closed to other users");
        foreach (var path in open)
            yield return Finding.Warn("permissions", $"other users of this machine may read {path}", $"chmod {(Directory.Exists(path) ? "700" : "600")} {path}");
    }

    static bool IsOpen(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OfOthers) != 0;

    /// <summary>Files that hold keys or tokens, and the folders of the keys that open them; those that exist.</summary>
    static IEnumerable<string> Secrets(string folder, string envFile) =>
        ((string[])[envFile, SettingsFile.PathIn(folder), Path.Combine(folder, "tokens"), Path.Combine(folder, "keys"), Path.Combine(folder, SecretBox.KeyFolderName)]).Where(Path.Exists);
}
