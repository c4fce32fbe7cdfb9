using EtradeBot.App.Hosting.Security;
using Microsoft.AspNetCore.Components;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>The reader's own password and second factor.</summary>
public sealed partial class OwnAccountPanel
{
    [Parameter, EditorRequired] public bool HasTotp { get; set; }

    [Parameter] public EventCallback OnChanged { get; set; }

    string _password = "", _code = "", _fresh = "", _again = "", _first = "", _name = "", _problem = "";
    string? _secret;
    IReadOnlyList<string>? _recovery;
    int _codesLeft;

    protected override async Task OnParametersSetAsync() => _problem = await Attempt.OfAsync(async () =>
    {
        var actor = await Actors.CurrentAsync();
        _name = actor.Name;
        _codesLeft = HasTotp ? await Desk.RecoveryCodesLeftAsync(actor) : 0;
    });

    async Task ChangePasswordAsync()
    {
        if (_fresh != _again) _problem = "The two new passwords differ.";
        else await DoAsync(actor => Desk.ChangeOwnPasswordAsync(actor, _fresh, Proof));
    }

    async Task TurnOnAsync()
    {
        await DoAsync(async actor => _recovery = await Desk.TurnTotpOnAsync(actor, _secret!, _first, Proof));
        if (_recovery is not null) _secret = null;
        else if (_problem.Length == 0) _problem = "The code does not fit: look whether the phone's clock is right, and take the newest one.";
    }

    Task TurnOffAsync() => DoAsync(actor => Desk.TurnTotpOffAsync(actor, Proof));

    async Task KeptAsync()
    {
        _recovery = null;
        await OnChanged.InvokeAsync();
    }

    Proof Proof => new(_password, _code);

    async Task DoAsync(Func<Actor, Task> change)
    {
        _problem = await Attempt.OfAsync(async () => await change(await Actors.CurrentAsync()));
        (_password, _code, _fresh, _again, _first) = ("", "", "", "", "");
        if (_recovery is null && _problem.Length == 0) await OnChanged.InvokeAsync();
    }
}
