using EtradeBot.Execution.Disk;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>What a journal tells.</summary>
/// <param name="Folder">Null: nothing has been traded yet.</param>
/// <param name="Entries">Oldest first.</param>
/// <param name="Orders">Oldest first.</param>
sealed record TradingPast(TradingFolder? Folder, IReadOnlyList<JournalEntry> Entries, IReadOnlyList<OrderLife> Orders)
{
    public static readonly TradingPast Nothing = new(null, [], []);
}

/// <summary>What was decided and traded, for those who look: of the session's account, else of the one that traded last. It only reads, whether anything is
/// traded at present or not. Safe for several threads.</summary>
/// <param name="current">Folder of the session; null before there was a connection.</param>
/// <param name="book">Of the desk that trades here; null while none does.</param>
sealed class TradingRecord(string stateFolder, Func<TradingFolder?> current, Func<OrderBook?> book)
{
    /// <summary>A few days are looked at again and again; a year of them need not stay in memory.</summary>
    const int DaysKept = 3;

    readonly Lock _gate = new();
    readonly Dictionary<string, (Version Version, IReadOnlyList<DecisionRow> Rows)> _days = new(StringComparer.Ordinal);
    (string Path, Version Version) _read;
    TradingPast _past = TradingPast.Nothing;

    public TradingFolder? Folder => current() ?? TradingFolder.In(stateFolder).Where(folder => File.Exists(folder.JournalPath)).MaxBy(folder => File.GetLastWriteTimeUtc(folder.JournalPath));

    /// <summary>Days with decisions, newest first.</summary>
    public IReadOnlyList<DateOnly> Days => Folder is { } folder ? [.. DecisionLog.Days(folder).Where(day => File.Exists(DecisionsOf(folder, day)))] : [];

    /// <summary>A day's decisions, oldest first: the same list until there are more.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    public IReadOnlyList<DecisionRow> Decisions(DateOnly day)
    {
        if (Folder is not { } folder) return [];
        var path = DecisionsOf(folder, day);
        lock (_gate)
        {
            var version = Version.Of(path);
            if (_days.TryGetValue(path, out var kept) && kept.Version == version) return kept.Rows;
            var rows = Explained(path, () => DecisionLog.Read(folder, day));
            if (_days.Count >= DaysKept) _days.Clear();
            _days[path] = (version, rows);
            return rows;
        }
    }

    /// <summary>Every order: the same answer until the journal has grown.</summary>
    /// <exception cref="JournalException">The journal is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public TradingPast Past()
    {
        if (Folder is not { } folder) return TradingPast.Nothing;
        lock (_gate)
        {
            var (entries, version) = book() is { } running && running.Journal.Entries is var live ? (live, new Version(-1, live.Count)) : ([], Version.Of(folder.JournalPath));
            if (_read == (folder.Path, version)) return _past;
            if (version.Length >= 0) entries = Explained(folder.JournalPath, () => Read(folder));
            _past = new TradingPast(folder, entries, OrderBook.Read(new JournalReading(entries, "", 0, [])));
            _read = (folder.Path, version);
            return _past;
        }
    }

    /// <summary>Reads the whole journal from the disk and checks the chain of its lines, whatever is in memory.</summary>
    /// <returns>How many events it has; null when there is none.</returns>
    /// <inheritdoc cref="Past" path="/exception"/>
    public int? Verify() => Folder is { } folder && File.Exists(folder.JournalPath) ? Explained(folder.JournalPath, () => Read(folder)).Count : null;

    static IReadOnlyList<JournalEntry> Read(TradingFolder folder)
    {
        using var disk = new FolderDisk(folder.Path);
        return JournalReading.Of(disk.Read(Journal.FileName) ?? []).Entries;
    }

    /// <summary>As <see cref="DecisionLog"/> writes it.</summary>
    static string DecisionsOf(TradingFolder folder, DateOnly day) => Path.Combine(folder.Day(day), "decisions.jsonl");

    static T Explained<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new IOException($"{path} cannot be read: {problem.Message}", problem);
        }
    }

    /// <param name="Length">Bytes; -1 for what is in memory, which <paramref name="Change"/> counts.</param>
    readonly record struct Version(long Length, long Change)
    {
        public static Version Of(string path) => File.Exists(path) ? new Version(new FileInfo(path).Length, File.GetLastWriteTimeUtc(path).Ticks) : new Version(0, 0);
    }
}
