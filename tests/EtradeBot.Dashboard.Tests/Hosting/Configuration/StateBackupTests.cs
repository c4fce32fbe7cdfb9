using System.IO.Compression;
using System.Text;
using EtradeBot.App.Commands;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;

namespace EtradeBot.App.Hosting.Configuration;

public sealed class StateBackupTests : IDisposable
{
    const string Key = "sandbox-key-0123456789abcdef7890";

    readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    StateBackup Backup => new(_desk.State, _desk.Audit, _desk.Time);

    [Fact]
    public async Task A_backup_comes_back_with_its_settings_while_keys_of_the_machine_and_the_old_state_are_kept()
    {
        await _desk.SaveAsync((SettingDefinitions.MaxPositions, "5"), (SettingRule.TiingoKey, Key));
        _desk.Folder.Write("state/watchlist.json", "old list");
        var archive = Archive();

        await _desk.SaveAsync((SettingDefinitions.MaxPositions, "4"), (SettingRule.TiingoKey, Key + "new"));
        _desk.Folder.Write("state/watchlist.json", "new list");
        _desk.Folder.Write("state/runs/r1/run.json", "made since");
        using (var check = Check(archive))
        {
            Assert.Equal(["settings-history.jsonl", "settings.json", "watchlist.json"], check.Difference.Changed);
            Assert.Equal(["runs/r1/run.json"], check.Difference.Aside);
            Assert.Equal(("Positions at a time", "4", "5"), Assert.Single(check.Difference.Settings));
            Backup.Restore(Desk.Admin, check);
        }
        Assert.Equal("new list", Text("state/watchlist.json"));
        Assert.Equal(_desk.Time.GetUtcNow(), Backup.Waiting);

        var aside = RestorePoint.Finish(_desk.State)!;
        _desk.Open();
        Assert.Equal(5, _desk.Effective.Limits.MaxPositions);
        Assert.Equal(Key + "new", _desk.Effective.Current.TiingoKey!.Reveal());
        Assert.Equal("old list", Text("state/watchlist.json"));
        Assert.False(File.Exists(_desk.Folder["state", "runs", "r1", "run.json"]));
        Assert.Equal("new list", await File.ReadAllTextAsync(Path.Combine(aside, "watchlist.json"), TestContext.Current.CancellationToken));
        Assert.Equal("made since", await File.ReadAllTextAsync(Path.Combine(aside, "runs", "r1", "run.json"), TestContext.Current.CancellationToken));
        Assert.Null(RestorePoint.Finish(_desk.State));
    }

