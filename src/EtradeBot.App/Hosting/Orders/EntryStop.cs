using System.Text.Json;
using EtradeBot.App.Storage;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>Who stopped entries, when and why.</summary>
sealed record EntryStopFacts(bool IsStopped, DateTimeOffset At, string By, string Reason);

/// <summary>Whether new entries are refused; outlives restarts in <c>entries-stopped.json</c>. Safe for several threads.</summary>
sealed class EntryStop
{
    readonly string _path;
    readonly TimeProvider _time;
    volatile EntryStopFacts _facts;

    public EntryStop(string folder, TimeProvider time)
    {
        (_path, _time) = (Path.Combine(folder, "entries-stopped.json"), time);
        _facts = Read();
    }

    public EntryStopFacts Facts => _facts;

    public bool IsStopped => _facts.IsStopped;

    /// <summary>Holds at once, in memory; then on the disk.</summary>
    /// <exception cref="IOException">It holds until the program ends, and would be forgotten then.</exception>
    public void Stop(string by, string reason)
    {
        _facts = new EntryStopFacts(true, _time.GetUtcNow(), by, reason);
        Save();
    }

    /// <exception cref="IOException">Entries stay stopped.</exception>
    public void Resume(string by)
    {
        var before = _facts;
        _facts = new EntryStopFacts(false, _time.GetUtcNow(), by, "");
        try
        {
            Save();
        }
        catch (IOException)
        {
            _facts = before;
            throw;
        }
    }

    void Save() => AtomicFile.Write(_path, stream => JsonSerializer.Serialize(stream, _facts));

    /// <summary>A file that cannot be read may have said "stopped".</summary>
    EntryStopFacts Read()
    {
        if (!File.Exists(_path)) return new EntryStopFacts(false, default, "", "");
        try
        {
            return JsonSerializer.Deserialize<EntryStopFacts>(File.ReadAllText(_path)) ?? throw new JsonException("empty");
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            return new EntryStopFacts(true, _time.GetUtcNow(), "", $"{Path.GetFileName(_path)} cannot be read, and it may have said so: resume when you are sure");
        }
    }
}
