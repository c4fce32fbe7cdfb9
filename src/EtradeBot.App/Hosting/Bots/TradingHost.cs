using System.Security.Cryptography;
using System.Text;
using EtradeBot.App.Hosting.Backtests;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Security;
using EtradeBot.Brokers;
using EtradeBot.Execution.Bots;
using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Sessions;
using EtradeBot.Market;
using EtradeBot.Strategies;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>What the trading host works with.</summary>
/// <param name="Candles">Closed candles of a symbol, for warming strategies up.</param>
sealed record TradingHostParts(string StateFolder, LiveState Live, Func<Symbol, Timeframe, CancellationToken, Task<CandleSeries>> Candles, AuditLog Audit)
{
    public required TimeProvider Time { get; init; }

    public string Version { get; init; } = "";

    /// <summary>Of real money; null where somebody has agreed already.</summary>
    public LiveLock? Lock { get; init; }

    /// <summary>Folder of the user's strategy files.</summary>
    public string Strategies { get; init; } = "strategies";
}

/// <summary>Trades on the session's connection: opens the desk of its mode and account while there is one, keeps it beating, and runs the bot on it.</summary>
/// <remarks>One process trades from a folder; another that opens it sees <see cref="Problem"/>, and reads. Safe for several threads.</remarks>
sealed class TradingHost(TradingHostParts parts) : IDisposable
{
    /// <summary>Between two attempts to open the desk.</summary>
    static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    const string IdLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
    const int IdLength = 16;

    readonly Lock _gate = new();
    readonly StrategyShelf _strategies = new(parts.Strategies, parts.StateFolder);
    BotPlan? _wanted;
    BotHost? _bot;
    TradingDesk? _desk;
    DecisionLog? _log;
    string _logProblem = "";

    public LimitsStore Limits { get; } = new(parts.StateFolder, parts.Time);

    /// <summary>Null while there is no connection, or another process trades.</summary>
    public TradingDesk? Desk => _desk;

    public TradingFolder? Folder { get; private set; }

    /// <summary>Why there is no desk, with the remedy; empty when there is one.</summary>
    public string Problem { get; private set; } = "not connected yet";

    /// <summary>The bot that runs, or was asked for and waits for a connection; null: none.</summary>
    public BotHost? Bot => _bot;

    public BotPlan? Plan => _wanted;

    /// <summary>When a minute last closed, as a timestamp of this machine; 0 before the first.</summary>
    public long LastClosed { get; private set; }

    /// <summary>Why the bot does not run though it should; empty when it does, or should not.</summary>
    public string BotProblem { get; private set; } = "";

    /// <summary>Desk, bot or what they show has changed. Called on any thread.</summary>
    public event Action? Changed;

    /// <summary>A step of the bot is over.</summary>
    public event Action<BotStep>? Stepped;

    /// <summary>What became of a wish.</summary>
    public event Action<Execution.Orders.OrderIntent, SendOutcome>? Sent;

    /// <summary>Sentences for the owner.</summary>
    public event Action<string>? News;

    public static string NewId() => RandomNumberGenerator.GetString(IdLetters, IdLength);

    /// <summary>From now on, over reconnections, until <see cref="StopBot"/> or the end of the program.</summary>
    /// <exception cref="NotAllowedException">Not a trader, or real money is locked.</exception>
    /// <exception cref="StrategyException">The strategy or a parameter is not known, or does not compile.</exception>
    public void StartBot(Actor actor, BotPlan plan)
    {
        actor.Require(Role.Trader);
        RequireUnlocked(Folder?.Mode);
        _ = _strategies.Read().Catalog.Get(plan.Strategy).Create(plan.Values);
        parts.Audit.Write(actor, "bot.start", plan.Words);
        lock (_gate) (_wanted, _bot, BotProblem) = (plan, null, "");
        _desk?.Wake();
        Changed?.Invoke();
    }

    /// <exception cref="NotAllowedException">It is real money, and locked.</exception>
    internal void RequireUnlocked(TradingMode? mode)
    {
        if (parts.Lock?.Forbids(mode) is { Length: > 0 } locked) throw new NotAllowedException(locked);
    }

    /// <summary>Its positions and orders stay, protected.</summary>
    /// <exception cref="NotAllowedException">Not a trader.</exception>
    public void StopBot(Actor actor)
    {
        actor.Require(Role.Trader);
        parts.Audit.Write(actor, "bot.stop", _wanted?.Words ?? "");
        lock (_gate) (_wanted, _bot, BotProblem) = (null, null, "");
        Changed?.Invoke();
    }

