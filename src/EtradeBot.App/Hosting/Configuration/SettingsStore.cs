using EtradeBot.App.Settings;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>What is to be changed.</summary>
/// <param name="BasedOn">The version of the settings that the reader saw.</param>
/// <param name="Values">New values by name; null or empty takes the setting back to its default, a secret away.</param>
sealed record SettingsDraft(long BasedOn, IReadOnlyDictionary<string, string?> Values);

/// <summary>What became of a draft.</summary>
abstract record SettingsOutcome
{
    SettingsOutcome()
    {
    }

    /// <param name="Changes">Empty when everything was so already.</param>
    public sealed record Saved(IReadOnlyList<SettingChange> Changes) : SettingsOutcome;

    /// <summary>Nothing was saved.</summary>
    /// <param name="Problems">By setting; the name is empty for one of the whole.</param>
    public sealed record Refused(IReadOnlyList<(string Name, string Problem)> Problems) : SettingsOutcome;

    /// <summary>Nothing was saved: the settings were changed meanwhile.</summary>
    /// <param name="Since">What others changed.</param>
    public sealed record Outdated(IReadOnlyList<SettingChange> Since) : SettingsOutcome;
}

/// <summary>Keeps <c>settings.json</c> with its history. Safe for several threads and for several programs. Knows no persons: see <see cref="SettingsEditor"/>.</summary>
sealed class SettingsStore
{
    readonly Lock _gate = new();
    readonly string _stateFolder;
    readonly TimeProvider _time;
    readonly SecretBox _box;
    readonly SettingsHistory _history;

    /// <exception cref="Commands.UsageException">The file cannot be used.</exception>
    public SettingsStore(string stateFolder, TimeProvider time)
    {
        (_stateFolder, _time) = (stateFolder, time);
        _box = new SecretBox(stateFolder);
        _history = new SettingsHistory(stateFolder);
        Content = SettingsFile.Read(stateFolder);
        _history.Complete(Content.LastChanges);
    }

    /// <summary>As last read or written here.</summary>
    public SettingsContent Content { get; private set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<SettingChange> History()
    {
        lock (_gate) return _history.Read();
    }

    /// <summary>The secret as it is kept; null where none is.</summary>
    public Secret? SecretOf(string name) => Content.Secrets.TryGetValue(name, out var closed) ? _box.Open(name, closed) : null;

    /// <summary>All of the draft or nothing.</summary>
    /// <param name="actor">For the history.</param>
    /// <param name="judge">Has the last word on the whole, directly before it is written; returns what is wrong, or null.</param>
    /// <exception cref="IOException">It cannot be written; nothing has changed.</exception>
    public SettingsOutcome Save(string actor, SettingsDraft draft, Func<SettingsContent, string?> judge)
    {
        lock (_gate)
        {
            Directory.CreateDirectory(_stateFolder);
            using var alone = Alone();
            Content = SettingsFile.Read(_stateFolder);
            if (Problems(draft) is { Count: > 0 } problems) return new SettingsOutcome.Refused(problems);
            if (draft.BasedOn != Content.Version) return new SettingsOutcome.Outdated([.. _history.Read().Where(change => change.Version > draft.BasedOn)]);
            var (content, changes) = Apply(actor, draft);
            if (changes.Count == 0) return new SettingsOutcome.Saved([]);
            if (judge(content) is { } objection) return new SettingsOutcome.Refused([("", objection)]);
            SettingsFile.Write(_stateFolder, content);
            Content = content;
            _history.Complete(changes);
            return new SettingsOutcome.Saved(changes);
        }
    }

    /// <summary>What is wrong with single values.</summary>
    public static IReadOnlyList<(string Name, string Problem)> Problems(SettingsDraft draft)
    {
        var problems = new List<(string, string)>();
        foreach (var (name, value) in draft.Values)
        {
            if (SettingDefinitions.Find(name) is not { } known) problems.Add((name, $"there is no setting {name}"));
            else if (value is { Length: > 0 } && !known.IsValid(value)) problems.Add((name, $"{known.Label} must be {known.Rule}"));
        }
        return problems;
    }

    (SettingsContent Content, IReadOnlyList<SettingChange> Changes) Apply(string actor, SettingsDraft draft)
    {
        var values = new SortedDictionary<string, string>(Content.Values.ToDictionary(), StringComparer.Ordinal);
        var secrets = new SortedDictionary<string, string>(Content.Secrets.ToDictionary(), StringComparer.Ordinal);
        var changes = new List<SettingChange>();
        var id = _history.Read() is [.., var newest] ? newest.Id : 0;
        foreach (var (name, draftValue) in draft.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var isSecret = SettingDefinitions.Find(name)!.IsSecret;
            var value = string.IsNullOrEmpty(draftValue) ? null : draftValue;
            var (old, now) = isSecret ? Put(secrets, name, value) : (values.GetValueOrDefault(name), value);
            if (old == now) continue;
            if (!isSecret && value is null) values.Remove(name);
            else if (!isSecret) values[name] = value!;
            changes.Add(new SettingChange(++id, Content.Version + 1, _time.GetUtcNow(), actor, name, old, now));
        }
        return (new SettingsContent { Version = Content.Version + 1, Values = values, Secrets = secrets, LastChanges = changes }, changes);
    }

    /// <summary>Old and new in the words of the history: a secret itself never stands there.</summary>
    (string? Old, string? New) Put(SortedDictionary<string, string> secrets, string name, string? value)
    {
        var old = secrets.ContainsKey(name) ? "set" : null;
        if (value is null)
        {
            secrets.Remove(name);
            return (old, null);
        }
        secrets[name] = _box.Close(name, new Secret(value));
        return (old, old is null ? "set" : "changed");
    }

    /// <summary>Two programs at once would each save over the other.</summary>
    FileStream Alone()
    {
        var path = Path.Combine(_stateFolder, ".settings.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException problem) when (File.Exists(path))
        {
            throw new IOException("another program is saving settings just now; try again", problem);
        }
    }
}
