using EtradeBot.App.Hosting.Security;
using Microsoft.AspNetCore.Components;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>Who may log in, for admins.</summary>
public sealed partial class UsersPanel
{
    readonly Dictionary<string, string> _resets = [];
    IReadOnlyList<KnownUser> _users = [];
    string _password = "", _code = "", _name = "", _fresh = "", _problem = "";
    Role _role = Role.Viewer;
    int _round;

    [Parameter, EditorRequired] public bool HasTotp { get; set; }

    [Parameter] public EventCallback OnChanged { get; set; }

    Proof Proof => new(_password, _code);

    protected override async Task OnParametersSetAsync() => _problem = await Attempt.OfAsync(async () => _users = Desk.UsersFor(await Actors.CurrentAsync()));

    Task ChangeRoleAsync(KnownUser user, ChangeEventArgs change) =>
        Enum.TryParse<Role>(change.Value?.ToString(), out var role) && role != user.Role ? DoAsync(actor => Desk.SetRoleAsync(actor, user.Name, role, Proof)) : Task.CompletedTask;

    Task ResetAsync(KnownUser user) => DoAsync(actor => Desk.ResetAsync(actor, user.Name, _resets.GetValueOrDefault(user.Id, ""), Proof));

    async Task DoAsync(Func<Actor, Task> change)
    {
        var problem = await Attempt.OfAsync(async () =>
        {
            await change(await Actors.CurrentAsync());
            _users = Desk.UsersFor(await Actors.CurrentAsync());
            (_name, _role) = ("", Role.Viewer);
        });
        (_password, _code, _fresh) = ("", "", "");
        _resets.Clear();
        // A refused choice goes back to what counts.
        _round++;
        await OnChanged.InvokeAsync();
        _problem = problem;
    }
}
