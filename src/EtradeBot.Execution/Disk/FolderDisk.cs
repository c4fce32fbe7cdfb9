namespace EtradeBot.Execution.Disk;

/// <summary>A real folder. Not safe for several threads on one file.</summary>
public sealed class FolderDisk(string folder) : IDisk, IDisposable
{
    readonly Dictionary<string, FileStream> _appended = new(StringComparer.Ordinal);

    public byte[]? Read(string name)
    {
        var path = PathOf(name);
        if (!File.Exists(path)) return null;
        return Explained(name, "read", () =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        });
    }

    public void Append(string name, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Explained(name, "written", () =>
        {
            if (!_appended.TryGetValue(name, out var file))
            {
                Directory.CreateDirectory(folder);
                // No buffer of its own: what is written has left the process even before the flush.
                _appended[name] = file = new FileStream(PathOf(name), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            }
            file.Write(copy);
            file.Flush(flushToDisk: true);
            return true;
        });
    }

    public void Replace(string name, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Close(name);
        Explained(name, "written", () =>
        {
            Directory.CreateDirectory(folder);
            var temporary = PathOf("." + name + ".new");
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(copy);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, PathOf(name), overwrite: true);
            return true;
        });
    }

    public void Truncate(string name, long length)
    {
        Close(name);
        Explained(name, "cut", () =>
        {
            using var file = new FileStream(PathOf(name), FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
            file.SetLength(length);
            file.Flush(flushToDisk: true);
            return true;
        });
    }

    public void Dispose()
    {
        foreach (var file in _appended.Values) file.Dispose();
        _appended.Clear();
    }

    void Close(string name)
    {
        if (_appended.Remove(name, out var file)) file.Dispose();
    }

    string PathOf(string name) => Path.Combine(folder, name);

    T Explained<T>(string name, string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{PathOf(name)} cannot be {what}: {problem.Message.TrimEnd('.')}", problem);
        }
    }
}
