using EtradeBot.Analysis;
using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Configuration;
using EtradeBot.App.Hosting.Live;
using EtradeBot.Market;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace EtradeBot.App.Dashboard.Chart;

/// <summary>Decides what the chart's script shows and hands it what is new, in one small call for each change.</summary>
public sealed partial class CandleChart : IAsyncDisposable
{
    /// <summary>At most ten drawings a second.</summary>
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    static readonly TimeSpan OldFeed = TimeSpan.FromSeconds(15);

    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    ElementReference _root;
    PanelState _state = new PanelState.Loading();
    ChartView _view = new();
    ChartRange? _range;
    ChartScript? _script;
    DotNetObjectReference<CandleChart>? _self;
    IDisposable? _subscription;
    ITimer? _second;
    (Symbol Symbol, Timeframe Timeframe) _shown;
    bool _isBusy, _isDue, _isDrawn, _isOver, _hasFailed;
    TimeSpan? _firstClose;
    string _notice = "";

    [Parameter, EditorRequired] public Symbol Symbol { get; set; }

    [Parameter, EditorRequired] public Timeframe Timeframe { get; set; }

    [Parameter] public EventCallback<Timeframe> OnTimeframe { get; set; }

    [CascadingParameter] public Appearance Look { get; set; } = new();

    [Inject] LiveState Live { get; set; } = null!;

    [Inject] CandleHistory History { get; set; } = null!;

    [Inject] PriceAlerts Alerts { get; set; } = null!;

    [Inject] EffectiveSettings Settings { get; set; } = null!;

    [Inject] TimeProvider Time { get; set; } = null!;

    [Inject] NavigationManager Address { get; set; } = null!;

    [Inject] PageQuery Query { get; set; } = null!;

    [Inject] IJSRuntime Browser { get; set; } = null!;

    /// <summary>Null: New York.</summary>
    string? ZoneName => Look is { Zone: ZoneChoice.Local, LocalZone.Length: > 0 } ? Look.LocalZone : null;

    string ZoneWords => Timeframe.IsIntraday && ZoneName is { } zone ? $"Times of {zone}" : "New York time (ET)";

    string Label => $"{Symbol}, candles of {Timeframe}. Arrow keys go from candle to candle, Enter opens a pattern, a number and Enter changes the timeframe.";

