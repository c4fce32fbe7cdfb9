using EtradeBot.Analysis;
using EtradeBot.App.Feeds.Live;
using EtradeBot.App.Hosting.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace EtradeBot.App.Dashboard.Watch;

public sealed partial class WatchRow
{
    /// <summary>Patterns shown by name; the others are counted.</summary>
    const int Chips = 2;

    /// <summary>From then on a quote's age is told as a warning.</summary>
    static readonly TimeSpan Old = TimeSpan.FromSeconds(15);

    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    ElementReference _row;
    ElementReference _remove;
    bool _wasAsked;
    (SymbolFacts, bool, bool, bool, bool, string, Func<string, string>) _drawn;

    [Parameter, EditorRequired] public SymbolFacts Facts { get; set; } = null!;

    /// <summary>Of the quote; null without one.</summary>
    [Parameter] public TimeSpan? Age { get; set; }

    /// <summary>The chart shows it.</summary>
    [Parameter] public bool IsSelected { get; set; }

    /// <summary>The keyboard is here: the one line that Tab reaches.</summary>
    [Parameter] public bool IsActive { get; set; }

    /// <summary>The reader was asked whether to remove it.</summary>
    [Parameter] public bool IsAsked { get; set; }

    [Parameter] public bool MayEdit { get; set; }

    /// <summary>The page's address with another timeframe and symbol: takes the timeframe.</summary>
    [Parameter, EditorRequired] public Func<string, string> ChartOf { get; set; } = null!;

    [Parameter] public EventCallback<WatchDeed> OnDeed { get; set; }

    double? Change => Facts.Quote is { Last: { } last, PreviousClose: > 0 and var before } ? last / before - 1 : null;

    bool IsOld => Age is null || Age >= Old;

    string AgeWords => Age is null ? "no quote" : Age < Fresh ? "now" : $"{Figures.Age(Age)} old";

    string HealthWord => Facts.Health?.State switch
    {
        null or FeedState.Ok => "",
        FeedState.Starting => "starting",
        FeedState.Stale => "stale",
        FeedState.Delayed => "delayed 15 min",
        FeedState.Closed => "closed",
        FeedState.Down => "down",
        FeedState.NeedsLogin => "login needed",
        _ => "unknown symbol",
    };

    /// <summary>Brings the keyboard here.</summary>
    public ValueTask FocusAsync() => _row.FocusAsync();

    /// <summary>Hundreds of lines are drawn four times a second: those without news are left as they are.</summary>
    protected override bool ShouldRender()
    {
        var now = (Facts, IsSelected, IsActive, IsAsked, MayEdit, AgeWords, ChartOf);
        if (now == _drawn) return false;
        _drawn = now;
        return true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (IsAsked == _wasAsked) return;
        _wasAsked = IsAsked;
        if (IsAsked) await _remove.FocusAsync();
    }

    Task Key(KeyboardEventArgs e) => (e.Key, e.AltKey) switch
    {
        ("ArrowUp", true) when MayEdit => OnDeed.InvokeAsync(WatchDeed.MoveUp),
        ("ArrowDown", true) when MayEdit => OnDeed.InvokeAsync(WatchDeed.MoveDown),
        ("ArrowUp", false) => OnDeed.InvokeAsync(WatchDeed.GoUp),
        ("ArrowDown", false) => OnDeed.InvokeAsync(WatchDeed.GoDown),
        ("Home", _) => OnDeed.InvokeAsync(WatchDeed.GoFirst),
        ("End", _) => OnDeed.InvokeAsync(WatchDeed.GoLast),
        ("Enter", _) => OnDeed.InvokeAsync(WatchDeed.Select),
        ("Delete", _) when MayEdit => OnDeed.InvokeAsync(WatchDeed.AskRemove),
        _ => Task.CompletedTask,
    };

    Task AskedKey(KeyboardEventArgs e) => e.Key == "Escape" ? OnDeed.InvokeAsync(WatchDeed.Keep) : Task.CompletedTask;

    string ChartAddress(PatternHit hit) => ChartOf(hit.Timeframe.ToString());

    static string HitWords(PatternHit hit) => $"{Patterns.Info(hit.Pattern).NameOf(hit.Value)} on the last {hit.Timeframe} candle; open the chart";

    static string Sign(PatternHit hit) => Patterns.Info(hit.Pattern).DirectionOf(hit.Value) switch { > 0 => "▲", < 0 => "▼", _ => "◆" };

    static string Style(PatternHit hit) => Patterns.Info(hit.Pattern).DirectionOf(hit.Value) switch { > 0 => "up", < 0 => "down", _ => "faint" };
}
