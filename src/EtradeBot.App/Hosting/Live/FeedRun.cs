using EtradeBot.App.Feeds.Live;
using EtradeBot.App.Storage;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>Where a feed's news go.</summary>
/// <param name="Store">Null where candles are not kept.</param>
sealed record FeedTargets(LiveCandleStore? Store, SymbolBoard Symbols, SessionBoard Session, TimeProvider Machine);

/// <summary>Polls the watchlist over one line, builds its candles, keeps them and tells the boards.</summary>
sealed class FeedRun
{
    static readonly TimeSpan Usual = new PollerOptions { Symbols = [], Timeframes = [] }.Interval;

    /// <summary>Market time between polls while the market runs fast: this machine is asked 25 times a second at most.</summary>
    const double SecondsAtSpeed = 0.04;

    static readonly TimeSpan HealthEvery = TimeSpan.FromSeconds(1);

    readonly IBrokerLine _line;
    readonly FeedTargets _to;
    readonly QuotePoller _poller;
    readonly LiveRecorder? _recorder;
    DateTimeOffset _nextHealth;

    /// <exception cref="CandleDataException">The store is damaged.</exception>
    public FeedRun(IBrokerLine line, FeedTargets to)
    {
        (_line, _to) = (line, to);
        Minutes = new(line.Mode is TradingMode.Simulated or TradingMode.Sandbox);
        _recorder = to.Store is { } store ? new(store, line.Feed, to.Machine) : null;
        var options = new PollerOptions { Symbols = to.Symbols.Symbols, Timeframes = [Timeframe.M1], Clock = line.Clock, WaitsForSymbols = true };
        _poller = new(options, new(AskAsync, () => line.Client.MarketRequestsPerSecond), line.Time, _recorder is { } recorder ? recorder.Saved : null);
        // Before the recorder, which waits for the disk: a longer forming candle must not lack the minute that has just closed.
        _poller.Closed += TakeIn;
        _recorder?.Attach(_poller);
        _poller.Closed += Announce;
        _poller.Advanced += TellNowAndThen;
        foreach (var symbol in to.Symbols.Symbols) Remember(symbol);
    }

    /// <summary>Minutes have closed; told on the poller's thread.</summary>
    public event Action<IReadOnlyList<LiveCandle>>? Closed;

    /// <summary>Stretches without quotes were found; told on the poller's thread.</summary>
    public event Action<IReadOnlyList<FeedHole>>? Holes;

    /// <summary>Quotes have arrived. Called on the poller's thread.</summary>
    public event Action<IReadOnlyCollection<Quote>>? Quoted;

    public RecentMinutes Minutes { get; }

    public DateTimeOffset ExchangeNow => _line.ExchangeNow ?? _poller.ExchangeNow;

    public FormingCandle? Forming(Symbol symbol, Timeframe timeframe)
    {
        if (timeframe == Timeframe.W1) return null;
        var minute = _poller.Forming(symbol, Timeframe.M1);
        return timeframe == Timeframe.M1 ? minute : Minutes.Fold(symbol, timeframe, minute, ExchangeNow);
    }

    /// <summary>The watchlist has changed: only symbols that came or went are touched.</summary>
    public void Watch(IReadOnlyList<Symbol> symbols)
    {
        foreach (var symbol in symbols) if (Minutes.Sparkline(symbol, Day).Count == 0) Remember(symbol);
        _poller.Watch(symbols);
    }

    /// <summary>Takes up what the store has of the last days: at the start, and after it got more.</summary>
    public void Remember(Symbol symbol)
    {
        if (_to.Store is not { } store) return;
        Minutes.Put(symbol, store.Candles(new(_line.Feed, symbol, Timeframe.M1), MarketCalendar.Nyse.DailyOpen(Day.AddDays(-7))).Select(candle => candle.Candle));
        ShowSparkline(symbol);
    }

    /// <summary>Candles arrived from elsewhere: into everything that is made of minutes.</summary>
    public void Add(Symbol symbol, IEnumerable<Candle> candles)
    {
        Minutes.Put(symbol, candles);
        ShowSparkline(symbol);
    }

    /// <summary>The market runs at another speed.</summary>
    public void SpeedChanged() => _poller.PollEvery(Longer(Usual, TimeSpan.FromSeconds(_line.Speed * SecondsAtSpeed)));

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await _poller.RunAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            _recorder?.Save(_poller);
        }
    }

    DateOnly Day => DayResult.DayAt(ExchangeNow);

    async Task<QuoteAnswer> AskAsync(IReadOnlyCollection<Symbol> symbols, CancellationToken stop)
    {
        try
        {
            var answer = await _line.CallAsync(client => client.QuotesAsync(symbols, QuoteDetail.All, stop)).ConfigureAwait(false);
            _to.Symbols.See(answer.Quotes);
            Quoted?.Invoke(answer.Quotes);
            if (answer.Quotes.Count > 0) _to.Session.Change(facts => facts with { LastQuoteReceivedAt = _to.Machine.GetUtcNow() });
            _to.Session.Up();
            return answer;
        }
        catch (BrokerException problem)
        {
            _to.Session.Failed(problem);
            throw;
        }
    }

    void TakeIn(FeedBatch batch)
    {
        foreach (var closed in batch.Candles) Minutes.Put(closed.Symbol, [closed.Candle]);
    }

    void Announce(FeedBatch batch)
    {
        foreach (var symbol in batch.Candles.Select(candle => candle.Symbol).Distinct()) ShowSparkline(symbol);
        if (batch.Candles.Count > 0) Closed?.Invoke(batch.Candles);
        if (batch.Holes.Count > 0) Holes?.Invoke(batch.Holes);
    }

    void ShowSparkline(Symbol symbol)
    {
        var closes = Minutes.Sparkline(symbol, Day);
        _to.Symbols.Change(symbol, LiveTopics.Candles, facts => facts with { Sparkline = closes });
    }

    void TellNowAndThen()
    {
        if (_to.Machine.GetUtcNow() is var now && now >= _nextHealth)
        {
            _nextHealth = now + HealthEvery;
            foreach (var health in _poller.Health()) _to.Symbols.Change(health.Symbol, LiveTopics.Quotes, facts => facts with { Health = health });
        }
        _to.Symbols.TellNowAndThen();
    }

    static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
