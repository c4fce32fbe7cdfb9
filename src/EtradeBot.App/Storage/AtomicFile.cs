using System.Globalization;
using EtradeBot.App.Commands;

namespace EtradeBot.App.Storage;

/// <summary>Writes whole files only: into a temporary file beside the target, flushed to the disk, then renamed over it.</summary>
/// <remarks>
/// A process killed at any moment leaves the old file or the new one, never a part of one; its temporary file is removed
/// by the next write to the same target. After a power cut the folder may still show the old file, which is whole as well.
/// </remarks>
static class AtomicFile
{
    /// <exception cref="IOException">The file cannot be written (disk full, no permission, ...): names it and the reason; what was there before is untouched.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (IsDevice(path))
        {
            PendingFile.Explain(path, () =>
            {
                using var device = new FileStream(path, FileMode.Open, FileAccess.Write);
                write(device);
            });
            return;
        }
        using var file = PendingFile.Create(path);
        file.Fill(write);
        lock (Interruption.Gate) file.PutInPlace();
    }

    /// <summary>True for /dev/stdout and its like, which are written to and never replaced.</summary>
    static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && Path.GetFullPath(path) is var full
        && (full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal));
}

/// <summary>Several files of one folder that appear together or not at all; other files of the folder are left alone.</summary>
/// <remarks>
/// All are written and flushed before the first is renamed, so that a full disk, a failure or a stop while writing changes nothing.
/// Only a kill or a power cut within the renames themselves (microseconds) can leave some files new and some old, each of them whole.
/// </remarks>
sealed class AtomicFolder(string folder) : IDisposable
{
    readonly List<PendingFile> _files = [];

    /// <exception cref="IOException">The file cannot be written; none of the others will appear either.</exception>
    public void Add(string fileName, Action<Stream> write)
    {
        var file = PendingFile.Create(Path.Combine(folder, fileName));
        _files.Add(file);
        file.Fill(write);
    }

    /// <summary>Puts the files in place, in the order they were added.</summary>
    public void Commit()
    {
        lock (Interruption.Gate)
            foreach (var file in _files)
                file.PutInPlace();
    }

    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }
}

/// <summary>A temporary file on its way to its target.</summary>
sealed class PendingFile : IDisposable
{
    const int BufferBytes = 1 << 17;
    static int Created;

    readonly string _path;
    readonly string _temporary;
    readonly FileStream _stream;
    readonly IDisposable _stop;
    bool _inPlace;

    PendingFile(string path, string temporary)
    {
        _path = path;
        _temporary = temporary;
        // A stop finds the file registered before it exists, and cannot come between the two.
        lock (Interruption.Gate)
        {
            _stop = Interruption.OnStop(() => File.Delete(temporary));
            try
            {
                // Sharing Delete lets the file be renamed while it is open, and being open marks it as in use to RemoveLeftovers.
                _stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Delete, BufferBytes);
            }
            catch
            {
                _stop.Dispose();
                throw;
            }
        }
    }

    public static PendingFile Create(string path)
    {
        PendingFile? file = null;
        Explain(path, () =>
        {
            // A link stays a link: its target is what gets replaced.
            var target = new FileInfo(path).LinkTarget is null ? Path.GetFullPath(path) : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
            if (Directory.Exists(target)) throw new IOException("it is a folder");
            var folder = Path.GetDirectoryName(target)!;
            Directory.CreateDirectory(folder);
            RemoveLeftovers(folder, Path.GetFileName(target));
            var number = Interlocked.Increment(ref Created);
            var name = string.Create(CultureInfo.InvariantCulture, $".{Path.GetFileName(target)}.{Environment.ProcessId}-{number}.tmp");
            file = new PendingFile(target, Path.Combine(folder, name));
        });
        return file!;
    }

    public void Fill(Action<Stream> write) => Explain(_path, () =>
    {
        write(_stream);
        _stream.Flush(flushToDisk: true);
    });

    public void PutInPlace() => Explain(_path, () =>
    {
        File.Move(_temporary, _path, overwrite: true);
        _inPlace = true;
    });

    public void Dispose()
    {
        _stop.Dispose();
        try
        {
            _stream.Dispose();
        }
        catch (IOException) when (!_inPlace)
        {
            // The disk is still full for the buffered rest: the failure was reported by Fill, and the file goes anyway.
        }
        if (!_inPlace) File.Delete(_temporary);
    }

    /// <summary>Says which file could not be written and why, in words for the user.</summary>
    public static void Explain(string path, Action work)
    {
        try
        {
            work();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot write {path}: {Reason(problem)}; what was there before is unchanged", problem);
        }
    }

    static string Reason(Exception problem) => problem switch
    {
        UnauthorizedAccessException => "permission denied",
        IOException { HResult: NoSpaceUnix or NoSpaceWindows } => "the disk is full",
        _ => problem.Message.TrimEnd('.'),
    };

    const int NoSpaceUnix = 28; // ENOSPC on Linux and macOS
    const int NoSpaceWindows = unchecked((int)0x80070070); // ERROR_DISK_FULL

    /// <summary>Deletes temporary files that a killed process left for this target; those of a running one are locked.</summary>
    static void RemoveLeftovers(string folder, string fileName)
    {
        foreach (var leftover in Directory.EnumerateFiles(folder, $".{fileName}.*-*.tmp"))
        {
            try
            {
                using (new FileStream(leftover, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                    File.Delete(leftover);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // In use by another process, which will rename or remove it itself.
            }
        }
    }
}
