using System.Globalization;
using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Backtests;
using EtradeBot.Backtests;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace EtradeBot.App.Dashboard.Backtests;

public sealed partial class RunPlots : IAsyncDisposable
{
    static readonly string[] MonthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    static readonly PanelState NoTrade = new PanelState.Empty("No trade was closed, so there is nothing to draw. A longer period or other parameters may give some.");

    ElementReference _months, _results, _excursions, _exposure;
    IJSObjectReference? _module;
    DotNetObjectReference<RunPlots>? _self;
    string _problem = "";
    bool _isOver;

    [Parameter, EditorRequired] public RunView View { get; set; } = null!;

    [Parameter] public EventCallback<int> OnChoose { get; set; }

    [Inject] IJSRuntime Script { get; set; } = null!;

    /// <summary>A point of the scatter was clicked.</summary>
    [JSInvokable]
    public Task Choose(int trade) => InvokeAsync(() => OnChoose.InvokeAsync(trade));

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./" + Assets["backtest-plots.js"]);
            await _module.InvokeVoidAsync("load", "_content/Plotly.Blazor/plotly-3.7.0.min.js");
            await DrawAsync(_module);
        }
        catch (JSException problem)
        {
            _problem = $"The statistical charts cannot be drawn: {problem.Message.Split('\n')[0]}.";
            StateHasChanged();
        }
        catch (Exception problem) when (PageScript.IsGone(problem))
        {
            // Nobody looks any more.
        }
        // The page may have been left while the script loaded.
        if (_isOver) await PageScript.EndAsync(_module, _module);
    }

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        await PageScript.EndAsync(_module, _module);
        _self?.Dispose();
    }

    async Task DrawAsync(IJSObjectReference module)
    {
        if (View.Months.Count > 0)
        {
            var years = View.Months.GroupBy(month => month.Year).ToArray();
            await module.InvokeVoidAsync("months", _months, years.Select(year => year.Key.ToString(CultureInfo.InvariantCulture)), years.Select(year => Enumerable.Range(1, 12).Select(month => Finite(ReturnOf(year, month)))));
        }
        if (View.Results is { } results) await module.InvokeVoidAsync("results", _results, new { results.First, results.Width, results.Counts, results.Unit, results.Mean });
        if (View.Excursions.Count > 0)
            await module.InvokeVoidAsync("excursions", _excursions, new { Trade = View.Excursions.Select(point => point.Trade), Mae = View.Excursions.Select(point => point.Mae), Mfe = View.Excursions.Select(point => point.Mfe), Result = View.Excursions.Select(point => point.Result) }, _self);
        if (View.Exposure.Count > 0) await module.InvokeVoidAsync("exposure", _exposure, View.Exposure.Select(point => point.Day), View.Exposure.Select(point => Finite(point.Fraction)));
    }

    static double? Finite(double value) => double.IsFinite(value) ? value : null;

    static double ReturnOf(IEnumerable<MonthReturn> year, int month)
    {
        foreach (var found in year)
            if (found.Month == month) return found.Return;
        return double.NaN;
    }

    static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture).Replace('-', '−');
}
