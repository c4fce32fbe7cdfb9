using System.Globalization;
using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Backtests;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace EtradeBot.App.Dashboard.Backtests;

public sealed partial class EquityChart : IAsyncDisposable
{
    ElementReference _host;
    IJSObjectReference? _module, _chart;
    DotNetObjectReference<EquityChart>? _self;
    PanelState _state = PanelState.Ok;
    int? _drawn;
    int _symbol;
    bool _isOver;

    [Parameter, EditorRequired] public string RunId { get; set; } = "";

    [Parameter, EditorRequired] public RunView View { get; set; } = null!;

    [Parameter] public int? Chosen { get; set; }

    [Parameter] public EventCallback<int> OnChoose { get; set; }

    /// <summary>+1: the next trade, -1: the one before.</summary>
    [Parameter] public EventCallback<int> OnStep { get; set; }

    [Parameter] public EventCallback OnExpand { get; set; }

    [Inject] IJSRuntime Script { get; set; } = null!;

    /// <summary>A trade was clicked on the chart.</summary>
    [JSInvokable]
    public Task Choose(int trade) => InvokeAsync(() =>
    {
        _drawn = trade;
        return OnChoose.InvokeAsync(trade);
    });

    [JSInvokable]
    public Task Step(int by) => InvokeAsync(() => OnStep.InvokeAsync(by));

    [JSInvokable]
    public Task Expand() => InvokeAsync(() => OnExpand.InvokeAsync());

    /// <summary>The script went over to the symbol of a trade.</summary>
    [JSInvokable]
    public Task Shown(int symbol) => InvokeAsync(() =>
    {
        _symbol = symbol;
        StateHasChanged();
    });

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await OpenAsync();
        if (Chosen is not { } chosen || chosen == _drawn) return;
        _drawn = chosen;
        await CallAsync("choose", chosen);
    }

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        await PageScript.EndAsync(_chart, _module);
        _self?.Dispose();
    }

    async Task OpenAsync()
    {
        if (_state is not PanelState.Fine)
        {
            // The place to draw into exists in the good state only.
            _state = PanelState.Ok;
            StateHasChanged();
            await Task.Yield();
        }
        try
        {
            _self ??= DotNetObjectReference.Create(this);
            _module ??= await Script.InvokeAsync<IJSObjectReference>("import", "./" + Assets["backtest-chart.js"]);
            _chart = await _module.InvokeAsync<IJSObjectReference>("open", _host, $"backtest/runs/{RunId}/{RunChart.FileName}", _self);
        }
        catch (JSException problem)
        {
            _state = new PanelState.Error($"The chart cannot be drawn: {problem.Message.Split('\n')[0]}", RunId);
            StateHasChanged();
        }
        catch (Exception problem) when (PageScript.IsGone(problem))
        {
            // Nobody looks any more.
        }
        // The page may have been left while the script loaded.
        if (_isOver) await PageScript.EndAsync(_chart, _module);
    }

    async Task CallAsync(string function, params object[] values)
    {
        try
        {
            if (_chart is not null) await _chart.InvokeVoidAsync(function, values);
        }
        catch (Exception problem) when (PageScript.IsGone(problem))
        {
            // Nobody looks any more.
        }
    }

    async Task ShowAsync(ChangeEventArgs change)
    {
        _symbol = int.Parse(change.Value?.ToString() ?? "0", CultureInfo.InvariantCulture);
        await CallAsync("show", _symbol);
    }

    Task WholeAsync() => CallAsync("whole");
}
