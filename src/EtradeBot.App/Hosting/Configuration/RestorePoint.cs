using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>A restore that waits for the next start.</summary>
/// <param name="Aside">Name of the folder that takes what was there.</param>
sealed record WaitingRestore(string Aside, BackupManifest Manifest);

/// <summary>Puts a checked backup in force at the start of the program, before any file of the state is open.</summary>
/// <remarks>Each file is moved, never copied, and a start that is killed meanwhile is finished by the next: a file of the backup that waits no more is in its place already.</remarks>
static class RestorePoint
{
    public const string FolderName = "restore-waiting";

    /// <summary>Written last: without it the folder is the rest of a kill.</summary>
    const string MarkName = ".ready.json";

    public static WaitingRestore? Waiting(string stateFolder)
    {
        var mark = Path.Combine(stateFolder, FolderName, MarkName);
        return File.Exists(mark) ? JsonSerializer.Deserialize<WaitingRestore>(File.ReadAllBytes(mark)) : null;
    }

    /// <param name="folder">The unpacked files; they move.</param>
    public static void Prepare(string stateFolder, string folder, BackupManifest manifest, DateTimeOffset now)
    {
        Drop(stateFolder);
        var waiting = Path.Combine(stateFolder, FolderName);
        Directory.Move(folder, waiting);
        var restore = new WaitingRestore(string.Create(CultureInfo.InvariantCulture, $"{StateFiles.AsidePrefix}{now:yyyyMMdd-HHmmss}"), manifest);
        AtomicFile.Write(Path.Combine(waiting, MarkName), stream => stream.Write(JsonSerializer.SerializeToUtf8Bytes(restore)));
    }

    public static void Drop(string stateFolder)
    {
        var waiting = Path.Combine(stateFolder, FolderName);
        if (Directory.Exists(waiting)) Directory.Delete(waiting, recursive: true);
    }

    /// <summary>To be called before anything of the state folder is opened.</summary>
    /// <returns>Where what was there lies now; null when no restore waited.</returns>
    /// <exception cref="IOException">A file cannot be moved: the next start goes on.</exception>
    public static string? Finish(string stateFolder)
    {
        if (Waiting(stateFolder) is not { } restore) return null;
        var (waiting, aside) = (Path.Combine(stateFolder, FolderName), Path.Combine(stateFolder, restore.Aside));
        KeepSecrets(stateFolder, waiting, aside);
        var restored = restore.Manifest.Files.Select(file => file.Path).ToHashSet();
        foreach (var path in StateFiles.In(stateFolder))
            if (!restored.Contains(path) || File.Exists(Path.Combine(waiting, path))) MoveAside(stateFolder, aside, path);
        foreach (var path in restored)
            if (File.Exists(Path.Combine(waiting, path))) Move(Path.Combine(waiting, path), Path.Combine(stateFolder, path));
        Directory.Delete(waiting, recursive: true);
        return aside;
    }

    /// <summary>A backup holds no secrets: those of this machine stay, and the version grows, so that no page saves over what it has not seen.</summary>
    static void KeepSecrets(string stateFolder, string waiting, string aside)
    {
        if (!File.Exists(SettingsFile.PathIn(waiting))) return;
        var now = SettingsFile.Read(File.Exists(SettingsFile.PathIn(stateFolder)) ? stateFolder : aside);
        var then = SettingsFile.Read(waiting);
        if (then.Secrets.Count > 0) return;
        SettingsFile.Write(waiting, then with { Secrets = now.Secrets, Version = Math.Max(now.Version, then.Version) + 1 });
    }

    static void MoveAside(string stateFolder, string aside, string path)
    {
        foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
            if (File.Exists(Path.Combine(stateFolder, file))) Move(Path.Combine(stateFolder, file), Path.Combine(aside, file));
    }

    static void Move(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Move(from, to, overwrite: true);
    }
}
