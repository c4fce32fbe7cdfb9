using System.IO.Compression;
using System.Security.Cryptography;
using EtradeBot.App.Commands;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;
using Microsoft.Data.Sqlite;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>What a restore would do.</summary>
/// <param name="New">Files that are not there now.</param>
/// <param name="Changed">Files that take the place of others.</param>
/// <param name="Aside">Files that the backup does not know: they are kept aside.</param>
public sealed record RestoreDifference(DateTimeOffset MadeAt, string Version, IReadOnlyList<string> New, IReadOnlyList<string> Changed, IReadOnlyList<string> Aside, int Same)
{
    /// <summary>Settings that would change: name, now, then.</summary>
    public IReadOnlyList<(string Label, string Now, string Then)> Settings { get; init; } = [];

    public bool IsNothing => New.Count + Changed.Count + Aside.Count == 0;
}

/// <summary>A checked backup, unpacked beside the state folder's files and not yet in force; gone when disposed.</summary>
sealed class CheckedBackup(string folder, BackupManifest manifest, RestoreDifference difference) : IDisposable
{
    public RestoreDifference Difference { get; } = difference;

    internal string Folder => folder;

    internal BackupManifest Manifest => manifest;

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}

/// <summary>The state folder as one archive, without logins, secrets and what can be made again.</summary>
sealed class StateBackup(string stateFolder, AuditLog audit, TimeProvider time)
{
    public const long LargestUpload = 1L << 30;

    /// <summary>Far more than any state: an archive that unpacks to more is a trap.</summary>
    const long LargestContent = 16L << 30;