    [Fact]
    public async Task A_restore_turns_back_neither_the_audit_nor_the_journal_of_orders_nor_the_stop_of_entries()
    {
        string[] files = ["orders.jsonl", "entries-stopped.json"];
        foreach (var file in files) _desk.Folder.Write($"state/{file}", "then");
        var archive = Archive();
        foreach (var file in files) _desk.Folder.Write($"state/{file}", "now");
        await _desk.SaveAsync((SettingDefinitions.MaxPositions, "4"));
        using (var check = Check(archive)) Backup.Restore(Desk.Admin, check);
        RestorePoint.Finish(_desk.State);
        Assert.All(files, file => Assert.Equal("now", Text($"state/{file}")));
        Assert.Contains("backup.restore", Text("state/audit.jsonl"), StringComparison.Ordinal);
        Assert.Contains("settings.change", Text("state/audit.jsonl"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_that_is_killed_is_finished_by_the_next_start()
    {
        _desk.Folder.Write("state/a.json", "a old");
        _desk.Folder.Write("state/b.json", "b old");
        var archive = Archive();
        _desk.Folder.Write("state/a.json", "a new");
        _desk.Folder.Write("state/b.json", "b new");
        using (var check = Check(archive)) Backup.Restore(Desk.Admin, check);
        // As if killed after the first file was in its place and the second had gone aside only.
        var aside = _desk.Folder["state", "before-restore-20260310-150000"];
        Directory.CreateDirectory(aside);
        File.Move(_desk.Folder["state", "a.json"], Path.Combine(aside, "a.json"));
        File.Move(_desk.Folder["state", RestorePoint.FolderName, "a.json"], _desk.Folder["state", "a.json"]);
        File.Move(_desk.Folder["state", "b.json"], Path.Combine(aside, "b.json"));

        Assert.Equal(aside, RestorePoint.Finish(_desk.State));
        Assert.Equal(("a old", "b old"), (Text("state/a.json"), Text("state/b.json")));
        Assert.Equal("a new", await File.ReadAllTextAsync(Path.Combine(aside, "a.json"), TestContext.Current.CancellationToken));
        Assert.Equal("b new", await File.ReadAllTextAsync(Path.Combine(aside, "b.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_holds_no_secret_and_nothing_that_can_be_made_again()
    {
        await _desk.SaveAsync((SettingRule.TiingoKey, Key));
        foreach (var path in new[] { "tokens/x.token", "tokens/keys/k.xml", "users.db", "keys/k.xml", "downloads/yahoo/x.parquet", "strategies/x.compiled", "server.pfx", ".hidden", "before-restore-1/a", "candles/1d/.lock" }) _desk.Folder.Write("state/" + path, "left out");
        _desk.Folder.Write("state/candles/1d/AAPL.parquet", "kept");
        using var archive = new ZipArchive(new MemoryStream(Archive()));
        Assert.Equal(["candles/1d/AAPL.parquet", BackupManifest.EntryName, "settings-history.jsonl", "settings.json"], archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        var closed = _desk.Store.Content.Secrets[SettingRule.TiingoKey];
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(TestContext.Current.CancellationToken));
            var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
            Assert.DoesNotContain(closed, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_database_that_is_being_written_to_is_whole_in_the_backup()
    {
        Directory.CreateDirectory(_desk.State);
        using var writing = LiveCandleStoreFile.Open(LiveCandleStoreFile.PathIn(_desk.State), toWrite: true);
        using var archive = new ZipArchive(new MemoryStream(Archive()));
        archive.GetEntry(LiveCandleStoreFile.Name)!.ExtractToFile(_desk.Folder["copy.db"]);
        using var copy = LiveCandleStoreFile.Open(_desk.Folder["copy.db"], toWrite: false);
        Assert.Equal(System.Data.ConnectionState.Open, copy.State);
    }

    [Fact]
    public void A_torn_archive_is_refused_wherever_it_ends_and_changes_nothing()
    {
        _desk.Folder.Write("state/watchlist.json", string.Join('\n', Enumerable.Range(0, 400)));
        var archive = Archive();
        var before = _desk.Folder.Files();
        for (var length = 0; length < archive.Length; length += 37)
        {
            var problem = Assert.Throws<UsageException>(() => Check(archive[..length]));
            Assert.StartsWith("torn.zip: ", problem.Message, StringComparison.Ordinal);
        }
        Assert.Equal(before, _desk.Folder.Files());
    }

    [Fact]
    public void Each_damaged_byte_is_noticed()
    {
        _desk.Folder.Write("state/watchlist.json", "a list");
        var archive = Archive();
        for (var at = 0; at < archive.Length; at++)
        {
            var damaged = archive.ToArray();
            damaged[at] ^= 0x55;
            try
            {
                using var check = Check(damaged);
                // Times and flags of the archive's own list may differ; contents may not.
                Assert.Empty(check.Difference.Changed);
            }
            catch (UsageException)
            {
                // Noticed, as it should be.
            }
        }
    }

    [Theory]
    [InlineData("""{ "product": "another program", "format": 1, "version": "1", "made_at": "2026-01-01T00:00:00Z", "files": [] }""", "is no backup of etrade-bot")]
    [InlineData("""{ "product": "etrade-bot backup", "format": 2, "version": "9.1", "made_at": "2026-01-01T00:00:00Z", "files": [] }""", "newer etrade-bot 9.1")]
    [InlineData("""{ "product": "etrade-bot backup", "format": 1, "version": "1", "made_at": "2026-01-01T00:00:00Z", "files": [ { "path": "../evil", "bytes": 1, "hash": "" } ] }""", "changed by another program")]
    [InlineData("""{ "product": "etrade-bot backup", "format": 1, "version": "1", "made_at": "2026-01-01T00:00:00Z", "files": [ { "path": "/etc/evil", "bytes": 1, "hash": "" } ] }""", "changed by another program")]
    [InlineData("""{ "product": "etrade-bot backup", "format": 1, "version": "1", "made_at": "2026-01-01T00:00:00Z", "files": [ { "path": "users.db", "bytes": 1, "hash": "" } ] }""", "changed by another program")]
    [InlineData("""{ "product": "etrade-bot backup", "format": 1, "version": "1", "made_at": "2026-01-01T00:00:00Z", "files": [ { "bytes": 1, "hash": "" } ] }""", "list of contents is damaged")]
    [InlineData("not json", "cannot be read")]
    [InlineData(null, "it has no")]
    public void A_foreign_or_newer_archive_is_refused_by_name(string? manifest, string words)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry(manifest is null ? "photo.jpg" : BackupManifest.EntryName).Open();
            entry.Write(Encoding.UTF8.GetBytes(manifest ?? "x"));
        }
        var problem = Assert.Throws<UsageException>(() => Check(buffer.ToArray()));
        Assert.StartsWith("torn.zip: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_an_admin_may_make_check_restore_or_cancel()
    {
        var trader = new Actor("tom", Role.Trader, () => true);
        using var check = Check(Archive());
        Assert.Throws<NotAllowedException>(() => Backup.Make(trader, new MemoryStream()));
        Assert.Throws<NotAllowedException>(() => Backup.Check(trader, "a.zip", new MemoryStream()));
        Assert.Throws<NotAllowedException>(() => Backup.Restore(trader, check));
        Assert.Throws<NotAllowedException>(() => Backup.Cancel(trader));
        Assert.Null(Backup.Waiting);
    }

    [Fact]
    public void A_waiting_restore_can_be_taken_back()
    {
        _desk.Folder.Write("state/watchlist.json", "a list");
        using (var check = Check(Archive())) Backup.Restore(Desk.Admin, check);
        Backup.Cancel(Desk.Admin);
        Assert.Null(RestorePoint.Finish(_desk.State));
        Assert.Equal("a list", Text("state/watchlist.json"));
    }

    byte[] Archive()
    {
        using var buffer = new MemoryStream();
        Backup.Make(Desk.Admin, buffer);
        return buffer.ToArray();
    }

    CheckedBackup Check(byte[] archive) => Backup.Check(Desk.Admin, "torn.zip", new MemoryStream(archive));

    string Text(string name) => File.ReadAllText(_desk.Folder[name]);
}