    /// <summary>Trades over one connection until it ends. What forbids trading is told, and tried again until it does not any more.</summary>
    public async Task RunAsync(LiveRun run, CancellationToken stop)
    {
        Folder = TradingFolder.Of(parts.StateFolder, run.Handle.Mode, Print(run.Handle));
        while (!stop.IsCancellationRequested)
        {
            await TradeAsync(run, Folder, stop).ConfigureAwait(false);
            Changed?.Invoke();
            await Task.Delay(Again, parts.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        stop.ThrowIfCancellationRequested();
    }

    /// <summary>Returns at once where it cannot be traded.</summary>
    async Task TradeAsync(LiveRun run, TradingFolder folder, CancellationToken stop)
    {
        using var door = DeskDoor.Open(run, folder, parts, () => Limits.Current);
        Problem = door.Problem;
        if (door.Desk is not { } desk) return;
        _log = new DecisionLog(folder);
        using var kept = new QuoteLog(folder, parts.Time);
        run.Feed.Quoted += Seen;
        desk.Beaten += Beaten;
        desk.Trader.Sent += Tell;
        try
        {
            _desk = desk;
            Changed?.Invoke();
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            // A thread of its own: a candle does not wait for one of the pool's.
            Task[] both = [desk.RunAsync(over.Token), Task.Factory.StartNew(() => Step(run, desk, over.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)];
            // Neither goes on without the other: what ends one begins the connection anew.
            await Task.WhenAny(both).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(both).ConfigureAwait(false);
        }
        finally
        {
            run.Feed.Quoted -= Seen;
            desk.Beaten -= Beaten;
            desk.Trader.Sent -= Tell;
            (_desk, _bot, Problem) = (null, null, "the connection has ended");
        }

        void Seen(IReadOnlyCollection<Quote> quotes)
        {
            // Age is told by the clock of the market, which a simulated one has for itself.
            var ahead = run.Feed.ExchangeNow - run.Line.Time.GetUtcNow();
            var seen = quotes.Select(quote => quote with { ReceivedAt = quote.ReceivedAt + ahead }).ToList();
            foreach (var quote in seen) desk.Saw(quote);
            if (kept.Add(seen) is { Length: > 0 } words) News?.Invoke(words);
        }
    }

    public void Dispose() => _strategies.Dispose();

    /// <summary>Tells accounts apart in files without naming them.</summary>
    public static string Print(BrokerHandle handle) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{handle.Mode}/{handle.AccountKey}")))[..8];

    void Beaten()
    {
        while (_desk?.Trader.News.TryDequeue(out var news) == true) News?.Invoke(news);
        Changed?.Invoke();
    }

    void Tell(Execution.Orders.OrderIntent intent, SendOutcome outcome)
    {
        _log?.Add(intent, outcome);
        Sent?.Invoke(intent, outcome);
    }

    /// <summary>The bot's own loop: beside the beats, so that a slow strategy holds no stop up.</summary>
    void Step(LiveRun run, TradingDesk desk, CancellationToken stop)
    {
        using var minutes = new SemaphoreSlim(0);
        var closed = new System.Collections.Concurrent.ConcurrentQueue<LiveCandle>();
        void Closed(IReadOnlyList<LiveCandle> candles)
        {
            foreach (var candle in candles) closed.Enqueue(candle);
            LastClosed = parts.Time.GetTimestamp();
            minutes.Release();
        }

        run.Feed.Closed += Closed;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                minutes.Wait(TimeSpan.FromSeconds(1), stop);
                if (BotAsync(run, desk, stop).GetAwaiter().GetResult() is { } bot) WorkGuarded(bot, closed, run.Feed.ExchangeNow);
                else closed.Clear();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        finally
        {
            run.Feed.Closed -= Closed;
        }
    }

    /// <summary>A bot that fails is stopped and says so; what it holds stays protected, because the desk goes on.</summary>
    void WorkGuarded(BotHost bot, System.Collections.Concurrent.ConcurrentQueue<LiveCandle> closed, DateTimeOffset now)
    {
        try
        {
            Work(bot, closed, now);
        }
        catch (Exception problem) when (problem is CandleDataException or InvalidOperationException or ArgumentException or IOException or StrategyException or StrategyFailedException)
        {
            lock (_gate) (_wanted, _bot, BotProblem) = (null, null, problem.Message);
            News?.Invoke($"the bot has failed and is stopped, what it holds stays protected: {problem.Message}");
            Changed?.Invoke();
        }
    }

    void Work(BotHost bot, System.Collections.Concurrent.ConcurrentQueue<LiveCandle> closed, DateTimeOffset now)
    {
        while (closed.TryDequeue(out var minute)) bot.See(minute);
        if (bot.Refresh() is { Length: > 0 } words) News?.Invoke(words);
        foreach (var step in bot.Advance(now)) Stepped?.Invoke(step);
        foreach (var news in bot.TakeNews()) News?.Invoke(news);
        if (_log is not { } log || log.Problem == _logProblem) return;
        _logProblem = log.Problem;
        if (_logProblem.Length > 0) News?.Invoke(_logProblem);
    }

    /// <summary>The bot that is wanted, made when it is not there yet.</summary>
    async Task<BotHost?> BotAsync(LiveRun run, TradingDesk desk, CancellationToken stop)
    {
        BotPlan? plan;
        lock (_gate)
        {
            if (_wanted is null || _bot is not null) return _bot;
            plan = _wanted;
        }
        if (desk.Trader.Look is null || desk.Account.Equity is null) return null;
        try
        {
            var log = _log!;
            var bot = await BotHost.BeginAsync(plan, new BotHostParts(desk, run.Feed, _strategies, parts.Candles, Folder!) { Version = parts.Version }, stop).ConfigureAwait(false);
            lock (_gate)
            {
                if (!ReferenceEquals(plan, _wanted)) return null;
                (_bot, BotProblem) = (bot, "");
            }
            // Before the wishes are carried out: what becomes of them is written behind.
            bot.Run.Stepped += log.Add;
            Changed?.Invoke();
            return bot;
        }
        catch (Exception problem) when (problem is StrategyException or StrategyFailedException or CandleDataException or ArgumentException or IOException or BrokerException or InvalidOperationException)
        {
            if (problem.Message != BotProblem) News?.Invoke($"the bot could not start: {problem.Message}");
            BotProblem = problem.Message;
            Changed?.Invoke();
            await Task.Delay(TimeSpan.FromSeconds(5), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        }
    }
}
