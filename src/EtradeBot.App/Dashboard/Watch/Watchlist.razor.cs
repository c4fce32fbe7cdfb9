using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Security;
using EtradeBot.Brokers;
using EtradeBot.Market;
using Microsoft.AspNetCore.Components;

namespace EtradeBot.App.Dashboard.Watch;

public sealed partial class Watchlist : IDisposable
{
    /// <summary>Four drawings a second are what an eye follows.</summary>
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly Dictionary<Symbol, WatchRow> _rows = [];
    readonly Dictionary<Symbol, Func<string, string>> _charts = [];
    IDisposable? _subscription;
    ITimer? _second;
    Symbol? _active, _asked, _dragged, _focus;
    bool _mayEdit, _isImporting, _isProblem;
    string _said = "", _unsure = "";

    [Parameter] public Symbol? Selected { get; set; }

    [Parameter] public EventCallback<Symbol> OnSelect { get; set; }

    [Inject] LiveState Live { get; set; } = null!;

    [Inject] LiveSession Session { get; set; } = null!;

    [Inject] ActorSource Actors { get; set; } = null!;

    [Inject] NavigationManager Address { get; set; } = null!;

    [Inject] TimeProvider Time { get; set; } = null!;

    IReadOnlyList<Symbol> Symbols => [.. Live.Symbols.Select(facts => facts.Symbol)];

    /// <summary>The line that Tab reaches.</summary>
    Symbol? Active => Live.Find(_active ?? Selected ?? default) is { } facts ? facts.Symbol : Live.Symbols is [var first, ..] ? first.Symbol : null;

