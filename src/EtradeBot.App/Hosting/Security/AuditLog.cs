using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using EtradeBot.App.Storage;

namespace EtradeBot.App.Hosting.Security;

/// <summary>One line for each action of a person that changes something.</summary>
/// <param name="Action">Such as <c>order.place</c>.</param>
/// <param name="Detail">What exactly, without secrets and account numbers.</param>
sealed record AuditEntry(DateTimeOffset At, string Actor, string Action, string Detail);

/// <summary>A line as it is kept.</summary>
/// <param name="Previous">SHA-256 of the line before, in hex; zeros for the first.</param>
/// <param name="Own">SHA-256 of this line while this is empty: shows a change of the last line too.</param>
sealed record AuditLine(
    [property: JsonPropertyName("at")] DateTimeOffset At, [property: JsonPropertyName("actor")] string Actor, [property: JsonPropertyName("action")] string Action,
    [property: JsonPropertyName("detail")] string Detail, [property: JsonPropertyName("previous")] string Previous, [property: JsonPropertyName("own")] string Own = "")
{
    public AuditLine Sealed() => this with { Own = Seal() };

    [JsonIgnore]
    public bool IsUnchanged => Own == Seal();

    string Seal() => AuditLog.HashOf(JsonSerializer.SerializeToUtf8Bytes(this with { Own = "" }));
}

/// <summary>Keeps what people did: <c>audit.jsonl</c> under the state folder, appended to, never rewritten. Each line holds the hash of the one
/// before, so that a changed or missing line shows. Safe for several threads and processes.</summary>
sealed class AuditLog(string stateFolder, TimeProvider time)
{
    const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const int NewLine = '\n';

    /// <summary>How long another process may hold the file: it does so for milliseconds.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    readonly Lock _gate = new();

    internal string Path => System.IO.Path.Combine(stateFolder, "audit.jsonl");

    /// <exception cref="IOException">The line cannot be written: the action must not go on.</exception>
    public void Write(Actor actor, string action, string detail) => Write(actor.Name, action, detail);

    /// <inheritdoc cref="Write(Actor, string, string)"/>
    internal void Write(string actorName, string action, string detail)
    {
        lock (_gate) PendingFile.Explain(Path, () => Append(new AuditEntry(time.GetUtcNow(), actorName, action, detail)));
    }

    void Append(AuditEntry entry)
    {
        Directory.CreateDirectory(stateFolder);
        using var file = Open();
        var end = file.Length;
        try
        {
            var last = LastLine(file, out var isTorn);
            var line = JsonSerializer.SerializeToUtf8Bytes(new AuditLine(entry.At, entry.Actor, entry.Action, entry.Detail, HashOf(last)).Sealed());
            file.Seek(0, SeekOrigin.End);
            // What a stopped process left half-written stays, as a line of its own that the reader names.
            if (isTorn) file.WriteByte(NewLine);
            file.Write(line);
            file.WriteByte(NewLine);
            file.Flush(flushToDisk: true);
        }
        catch (IOException) when (file.Length > end)
        {
            // Half a line would break the chain for all that follow.
            file.SetLength(end);
            throw;
        }
    }

    /// <summary>Nobody else may write meanwhile; another process is waited for.</summary>
    FileStream Open()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnFile;
        return WhenFree(options);
    }

    internal FileStream OpenToRead() => WhenFree(new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite });

    FileStream WhenFree(FileStreamOptions options)
    {
        var since = Stopwatch.GetTimestamp();
        using var pause = new ManualResetEventSlim();
        while (true)
        {
            try
            {
                return new FileStream(Path, options);
            }
            catch (IOException problem) when (IsInUse(problem) && Stopwatch.GetElapsedTime(since) < LongestWait)
            {
                pause.Wait(TimeSpan.FromMilliseconds(5));
            }
        }
    }

    /// <summary>EWOULDBLOCK on Linux, on macOS; ERROR_SHARING_VIOLATION on Windows.</summary>
    internal static bool IsInUse(IOException problem) => problem.HResult is 11 or 35 or unchecked((int)0x80070020);

    internal static string HashOf(ReadOnlySpan<byte> line) => line.IsEmpty ? new string('0', 64) : Convert.ToHexStringLower(SHA256.HashData(line));

    /// <summary>The last line without its end; empty for an empty file.</summary>
    static byte[] LastLine(FileStream file, out bool isTorn)
    {
        const int block = 4096;
        var tail = new List<byte>();
        isTorn = false;
        for (var at = file.Length; at > 0;)
        {
            var size = (int)Math.Min(block, at);
            at -= size;
            var bytes = new byte[size];
            file.Seek(at, SeekOrigin.Begin);
            file.ReadExactly(bytes);
            tail.InsertRange(0, bytes);
            if (tail.FindLastIndex(tail.Count - 2 >= 0 ? tail.Count - 2 : 0, one => one == NewLine) is >= 0 and var before && before < tail.Count - 1)
            {
                tail.RemoveRange(0, before + 1);
                break;
            }
        }
        if (tail.Count == 0) return [];
        isTorn = tail[^1] != NewLine;
        if (!isTorn) tail.RemoveAt(tail.Count - 1);
        return [.. tail];
    }
}
