using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Backtests;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace EtradeBot.App.Dashboard.Backtests;

public sealed partial class CompareRuns : IAsyncDisposable
{
    const int Fewest = 2;
    const int Most = 6;

    List<RunEntry> _runs = [];
    List<RunView> _views = [];
    IReadOnlyList<ComparedDifference> _differences = [];
    PanelState _state = new PanelState.Loading();
    ElementReference _host;
    IJSObjectReference? _module, _chart;
    bool _isDrawn, _isOver;

    [Parameter, EditorRequired] public IReadOnlyList<string> Ids { get; set; } = [];

    [Inject] BacktestDesk Desk { get; set; } = null!;

    [Inject] IJSRuntime Script { get; set; } = null!;

    protected override Task OnInitializedAsync() => ReadAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isDrawn || _state is not PanelState.Fine) return;
        _isDrawn = true;
        try
        {
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./" + Assets["backtest-chart.js"]);
            _chart = await _module.InvokeAsync<IJSObjectReference>("compare", _host, _runs.Select(run => $"backtest/runs/{run.Id}/{RunChart.FileName}"));
        }
        catch (JSException problem)
        {
            _state = new PanelState.Error($"The chart cannot be drawn: {problem.Message.Split('\n')[0]}");
            StateHasChanged();
        }
        catch (Exception problem) when (PageScript.IsGone(problem))
        {
            // Nobody looks any more.
        }
        // The page may have been left while the script loaded.
        if (_isOver) await PageScript.EndAsync(_chart, _module);
    }

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        await PageScript.EndAsync(_chart, _module);
    }

    async Task ReadAsync()
    {
        _isDrawn = false;
        var ids = Ids.Distinct().ToArray();
        if (ids.Length is < Fewest or > Most)
        {
            _state = new PanelState.Empty($"Choose {Fewest} to {Most} finished runs in the list of runs, then press Compare.");
            return;
        }
        try
        {
            var found = await Task.Run(() => ids.Select(id => (Run: Desk.Find(id), View: RunFolders.IsId(id) ? Desk.View(id) : null, Id: id)).ToArray());
            if (found.FirstOrDefault(one => one.Run is null || one.View is null) is { Id: { } missing })
            {
                _state = new PanelState.Empty($"{missing} cannot be compared: it was deleted, has not finished, or was made on the command line. Choose other runs.");
                return;
            }
            (_runs, _views) = ([.. found.Select(one => one.Run!)], [.. found.Select(one => one.View!)]);
            _differences = RunComparison.Differences(_views, [.. ids.Select(Desk.Folders.Request)]);
            _state = PanelState.Ok;
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            _state = new PanelState.Error(problem.Message);
        }
    }

    static string Letter(int number) => ((char)('A' + number)).ToString();
}
