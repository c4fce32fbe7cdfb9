using EtradeBot.App.Commands;
using EtradeBot.App.Feeds.History;
using EtradeBot.App.Hosting.Configuration;
using EtradeBot.App.Hosting.Security;
using EtradeBot.Market;
using Microsoft.AspNetCore.Components;

namespace EtradeBot.App.Dashboard.Configuration;

/// <summary>Starts, watches and cancels a download.</summary>
public sealed partial class DownloadPanel : IDisposable
{
    static readonly IReadOnlyList<string> Sources = [.. HistorySources.Names.Where(name => name != FilesSource.SourceName)];

    string _source = Sources[0], _symbols = "", _timeframe = Timeframe.D1.ToString(), _problem = "";
    DateOnly? _from, _to;
    bool _wasRunning;

    [Parameter] public EventCallback OnDone { get; set; }

    [Inject] HistoryDownloads Downloads { get; set; } = null!;

    [Inject] ActorSource Actors { get; set; } = null!;

    DownloadProgress? Progress => Downloads.Progress;

    protected override void OnInitialized()
    {
        _wasRunning = Progress is { IsRunning: true };
        if (RendererInfo.IsInteractive) Downloads.Changed += Follow;
    }

    public void Dispose() => Downloads.Changed -= Follow;

    void Follow() => _ = InvokeAsync(async () =>
    {
        var isOver = _wasRunning && Progress is { IsRunning: false };
        _wasRunning = Progress is { IsRunning: true };
        StateHasChanged();
        if (isOver) await OnDone.InvokeAsync();
    });

    async Task StartAsync() => _problem = await Refusal.OfAsync(async () =>
        Downloads.Start(await Actors.CurrentAsync(), new DownloadWish(_source, Symbols(), Timeframe.Parse(_timeframe), _from, _to)));

    async Task CancelAsync() => _problem = await Refusal.OfAsync(async () => Downloads.Cancel(await Actors.CurrentAsync()));

    List<Symbol> Symbols() =>
        [.. _symbols.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(text => Symbol.TryParse(text, out var symbol) ? symbol : throw new UsageException($"'{text}' is not a ticker: use 1 to 24 letters, digits or . - / ^ = _"))];
}
