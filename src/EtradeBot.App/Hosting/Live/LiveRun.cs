using System.Threading.Channels;
using EtradeBot.App.Broker;
using EtradeBot.App.Feeds.Live;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>What a run writes to.</summary>
sealed record LiveRunTargets(LiveState State, SymbolBoard Symbols, SessionBoard Session, TimeProvider Machine)
{
    /// <summary>Closed candles of any timeframe; null: only what is built here.</summary>
    public Func<Symbol, Timeframe, CancellationToken, Task<CandleSeries>>? History { get; init; }

    /// <summary>Trades over the connection until it ends; null: nothing is traded.</summary>
    public Func<LiveRun, CancellationToken, Task>? Trade { get; init; }
}

/// <summary>One stretch of being connected: a line, its feed and the account, until the login is over, the settings change, or something breaks.</summary>
sealed class LiveRun : IDisposable
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly LiveRunTargets _to;
    readonly LiveCandleStore? _store;
    readonly SymbolPatterns _patterns;
    readonly EmbeddedBackfill? _backfill;
    readonly Channel<Symbol> _unfilled = Channel.CreateUnbounded<Symbol>(new UnboundedChannelOptions { SingleReader = true });

    LiveRun(IBrokerLine line, BrokerageAccount account, (LiveCandleStore? Store, LiveRunTargets Targets) to)
    {
        (Line, _store, _to) = (line, to.Store, to.Targets);
        Handle = new(line.Client, account.Key, line.Mode);
        Account = new(line, account, (_to.State, _to.Symbols, _to.Session), _to.Machine);
        Feed = new(line.Market, new(_store, _to.Symbols, _to.Session, _to.Machine));
        _patterns = new(Feed, _to.Symbols, _to.History);
        _backfill = line is EmbeddedSimulator simulator ? new(simulator, Feed, _store) : null;
        Feed.Closed += candles =>
        {
            foreach (var candle in candles) _patterns.Closed(candle.Symbol, candle.CloseTime);
        };
        Feed.Holes += holes =>
        {
            foreach (var symbol in holes.Select(hole => hole.Symbol).Distinct()) _unfilled.Writer.TryWrite(symbol);
        };
        if (line is PaperLine paper) Feed.Quoted += paper.See;
        foreach (var symbol in _to.Symbols.Symbols) _unfilled.Writer.TryWrite(symbol);
    }

    public IBrokerLine Line { get; }

    public BrokerHandle Handle { get; }

    public FeedRun Feed { get; }

    public AccountReader Account { get; }

    /// <summary>Chooses the account and opens the store; a store that cannot be used is remarked on, and nothing is kept.</summary>
    /// <param name="wantedAccount">Number, key or last digits; null: the first active margin account, else the first active one.</param>
    /// <exception cref="BrokerException">The broker or the way to it failed.</exception>
    /// <exception cref="Commands.UsageException">The account is not there.</exception>
    public static async Task<LiveRun> BeginAsync(IBrokerLine line, Secret? wantedAccount, (string StateFolder, string Remark, LiveRunTargets Targets) to, CancellationToken stop)
    {
        var accounts = await line.CallAsync(client => client.AccountsAsync(stop)).ConfigureAwait(false);
        var account = AccountOf(accounts, wantedAccount);
        var (store, remark) = OpenStore(to.StateFolder);
        to.Targets.Session.Remark(string.Join(' ', new[] { to.Remark, remark }.Where(text => text.Length > 0)));
        try
        {
            return new LiveRun(line, account, (store, to.Targets));
        }
        catch
        {
            store?.Dispose();
            throw;
        }
    }

    /// <summary>The watchlist has changed.</summary>
    public void Watch(IReadOnlyList<Symbol> symbols, IEnumerable<Symbol> added)
    {
        Feed.Watch(symbols);
        foreach (var symbol in added) _unfilled.Writer.TryWrite(symbol);
    }

    /// <summary>Another speed of the built-in simulator.</summary>
    public void SetSpeed(EmbeddedSimulator simulator, double speed)
    {
        simulator.Speed = speed;
        Feed.SpeedChanged();
        ReadClock();
    }

    /// <summary>Exchange time, hours, speed and the token's end, as they are now.</summary>
    public void ReadClock()
    {
        var now = Feed.ExchangeNow;
        _to.Session.Change(facts => facts with
        {
            ExchangeTime = now,
            ClockReadAt = _to.Machine.GetUtcNow(),
            Speed = Line.Speed,
            Hours = MarketClock.HoursAt(now),
            NextOpenOrClose = NextOpenOrClose(now),
            TokenEndsAt = Line.TokenEndsAt,
        });
    }

    /// <summary>Returns when stopped; throws what ends the connection.</summary>
    /// <exception cref="BrokerException">A person has to log in.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] all =
        [
            Task.Run(() => Feed.RunAsync(over.Token), CancellationToken.None),
            Task.Run(() => Account.RunAsync(over.Token), CancellationToken.None),
            Task.Run(() => _patterns.RunAsync(over.Token), CancellationToken.None),
            Task.Run(() => FillAsync(over.Token), CancellationToken.None),
            Task.Run(() => TendAsync(over.Token), CancellationToken.None),
            .. _to.Trade is { } trade ? [Task.Run(() => trade(this, over.Token), CancellationToken.None)] : Array.Empty<Task>(),
        ];
        var first = await Task.WhenAny(all).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(all).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        if (!stop.IsCancellationRequested) await first.ConfigureAwait(false);
    }

    public void Dispose() => _store?.Dispose();

    static BrokerageAccount AccountOf(IReadOnlyList<BrokerageAccount> accounts, Secret? wanted)
    {
        if (wanted is not null) return AccountChoice.Choose(accounts, wanted.Reveal(), SettingRule.AccountId);
        var active = accounts.Where(account => account.IsActive).ToList();
        return active.Find(account => account.Mode == "MARGIN") ?? active.FirstOrDefault() ?? AccountChoice.Choose(accounts, null, SettingRule.AccountId);
    }

    static (LiveCandleStore? Store, string Remark) OpenStore(string stateFolder)
    {
        try
        {
            return (LiveCandleStore.OpenToWrite(stateFolder), "");
        }
        catch (Exception problem) when (problem is IOException or CandleDataException)
        {
            return (null, $"Candles are shown but not kept: {problem.Message.TrimEnd('.')}; then reconnect.");
        }
    }

    async Task FillAsync(CancellationToken stop)
    {
        await foreach (var symbol in _unfilled.Reader.ReadAllAsync(stop).ConfigureAwait(false))
        {
            _backfill?.Fill(symbol);
            _patterns.Look(symbol);
        }
    }

    async Task TendAsync(CancellationToken stop)
    {
        while (true)
        {
            Line.Tend();
            ReadClock();
            if (_to.State.Session is { Link: BrokerLink.NeedsLogin or BrokerLink.NotConfigured } facts) throw new BrokerException(facts.Link == BrokerLink.NeedsLogin ? BrokerFault.SessionExpired : BrokerFault.NotAuthorized, RequestFate.NotSent, facts.LinkReason);
            await Task.Delay(Second, _to.Machine, stop).ConfigureAwait(false);
        }
    }

    static DateTimeOffset NextOpenOrClose(DateTimeOffset now)
    {
        var calendar = MarketCalendar.Nyse;
        var day = calendar.DayOf(now);
        if (calendar.SessionOn(day) is { } today && now < today.Close) return now < today.Open ? today.Open : today.Close;
        return calendar.SessionOn(calendar.NextSession(day))!.Value.Open;
    }
}
