using System.Reflection;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>The session that the dashboard hosts, without the dashboard.</summary>
sealed class HeadlessSession : IDisposable
{
    readonly string _stateFolder;
    readonly LiveSession _session;
    readonly CandleHistory _history;

    /// <param name="strategies">Folder of strategy files; null: the usual one.</param>
    /// <param name="mayTrade">False: it only reads, and takes no desk up.</param>
    public HeadlessSession(Func<BotSettings> settings, string stateFolder, string? strategies = null, bool mayTrade = true)
    {
        var time = TimeProvider.System;
        _stateFolder = stateFolder;
        _session = new LiveSession(new LiveState(), settings, stateFolder, time)
        {
            History = async (symbol, timeframe, stop) => (await _history!.ReadAsync(symbol, timeframe, stop)).Candles,
            Trade = mayTrade ? (run, stop) => Trading!.RunAsync(run, stop) : null,
        };
        _history = new CandleHistory(_session, stateFolder, time);
        Trading = new TradingHost(new TradingHostParts(stateFolder, _session.State, _session.History, _session.Audit) { Time = time, Version = ProgramVersion, Strategies = strategies ?? "strategies" });
    }

    public static string ProgramVersion { get; } = typeof(HeadlessSession).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public TradingHost Trading { get; }

    public LiveState State => _session.State;

    public Security.AuditLog Audit => _session.Audit;

    /// <summary>Stops entries, over restarts, or lets them go on.</summary>
    /// <exception cref="IOException">It would be forgotten with a restart.</exception>
    public Task EntriesAsync(string by, bool isStop)
    {
        var (kept, desk) = (new Orders.EntryStop(_stateFolder, TimeProvider.System), Trading.Desk);
        if (isStop)
        {
            desk?.StopEntries(by, "by phone");
            kept.Stop(by, "by phone");
        }
        else
        {
            if (desk is { Book.Stop: not null }) desk.ResumeEntries(by);
            kept.Resume(by);
        }
        return Task.CompletedTask;
    }

    /// <summary>Connects, and starts the bot; without a plan the desk alone.</summary>
    /// <param name="plan">Given the watchlist.</param>
    /// <param name="speed">Of the built-in simulator.</param>
    public async Task<BotPlan?> StartAsync(Func<IReadOnlyList<Symbol>, BotPlan?> plan, double speed, CancellationToken stop)
    {
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (Trading.Folder is not null) connected.TrySetResult();
        }

        Trading.Changed += Look;
        await _session.StartAsync(stop).ConfigureAwait(false);
        await connected.Task.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Trading.Changed -= Look;
        if (stop.IsCancellationRequested) return null;
        if (_session.Simulation is { } simulation) simulation.SetSpeed(Actor.Terminal, speed);
        if (plan([.. State.Symbols.Select(facts => facts.Symbol)]) is not { } whole) return null;
        await _session.AddAsync(Actor.Terminal, whole.Symbols).ConfigureAwait(false);
        Trading.StartBot(Actor.Terminal, whole);
        return whole;
    }

    /// <summary>Connects for reading.</summary>
    /// <returns>Null: it could not, and the reason stands among the session's facts.</returns>
    public async Task<BrokerHandle?> ReadAsync(CancellationToken stop)
    {
        await _session.StartAsync(stop).ConfigureAwait(false);
        // Settled: connected, or known not to be.
        await _session.ReconnectAsync().WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _session.Broker;
    }

    public Task StopAsync() => _session.StopAsync(CancellationToken.None);

    public void Dispose()
    {
        _session.Dispose();
        _history.Dispose();
        Trading.Dispose();
    }
}