    /// <summary>Writes the archive.</summary>
    /// <param name="file">A new one, which the caller deletes.</param>
    /// <exception cref="NotAllowedException">Not an admin.</exception>
    /// <exception cref="IOException">A file cannot be read, or the archive not written.</exception>
    public void Make(Actor actor, Stream file)
    {
        actor.Require(Role.Admin);
        audit.Write(actor, "backup.make", "");
        var files = new List<BackupFile>();
        using var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var path in StateFiles.In(stateFolder))
            if (Add(archive, path) is { } added) files.Add(added);
        using var entry = archive.CreateEntry(BackupManifest.EntryName).Open();
        entry.Write(new BackupManifest(BackupManifest.ProductName, BackupManifest.CurrentFormat, DiagnosticsBundle.Version, time.GetUtcNow(), files).Bytes());
    }

    /// <summary>Unpacks an archive, checks every byte of it, and says what restoring it would change; nothing changes yet.</summary>
    /// <param name="name">Of the archive, for messages.</param>
    /// <exception cref="NotAllowedException">Not an admin.</exception>
    /// <exception cref="UsageException">Torn, foreign, newer or changed: says which.</exception>
    public CheckedBackup Check(Actor actor, string name, Stream file)
    {
        actor.Require(Role.Admin);
        Directory.CreateDirectory(stateFolder);
        var folder = Directory.CreateDirectory(Path.Combine(stateFolder, $".restore-check-{Guid.NewGuid():n}")).FullName;
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var manifest = Unpack(archive, name, folder);
            return new CheckedBackup(folder, manifest, Compare(manifest, folder));
        }
        catch (Exception problem)
        {
            Directory.Delete(folder, recursive: true);
            if (problem is InvalidDataException or EndOfStreamException) throw new UsageException($"{name}: is no whole archive: it is cut short or damaged. Nothing was changed");
            throw;
        }
    }

    /// <summary>Puts a checked backup in waiting: the next start of the program puts it in force, before anything is opened, and keeps what was there aside.</summary>
    /// <exception cref="NotAllowedException">Not an admin.</exception>
    public void Restore(Actor actor, CheckedBackup backup)
    {
        actor.Require(Role.Admin);
        audit.Write(actor, "backup.restore", FormattableString.Invariant($"of {backup.Manifest.MadeAt:yyyy-MM-dd HH:mm} UTC, at the next start"));
        RestorePoint.Prepare(stateFolder, backup.Folder, backup.Manifest, time.GetUtcNow());
    }

    /// <summary>Takes a waiting restore back.</summary>
    /// <exception cref="NotAllowedException">Not an admin.</exception>
    public void Cancel(Actor actor)
    {
        actor.Require(Role.Admin);
        audit.Write(actor, "backup.restore", "taken back");
        RestorePoint.Drop(stateFolder);
    }

    /// <summary>When the backup was made that waits for the next start; null when none does.</summary>
    public DateTimeOffset? Waiting => RestorePoint.Waiting(stateFolder)?.Manifest.MadeAt;

    BackupFile? Add(ZipArchive archive, string path)
    {
        using var content = Open(path);
        if (content is null) return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var entry = archive.CreateEntry(path, CompressionLevel.Fastest).Open();
        var (buffer, bytes) = (new byte[1 << 16], 0L);
        for (int read; (read = content.Read(buffer)) > 0; bytes += read)
        {
            hash.AppendData(buffer, 0, read);
            entry.Write(buffer, 0, read);
        }
        return new BackupFile(path, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Null when it has gone meanwhile.</summary>
    Stream? Open(string path)
    {
        var full = Path.Combine(stateFolder, path);
        if (!File.Exists(full)) return null;
        // Without its secrets; whoever restores it keeps those of the machine.
        if (path == SettingsFile.Name) return new MemoryStream(SettingsFile.Bytes(SettingsFile.Read(stateFolder) with { Secrets = new Dictionary<string, string>() }));
        if (path.EndsWith(".db", StringComparison.OrdinalIgnoreCase)) return Snapshot(full);
        return new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>A database that is being written to is copied by itself, whole.</summary>
    static FileStream Snapshot(string path)
    {
        var copy = Path.Combine(Path.GetTempPath(), $"etrade-bot-{Guid.NewGuid():n}.db");
        using (var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString()))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = "VACUUM INTO $copy";
            command.Parameters.AddWithValue("$copy", copy);
            command.ExecuteNonQuery();
        }
        return new FileStream(copy, FileMode.Open, FileAccess.Read, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
    }

    static BackupManifest Unpack(ZipArchive archive, string name, string folder)
    {
        var list = archive.GetEntry(BackupManifest.EntryName) ?? throw new UsageException($"{name}: is no backup of etrade-bot: it has no {BackupManifest.EntryName}");
        BackupManifest manifest;
        using (var stream = list.Open()) manifest = BackupManifest.Read(stream, name);
        if (manifest.Files.Sum(file => file.Bytes) > LargestContent) throw new UsageException($"{name}: unpacks to more than {LargestContent >> 30} GB: it is no backup of etrade-bot");
        if (archive.Entries.Count != manifest.Files.Count + 1) throw new UsageException($"{name}: holds other files than it says: it was changed by another program");
        foreach (var file in manifest.Files)
        {
            var entry = archive.GetEntry(file.Path) ?? throw new UsageException($"{name}: lacks {file.Path}, which it says it holds");
            var target = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Copy(entry, target, file, name);
        }
        if (manifest.Files.Any(file => file.Path == SettingsFile.Name)) SettingsFile.Read(folder);
        return manifest;
    }

    static void Copy(ZipArchiveEntry entry, string target, BackupFile file, string name)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var content = entry.Open();
        using var output = new FileStream(target, FileMode.CreateNew);
        var buffer = new byte[1 << 16];
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            // What an archive says of its sizes need not be true.
            if (output.Length + read > file.Bytes) throw new UsageException($"{name}: {file.Path} is not as it was when the backup was made: the archive is damaged. Nothing was changed here");
            hash.AppendData(buffer, 0, read);
            output.Write(buffer, 0, read);
        }
        if (output.Length != file.Bytes || Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Hash) throw new UsageException($"{name}: {file.Path} is not as it was when the backup was made: the archive is damaged. Nothing was changed here");
    }

    RestoreDifference Compare(BackupManifest manifest, string folder)
    {
        var there = StateFiles.In(stateFolder).ToHashSet();
        var (added, changed, same) = (new List<string>(), new List<string>(), 0);
        foreach (var file in manifest.Files)
        {
            if (!there.Remove(file.Path)) added.Add(file.Path);
            else if (HashOf(file.Path) == file.Hash) same++;
            else changed.Add(file.Path);
        }
        var then = manifest.Files.Any(file => file.Path == SettingsFile.Name) ? SettingsFile.Read(folder) : new SettingsContent();
        return new RestoreDifference(manifest.MadeAt, manifest.Version, added, changed, [.. there.Order(StringComparer.Ordinal)], same) { Settings = SettingDifferences(SettingsFile.Read(stateFolder), then) };
    }

    string HashOf(string path)
    {
        using var content = Open(path);
        return content is null ? "" : Convert.ToHexStringLower(SHA256.HashData(content));
    }

    static List<(string, string, string)> SettingDifferences(SettingsContent now, SettingsContent then) =>
        [.. SettingDefinitions.All.Where(definition => !definition.IsSecret && now.Values.GetValueOrDefault(definition.Name) != then.Values.GetValueOrDefault(definition.Name))
            .Select(definition => (definition.Label, definition.Words(now.Values.GetValueOrDefault(definition.Name)), definition.Words(then.Values.GetValueOrDefault(definition.Name))))];
}
