using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EtradeBot.Notify.Storage;

/// <summary>A connection to <c>notices.db</c> that opens when needed, begins anew over a damaged file, and holds the right to send. Safe for several threads.</summary>
sealed class OutboxConnection(string dataFolder, TimeProvider clock) : IDisposable
{
    readonly Lock _gate = new();
    SqliteConnection? _connection;
    FileStream? _sending;
    bool _isDisposed;

    public string Path { get; } = System.IO.Path.Combine(dataFolder, OutboxFile.Name);

    public TimeProvider Clock => clock;

    /// <summary>Where the last damaged file went; null where there was none.</summary>
    public string? SetAside { get; private set; }

    /// <summary>Pages the file may grow to; for tests of a full disk. 0 for no limit.</summary>
    public int MaxPages { get; set; }

    /// <summary>Whether this program may send. One on each file may; the right ends with the process, however it ends.</summary>
    /// <remarks>Without the gate: whoever only looks does not wait for the disk.</remarks>
    public bool IsSender => Volatile.Read(ref _sending) is not null;

    /// <returns>True where the right was not held before.</returns>
    public bool TryBecomeSender()
    {
        lock (_gate)
        {
            if (_sending is not null || _isDisposed) return false;
            _sending = TryLock();
            return _sending is not null;
        }
    }

    /// <summary>Runs work in one transaction: all of it or nothing.</summary>
    /// <exception cref="IOException">The file cannot be read or written; says why.</exception>
    public T Use<T>(Func<SqliteConnection, T> work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            try
            {
                return Transact(work);
            }
            catch (SqliteException problem)
            {
                Close();
                if (!OutboxFile.IsDamage(problem) || !BeginAnew()) throw OutboxFile.Explained(Path, problem);
                return Transact(work);
            }
            catch (UnauthorizedAccessException problem)
            {
                throw new IOException($"cannot write {dataFolder}: {problem.Message.TrimEnd('.')}", problem);
            }
        }
    }

    public void Use(Action<SqliteConnection> work) => Use(connection =>
    {
        work(connection);
        return true;
    });

    T Transact<T>(Func<SqliteConnection, T> work)
    {
        Directory.CreateDirectory(dataFolder);
        _connection ??= OutboxFile.Open(Path);
        Limit();
        using var transaction = _connection.BeginTransaction(deferred: false);
        var result = work(_connection);
        transaction.Commit();
        return result;
    }

    void Limit()
    {
        if (MaxPages == 0) return;
        using var command = _connection!.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {MaxPages}");
        command.ExecuteNonQuery();
    }

    /// <summary>Only who may send sets a file aside: another program would go on writing into the renamed one.</summary>
    bool BeginAnew()
    {
        var held = _sending ?? TryLock();
        if (held is null) return false;
        SetAside = OutboxFile.SetAside(Path, clock.GetUtcNow());
        if (_sending is null) held.Dispose();
        return true;
    }

    FileStream? TryLock()
    {
        try
        {
            Directory.CreateDirectory(dataFolder);
            return new FileStream(Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Close();
            _sending?.Dispose();
            _sending = null;
        }
    }
}
