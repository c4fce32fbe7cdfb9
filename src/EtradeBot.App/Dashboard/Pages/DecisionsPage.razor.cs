using System.Globalization;
using EtradeBot.App.Dashboard.Bots;
using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Bots;
using Microsoft.AspNetCore.Components;

namespace EtradeBot.App.Dashboard.Pages;

/// <summary>Every decision of a day with its reasons, whether a bot runs or not.</summary>
public sealed partial class DecisionsPage
{
    const int Page = 100;
    const string DayName = "day", SymbolName = "symbol", OnlyName = "only", RowName = "row", Stopped = "blocked";

    PanelState _state = new PanelState.Loading();
    IReadOnlyList<DateOnly> _days = [];
    IReadOnlyList<DecisionRow> _all = [];
    IReadOnlyList<NumberedDecision> _rows = [];
    IReadOnlyList<string> _symbols = [];
    DecisionFilter _filter = new("", OnlyStopped: false);
    NumberedDecision? _chosen;
    DateOnly _day;
    ITimer? _second;
    int _shown = Page;

    [CascadingParameter] public Appearance Look { get; set; } = new();

    /// <summary>2026-11-23; the newest where there is none.</summary>
    [SupplyParameterFromQuery(Name = DayName)] public string? DayText { get; set; }

    [SupplyParameterFromQuery(Name = SymbolName)] public string? SymbolText { get; set; }

    [SupplyParameterFromQuery(Name = OnlyName)] public string? OnlyText { get; set; }

    /// <summary>The chosen one, by its place in the day.</summary>
    [SupplyParameterFromQuery(Name = RowName)] public string? RowText { get; set; }

    PanelState DetailState => _state is PanelState.Loading ? _state : _chosen is null ? new PanelState.Empty("Choose a candle to see what was looked at, what was wanted, and what stood against it.") : PanelState.Ok;

    string Found
    {
        get
        {
            if (_rows.Count == 0) return _filter.OnlyStopped ? "No wish was blocked: either nothing was wanted, or it was ordered. Take the filter off to see every candle." : "No decision on this symbol.";
            var stopped = _rows.Count(one => DecisionWords.IsStopped(one.Row));
            return $"{Figures.Count(_rows.Count)} decisions, {Figures.Count(_rows.Count(one => one.Row.Wanted.Length > 0))} with a wish, {Figures.Count(stopped)} of them blocked. {Mode}";
        }
    }

    string Mode => Record.Folder is { } folder ? $"{folder.Mode.ToString().ToUpperInvariant()} account." : "";

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive) _second = Time.CreateTimer(_ => _ = InvokeAsync(Follow), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    protected override void OnParametersSet()
    {
        // Drawn by the server alone it would be read twice.
        if (RendererInfo.IsInteractive) Read();
    }

    public void Dispose() => _second?.Dispose();

    static string DayWord(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    void Follow()
    {
        var (before, all) = (_state, _all);
        Read();
        if (_state != before || !ReferenceEquals(_all, all)) StateHasChanged();
    }

    void Read()
    {
        try
        {
            _days = Record.Days;
            _day = DateOnly.TryParse(DayText, CultureInfo.InvariantCulture, out var asked) && _days.Contains(asked) ? asked : _days.Count > 0 ? _days[0] : default;
            _all = _days.Count > 0 ? Record.Decisions(_day) : [];
            _state = _all.Count > 0 ? PanelState.Ok : new PanelState.Empty("No decision has been made yet. Start a bot on the page Bot, or with 'etrade-bot trade': it decides at the close of every candle, and each decision is kept here with its reasons.");
        }
        catch (IOException problem)
        {
            (_all, _state) = ([], new PanelState.Error($"The decisions cannot be read: {problem.Message}"));
        }
        Sift();
    }

    void Sift()
    {
        _filter = new DecisionFilter(SymbolText ?? "", OnlyText == Stopped);
        _symbols = [.. _all.Select(row => row.Symbol).Append(_filter.Symbol).Where(symbol => symbol.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        _rows = _filter.Of(_all);
        _chosen = int.TryParse(RowText, CultureInfo.InvariantCulture, out var number) && number >= 0 && number < _all.Count ? new NumberedDecision(number, _all[number]) : null;
    }

    void Choose(string name, string? value)
    {
        _shown = Page;
        // Another day's rows have other numbers.
        if (name == DayName) Query.Set(RowName, null, replace: true);
        Query.Set(name, string.IsNullOrEmpty(value) ? null : value);
    }

    void Pick(NumberedDecision one) => Query.Set(RowName, one.Number.ToString(CultureInfo.InvariantCulture));
}
