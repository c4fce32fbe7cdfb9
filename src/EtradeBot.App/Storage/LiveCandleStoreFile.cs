using System.Globalization;
using EtradeBot.Market;
using Microsoft.Data.Sqlite;

namespace EtradeBot.App.Storage;

/// <summary>The file of a <see cref="LiveCandleStore"/>: opening, schema, and what its failures mean to the user.</summary>
static class LiveCandleStoreFile
{
    public const string Name = "live.db";

    /// <summary>Raised when an older program could misread the file.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Marks the file as ours: <c>ETBL</c>.</summary>
    const int ApplicationId = 0x4554424C;

    /// <summary>Seconds to wait for another program that is just writing.</summary>
    const int BusySeconds = 2;

    /// <remarks>Times are Unix time: seconds where a candle opens, milliseconds elsewhere. Lengths are milliseconds. A source means backfilled.</remarks>
    const string Schema = """
        CREATE TABLE series (id INTEGER PRIMARY KEY, feed TEXT NOT NULL, symbol TEXT NOT NULL, timeframe TEXT NOT NULL, UNIQUE (feed, symbol, timeframe));
        CREATE TABLE candle (
            series INTEGER NOT NULL REFERENCES series, open_time INTEGER NOT NULL,
            open REAL NOT NULL, high REAL NOT NULL, low REAL NOT NULL, close REAL NOT NULL, volume INTEGER NOT NULL,
            polls INTEGER NOT NULL, longest_hole INTEGER NOT NULL, first_poll_delay INTEGER NOT NULL, last_poll_lead INTEGER NOT NULL,
            flaws INTEGER NOT NULL, refused TEXT, source TEXT,
            PRIMARY KEY (series, open_time)) WITHOUT ROWID;
        CREATE TABLE hole (series INTEGER NOT NULL REFERENCES series, start INTEGER NOT NULL, finish INTEGER NOT NULL, filled_by TEXT, PRIMARY KEY (series, start)) WITHOUT ROWID;
        CREATE TABLE builder (series INTEGER PRIMARY KEY REFERENCES series, state TEXT NOT NULL);
        """;

    public static string PathIn(string stateDirectory) => Path.Combine(stateDirectory, Name);

    /// <exception cref="CandleDataException">Damaged, not ours, or of a newer program.</exception>
    /// <exception cref="IOException">In use, full disk, no permission.</exception>
    public static SqliteConnection Open(string path, bool toWrite) => Explain(path, () =>
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = toWrite ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadOnly,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        try
        {
            connection.Open();
            CheckVersion(connection, path, toWrite);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    });

    static void CheckVersion(SqliteConnection connection, string path, bool toWrite)
    {
        var version = Number(connection, "PRAGMA user_version");
        var isEmpty = Number(connection, "SELECT count(*) FROM sqlite_master") == 0;
        if (!isEmpty && Number(connection, "PRAGMA application_id") != ApplicationId)
            throw new CandleDataException($"{path} is a database of another program: move it away, or use another --data folder");
        if (version > SchemaVersion)
            throw new CandleDataException(string.Create(CultureInfo.InvariantCulture, $"{path} was written by a newer etrade-bot (format {version}; this one knows {SchemaVersion}): use that version, or move the file away"));
        if (!toWrite) return;
        // A crash of the program loses nothing, a power cut at most the last moments; neither damages the file.
        // The log is merged by LiveCandleStore.Tidy, when no candle waits for it.
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0; PRAGMA foreign_keys = ON;");
        if (isEmpty) Run(connection, string.Create(CultureInfo.InvariantCulture, $"BEGIN IMMEDIATE; {Schema} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {SchemaVersion}; COMMIT;"));
    }

    /// <summary>Turns the database's failures into a sentence that names the file and the remedy.</summary>
    public static T Explain<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException problem)
        {
            throw Explained(path, problem);
        }
        catch (Exception problem) when (problem is FormatException or InvalidCastException)
        {
            throw new CandleDataException(Damaged(path), problem);
        }
    }

    static string Damaged(string path) =>
        $"{path} is damaged or no store of live candles: move it away together with {Name}-wal and {Name}-shm, and put a copy in its place if you have one; recording begins a new file";

    /// <summary>Writers of this file, one at a time: two would each build their own candles of the same minutes.</summary>
    /// <exception cref="IOException">Another program has it.</exception>
    public static FileStream LockToWrite(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException problem) when (File.Exists(path + ".lock"))
        {
            throw new IOException($"another program is recording into {path}: stop it, or use another --data folder", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot write to {Path.GetDirectoryName(path)}: {problem.Message.TrimEnd('.')}; use another --data folder", problem);
        }
    }

    static Exception Explained(string path, SqliteException problem) => problem.SqliteErrorCode switch
    {
        Corrupt or NotADatabase => new CandleDataException(Damaged(path), problem),
        Busy or Locked => new IOException($"{path} is locked by another program: close that one, then try again", problem),
        Full => new IOException($"cannot write {path}: the disk is full; free some space, then start again. Candles stored before are safe", problem),
        ReadOnly or CannotOpen or Permission => new IOException($"cannot open {path}: it may not be read or written here; check the permissions of the file and its folder, or use another --data folder", problem),
        Error => new CandleDataException($"{path} lacks tables or columns ({problem.Message.TrimEnd('.')}): move it away; recording begins a new file", problem),
        _ => new IOException($"cannot read or write {path}: {problem.Message.TrimEnd('.')}; check the disk", problem),
    };

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
    const int Error = 1;
    const int Permission = 3;
    const int Busy = 5;
    const int Locked = 6;
    const int ReadOnly = 8;
    const int Corrupt = 11;
    const int Full = 13;
    const int CannotOpen = 14;
    const int NotADatabase = 26;
}
