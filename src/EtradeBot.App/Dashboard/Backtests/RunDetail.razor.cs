using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Backtests;
using EtradeBot.App.Hosting.Security;
using Microsoft.AspNetCore.Components;

namespace EtradeBot.App.Dashboard.Backtests;

public sealed partial class RunDetail : IDisposable
{
    RunView? _view;
    PanelState _state = new PanelState.Loading();
    IReadOnlyList<string>? _differences;
    string _refusal = "";

    [Parameter, EditorRequired] public string Id { get; set; } = "";

    [Inject] BacktestDesk Desk { get; set; } = null!;

    [Inject] ActorSource Source { get; set; } = null!;

    [Inject] NavigationManager Address { get; set; } = null!;

    RunEntry? Run => Desk.Find(Id);

    int Ahead => Desk.Runs.Count(other => !other.IsOver && Run is { } run && other.CreatedAt < run.CreatedAt);

    protected override async Task OnInitializedAsync()
    {
        Desk.Changed += Heard;
        await ReadAsync();
    }

    public void Dispose() => Desk.Changed -= Heard;

    async Task ReadAsync()
    {
        if (Run?.State != RunState.Finished) return;
        _state = new PanelState.Loading();
        try
        {
            _view = await Task.Run(() => Desk.View(Id));
            _state = PanelState.Ok;
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            _state = new PanelState.Error(problem.Message);
        }
    }

    void Heard(string id)
    {
        if (id != Id && Run is null or { IsOver: true }) return;
        _ = InvokeAsync(async () =>
        {
            if (_view is null) await ReadAsync();
            StateHasChanged();
        });
    }

    Task CancelAsync() => TryAsync(actor =>
    {
        Desk.Cancel(actor, Id);
        return Task.CompletedTask;
    });

    /// <summary>Runs again at once where nothing differs, else shows what does and asks.</summary>
    Task AskAsync() => TryAsync(async actor =>
    {
        var differences = await Task.Run(() => Desk.Differences(Id));
        if (differences.Count > 0) _differences = differences;
        else await StartAsync(actor);
    });

    Task AgainAsync(RunEntry run) => TryAsync(actor => StartAsync(actor));

    async Task StartAsync(Actor actor)
    {
        if (Run is not { } run) return;
        var again = await Task.Run(() => Desk.Start(actor, run.Form, run.Id));
        Address.NavigateTo($"backtest/{again.Id}");
    }

    async Task TryAsync(Func<Actor, Task> act)
    {
        try
        {
            _refusal = "";
            await act(await Source.CurrentAsync());
        }
        catch (Exception problem) when (problem is FormException or NotAllowedException or IOException or UnauthorizedAccessException)
        {
            _refusal = problem.Message;
        }
    }

    static PanelState.Error Outcome(RunEntry run) => new(run.State == RunState.Cancelled ? "This run was cancelled; nothing was kept of it." : run.Problem, run.Id);
}
