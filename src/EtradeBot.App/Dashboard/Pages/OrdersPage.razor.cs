using EtradeBot.App.Dashboard.Lives;
using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;
using Microsoft.AspNetCore.Components;

namespace EtradeBot.App.Dashboard.Pages;

/// <summary>Every order of the program and its life, as the journal tells it.</summary>
public sealed partial class OrdersPage
{
    const int Page = 100;
    const string KindName = "show", SymbolName = "symbol", OrderName = "order", AllWord = "all";

    PanelState _state = new PanelState.Loading();
    TradingPast _past = TradingPast.Nothing;
    IReadOnlyList<OrderLife> _rows = [];
    IReadOnlyList<string> _symbols = [];
    IReadOnlyList<BrokerOrder> _foreign = [];
    LifeFilter _filter = new(LifeKind.All, "");
    OrderLife? _chosen;
    ITimer? _second;
    int _shown = Page, _unknown;

    [CascadingParameter] public Appearance Look { get; set; } = new();

    [SupplyParameterFromQuery(Name = KindName)] public string? KindText { get; set; }

    [SupplyParameterFromQuery(Name = SymbolName)] public string? SymbolText { get; set; }

    /// <summary>The chosen one.</summary>
    [SupplyParameterFromQuery(Name = OrderName)] public string? OrderText { get; set; }

    PanelState DetailState => _state is PanelState.Loading ? _state : _chosen is null ? new PanelState.Empty("Choose an order to see its life: wish, preview, sending, answer, fills, end.") : PanelState.Ok;

    PanelState ForeignState
    {
        get
        {
            if (_state is PanelState.Loading) return _state;
            if (Trading.Desk?.Trader.Look is null) return new PanelState.Empty($"The broker is not asked at present{(Trading.Problem.Length > 0 ? $": {Trading.Problem.TrimEnd('.')}" : "")}.");
            return _foreign.Count == 0 ? new PanelState.Empty("None: every order the broker lists is this program's.") : PanelState.Ok;
        }
    }

    string Found => $"{Figures.Count(_rows.Count)} of {Figures.Count(_past.Orders.Count)} orders. {_past.Folder?.Mode.ToString().ToUpperInvariant()} account.";

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive) _second = Time.CreateTimer(_ => _ = InvokeAsync(Follow), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    protected override void OnParametersSet()
    {
        if (RendererInfo.IsInteractive) Read();
    }

    public void Dispose() => _second?.Dispose();

    static string Terms(OrderIntent intent) => intent.ToString().Replace($" {intent.Symbol} ", " ", StringComparison.Ordinal);

    void Follow()
    {
        var (state, past, foreign) = (_state, _past, _foreign.Count);
        Read();
        if (_state != state || !ReferenceEquals(past, _past) || foreign != _foreign.Count) StateHasChanged();
    }

    void Read()
    {
        try
        {
            _past = Record.Past();
            _state = _past.Orders.Count > 0 ? PanelState.Ok : new PanelState.Empty("This program has not ordered anything yet. Every order of the bot appears here with its whole life, from the wish to the last fill.");
        }
        catch (IOException problem)
        {
            (_past, _state) = (TradingPast.Nothing, new PanelState.Error(problem.Message));
        }
        _foreign = [.. (Trading.Desk?.Trader.Look?.Foreign ?? []).OrderByDescending(order => order.PlacedAt)];
        _filter = new LifeFilter(Enum.TryParse<LifeKind>(KindText, ignoreCase: true, out var kind) ? kind : LifeKind.All, SymbolText ?? "");
        _symbols = [.. _past.Orders.Select(order => order.Intent.Symbol.Ticker).Append(_filter.Symbol).Where(symbol => symbol.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        _rows = _filter.Of(_past.Orders);
        _unknown = _past.Orders.Count(order => order.State == OrderState.Unknown);
        _chosen = _past.Orders.FirstOrDefault(order => order.Id == OrderText);
    }

    void Choose(string name, string? value, string none)
    {
        _shown = Page;
        Query.Set(name, string.IsNullOrEmpty(value) || value == none ? null : value);
    }

    void Pick(string id) => Query.Set(OrderName, id);
}
