using EtradeBot.App.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace EtradeBot.App.Hosting.Security;

/// <summary>The file <c>users.db</c>: made whole and closed to other users of the machine, or not at all.</summary>
static class UserFile
{
    const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string Connection(string path) => new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString();

    /// <exception cref="IOException">The file cannot be made.</exception>
    public static void CreateIfMissing(string path)
    {
        if (File.Exists(path)) return;
        PendingFile.Explain(path, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var fresh = path + ".new";
            File.Delete(fresh);
            // Closed before anything is in it. An existing file also stays with SQLite's rollback journal, whose change counter the directory reads.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnFile;
            new FileStream(fresh, options).Dispose();
            try
            {
                using var context = new UserContext(new DbContextOptionsBuilder<UserContext>().UseSqlite(Connection(fresh)).Options);
                context.Database.EnsureCreated();
            }
            catch (SqliteException problem)
            {
                throw new IOException(problem.Message, problem);
            }
            File.Move(fresh, path, overwrite: false);
        });
    }
}

/// <summary>The keys that encrypt what the dashboard hands out and keeps: <c>keys</c> under the state folder, closed to other users of the machine.</summary>
static class DashboardKeys
{
    public const string ApplicationName = "etrade-bot dashboard";

    const UnixFileMode OwnFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static DirectoryInfo FolderIn(string stateFolder)
    {
        var folder = Path.Combine(stateFolder, "keys");
        if (OperatingSystem.IsWindows()) return Directory.CreateDirectory(folder);
        var made = Directory.CreateDirectory(folder, OwnFolder);
        if (made.UnixFileMode != OwnFolder) made.UnixFileMode = OwnFolder;
        return made;
    }

    public static IDataProtectionProvider Of(string stateFolder) => DataProtectionProvider.Create(FolderIn(stateFolder), builder => Configure(builder));

    public static void Configure(IDataProtectionBuilder builder)
    {
        builder.SetApplicationName(ApplicationName);
        if (OperatingSystem.IsWindows()) builder.ProtectKeysWithDpapi();
    }
}
