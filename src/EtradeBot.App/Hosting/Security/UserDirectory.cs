using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EtradeBot.App.Hosting.Security;

/// <summary>A user as every check needs it; the hash of the password stays in the file.</summary>
/// <param name="Stamp">Changes with the password, the role and the second factor: sessions of an older stamp are over.</param>
sealed record KnownUser(string Id, string Name, Role Role, string Stamp, bool HasTotp);

/// <summary>Who is set up, as <c>users.db</c> has it at this moment, also when another process has just changed it. Safe for several threads.</summary>
/// <remarks>Asked at every request and action, so it looks at the counter in the file's header first, which every committed change moves
/// (SQLite file format, 1.3.7), and reads the rows only when that moved. Without the file nothing is opened at all.</remarks>
sealed class UserDirectory(string stateFolder)
{
    readonly Lock _gate = new();
    (uint Counter, long WrittenAt, long Length) _seen;
    IReadOnlyList<KnownUser> _users = [];

    public static string PathIn(string stateFolder) => Path.Combine(stateFolder, "users.db");

    string File => PathIn(stateFolder);

    /// <exception cref="IOException">The file is there and cannot be read: nobody may do anything then.</exception>
    public IReadOnlyList<KnownUser> Users
    {
        get
        {
            lock (_gate)
            {
                var now = Look();
                if (now != _seen)
                {
                    _users = now == default ? [] : Read();
                    _seen = now;
                }
                return _users;
            }
        }
    }

    /// <summary>True from the first user on: then nobody acts without a login.</summary>
    public bool DemandsLogin => Users.Count > 0;

    public KnownUser? Find(string id) => Users.FirstOrDefault(user => user.Id == id);

    public KnownUser? FindByName(string name) => Users.FirstOrDefault(user => user.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    (uint, long, long) Look()
    {
        try
        {
            using var file = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            Span<byte> counter = stackalloc byte[4];
            file.Seek(24, SeekOrigin.Begin);
            var read = file.ReadAtLeast(counter, 4, throwOnEndOfStream: false);
            return (read < 4 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(counter), System.IO.File.GetLastWriteTimeUtc(File).Ticks, Math.Max(1, file.Length));
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return default;
        }
        catch (UnauthorizedAccessException problem)
        {
            throw Unreadable(problem);
        }
    }

    List<KnownUser> Read()
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT Id, UserName, Role, SecurityStamp, TwoFactorEnabled FROM AspNetUsers ORDER BY NormalizedUserName";
            using var rows = command.ExecuteReader();
            var users = new List<KnownUser>();
            while (rows.Read()) users.Add(new KnownUser(rows.GetString(0), rows.GetString(1), (Role)rows.GetInt32(2), rows.GetString(3), rows.GetBoolean(4)));
            return users;
        }
        catch (Exception problem) when (problem is SqliteException or InvalidOperationException or InvalidCastException)
        {
            throw Unreadable(problem);
        }
    }

    IOException Unreadable(Exception problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"cannot read the users in {File}: {problem.Message.TrimEnd('.')}. Restore it from a backup, or move it away and set users up anew with 'etrade-bot user add'"), problem);
}
