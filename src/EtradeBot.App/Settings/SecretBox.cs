using System.Security.Cryptography;
using System.Xml;
using EtradeBot.App.Commands;
using Microsoft.AspNetCore.DataProtection;

namespace EtradeBot.App.Settings;

/// <summary>Encrypts the secrets of <c>settings.json</c> with keys that lie in a folder of their own beside it.</summary>
/// <remarks>A copied settings file gives nothing away; whoever may read the whole state folder may read the secrets, so the folder of the keys is closed to other users of the machine.</remarks>
sealed class SecretBox(string stateFolder)
{
    public const string KeyFolderName = "secret-keys";

    const UnixFileMode OwnFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    string KeyFolder => Path.Combine(stateFolder, KeyFolderName);

    /// <summary>Bound to its name: under another it does not open.</summary>
    /// <exception cref="IOException">The keys cannot be read or written.</exception>
    public string Close(string name, Secret secret)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(KeyFolder);
            else if (!Directory.Exists(KeyFolder)) Directory.CreateDirectory(KeyFolder, OwnFolder);
            else if (File.GetUnixFileMode(KeyFolder) != OwnFolder) File.SetUnixFileMode(KeyFolder, OwnFolder);
            return Protector(name).Protect(secret.Reveal());
        }
        catch (Exception problem) when (IsDamage(problem))
        {
            throw new IOException($"{name} cannot be kept: the keys in {KeyFolder} are damaged; move that folder away and enter every secret again", problem);
        }
    }

    /// <exception cref="UsageException">Made with other keys, or damaged.</exception>
    public Secret Open(string name, string closed)
    {
        try
        {
            return new Secret(Protector(name).Unprotect(closed));
        }
        catch (Exception problem) when (IsDamage(problem))
        {
            throw new UsageException($"{name} in {SettingsFile.PathIn(stateFolder)} cannot be read: it was made on another machine, or the keys in {KeyFolder} are lost. Enter it again under Settings in the dashboard, or set it in .env");
        }
    }

    IDataProtector Protector(string name)
    {
        var provider = DataProtectionProvider.Create(new DirectoryInfo(KeyFolder), builder =>
        {
            if (OperatingSystem.IsWindows()) builder.ProtectKeysWithDpapi();
        });
        return provider.CreateProtector("etrade-bot settings", name);
    }

    static bool IsDamage(Exception problem) => problem is CryptographicException or XmlException or FormatException or InvalidOperationException;
}
