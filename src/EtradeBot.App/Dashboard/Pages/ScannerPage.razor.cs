using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Dashboard.Watch;
using EtradeBot.App.Hosting.Scanning;
using Microsoft.AspNetCore.Components.Routing;

namespace EtradeBot.App.Dashboard.Pages;

/// <summary>What <see cref="PatternScanner"/> found, looked at once a second.</summary>
public sealed partial class ScannerPage
{
    static readonly TimeSpan OldFeed = TimeSpan.FromSeconds(60);

    ScanView _view = new();
    ScanReport _report = new();
    IReadOnlyList<ScanRow> _rows = [];
    ITimer? _second;

    PanelState State
    {
        get
        {
            if (Live.Symbols.Count == 0 && _report.At is not null) return new PanelState.Empty("Nothing is watched yet: add symbols to the watchlist on the Live page.");
            if (_report.Series.Count == 0) return Live.Session.LinkReason is { Length: > 0 } reason ? new PanelState.Empty($"No candles yet. {reason}") : new PanelState.Loading();
            if (_report.Series.All(series => series.Candles == 0)) return new PanelState.Empty(_report.Series[0].Problem);
            var age = Time.GetUtcNow() - Live.Session.LastQuoteReceivedAt;
            return age > OldFeed ? new PanelState.Stale(age.Value, Live.Session.LinkReason) : PanelState.Ok;
        }
    }

    string NothingWords
    {
        get
        {
            var all = _view.OnLast(_report).Count();
            if (all > 0) return $"None of the {Figures.Count(all)} patterns found fits the filters.";
            var candles = _view.Last == 1 ? "closed candle" : $"{_view.Last} closed candles";
            return $"No pattern on the last {candles} of any of the {_report.Series.Count(series => series.Candles > 0)} series: look at more candles, or wait for the next one to close.";
        }
    }

    protected override void OnInitialized()
    {
        Read();
        if (!RendererInfo.IsInteractive) return;
        Address.LocationChanged += OnLocation;
        _second = Time.CreateTimer(_ => _ = InvokeAsync(Look), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void Dispose()
    {
        Address.LocationChanged -= OnLocation;
        _second?.Dispose();
    }

    void Look()
    {
        // The age of an old feed grows without any news.
        if (ReferenceEquals(_report, Scanner.Report) && State is PanelState.Fine) return;
        Read();
        StateHasChanged();
    }

    void Read()
    {
        _view = ScanView.Parse(new Uri(Address.Uri).Query);
        _report = Scanner.Report;
        _rows = _view.Rows(_report);
    }

    void OnLocation(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(() =>
    {
        Read();
        StateHasChanged();
    });

    void Show(ScanView view) => Address.NavigateTo("/scanner" + view, replace: true);

    void Sort(ScanColumn column) => Show(_view with { Sort = column, Reversed = _view.Sort == column && !_view.Reversed });
}
