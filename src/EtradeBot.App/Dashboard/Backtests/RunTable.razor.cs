using System.Globalization;
using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Backtests;
using EtradeBot.App.Hosting.Security;
using Microsoft.AspNetCore.Components;

namespace EtradeBot.App.Dashboard.Backtests;

public sealed partial class RunTable : IDisposable
{
    const int MostCompared = 6;

    static readonly RunColumn[] Columns =
    [
        new("Symbols", false, run => run.SymbolNames),
        new("Strategy", false, run => run.Strategy),
        new("Timeframe", false, run => Market.Timeframe.TryParse(run.Timeframe, out var timeframe) ? timeframe.Minutes : 0),
        new("State", false, run => run.State),
        new("Return", true, run => Sortable(run.Figures?.TotalReturn)),
        new("Buy and hold", true, run => Sortable(run.Figures?.BenchmarkReturn)),
        new("Sharpe", true, run => Sortable(run.Figures?.Sharpe)),
        new("Drawdown", true, run => Sortable(run.Figures?.MaxDrawdown)),
        new("Trades", true, run => run.Figures?.RoundTrips ?? -1),
        new("Started", false, run => run.CreatedAt),
    ];

    readonly List<string> _chosen = [];
    RunColumn _column = Columns[^1];
    bool _isDescending = true;
    string _find = "", _refusal = "";
    string? _deleting;
    IReadOnlyList<RunEntry>? _runs;
    PanelState? _problem;

    sealed record RunColumn(string Title, bool IsNumber, Func<RunEntry, IComparable> Key);

    [Inject] BacktestDesk Desk { get; set; } = null!;

    [Inject] ActorSource Source { get; set; } = null!;

    [CascadingParameter] public Appearance Look { get; set; } = new();

    PanelState State => _problem ?? (_runs switch
    {
        null => new PanelState.Loading(),
        { Count: 0 } => new PanelState.Empty("No backtest has run yet. Press Run above: the form is filled in with something that works."),
        _ => PanelState.Ok,
    });

    IEnumerable<RunEntry> Shown
    {
        get
        {
            var found = (_runs ?? []).Where(Fits);
            return _isDescending ? found.OrderByDescending(_column.Key) : found.OrderBy(_column.Key);
        }
    }

    protected override async Task OnInitializedAsync()
    {
        Desk.Changed += Heard;
        await ReadAsync();
    }

    public void Dispose() => Desk.Changed -= Heard;

    async Task ReadAsync()
    {
        try
        {
            _runs = await Task.Run(() => Desk.Runs);
            _problem = null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _problem = new PanelState.Error(problem.Message);
        }
    }

    void Heard(string id) => _ = InvokeAsync(() =>
    {
        _runs = Desk.Runs;
        StateHasChanged();
    });

    bool Fits(RunEntry run) => _find.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .All(word => $"{run.SymbolNames} {run.Strategy} {run.Timeframe} {StateWord(run)} {run.Id}".Contains(word, StringComparison.OrdinalIgnoreCase));

    void Sort(RunColumn column) => (_isDescending, _column) = (column == _column ? !_isDescending : column.IsNumber, column);

    void Choose(string id)
    {
        if (!_chosen.Remove(id) && _chosen.Count < MostCompared) _chosen.Add(id);
    }

    Task CancelAsync(string id) => TryAsync(actor => Desk.Cancel(actor, id));

    Task DeleteAsync(string id)
    {
        _deleting = null;
        _chosen.Remove(id);
        return TryAsync(actor => Desk.Delete(actor, id));
    }

    async Task TryAsync(Action<Actor> act)
    {
        try
        {
            act(await Source.CurrentAsync());
            _refusal = "";
        }
        catch (Exception problem) when (problem is FormException or NotAllowedException or IOException or UnauthorizedAccessException)
        {
            _refusal = problem.Message;
        }
    }

    string? SortWord(RunColumn column) => column != _column ? null : _isDescending ? "descending" : "ascending";

    static string StateWord(RunEntry run) => run.State switch
    {
        RunState.Running when run.Progress is { } progress => $"running, {Figures.Percent(progress.Done, 0)}",
        var state => state.ToString().ToLowerInvariant(),
    };

    static double? Finite(double? value) => value is { } number && double.IsFinite(number) && Math.Abs(number) < 1e20 ? number : null;

    static double Sortable(double? value) => Finite(value) ?? double.NegativeInfinity;

    static string Number(double? value) => Finite(value) is { } number ? number.ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−') : Figures.Missing;
}
