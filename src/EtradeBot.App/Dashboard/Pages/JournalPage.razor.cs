using System.Globalization;
using EtradeBot.App.Dashboard.Journal;
using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.Market;
using Microsoft.AspNetCore.Components;

namespace EtradeBot.App.Dashboard.Pages;

/// <summary>What the program's trades came to, as its journal tells it, with a person's notes.</summary>
public sealed partial class JournalPage
{
    const int Page = 100;
    const string MonthName = "month", TradeName = "trade", MonthFormat = "yyyy-MM";

    PanelState _state = new PanelState.Loading();
    TradingPast _past = TradingPast.Nothing;
    IReadOnlyList<JournalTrade> _trades = [];
    IReadOnlyDictionary<string, TradeNote> _notes = new Dictionary<string, TradeNote>();
    IReadOnlyList<RBin> _bins = [];
    IReadOnlyList<TradeGroup> _tags = [];
    TradeStats _stats = TradeStats.Of([]);
    MonthView _month = MonthView.Of(new DateOnly(2000, 1, 1), []);
    JournalTrade? _chosen;
    ITimer? _second;
    string _notesProblem = "";
    int _shown = Page;

    [CascadingParameter] public Appearance Look { get; set; } = new();

    /// <summary>2026-11; that of the last exit where there is none.</summary>
    [SupplyParameterFromQuery(Name = MonthName)] public string? MonthText { get; set; }

    /// <summary>The chosen trade, by the name of its entry.</summary>
    [SupplyParameterFromQuery(Name = TradeName)] public string? TradeText { get; set; }

    string Verdict => _stats.Count == 0 ? "No trade is closed yet." : _stats.IsEnough ? $"{Figures.Count(_stats.Count)} closed trades." : $"Too few trades to judge: {_stats.Count} closed, {TradeStats.Enough} at least are needed before a figure below says more than chance.";

    string Sum
    {
        get
        {
            var open = _trades.Count(trade => !trade.IsClosed);
            var held = open > 0 ? $" {Figures.Count(open)} open." : "";
            if (_stats.Count == 0) return $"{Mode}{held}";
            return $"{Mode} {Figures.Pnl(_stats.Profit)} after fees, {Figures.Percent(_stats.WinRate, 0)} won, {Figures.Pnl(_stats.Mean)} a trade, mean {JournalWords.R(_stats.MeanR)}.{held}";
        }
    }

    string Mode => _past.Folder is { } folder ? $"{folder.Mode.ToString().ToUpperInvariant()} account:" : "";

    PanelState DetailState => _state is PanelState.Loading ? _state : _chosen is null ? new PanelState.Empty("Choose a trade to see its entry and exits, and to keep a note on it.") : PanelState.Ok;

    PanelState GroupState => _state is not PanelState.Fine ? _state : _stats.Count == 0 ? new PanelState.Empty("No trade is closed yet.") : PanelState.Ok;

    PanelState RState => GroupState is not PanelState.Fine ? GroupState : _stats.MeanR is null ? new PanelState.Empty("No closed trade had a planned stop, so nothing says what it risked.") : PanelState.Ok;

    PanelState TagState => GroupState is not PanelState.Fine ? GroupState : _tags.Count == 0 ? new PanelState.Empty("Tag trades to see here what each tag came to.") : PanelState.Ok;

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive) _second = Time.CreateTimer(_ => _ = InvokeAsync(Follow), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    protected override void OnParametersSet()
    {
        if (RendererInfo.IsInteractive) ReadAnew();
    }

    public void Dispose() => _second?.Dispose();

    void Follow()
    {
        var before = (_past, _state);
        Read();
        if (!ReferenceEquals(before._past, _past) || before._state != _state) StateHasChanged();
    }

    void ReadAnew()
    {
        try
        {
            (_notes, _notesProblem) = (Notes.Read(), "");
        }
        catch (IOException problem)
        {
            (_notes, _notesProblem) = (new Dictionary<string, TradeNote>(), problem.Message);
        }
        Read();
        Show();
    }

    void Read()
    {
        try
        {
            var past = Record.Past();
            if (ReferenceEquals(past, _past) && _state is not (PanelState.Loading or PanelState.Error)) return;
            _past = past;
            _trades = [.. TradeFold.Of(past.Entries).Reverse()];
            _state = _trades.Count > 0 ? PanelState.Ok : new PanelState.Empty("No entry has filled yet. Every trade of the bot appears here with its result, from its entry to its last exit.");
        }
        catch (IOException problem)
        {
            (_past, _trades, _state) = (TradingPast.Nothing, [], new PanelState.Error(problem.Message));
        }
        Show();
    }

    void Show()
    {
        _stats = TradeStats.Of(_trades);
        _bins = RBin.Of(_trades);
        _tags = TradeGroup.ByTag(_trades, _notes);
        _month = MonthView.Of(DateOnly.TryParseExact(MonthText, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is > 2000 and < 2100 ? month : LastDay, _trades);
        _chosen = _trades.FirstOrDefault(trade => trade.Entry.Id == TradeText);
    }

    /// <summary>Of the newest exit, or entry; today without any.</summary>
    DateOnly LastDay => MarketCalendar.Nyse.DayOf(_trades.Select(trade => trade.LeftAt ?? trade.EnteredAt).DefaultIfEmpty(Time.GetUtcNow()).Max());

    TradeNote? NoteOf(JournalTrade trade) => _notes.GetValueOrDefault(trade.Entry.Id);

    decimal? SlippageOf(JournalTrade trade) => trade.Slippage(trade.Entry.Limit is null && _past.Folder is { } folder ? Decided.Of(folder, trade.Entry.Id, MarketCalendar.Nyse.DayOf(trade.EnteredAt)) : null);

    void Pick(JournalTrade trade) => Query.Set(TradeName, trade.Entry.Id);

    void Turn(DateOnly month) => Query.Set(MonthName, month.ToString(MonthFormat, CultureInfo.InvariantCulture));
}
