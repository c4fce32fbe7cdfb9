using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Commands;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>A file of a backup.</summary>
/// <param name="Path">Below the state folder, with '/'.</param>
/// <param name="Hash">SHA-256 in hexadecimal.</param>
sealed record BackupFile(string Path, long Bytes, string Hash);

/// <summary>The first thing read of a backup: says that it is one, of which program, and what it holds.</summary>
sealed record BackupManifest(string Product, int Format, string Version, DateTimeOffset MadeAt, IReadOnlyList<BackupFile> Files)
{
    public const string EntryName = "etrade-bot-backup.json";
    public const string ProductName = "etrade-bot backup";
    public const int CurrentFormat = 1;

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public byte[] Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <param name="name">The archive's name in messages.</param>
    /// <exception cref="UsageException">Not ours, of a newer program, or with paths that lead elsewhere.</exception>
    public static BackupManifest Read(Stream stream, string name)
    {
        BackupManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<BackupManifest>(stream, Json);
        }
        catch (JsonException)
        {
            throw new UsageException($"{name}: is no backup of etrade-bot: its list of contents cannot be read");
        }
        if (manifest is not { Product: ProductName, Files: not null }) throw new UsageException($"{name}: is no backup of etrade-bot");
        // A name that is damaged in the list leaves its value out.
        if (manifest.Files.Any(file => file is not { Path: not null, Hash: not null })) throw new UsageException($"{name}: its list of contents is damaged. Nothing was changed here");
        if (manifest.Format > CurrentFormat) throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{name}: was made by the newer etrade-bot {manifest.Version} (format {manifest.Format}, this one reads up to {CurrentFormat}): restore it with that one"));
        foreach (var file in manifest.Files)
            if (!StateFiles.Belongs(file.Path)) throw new UsageException($"{name}: names a file that no backup holds: it was changed by another program");
        return manifest;
    }
}

/// <summary>Which files of the state folder a backup holds: all but logins, keys, users, what can be made again, and what is only passing.</summary>
static class StateFiles
{
    public const string AsidePrefix = "before-restore-";

    /// <summary>First parts of paths: secrets, what can be regenerated, and what no restore may turn back: the audit log, orders of unknown fate, and the stop of entries.</summary>
    static readonly string[] LeftOut = ["audit", "orders", "entries-stopped", "tokens", Settings.SecretBox.KeyFolderName, "keys", "users", "identity", "security", "certificates", "downloads", "strategies", RestorePoint.FolderName];

    static readonly string[] PassingEndings = [".tmp", ".lock", ".token", ".pfx", ".pem", ".key", "-wal", "-shm", "-journal"];

    /// <param name="path">Relative, with '/'.</param>
    public static bool Belongs(string path)
    {
        var parts = path.Split('/');
        if (parts.Any(part => part.Length == 0 || part[0] == '.' || part.Contains('\\', StringComparison.Ordinal) || part.Contains(':', StringComparison.Ordinal) || part.Any(char.IsControl))) return false;
        var first = parts[0].Split('.')[0];
        return !LeftOut.Contains(first, StringComparer.OrdinalIgnoreCase)
            && !parts[0].StartsWith(AsidePrefix, StringComparison.Ordinal)
            && !PassingEndings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Those there are, sorted.</summary>
    public static IReadOnlyList<string> In(string folder) => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Where(Belongs).Order(StringComparer.Ordinal)];
}