    PanelState State
    {
        get
        {
            var session = Live.Session;
            if (Live.Symbols.Count == 0 && session.Link == BrokerLink.Connecting) return new PanelState.Loading();
            if (Live.Symbols.Count == 0) return new PanelState.Empty("Nothing is watched yet: type a ticker or a company, or import a list.");
            var isCut = session.Link is BrokerLink.Down or BrokerLink.NeedsLogin or BrokerLink.NotConfigured;
            return isCut && session.LastQuoteReceivedAt is { } last ? new PanelState.Stale(Time.GetUtcNow() - last, session.LinkReason) : PanelState.Ok;
        }
    }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            _mayEdit = (await Actors.CurrentAsync()).May(Role.Trader);
        }
        catch (NotAllowedException problem)
        {
            Say(problem.Message, isProblem: true);
        }
        if (!RendererInfo.IsInteractive) return;
        _subscription = Live.Subscribe(LiveTopics.Watchlist | LiveTopics.Quotes | LiveTopics.Candles | LiveTopics.Session, async _ =>
        {
            await InvokeAsync(StateHasChanged);
            await Task.Delay(Pace, Time);
        });
        _second = Time.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, Second, Second);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } symbol || !_rows.TryGetValue(symbol, out var row) || row is null) return;
        _focus = null;
        await row.FocusAsync();
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _second?.Dispose();
    }

    TimeSpan? AgeOf(SymbolFacts facts) => facts.Quote is { } quote ? Time.GetUtcNow() - quote.ReceivedAt : null;

    /// <summary>The same for each drawing of the line: a new function would draw it anew.</summary>
    Func<string, string> ChartOf(Symbol symbol)
    {
        if (!_charts.TryGetValue(symbol, out var chart))
            _charts[symbol] = chart = timeframe => "/" + Address.ToBaseRelativePath(Address.GetUriWithQueryParameters(new Dictionary<string, object?> { ["symbol"] = symbol.Ticker, ["t"] = timeframe, ["range"] = null }));
        return chart;
    }

    async Task DoAsync(Symbol symbol, WatchDeed deed)
    {
        var symbols = Symbols;
        var index = symbols.ToList().IndexOf(symbol);
        if (index < 0) return;
        switch (deed)
        {
            case WatchDeed.Select:
                _active = symbol;
                await OnSelect.InvokeAsync(symbol);
                break;
            case WatchDeed.GoUp or WatchDeed.GoDown or WatchDeed.GoFirst or WatchDeed.GoLast:
                Go(symbols[deed switch { WatchDeed.GoUp => Math.Max(0, index - 1), WatchDeed.GoDown => Math.Min(symbols.Count - 1, index + 1), WatchDeed.GoFirst => 0, _ => symbols.Count - 1 }]);
                break;
            case WatchDeed.MoveUp or WatchDeed.MoveDown:
                await MoveAsync(symbol, Math.Clamp(index + (deed == WatchDeed.MoveUp ? -1 : 1), 0, symbols.Count - 1));
                break;
            case WatchDeed.AskRemove:
                (_active, _asked) = (symbol, symbol);
                break;
            case WatchDeed.Keep:
                _asked = null;
                Go(symbol);
                break;
            case WatchDeed.Remove:
                await RemoveAsync(symbol, index);
                break;
            case WatchDeed.Drag:
                _dragged = symbol;
                break;
            case WatchDeed.Drop when _dragged is { } dragged:
                _dragged = null;
                await MoveAsync(dragged, index);
                break;
        }
    }

    void Go(Symbol symbol) => (_active, _focus) = (symbol, symbol);

    async Task MoveAsync(Symbol symbol, int index)
    {
        if (await ChangeAsync(actor => Session.MoveAsync(actor, symbol, index), FormattableString.Invariant($"{symbol} is number {index + 1} of {Live.Symbols.Count} now."))) Go(symbol);
    }

    async Task RemoveAsync(Symbol symbol, int index)
    {
        _asked = null;
        if (!await ChangeAsync(actor => Session.RemoveAsync(actor, symbol), $"{symbol} removed.")) return;
        _rows.Remove(symbol);
        _charts.Remove(symbol);
        if (Live.Symbols.Count == 0) return;
        var next = Live.Symbols[Math.Min(index, Live.Symbols.Count - 1)].Symbol;
        Go(next);
        if (symbol == Selected) await OnSelect.InvokeAsync(next);
    }

    /// <summary>A symbol or a text was entered: it is added when the broker knows it, or when it is entered again nevertheless.</summary>
    async Task<bool> EnterAsync(string text)
    {
        if (!Symbol.TryParse(text, out var symbol)) return Refuse($"'{text}' is no symbol: choose one of those found with ↓ and Enter.");
        if (Live.Find(symbol) is not null)
        {
            Say($"{symbol} is on the list already.");
            await OnSelect.InvokeAsync(symbol);
            return true;
        }
        if (_unsure != symbol.Ticker)
        {
            if (await DoubtAsync(symbol) is { Length: > 0 } doubt)
            {
                _unsure = symbol.Ticker;
                return Refuse($"{doubt} Press Enter again to add {symbol} nevertheless.");
            }
        }
        _unsure = "";
        if (!await ChangeAsync(actor => Session.AddAsync(actor, [symbol]), $"{symbol} added.")) return false;
        await OnSelect.InvokeAsync(symbol);
        return true;
    }

    /// <summary>Why it may be no symbol; empty when the broker knows it.</summary>
    async Task<string> DoubtAsync(Symbol symbol)
    {
        try
        {
            var found = await Session.LookupAsync(symbol.Ticker);
            return found.Any(match => string.Equals(match.Symbol, symbol.Ticker, StringComparison.OrdinalIgnoreCase)) ? "" : $"The broker finds no symbol {symbol}.";
        }
        catch (BrokerException problem)
        {
            return $"{symbol} cannot be checked: {problem.Message.TrimEnd('.')}.";
        }
    }

    async Task ImportAsync(IReadOnlyList<Symbol> symbols)
    {
        if (await ChangeAsync(actor => Session.AddAsync(actor, symbols), symbols.Count == 1 ? $"{symbols[0]} added." : $"{symbols.Count} symbols added.")) _isImporting = false;
    }

    async Task<bool> ChangeAsync(Func<Actor, Task> change, string done)
    {
        try
        {
            await change(await Actors.CurrentAsync());
            Say(done);
            return true;
        }
        catch (Exception problem) when (problem is NotAllowedException or InvalidOperationException or IOException or BrokerException)
        {
            return Refuse(problem.Message);
        }
    }

    bool Refuse(string why)
    {
        Say(why, isProblem: true);
        return false;
    }

    void Say(string words, bool isProblem = false)
    {
        (_said, _isProblem) = (words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..], isProblem);
        // What the search field hands over draws the field only.
        StateHasChanged();
    }
}
