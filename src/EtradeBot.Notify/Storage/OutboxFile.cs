using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EtradeBot.Notify.Storage;

/// <summary>The file of an <see cref="Outbox"/>: opening, schema, setting a damaged one aside, and what its failures mean to the user.</summary>
static class OutboxFile
{
    public const string Name = "notices.db";

    /// <summary>Marks the file as ours: <c>ETBN</c>.</summary>
    const int ApplicationId = 0x4554424E;

    const int SchemaVersion = 1;

    /// <summary>Seconds to wait for another program that is just writing.</summary>
    const int BusySeconds = 5;

    /// <remarks>Times are Unix milliseconds. <c>since</c>: from when on trying counts towards giving up. A state is spelt as in <see cref="OutboxRows"/>.</remarks>
    const string Schema = """
        CREATE TABLE notice (
            id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, event TEXT NOT NULL, level INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
            symbol TEXT, at INTEGER NOT NULL, posted INTEGER NOT NULL, acknowledged INTEGER, repeats INTEGER NOT NULL DEFAULT 0, repeat_at INTEGER);
        CREATE INDEX notice_repeat ON notice (repeat_at) WHERE repeat_at IS NOT NULL;
        CREATE TABLE delivery (
            id INTEGER PRIMARY KEY, notice INTEGER NOT NULL REFERENCES notice ON DELETE CASCADE, channel TEXT NOT NULL, repeat INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL DEFAULT 'waiting', attempts INTEGER NOT NULL DEFAULT 0, since INTEGER NOT NULL, next_at INTEGER NOT NULL,
            sent_at INTEGER, answer TEXT, maybe_twice INTEGER NOT NULL DEFAULT 0, UNIQUE (notice, channel, repeat));
        CREATE INDEX delivery_open ON delivery (channel, next_at) WHERE state IN ('waiting', 'sending', 'failed', 'held');
        CREATE TABLE phone_update (id INTEGER PRIMARY KEY, received INTEGER NOT NULL);
        CREATE TABLE phone_wrong_pin (at INTEGER NOT NULL);
        """;

    /// <exception cref="SqliteException">In use, full disk, no permission, damaged.</exception>
    /// <exception cref="IOException">Of another program or of a newer version of this one.</exception>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = BusySeconds }.ToString());
        try
        {
            connection.Open();
            CheckVersion(connection, path);
            // FULL: a notice that was taken outlives a power cut; there are few of them.
            Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
            CreateTables(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    static void CheckVersion(SqliteConnection connection, string path)
    {
        if (Number(connection, "SELECT count(*) FROM sqlite_master") == 0) return;
        if (Number(connection, "PRAGMA application_id") != ApplicationId) throw new IOException($"{path} is a database of another program: move it away, or use another --data folder");
        if (Number(connection, "PRAGMA user_version") > SchemaVersion) throw new IOException($"{path} was written by a newer etrade-bot: update this one, or use another --data folder");
    }

    /// <summary>Two programs may come to a new file at once: the second finds the tables of the first.</summary>
    static void CreateTables(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        if (Number(connection, "SELECT count(*) FROM sqlite_master") == 0)
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"{Schema} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {SchemaVersion};"));
        transaction.Commit();
    }

    /// <summary>Renames a damaged file and what belongs to it.</summary>
    /// <returns>The new name.</returns>
    public static string SetAside(string path, DateTimeOffset now)
    {
        var aside = path + now.UtcDateTime.ToString("'.damaged-'yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        foreach (var part in new[] { "", "-wal", "-shm" })
            if (File.Exists(path + part)) File.Move(path + part, aside + part);
        return aside;
    }

    public static bool IsDamage(SqliteException problem) => problem.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>A sentence that names the file and the remedy.</summary>
    public static IOException Explained(string path, SqliteException problem) => new(problem.SqliteErrorCode switch
    {
        Corrupt or NotADatabase => $"{path} is damaged: the program that sends sets it aside when it starts",
        Busy or Locked => $"{path} is locked by another program",
        Full => $"cannot write {path}: the disk is full; free some space",
        ReadOnly or CannotOpen or Permission => $"cannot open {path}: it may not be read or written here; check the permissions of the file and its folder",
        _ => $"cannot read or write {path}: {problem.Message.TrimEnd('.')}; check the disk",
    }, problem);

    static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    // Result codes: https://sqlite.org/rescode.html
    const int Permission = 3;
    const int Busy = 5;
    const int Locked = 6;
    const int ReadOnly = 8;
    const int Corrupt = 11;
    const int Full = 13;
    const int CannotOpen = 14;
    const int NotADatabase = 26;
}
