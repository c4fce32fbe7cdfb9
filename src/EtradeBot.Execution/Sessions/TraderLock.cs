using System.Globalization;

namespace EtradeBot.Execution.Sessions;

/// <summary>The right of one process to send orders from a folder. The system gives it back when the process ends, however it ends.</summary>
public sealed class TraderLock : IDisposable
{
    readonly FileStream _file;

    TraderLock(FileStream file) => _file = file;

    /// <returns>Null: another process has it.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static TraderLock? TryTake(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, TradingFolder.LockFile);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
        file.SetLength(0);
        // For the person who wonders who holds it.
        file.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId}\n")));
        file.Flush();
        return new TraderLock(file);
    }

    public void Dispose() => _file.Dispose();
}
