using EtradeBot.App.Hosting.Security;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>A desk over a folder of its own, with real candles, strategies and files.</summary>
sealed class Desk : IDisposable
{
    readonly TemporaryFolder _folder;
    readonly bool _ownsFolder;
    readonly StrategyShelf _strategies;

    public Desk(TemporaryFolder? folder = null)
    {
        _ownsFolder = folder is null;
        _folder = folder ?? new TemporaryFolder();
        Directory.CreateDirectory(_folder["strategies"]);
        var state = _folder["data"];
        _strategies = new(_folder["strategies"], state);
        Service = new(state, _strategies, new CandleCatalog(state), (new AuditLog(state, Time), Time));
    }

    public static Actor Trader { get; } = new("ann", Role.Trader, () => true);

    public static Actor Viewer { get; } = new("vic", Role.Viewer, () => true);

    /// <summary>A year of days of the demo market.</summary>
    public static BacktestForm Form { get; } = BacktestForm.Of([new("symbols", "BASALT"), new("from", "2022-01-03"), new("to", "2023-06-30"), new("p.TrendPeriod", "30")]);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero));

    public BacktestDesk Service { get; }

    public TemporaryFolder Folder => _folder;

    /// <summary>Starts a run and waits for its end.</summary>
    public async Task<RunEntry> RunAsync(BacktestForm form, string? againOf = null)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string? id = null;
        Service.Changed += Heard;
        id = Service.Start(Trader, form, againOf).Id;
        Heard(id);
        await over.Task.WaitAsync(TestContext.Current.CancellationToken);
        Service.Changed -= Heard;
        return Service.Find(id)!;

        void Heard(string changed)
        {
            if (id is not null && Service.Find(id)?.IsOver == true) over.TrySetResult();
        }
    }

    public void Dispose()
    {
        Service.Dispose();
        _strategies.Dispose();
        if (_ownsFolder) _folder.Dispose();
    }
}