    protected override void OnInitialized()
    {
        var (view, range) = ChartView.FromAddress(Address.Uri);
        (_view, _range) = (view ?? ChartView.Parse(Settings.ChartWords) ?? new(), range);
        _self = DotNetObjectReference.Create(this);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _subscription = Live.Subscribe(LiveTopics.Session | LiveTopics.Quotes | LiveTopics.Candles | LiveTopics.Account, _ => OnNewsAsync());
            Alerts.Changed += Redraw;
            _second = Time.CreateTimer(_ => Redraw(), null, Second, Second);
        }
        if (firstRender || (_shown != (Symbol, Timeframe) && _script is not null) || (_script is null && IsPlaced)) await UpdateAsync();
    }

    /// <summary>The script's place is on the page.</summary>
    bool IsPlaced => _state is PanelState.Fine or PanelState.Stale;

    void Redraw() => _ = InvokeAsync(UpdateAsync);

    async Task OnNewsAsync()
    {
        var start = Time.GetTimestamp();
        await InvokeAsync(UpdateAsync);
        var left = Pace - Time.GetElapsedTime(start);
        if (left > TimeSpan.Zero) await Task.Delay(left, Time);
    }

    /// <summary>Brings state and script up to now; one at a time; what comes meanwhile is looked at afterwards, once.</summary>
    async Task UpdateAsync()
    {
        _isDue = true;
        if (_isBusy) return;
        _isBusy = true;
        try
        {
            while (_isDue && !_isOver && !_hasFailed)
            {
                _isDue = false;
                await BringAsync();
            }
        }
        catch (CandleDataException problem)
        {
            await FailAsync(problem.Message);
        }
        catch (JSException problem)
        {
            await FailAsync($"The chart could not be drawn: {problem.Message.Split('\n')[0]}");
        }
        catch (Exception problem) when (problem is JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            // The page is gone.
            _isOver = true;
        }
        finally
        {
            _isBusy = false;
        }
    }

    async Task BringAsync()
    {
        var (symbol, timeframe) = (Symbol, Timeframe);
        var history = await History.FindAsync(symbol, timeframe);
        if (_isOver) return;
        if (history is not { Candles.Count: > 0 })
        {
            await LeaveAsync();
            _firstClose = History.Forming(symbol, timeframe)?.EndTime - Live.Session.ExchangeNow(Time.GetUtcNow());
            Become(history is null && Live.Session.Link == BrokerLink.Connecting ? new PanelState.Loading() : new PanelState.Empty(WhyEmpty(symbol, timeframe)));
            return;
        }
        if (Become(Age(symbol))) return;
        if (_script is null) await StartAsync(history);
        else if (_shown != (symbol, timeframe)) await SwitchAsync(history, (symbol, timeframe));
        else await _script.AdvanceAsync(history);
        if (_script is null) return;
        await _script.TickAsync(History.Forming(symbol, timeframe), Live, Time.GetUtcNow());
        await _script.LinesAsync([.. ChartLines.Of(Live.Account, symbol, Live.Find(symbol)?.Quote?.Last), .. ChartLines.Of(Alerts.Of(Live.Session.Feed, symbol))]);
    }

    async Task StartAsync(SymbolHistory history)
    {
        var key = (Symbol, Timeframe);
        var script = new ChartScript(Browser, history);
        if (ChartView.FromAddress(Address.Uri).View is null) _view = ChartView.Parse(await script.StoredViewAsync()) ?? _view;
        await script.StartAsync(_root, _self!, new
        {
            symbol = key.Symbol.Ticker,
            timeframe = key.Timeframe.ToString(),
            zone = ZoneName,
            view = ChartScript.Words(_view),
            range = _range is { } range ? new { from = range.From, to = range.To } : null,
            patterns = Patterns.All.Select(info => new { @short = PatternShortNames.Of(info.Pattern), names = new[] { info.NameOf(100), info.NameOf(-100) }, neutral = info.Bias == PatternBias.Neutral }),
        });
        if (_isOver)
        {
            await script.DisposeAsync();
            return;
        }
        (_script, _shown, _isDrawn) = (script, key, true);
        StateHasChanged();
    }

    async Task SwitchAsync(SymbolHistory history, (Symbol Symbol, Timeframe Timeframe) key)
    {
        (_shown, _findings) = (key, null);
        _script!.Begin(history);
        await _script.CallAsync("switch", key.Symbol.Ticker, key.Timeframe.ToString(), ZoneName);
        StateHasChanged();
    }

    string WhyEmpty(Symbol symbol, Timeframe timeframe)
    {
        var why = History.WhyNone(symbol, timeframe);
        return Live.Session.LinkReason.Length > 0 ? $"{why}. {Live.Session.LinkReason}" : why + ".";
    }

    /// <summary>Fine, or how old the newest quote is while the market is open.</summary>
    PanelState Age(Symbol symbol)
    {
        var session = Live.Session;
        if (session.Hours != Feeds.Live.MarketHours.Regular || session.Speed == 0) return PanelState.Ok;
        var age = Time.GetUtcNow() - session.LastQuoteReceivedAt;
        var health = Live.Find(symbol)?.Health;
        if (age is { } old && old > OldFeed) return new PanelState.Stale(TimeSpan.FromSeconds(Math.Floor(old.TotalSeconds)), session.LinkReason);
        return health is { State: Feeds.Live.FeedState.Stale or Feeds.Live.FeedState.Delayed or Feeds.Live.FeedState.Down } ? new PanelState.Stale(health.Age ?? TimeSpan.Zero, health.Reason) : PanelState.Ok;
    }

    /// <returns>True when the script's place comes with the next drawing only.</returns>
    bool Become(PanelState state)
    {
        var hadPlace = IsPlaced;
        if (_state != state || state is PanelState.Empty)
        {
            _state = state;
            StateHasChanged();
        }
        return !hadPlace;
    }

    async Task FailAsync(string cause)
    {
        _hasFailed = true;
        await LeaveAsync();
        Become(new PanelState.Error(cause));
    }

    async Task LeaveAsync()
    {
        var script = _script;
        (_script, _isDrawn, _findings) = (null, false, null);
        if (script is not null) await script.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        _subscription?.Dispose();
        Alerts.Changed -= Redraw;
        if (_second is not null) await _second.DisposeAsync();
        await LeaveAsync();
        _self?.Dispose();
    }
}
