using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>A line of the difference that is shown before saving.</summary>
/// <param name="Old">In words.</param>
/// <param name="New">In words.</param>
/// <param name="Loosens">Needs the password once more.</param>
public sealed record SettingDifference(SettingDefinition Definition, string Old, string New, bool Loosens);

/// <summary>The only way to change settings: checks who asks, asks for the password where limits loosen, keeps the audit.</summary>
sealed class SettingsEditor(SettingsStore store, EffectiveSettings effective, StepUp stepUp, AuditLog audit)
{
    /// <summary>To be given back with a draft.</summary>
    public long Version => store.Content.Version;

    /// <summary>Whether loosening asks for a password.</summary>
    public bool AsksForPassword => stepUp.AsksForPassword;

    /// <summary>Newest first.</summary>
    /// <exception cref="NotAllowedException">Not an admin.</exception>
    public IReadOnlyList<SettingChange> History(Actor actor)
    {
        actor.Require(Role.Admin);
        return [.. store.History().Reverse()];
    }

    /// <summary>What a draft would change, against the settings in force.</summary>
    public IReadOnlyList<SettingDifference> Differences(SettingsDraft draft)
    {
        var differences = new List<SettingDifference>();
        foreach (var definition in SettingDefinitions.All.Where(definition => draft.Values.ContainsKey(definition.Name)))
        {
            var (state, value) = (effective.StateOf(definition.Name), draft.Values[definition.Name] ?? "");
            var isSame = definition.IsSecret ? value.Length == 0 && !state.IsSet : value == (state.Text ?? "");
            if (isSame) continue;
            var now = definition.IsSecret ? value.Length > 0 ? "a new one" : "removed" : definition.Words(value);
            differences.Add(new SettingDifference(definition, state.Words, now, Loosens(definition, value)));
        }
        return differences;
    }

    /// <param name="password">Looked at only where something loosens.</param>
    /// <param name="code">Of the authenticator, where it is on.</param>
    /// <exception cref="NotAllowedException">Not an admin, or the password is missing or wrong.</exception>
    /// <exception cref="IOException">It cannot be written; nothing has changed.</exception>
    public async Task<SettingsOutcome> SaveAsync(Actor actor, SettingsDraft draft, string password = "", string code = "")
    {
        actor.Require(Role.Admin);
        if (SettingsStore.Problems(draft) is { Count: > 0 } problems) return new SettingsOutcome.Refused(problems);
        var fixedOnes = draft.Values.Keys.Select(effective.StateOf).Where(state => state.IsFixed).Select(state => (state.Definition.Name, $"{state.Definition.Label} is {state.OriginWords}")).ToList();
        if (fixedOnes.Count > 0) return new SettingsOutcome.Refused(fixedOnes);
        if (Differences(draft).Any(difference => difference.Loosens)) await stepUp.RequireAsync(actor, password, code).ConfigureAwait(false);
        var outcome = store.Save(actor.Name, draft, content => Judge(actor, content));
        if (outcome is SettingsOutcome.Saved { Changes: { Count: > 0 } changes }) effective.Follow(changes);
        return outcome;
    }

    /// <summary>The last step before anything is written: what cannot be put into the audit does not happen.</summary>
    string? Judge(Actor actor, SettingsContent content)
    {
        if (effective.Judge(content) is { } objection) return objection;
        foreach (var change in content.LastChanges) audit.Write(actor, "settings.change", $"{change.Name}: {change.Old ?? "default"} -> {change.New ?? "default"}");
        return null;
    }

    /// <summary>Puts the value back that a change replaced; itself a change that can be undone.</summary>
    /// <param name="id">Of the entry in the history.</param>
    /// <inheritdoc cref="SaveAsync" path="/exception"/>
    public Task<SettingsOutcome> UndoAsync(Actor actor, long id, string password = "", string code = "")
    {
        actor.Require(Role.Admin);
        if (UndoOf(id) is not { } draft) return Task.FromResult<SettingsOutcome>(new SettingsOutcome.Refused([("", "a replaced or removed secret is not kept: enter it again instead")]));
        return SaveAsync(actor, draft, password, code);
    }

    /// <summary>The draft that undoes an entry; null where the old value is not kept.</summary>
    public SettingsDraft? UndoOf(long id)
    {
        var change = store.History().FirstOrDefault(entry => entry.Id == id);
        if (change is null || SettingDefinitions.Find(change.Name) is not { } definition || (definition.IsSecret && change.Old is not null)) return null;
        return new SettingsDraft(Version, new Dictionary<string, string?> { [change.Name] = change.Old });
    }

    bool Loosens(SettingDefinition definition, string value)
    {
        if (definition.IsSecret || (value.Length > 0 && !definition.IsValid(value))) return false;
        return definition.Loosens(effective.Text(definition.Name), value.Length > 0 ? value : definition.Default);
    }
}
