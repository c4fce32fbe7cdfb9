using System.Diagnostics;

namespace EtradeBot.App.Trading;

/// <summary>A real file system of a mebibyte in memory, mounted on a folder: it can be full, and it can refuse to be written.</summary>
sealed class SmallFileSystem : IDisposable
{
    const string Filler = "filler";

    readonly string _folder;

    /// <summary>Skips the test where this user may not mount.</summary>
    public SmallFileSystem(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsLinux()) Assert.Skip("a file system is mounted on Linux only");
        if (Run("mount", "-t", "tmpfs", "-o", "size=1m", "etrade-bot-test", folder) is { Length: > 0 } problem) Assert.Skip($"this user may not mount a file system: {problem}");
    }

    /// <summary>Takes every byte that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(Path.Combine(_folder, Filler), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 65_536; size > 0;)
        {
            try
            {
                file.Write(new byte[size]);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }

    public void MakeRoom() => File.Delete(Path.Combine(_folder, Filler));

    public void MakeReadOnly() => Assert.Equal("", Run("mount", "-o", "remount,ro", _folder));

    public void MakeWritable() => Assert.Equal("", Run("mount", "-o", "remount,rw", _folder));

    public void Dispose() => Run("umount", "-l", _folder);

    static string Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : error.Trim();
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            return problem.Message;
        }
    }
}
