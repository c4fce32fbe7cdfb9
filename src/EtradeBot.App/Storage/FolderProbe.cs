namespace EtradeBot.App.Storage;

/// <summary>Whether files can be made in a folder, found by making one: rights, read-only disks and quotas answer alike.</summary>
/// <remarks>A full disk is no refusal: it passes, and the order path has a state of its own for it.</remarks>
static class FolderProbe
{
    /// <summary>ENOSPC, as .NET carries it.</summary>
    const int DiskIsFull = 28;

    public const string Remedy = "Give this user the right to write there (chown, chmod), or choose another folder with --data DIR or ETRADE_BOT_DATA";

    /// <param name="folder">Need not exist: then the nearest one above it counts, in which it would be made.</param>
    /// <returns>Why not; null when they can.</returns>
    public static string? Refusal(string folder)
    {
        var full = Path.GetFullPath(folder);
        if (File.Exists(full)) return $"{full} is a file, not a folder";
        if (Nearest(full) is not { } nearest) return $"{full} cannot be made: no folder above it exists";
        try
        {
            using (new FileStream(Path.Combine(nearest, $".etrade-bot-{Guid.NewGuid():N}"), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose })) { }
            return null;
        }
        catch (IOException problem) when (problem.HResult == DiskIsFull)
        {
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"{nearest} cannot be written";
        }
    }

    /// <exception cref="IOException">It cannot be written: names it and the remedy.</exception>
    public static void Require(string folder)
    {
        if (Refusal(folder) is { } why) throw new IOException($"the data folder is of no use: {why}. {Remedy}");
    }

    /// <summary>The folder itself, or the first above it that exists; null where there is none.</summary>
    public static string? Nearest(string path)
    {
        for (var at = Path.GetFullPath(path); at is not null; at = Path.GetDirectoryName(at))
            if (Directory.Exists(at)) return at;
        return null;
    }
}
