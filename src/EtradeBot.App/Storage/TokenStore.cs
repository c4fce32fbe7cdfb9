using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Market;
using Microsoft.AspNetCore.DataProtection;
using Secret = EtradeBot.App.Settings.Secret;

namespace EtradeBot.App.Storage;

/// <summary>Whose session is kept.</summary>
/// <param name="Server">What stands in for the broker's hosts; null for the broker itself.</param>
/// <param name="ConsumerKey">Empty where the login alone knows the key: then it is kept with the session.</param>
sealed record SessionName(ETradeEnvironment Environment, Uri? Server, Secret ConsumerKey)
{
    /// <summary>Different for each of the three, and shows neither key nor server.</summary>
    public string FileName
    {
        get
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Server}\n{ConsumerKey.Reveal()}"));
            return $"{Environment.ToString().ToLowerInvariant()}-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}.token";
        }
    }
}

/// <summary>A session as it is kept between two commands.</summary>
/// <param name="Keys">Key and secret given at the login; null where the settings hold them.</param>
sealed record KeptSession(AccessToken Token, (Secret Key, Secret Secret)? Keys = null);

/// <summary>Keeps the access tokens of the day, encrypted, in the folder <c>tokens</c> of the state folder.</summary>
/// <remarks>
/// The keys of the encryption lie in a folder beside the files. A copied or synchronised token file is worth nothing by itself; whoever
/// may read the whole folder may read the tokens, so folder and files are closed to other users of the machine.
/// </remarks>
sealed class TokenStore(string stateFolder, TimeProvider time)
{
    const int LargestBytes = 1 << 16;
    const UnixFileMode OwnFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The plain text inside the encryption.</summary>
    sealed record Content(string Token, string Secret, DateTimeOffset IssuedAt, string? ConsumerKey, string? ConsumerSecret);

    string Folder => Path.Combine(stateFolder, "tokens");

    string KeyFolder => Path.Combine(Folder, "keys");

    public string PathOf(SessionName name) => Path.Combine(Folder, name.FileName);

    /// <returns>Null when none is kept.</returns>
    /// <exception cref="BrokerException">The file cannot be read any more, or its session ended at midnight: a person has to log in. A session that is over is deleted.</exception>
    public KeptSession? Read(SessionName name)
    {
        var path = PathOf(name);
        if (!File.Exists(path)) return null;
        var content = Open(name, path);
        var day = MarketCalendar.Nyse.DayOf(content.IssuedAt);
        if (day != MarketCalendar.Nyse.DayOf(time.GetUtcNow()))
        {
            File.Delete(path);
            throw NeedsLogin(string.Create(CultureInfo.InvariantCulture, $"the login of {day:yyyy-MM-dd} ended at midnight New York time; the daily login is due"));
        }
        (Secret, Secret)? keys = content is { ConsumerKey: { } key, ConsumerSecret: { } secret } ? (new Secret(key), new Secret(secret)) : null;
        return new KeptSession(new AccessToken(content.Token, content.Secret, content.IssuedAt), keys);
    }

    /// <exception cref="IOException">The file or the keys of its encryption cannot be written or read.</exception>
    public void Save(SessionName name, KeptSession session)
    {
        Close(Folder);
        Close(KeyFolder);
        var content = new Content(session.Token.Value, session.Token.Secret, session.Token.IssuedAt, session.Keys?.Key.Reveal(), session.Keys?.Secret.Reveal());
        byte[] cipher;
        try
        {
            cipher = Protector(name).Protect(JsonSerializer.SerializeToUtf8Bytes(content));
        }
        catch (Exception problem) when (IsDamage(problem))
        {
            throw new IOException($"the login cannot be kept: the keys in {KeyFolder} are damaged; delete that folder and log in again", problem);
        }
        CloseFiles();
        AtomicFile.Write(PathOf(name), stream =>
        {
            // The file is still empty here: nobody else can have opened it when the token arrives in it.
            if (!OperatingSystem.IsWindows() && stream is FileStream file) File.SetUnixFileMode(file.SafeFileHandle, OwnFile);
            stream.Write(cipher);
        });
    }

    /// <returns>False when there was none.</returns>
    public bool Delete(SessionName name)
    {
        var path = PathOf(name);
        if (!File.Exists(path)) return false;
        File.Delete(path);
        return true;
    }

    Content Open(SessionName name, string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestBytes) throw Damaged(path, null);
            return JsonSerializer.Deserialize<Content>(Protector(name).Unprotect(File.ReadAllBytes(path))) is { Token: not null, Secret: not null } content
                ? content
                : throw Damaged(path, null);
        }
        catch (Exception problem) when (IsDamage(problem))
        {
            throw Damaged(path, problem);
        }
    }

    /// <summary>The name is part of the purpose: a file under another name does not open.</summary>
    IDataProtector Protector(SessionName name)
    {
        var provider = DataProtectionProvider.Create(new DirectoryInfo(KeyFolder), builder =>
        {
            if (OperatingSystem.IsWindows()) builder.ProtectKeysWithDpapi();
        });
        return provider.CreateProtector("etrade-bot tokens", name.FileName);
    }

    static bool IsDamage(Exception problem) => problem is CryptographicException or JsonException or XmlException or FormatException or InvalidOperationException;

    static BrokerException Damaged(string path, Exception? inner) => NeedsLogin($"the kept login in {path} is damaged or was made on another machine", inner);

    static BrokerException NeedsLogin(string why, Exception? inner = null) => new(BrokerFault.SessionExpired, RequestFate.NotSent, why, inner);

    static void Close(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else if (!Directory.Exists(folder)) Directory.CreateDirectory(folder, OwnFolder);
        else if (File.GetUnixFileMode(folder) != OwnFolder) File.SetUnixFileMode(folder, OwnFolder);
    }

    void CloseFiles()
    {
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in Directory.EnumerateFiles(KeyFolder))
            if (File.GetUnixFileMode(file) != OwnFile) File.SetUnixFileMode(file, OwnFile);
    }
}
