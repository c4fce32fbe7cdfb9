using EtradeBot.App.Hosting.Configuration;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace EtradeBot.App.Dashboard.Configuration;

/// <summary>Keeps a reader's draft until it is saved or thrown away.</summary>
public sealed partial class SettingsForm
{
    readonly Dictionary<string, string?> _draft = [];
    readonly Dictionary<string, string> _problems = [];
    IReadOnlyList<SettingDifference>? _review;
    IReadOnlyList<SettingChange> _outdated = [];
    long _basedOn;
    string _note = "", _password = "", _code = "";
    bool _isRefused, _isSaving;

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>Names of the settings, in order.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Names { get; set; } = [];

    /// <summary>What the draft would mean; gets the value of a name, as typed where it was.</summary>
    [Parameter] public RenderFragment<Func<string, string>>? Preview { get; set; }

    [Parameter] public EventCallback OnSaved { get; set; }

    [Inject] SettingsEditor Editor { get; set; } = null!;

    [Inject] EffectiveSettings Settings { get; set; } = null!;

    [Inject] ActorSource Actors { get; set; } = null!;

    IEnumerable<SettingState> States => Names.Select(Settings.StateOf);

    Func<string, string> Lookup => name => _draft.GetValueOrDefault(name) is { } typed && !_problems.ContainsKey(name) ? typed.Length > 0 ? typed : SettingDefinitions.Find(name)!.Default : Settings.Text(name);

    bool NeedsPassword => Editor.AsksForPassword && _review is { } review && review.Any(difference => difference.Loosens);

    protected override void OnInitialized() => _basedOn = Editor.Version;

    void Change(string name, string? value)
    {
        var state = Settings.StateOf(name);
        (_review, _note, _outdated) = (null, "", []);
        _problems.Remove(name);
        if (_draft.Count == 0) _basedOn = Editor.Version;
        var isSame = value is null || (state.Definition.IsSecret ? value.Length == 0 && !state.IsSet : value == (state.Text ?? state.Definition.Default));
        if (isSame) _draft.Remove(name);
        else _draft[name] = value == state.Definition.Default && !state.Definition.IsSecret ? "" : value;
        if (!isSame && value!.Length > 0 && !state.Definition.IsValid(value)) _problems[name] = $"{state.Definition.Label} must be {state.Definition.Rule}.";
    }

    void Look()
    {
        if (_problems.Count > 0)
        {
            Say("Correct the fields marked above first.", isRefused: true);
            return;
        }
        if (_outdated.Count > 0) _basedOn = Editor.Version;
        _outdated = [];
        _review = Editor.Differences(Draft);
        Say(_review.Count == 0 ? "Nothing would change." : "", isRefused: false);
        if (_review.Count == 0) Discard();
    }

    async Task SaveAsync()
    {
        _isSaving = true;
        var problem = await Refusal.OfAsync(async () => Take(await SendAsync(await Actors.CurrentAsync())));
        (_isSaving, _password, _code) = (false, "", "");
        if (problem.Length > 0) Say(problem, isRefused: true);
        else if (_draft.Count == 0) await OnSaved.InvokeAsync();
    }

    /// <summary>What the program keeps for itself, such as that the guide was put away, is nothing to ask a reader about.</summary>
    async Task<SettingsOutcome> SendAsync(Actor actor)
    {
        var outcome = await Editor.SaveAsync(actor, Draft, _password, _code);
        if (outcome is not SettingsOutcome.Outdated outdated || outdated.Since.Any(change => SettingDefinitions.Find(change.Name)?.Section != SettingSection.Hidden)) return outcome;
        _basedOn = Editor.Version;
        return await Editor.SaveAsync(actor, Draft, _password, _code);
    }

    void Take(SettingsOutcome outcome)
    {
        switch (outcome)
        {
            case SettingsOutcome.Saved saved:
                Discard();
                Say($"Saved: {string.Join(", ", saved.Changes.Select(change => SettingDefinitions.Find(change.Name)!.Label))}. It can be undone under History.", isRefused: false);
                break;
            case SettingsOutcome.Outdated outdated:
                (_review, _outdated) = (null, outdated.Since);
                break;
            case SettingsOutcome.Refused refused:
                foreach (var (name, problem) in refused.Problems) _problems[name] = Refusal.Sentence(problem);
                _review = null;
                Say(Refusal.Sentence(string.Join("; ", refused.Problems.Select(problem => problem.Problem))), isRefused: true);
                _problems.Remove("");
                break;
        }
    }

    SettingsDraft Draft => new(_basedOn, new Dictionary<string, string?>(_draft));

    void Drop()
    {
        Discard();
        Say("", isRefused: false);
    }

    void Discard()
    {
        _draft.Clear();
        _problems.Clear();
        (_review, _outdated, _basedOn) = (null, [], Editor.Version);
    }

    /// <summary>Nothing that was typed goes without a word.</summary>
    void Hold(LocationChangingContext leaving)
    {
        if (_draft.Count == 0) return;
        leaving.PreventNavigation();
        if (_review is null) Look();
        if (_draft.Count > 0) Say($"“{Title}” has changes that are not saved: save or discard them, then go on.", isRefused: true);
        StateHasChanged();
    }

    void Say(string note, bool isRefused) => (_note, _isRefused) = (note, isRefused);
}
