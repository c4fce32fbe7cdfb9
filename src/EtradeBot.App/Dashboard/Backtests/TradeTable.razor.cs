using System.Globalization;
using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Backtests;
using EtradeBot.Market;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace EtradeBot.App.Dashboard.Backtests;

public sealed partial class TradeTable
{
    /// <summary>Pixels: what the style sheet's 2.1rem come to.</summary>
    const float RowHeight = 33.6f;

    static readonly (string Key, string Title, bool IsNumber)[] Columns =
    [
        ("number", "#", true), ("symbol", "Symbol", false), ("side", "Side", false), ("shares", "Shares", true), ("entry", "Entry", false), ("exit", "Exit", false),
        ("pnl", "P&L", true), ("r", "R", true), ("mae", "Worst open", true), ("mfe", "Best open", true), ("held", "Candles", true),
    ];

    TradeBook? _book;
    IReadOnlyList<TradeRow> _shown = [];
    List<TradeLine> _lines = [];
    PanelState _state = new PanelState.Loading();
    ElementReference _list;
    string _kind = "all", _find = "";
    (string Key, bool IsDescending) _order = ("number", false);
    int? _drawnExpanded, _drawnChosen;

    [Parameter, EditorRequired] public string RunId { get; set; } = "";

    [Parameter, EditorRequired] public RunView View { get; set; } = null!;

    [Parameter] public int? Chosen { get; set; }

    [Parameter] public int? Expanded { get; set; }

    [Parameter] public EventCallback<int> OnChoose { get; set; }

    [Parameter] public EventCallback<int> OnExpand { get; set; }

    /// <summary>The numbers of the trades listed, in their order.</summary>
    [Parameter] public EventCallback<IReadOnlyList<int>> OnShown { get; set; }

    [CascadingParameter] public Appearance Look { get; set; } = new();

    [Inject] BacktestDesk Desk { get; set; } = null!;

    [Inject] IJSRuntime Script { get; set; } = null!;

    string Title => _book is null ? "Trades" : _shown.Count == View.Trades ? $"Trades ({Figures.Count(View.Trades)})" : $"Trades ({Figures.Count(_shown.Count)} of {Figures.Count(View.Trades)})";

    bool IsIntraday => Timeframe.TryParse(View.Timeframe, out var timeframe) && timeframe.IsIntraday;

    string Zone => IsIntraday ? "" : "Days are those of New York.";

    string LeftOut => _book is { LeftOut: > 0 } book ? $"The last {Figures.Count(book.LeftOut)} trades are in trades.csv only." : "";

    protected override Task OnInitializedAsync() => ReadAsync();

    protected override void OnParametersSet()
    {
        if (_book is null || Expanded == _drawnExpanded) return;
        _drawnExpanded = Expanded;
        _lines = TradeList.Lines(_shown, _book, Expanded);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Chosen == _drawnChosen || _book is null) return;
        _drawnChosen = Chosen;
        var at = IndexOf(Chosen);
        if (at < 0) return;
        try
        {
            await using var module = await Script.InvokeAsync<IJSObjectReference>("import", "./" + Assets["backtest-chart.js"]);
            await module.InvokeVoidAsync("scrollToRow", _list, at, RowHeight);
        }
        catch (Exception problem) when (PageScript.IsGone(problem))
        {
            // Nobody looks any more.
        }
    }

    async Task ReadAsync()
    {
        _state = new PanelState.Loading();
        try
        {
            _book = await Task.Run(() => Desk.Trades(RunId));
            _state = _book switch
            {
                null => new PanelState.Error("The file trades.json of this run is missing: run it again, or use trades.csv."),
                { Trades.Count: 0 } => new PanelState.Empty("No trade was closed. Orders that never filled are in orders.csv; signals that were turned down are named above. A longer period or other parameters may give some."),
                _ => PanelState.Ok,
            };
            Set(() => { });
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            _state = new PanelState.Error(problem.Message);
        }
    }

    void Set(Action change)
    {
        change();
        if (_book is null) return;
        _shown = TradeList.Of(_book.Trades, _kind, _find, _order);
        _lines = TradeList.Lines(_shown, _book, Expanded);
        _ = OnShown.InvokeAsync([.. _shown.Select(trade => trade.Number)]);
    }

    void Sort(string key) => Set(() => _order = (key, key == _order.Key ? !_order.IsDescending : key is "pnl" or "r"));

    int IndexOf(int? trade)
    {
        for (var i = 0; i < _lines.Count; i++)
            if (_lines[i].IsTrade && _lines[i].Trade.Number == trade) return i;
        return -1;
    }

    string Time(DateTimeOffset at) => IsIntraday ? Figures.Instant(at, Look, "yyyy-MM-dd HH:mm") : Figures.NewYork(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    string? SortWord(string key) => key != _order.Key ? null : _order.IsDescending ? "descending" : "ascending";

    static string Number(double? r) => r is { } value && double.IsFinite(value) ? value.ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−') : Figures.Missing;
}
