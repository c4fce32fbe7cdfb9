using System.Text.Json;
using EtradeBot.App.Settings;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>Every change of a setting: <c>settings-history.jsonl</c> in the state folder, one line each, appended to and never rewritten.</summary>
sealed class SettingsHistory(string stateFolder)
{
    public const string FileName = "settings-history.jsonl";

    string FilePath => Path.Combine(stateFolder, FileName);

    /// <summary>Oldest first. A line that a kill cut short is left out; <see cref="Complete"/> writes it again.</summary>
    public IReadOnlyList<SettingChange> Read()
    {
        if (!File.Exists(FilePath)) return [];
        var changes = new List<SettingChange>();
        foreach (var line in File.ReadLines(FilePath))
            if (Parse(line) is { } change) changes.Add(change);
        return changes;
    }

    /// <summary>Adds what is not there yet.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Complete(IReadOnlyList<SettingChange> changes)
    {
        if (changes.Count == 0) return;
        var last = Read() is [.., var newest] ? newest.Id : 0;
        var missing = changes.Where(change => change.Id > last).ToList();
        if (missing.Count == 0) return;
        using var file = new FileStream(FilePath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        file.Seek(0, SeekOrigin.End);
        if (EndsWithinLine(file)) file.WriteByte((byte)'\n');
        foreach (var change in missing)
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(change));
            file.WriteByte((byte)'\n');
        }
        file.Flush(flushToDisk: true);
    }

    static bool EndsWithinLine(FileStream file)
    {
        if (file.Length == 0) return false;
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }

    static SettingChange? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<SettingChange>(line);
        }
        catch (JsonException)
        {
            // The end of a write that was killed: the settings file still holds these changes.
            return null;
        }
    }
}
