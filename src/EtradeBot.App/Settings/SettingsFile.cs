using System.Text.Json;
using System.Text.Json.Serialization;
using EtradeBot.App.Commands;
using EtradeBot.App.Storage;

namespace EtradeBot.App.Settings;

/// <summary>One change of one setting.</summary>
/// <param name="Id">Grows by one with every entry.</param>
/// <param name="Version">Of the settings after the change; entries saved together share it.</param>
/// <param name="Old">Null where none was set; of secrets only <c>set</c>.</param>
/// <param name="New">Null where it was taken away; of secrets only <c>set</c> or <c>changed</c>.</param>
sealed record SettingChange(long Id, long Version, DateTimeOffset At, string Actor, string Name, string? Old, string? New);

/// <summary>What <c>settings.json</c> holds.</summary>
sealed record SettingsContent
{
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>Grows with every save.</summary>
    public long Version { get; init; }

    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>Encrypted by <see cref="SecretBox"/>.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>The changes of the last save, so that a kill before they reach the history loses none.</summary>
    public IReadOnlyList<SettingChange> LastChanges { get; init; } = [];
}

/// <summary>The settings made in the dashboard: <c>settings.json</c> in the state folder, written whole, closed to other users of the machine.</summary>
static class SettingsFile
{
    public const string Name = "settings.json";

    const int LargestBytes = 1 << 20;

    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static string PathIn(string stateFolder) => Path.Combine(stateFolder, Name);

    /// <summary>Empty where there is no file.</summary>
    /// <exception cref="UsageException">Damaged, of a newer program, or with a value that breaks its rule; values are not shown.</exception>
    public static SettingsContent Read(string stateFolder)
    {
        var path = PathIn(stateFolder);
        if (!File.Exists(path)) return new SettingsContent();
        if (new FileInfo(path).Length > LargestBytes) throw new UsageException($"{path}: is larger than 1 MB and none of this program's; move it away to begin with the usual settings");
        return Parse(File.ReadAllBytes(path), path);
    }

    /// <param name="place">The file's name in messages.</param>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static SettingsContent Parse(ReadOnlySpan<byte> json, string place)
    {
        SettingsContent content;
        try
        {
            content = JsonSerializer.Deserialize<SettingsContent>(json, Json) ?? throw new JsonException();
        }
        catch (JsonException problem)
        {
            throw new UsageException(FormattableString.Invariant($"{place}: line {problem.LineNumber + 1}, column {problem.BytePositionInLine + 1} cannot be read. Move the file away to begin with the usual settings, then restore a backup under Settings, Backup"));
        }
        if (content.Format > SettingsContent.CurrentFormat) throw new UsageException($"{place}: was written by a newer etrade-bot (format {content.Format}, this one reads up to {SettingsContent.CurrentFormat}): use that one, or move the file away");
        Check(content, place);
        return content;
    }

    public static byte[] Bytes(SettingsContent content) => JsonSerializer.SerializeToUtf8Bytes(content, Json);

    /// <exception cref="IOException">It cannot be written; what was there before is unchanged.</exception>
    public static void Write(string stateFolder, SettingsContent content)
    {
        var bytes = Bytes(content);
        AtomicFile.Write(PathIn(stateFolder), stream =>
        {
            // The file is still empty here: nobody else can have opened it when the settings arrive in it.
            if (!OperatingSystem.IsWindows() && stream is FileStream file) File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            stream.Write(bytes);
        });
    }

    static void Check(SettingsContent content, string place)
    {
        var problems = new List<string>();
        foreach (var (name, value) in content.Values)
        {
            if (SettingDefinitions.Find(name) is not { IsSecret: false } known) problems.Add($"{place}: unknown setting {name}: remove its line{Market.Spelling.DidYouMean(name, SettingDefinitions.All.Select(other => other.Name))}");
            else if (!known.IsValid(value)) problems.Add($"{place}: {name} must be {known.Rule}");
        }
        foreach (var name in content.Secrets.Keys)
            if (SettingDefinitions.Find(name) is not { IsSecret: true }) problems.Add($"{place}: unknown secret {name}: remove its line");
        if (problems.Count > 0) throw new UsageException(string.Join('\n', problems));
    }
}
