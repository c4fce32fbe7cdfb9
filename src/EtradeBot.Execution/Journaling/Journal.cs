using EtradeBot.Execution.Disk;

namespace EtradeBot.Execution.Journaling;

/// <summary>The one record of what this program has done with money: <c>orders.journal</c>. It has one writer. Safe for several threads.</summary>
/// <remarks>After a failed write nobody knows what the disk holds. Until <see cref="TryMend"/> has read it anew nothing more is written, and so nothing is sent.</remarks>
public sealed class Journal
{
    public const string FileName = "orders.journal";

    /// <summary>Unfinished lines that were cut off, for those who look into what happened.</summary>
    const string TornName = "orders.journal.torn";

    readonly Lock _gate = new();
    readonly IDisk _disk;
    readonly TimeProvider _time;
    readonly List<JournalEntry> _entries;
    readonly List<JournalEvent> _owed = [];
    string _head;

    /// <summary>Bytes that a flush has confirmed.</summary>
    long _length;

    Journal(IDisk disk, TimeProvider time, JournalReading found)
    {
        (_disk, _time, _entries, _head, _length) = (disk, time, [.. found.Entries], found.Head, found.Length);
        WasCut = found.Torn.Length > 0;
    }

    /// <summary>Reads what is there and takes it up. An unfinished last line, left by a crash, is cut off and kept aside.</summary>
    /// <exception cref="JournalException">A line is damaged: names it; nothing was changed.</exception>
    /// <exception cref="IOException">The file cannot be read or mended.</exception>
    public static Journal Open(IDisk disk, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(disk);
        var bytes = disk.Read(FileName) ?? [];
        var found = JournalReading.Of(bytes);
        if (found.Torn.Length > 0) disk.Append(TornName, [.. found.Torn, (byte)'\n']);
        // An earlier process may have died after a flush that failed: what can be read is then not surely on the disk, and no later flush writes it again.
        if (bytes.Length > 0) disk.Replace(FileName, bytes.AsSpan(0, (int)found.Length));
        return new Journal(disk, time, found);
    }

    /// <summary>True when the end was cut off at the start: something may have been under way that the rest does not tell of.</summary>
    public bool WasCut { get; }

    /// <summary>Why nothing can be written, in a sentence; empty while all is well.</summary>
    public string Failure { get; private set; } = "";

    /// <summary>The hash of the last event.</summary>
    public string Head
    {
        get
        {
            lock (_gate) return _head;
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (_gate) return [.. _entries];
        }
    }

    /// <summary>Writes what is about to be done. It is on the disk when this returns.</summary>
    /// <exception cref="IOException">It is not surely there: do not do it.</exception>
    public JournalEntry Append(JournalEvent what)
    {
        lock (_gate)
        {
            if (Failure.Length > 0) throw new IOException(Failure);
            try
            {
                return Write(what);
            }
            catch (IOException problem)
            {
                Failure = $"{problem.Message}; until that is mended nothing is sent to the broker";
                throw new IOException(Failure, problem);
            }
        }
    }

    /// <summary>Writes what has happened already. Where the disk refuses, it is owed: kept in memory, and written as soon as the disk is mended.</summary>
    /// <returns>As it will stand in the journal; without a number and hash while it is owed.</returns>
    public JournalEntry Record(JournalEvent what)
    {
        lock (_gate)
        {
            try
            {
                return Append(what);
            }
            catch (IOException)
            {
                // Failure says why, and stops everything that would be sent next.
                _owed.Add(what);
                return new JournalEntry(0, _time.GetUtcNow(), what, "");
            }
        }
    }

    /// <summary>After a failure: reads the disk anew, cuts off what was not finished, and writes what is owed.</summary>
    /// <returns>True when all is well again.</returns>
    public bool TryMend()
    {
        lock (_gate)
        {
            if (Failure.Length == 0) return true;
            try
            {
                var bytes = _disk.Read(FileName) ?? [];
                Check(bytes);
                // What was written when a flush failed may be readable and yet be lost with the next power cut, whatever is flushed after it. None of it
                // has been acted upon: away with it.
                if (bytes.Length > _length)
                {
                    _disk.Append(TornName, [.. bytes.AsSpan((int)_length), (byte)'\n']);
                    _disk.Truncate(FileName, _length);
                }
                Write(new JournalMended($"after: {Failure}"));
                for (; _owed.Count > 0; _owed.RemoveAt(0)) Write(_owed[0]);
                Failure = "";
                return true;
            }
            catch (IOException problem)
            {
                Failure = $"{problem.Message.TrimEnd('.')}; until that is mended nothing is sent to the broker";
                return false;
            }
        }
    }

    void Check(byte[] bytes)
    {
        var found = bytes.Length < _length ? null : JournalReading.Of(bytes.AsSpan(0, (int)_length));
        if (found is null || found.Head != _head)
            throw new JournalException($"{FileName} does not hold the {_entries.Count} events any more that were written: put it back from a backup, or move it away and start anew");
    }

    JournalEntry Write(JournalEvent what)
    {
        var (number, at) = (_entries.Count + 1L, _time.GetUtcNow());
        var (line, hash) = JournalFormat.Write(number, at, what, _head);
        _disk.Append(FileName, line);
        (_head, _length) = (hash, _length + line.Length);
        var entry = new JournalEntry(number, at, what, hash);
        _entries.Add(entry);
        return entry;
    }
}
