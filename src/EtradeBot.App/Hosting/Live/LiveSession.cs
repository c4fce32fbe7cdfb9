using EtradeBot.App.Broker;
using EtradeBot.App.Commands;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Market;
using Microsoft.Extensions.Logging.Abstractions;

namespace EtradeBot.App.Hosting.Live;

/// <summary>A connected broker and the account in use.</summary>
/// <param name="AccountKey">What calls want.</param>
sealed record BrokerHandle(ETradeClient Client, string AccountKey, TradingMode Mode);

/// <summary>Speed of the built-in simulator.</summary>
/// <param name="Speed">Simulated seconds in a second; 0 while paused.</param>
/// <param name="SetSpeed">Takes 0 to 600.</param>
sealed record SimulationControl(Func<double> Speed, Action<Actor, double> SetSpeed);

/// <summary>The running session: connects to the chosen broker (the built-in simulator by default), polls quotes of the watchlist, builds and keeps
/// candles, reads the account, and tells <see cref="LiveState"/>. It runs whether a page is open or not.</summary>
/// <remarks>No failure ends it: each becomes a sentence among the facts, and after a while, longer each time, all begins anew.</remarks>
/// <param name="settings">As they are at the moment; asked at each start and at <see cref="ReconnectAsync"/>.</param>
sealed partial class LiveSession(LiveState state, Func<BotSettings> settings, string stateFolder, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);

    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    readonly Watchlist _watchlist = new(stateFolder);
    readonly SymbolBoard _symbols = new(state, time);
    readonly SessionBoard _session = new(state);
    readonly Lock _gate = new();
    CancellationTokenSource _round = new();
    TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    LiveRun? _run;
    string _feed = "simulator";

    public LiveState State => state;

    /// <summary>Where changes of people are noted.</summary>
    public AuditLog Audit { get; init; } = new(stateFolder, time);

    /// <summary>Whole life of a call to a broker beyond this process, its retries included: so long a silence means that it is down.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets the traces of failures that nobody expected.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>Where longer history comes from, for patterns of long candles; null: only what is built here.</summary>
    public Func<Symbol, Timeframe, CancellationToken, Task<CandleSeries>>? History { get; init; }

    /// <inheritdoc cref="LiveRunTargets.Trade"/>
    public Func<LiveRun, CancellationToken, Task>? Trade { get; init; }

    /// <summary>Null until connected, and while a login is needed.</summary>
    public BrokerHandle? Broker => _run?.Handle;

    /// <summary>The clock of the built-in simulator; null with any other broker.</summary>
    public SimulationControl? Simulation => _run?.Line is EmbeddedSimulator ? new(() => state.Session.Speed, SetSpeed) : null;

    /// <summary>The finished minutes of the built-in market on those days, for any symbol it lists; null with another broker, and where it lists no such symbol.</summary>
    /// <inheritdoc cref="EmbeddedSimulator.Minutes" path="/exception"/>
    public CandleSeries? SimulatedMinutes(Symbol symbol, DateOnly from, DateOnly to) => (_run?.Line as EmbeddedSimulator)?.Minutes(symbol, from, to);

    /// <summary>The candle of this moment; null while nothing has traded in it. For 1w null.</summary>
    public FormingCandle? Forming(Symbol symbol, Timeframe timeframe) => _run?.Feed.Forming(symbol, timeframe);

    /// <summary>Adds to the end of the watchlist; watched ones are left as they are.</summary>
    /// <exception cref="NotAllowedException">Not a trader.</exception>
    /// <exception cref="InvalidOperationException">The list is full, or its file is damaged; the message says so.</exception>
    /// <exception cref="IOException">The list cannot be kept; nothing has changed.</exception>
    public Task AddAsync(Actor actor, IReadOnlyList<Symbol> symbols) =>
        ChangeListAsync(actor, $"add {string.Join(' ', symbols)}", list => [.. list, .. symbols.Distinct().Except(list)]);

    /// <inheritdoc cref="AddAsync" path="/exception"/>
    public Task RemoveAsync(Actor actor, Symbol symbol) => ChangeListAsync(actor, $"remove {symbol}", list => [.. list.Where(one => one != symbol)]);

    /// <param name="index">The new place, from 0; beyond the end: the last.</param>
    /// <inheritdoc cref="AddAsync" path="/exception"/>
    public Task MoveAsync(Actor actor, Symbol symbol, int index) => ChangeListAsync(actor, FormattableString.Invariant($"move {symbol} to {index}"), list =>
    {
        if (!list.Contains(symbol)) return list;
        var others = list.Where(one => one != symbol).ToList();
        others.Insert(Math.Clamp(index, 0, others.Count), symbol);
        return others;
    });

    /// <summary>Symbols and companies that fit a text, as the broker finds them.</summary>
    /// <exception cref="BrokerException">The broker or the way to it failed, or there is no connection.</exception>
    public Task<IReadOnlyList<LookupMatch>> LookupAsync(string text, CancellationToken stop = default) =>
        _run is { } run
            ? run.Line.Market.CallAsync(client => client.LookupAsync(text, stop))
            : throw new BrokerException(BrokerFault.Unreachable, RequestFate.NotSent, state.Session.LinkReason.Length > 0 ? state.Session.LinkReason : "not connected yet: try again in a moment");

    /// <summary>Reads account, positions and orders now instead of at the next turn: after an order. A failure becomes <see cref="AccountFacts.Problem"/>.</summary>
    public Task RefreshAccountAsync() => _run?.Account.RefreshAsync() ?? Task.CompletedTask;

    /// <summary>Starts anew with the settings as they are now: after a login or a change of the broker's settings. Returns when it is known what came of it.</summary>
    public async Task ReconnectAsync()
    {
        Task settled;
        CancellationTokenSource round;
        lock (_gate)
        {
            _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
            (settled, round) = (_settled.Task, _round);
            _round = new();
        }
        await round.CancelAsync().ConfigureAwait(false);
        await settled.ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            CancellationTokenSource round;
            lock (_gate) round = _round;
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, round.Token);
            try
            {
                await ConnectAsync(round, over.Token).ConfigureAwait(false);
                failures = 0;
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                failures = 0;
            }
            catch (Exception problem)
            {
                failures = _session.WasUp ? 1 : failures + 1;
                Explain(problem);
                Settle(round);
                await PauseAsync(failures, over.Token).ConfigureAwait(false);
            }
        }
        Settle(null);
    }

    async Task ConnectAsync(CancellationTokenSource round, CancellationToken stop)
    {
        var now = settings();
        _session.Begin();
        using var line = await OpenAsync(now, stop).ConfigureAwait(false);
        var list = UseFeed(line.Feed);
        _session.Change(facts => facts with { Mode = line.Mode, Broker = line.Broker, Feed = line.Feed });
        var targets = new LiveRunTargets(state, _symbols, _session, time) { History = History, Trade = Trade };
        using var run = await LiveRun.BeginAsync(line, now.AccountId, (stateFolder, _watchlist.Problem, targets), stop).ConfigureAwait(false);
        try
        {
            lock (_gate)
            {
                _run = run;
                // The list may have changed since the run took it over.
                if (_symbols.Symbols is var latest && !latest.SequenceEqual(list)) run.Watch(latest, latest.Except(list));
            }
            run.ReadClock();
            _session.Up();
            Settle(round);
            await run.RunAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate) _run = null;
        }
    }

    async Task<IBrokerLine> OpenAsync(BotSettings now, CancellationToken stop)
    {
        if (now.Environment == "simulator" && now.BaseUrl is null)
        {
            Announce(TradingMode.Simulated, "the built-in simulator", "simulator");
            return await EmbeddedSimulator.OpenAsync(stateFolder, time, stop).ConfigureAwait(false);
        }
        Announce(now.Environment switch { "simulator" => TradingMode.Simulated, "sandbox" => TradingMode.Sandbox, SettingRule.Paper => TradingMode.Paper, _ => TradingMode.Live }, "", now.Environment != SettingRule.Paper ? now.Environment : now.BaseUrl is null ? "production" : "simulator");
        var access = BrokerAccess.Of(now);
        Announce(state.Session.Mode, access.Answers, access.Name);
        BrokerRemedy.RequireSimulator(access);
        var line = new RemoteLine(new ConnectionRequest(now, stateFolder, time) { Patience = Patience });
        if (now.Environment != SettingRule.Paper) return line;
        try
        {
            return await PaperLine.OpenAsync(line, stateFolder, (_watchlist.Of(line.Feed), time), stop).ConfigureAwait(false);
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>Whose market it is stands on every page before the first answer, and whatever comes of it.</summary>
    void Announce(TradingMode mode, string broker, string feed)
    {
        _session.Change(facts => facts with { Mode = mode, Broker = broker, Feed = feed });
        UseFeed(feed);
    }

    IReadOnlyList<Symbol> UseFeed(string feed)
    {
        lock (_gate)
        {
            var list = _watchlist.Of(feed);
            if (feed != _feed || !list.SequenceEqual(_symbols.Symbols)) _symbols.Watch(list, forget: feed != _feed);
            if (feed != _feed) state.SetAccount(new AccountFacts());
            _feed = feed;
            return list;
        }
    }

    void Explain(Exception problem)
    {
        var link = problem switch
        {
            BrokerException failure => SessionBoard.LinkOf(failure) ?? BrokerLink.Down,
            UsageException => BrokerLink.NotConfigured,
            _ => BrokerLink.Down,
        };
        var isExpected = problem is BrokerException or UsageException or IOException or FormatException or CandleDataException or UnauthorizedAccessException;
        if (!isExpected) UnexpectedFailure(Log, problem);
        _session.Lost(link, isExpected ? problem.Message : $"unexpected: {problem.Message} ({problem.GetType().Name}); it is tried again");
    }

    [LoggerMessage(LogLevel.Error, "the session ended unexpectedly and begins anew")]
    static partial void UnexpectedFailure(ILogger log, Exception problem);

    void Settle(CancellationTokenSource? round)
    {
        lock (_gate)
            if (round is null || round == _round) _settled.TrySetResult();
    }

    async Task PauseAsync(int failures, CancellationToken stop)
    {
        var length = ShortestPause * Math.Pow(2, Math.Min(failures - 1, 10));
        await Task.Delay(length < LongestPause ? length : LongestPause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    Task ChangeListAsync(Actor actor, string what, Func<IReadOnlyList<Symbol>, IReadOnlyList<Symbol>> change)
    {
        actor.Require(Role.Trader);
        lock (_gate)
        {
            var before = _symbols.Symbols;
            var after = _watchlist.Change(_feed, change);
            if (after.SequenceEqual(before)) return Task.CompletedTask;
            Audit.Write(actor, "watchlist.change", what);
            _symbols.Watch(after);
            _run?.Watch(after, after.Except(before));
        }
        return Task.CompletedTask;
    }

    void SetSpeed(Actor actor, double speed)
    {
        actor.Require(Role.Trader);
        if (speed is not (>= 0 and <= EmbeddedSimulator.FastestSpeed)) throw new ArgumentOutOfRangeException(nameof(speed), speed, $"the simulator's speed is 0 (paused) to {EmbeddedSimulator.FastestSpeed:0}");
        lock (_gate)
        {
            if (_run is not { Line: EmbeddedSimulator simulator } run) throw new InvalidOperationException("the built-in simulator is not running");
            Audit.Write(actor, "simulator.speed", FormattableString.Invariant($"{speed}"));
            run.SetSpeed(simulator, speed);
        }
    }
}
