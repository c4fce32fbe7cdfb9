namespace EtradeBot.Training;

/// <summary>Writes a file beside its target, flushes it to the disk and renames it: whoever is killed leaves the old file or the new one.</summary>
static class WholeFile
{
    public static void Write(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        // One name a target: what a killed run left is overwritten by the next.
        var temporary = path + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }
}
