using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

/// <summary>Polls quotes of any number of symbols within the rate limit and builds their candles.</summary>
/// <remarks>
/// <para>Requests are spaced evenly, so that the limit holds whatever the number of symbols. Around the ends of candles a slow pace is
/// broken by one more poll on each side, see <see cref="PollPlan"/>. Outside the session polls are rare, outside 04:00 to 20:00 there are
/// none.</para>
/// <para>A failed request is tried again without end, after 1, 2, 4, ... seconds up to a bound, and only its own symbols wait; the candles
/// missed meanwhile are reported as holes. A symbol that spoils the request it is part of is isolated by halving. When a person has to log
/// in, it asks once a minute, and at once after <see cref="LoggedIn"/>.</para>
/// <para>Events come one at a time, on the loop's thread; an exception of a listener ends <see cref="RunAsync"/>.</para>
/// </remarks>
sealed class QuotePoller
{
    static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    static readonly TimeSpan NightTick = TimeSpan.FromSeconds(30);

    readonly PollerOptions _options;
    readonly QuoteSource _source;
    readonly TimeProvider _time;
    readonly MarketClock _clock;
    readonly LiveBuilders _builders;
    readonly FeedWatch _watch;
    readonly PollGroups _groups;
    readonly PollFailures _failures;
    readonly Func<Symbol, Timeframe, string?>? _saved;
    readonly Lock _gate = new();
    IReadOnlyList<Symbol> _symbols;
    IReadOnlyList<Symbol>? _wanted;
    TimeSpan _interval;
    TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    DateTimeOffset _nextRequest;
    DateTimeOffset _nextJudgement;

    /// <param name="saved">Where builders stood before; null: they start anew.</param>
    /// <exception cref="FormatException">A saved state cannot be read.</exception>
    public QuotePoller(PollerOptions options, QuoteSource source, TimeProvider time, Func<Symbol, Timeframe, string?>? saved = null)
    {
        (_options, _source, _time, _saved) = (options, source, time, saved);
        (_symbols, _interval) = (options.Symbols, options.Interval);
        _clock = new(time, options.Clock);
        _groups = new(options.Symbols, options.SymbolsPerRequest);
        _builders = new(options, Longer(options.Interval, Cycle), saved);
        _watch = new(options, _clock, _builders);
        _failures = new(options.LongestBackOff, _groups, _watch);
    }

    /// <summary>Candles and holes, as they close.</summary>
    public event Action<FeedBatch>? Closed;

    /// <summary>An answer was taken in, or the clock looked at.</summary>
    public event Action? Advanced;

    /// <summary>Symbols whose state is another than before, or has another reason.</summary>
    public event Action<IReadOnlyList<FeedHealth>>? HealthChanged;

    /// <summary>Symbols are not watched any more; their builders as they stood.</summary>
    public event Action<IReadOnlyList<(Symbol Symbol, Timeframe Timeframe, string State)>>? Left;

    /// <summary>Time at the exchange.</summary>
    public DateTimeOffset ExchangeNow
    {
        get
        {
            lock (_gate) return _clock.Now;
        }
    }

    /// <summary>From one request to the next.</summary>
    TimeSpan Spacing => TimeSpan.FromSeconds(1 / Math.Max(_source.RequestsPerSecond() * _options.RateShare, 0.01));

    /// <summary>From one quote of a symbol to the next, at the fastest.</summary>
    TimeSpan Cycle => Spacing * Math.Max(_groups.All.Count, 1);

    public IReadOnlyList<FeedHealth> Health()
    {
        lock (_gate) return [.. _symbols.Select(symbol => _watch.Judge(symbol, _groups.Of(symbol)))];
    }

    /// <summary>The candle that is not closed yet; null while nothing has traded in it.</summary>
    public FormingCandle? Forming(Symbol symbol, Timeframe timeframe)
    {
        lock (_gate) return _builders.Of(symbol).FirstOrDefault(builder => builder.Timeframe == timeframe)?.Forming;
    }

    /// <summary>Where every builder stands, for the next start; see <see cref="CandleBuilder.Save"/>.</summary>
    /// <param name="symbols">Only these; null: all.</param>
    public IReadOnlyList<(Symbol Symbol, Timeframe Timeframe, string State)> SaveBuilders(IReadOnlySet<Symbol>? symbols = null)
    {
        lock (_gate)
            return [.. _builders.All.Where(builder => symbols?.Contains(builder.Symbol) ?? true).Select(builder => (builder.Symbol, builder.Timeframe, builder.Save()))];
    }

    /// <summary>From now on instead of <see cref="PollerOptions.Interval"/>.</summary>
    public void PollEvery(TimeSpan interval)
    {
        lock (_gate) _interval = interval;
        _wake.TrySetResult();
    }

    /// <summary>Watches these from now on. Builders of symbols that stay go on as if nothing had happened; one that comes back goes on where it was saved.</summary>
    public void Watch(IReadOnlyList<Symbol> symbols)
    {
        lock (_gate) _wanted = [.. symbols];
        _wake.TrySetResult();
    }

    /// <summary>A person has logged in: go on at once.</summary>
    public void LoggedIn()
    {
        lock (_gate)
        {
            _watch.Blocked = null;
            foreach (var group in _groups.All) group.NotBefore = default;
        }
        _wake.TrySetResult();
    }

    /// <summary>Polls until stopped, or until no symbol is left that the broker knows unless <see cref="PollerOptions.WaitsForSymbols"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested && (_options.WaitsForSymbols || _groups.All.Count > 0))
            {
                TakeChange();
                var next = StartDue(stop);
                await PauseAsync(next, stop).ConfigureAwait(false);
                TakeAnswers(stop);
                LookAtClock();
            }
        }
        finally
        {
            // What is answered after the end, well or badly, is nobody's any more.
            await Task.WhenAll(_groups.All.Select(group => group.Pending).OfType<Task>()).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    /// <summary>On the loop's own thread, so that nobody else ever touches groups and builders.</summary>
    void TakeChange()
    {
        List<(Symbol, Timeframe, string)> left = [];
        lock (_gate)
        {
            if (_wanted is not { } wanted) return;
            foreach (var symbol in _symbols.Except(wanted))
            {
                left.AddRange(_builders.Of(symbol).Select(builder => (symbol, builder.Timeframe, builder.Save())));
                _groups.Remove(symbol);
                _builders.Remove(symbol);
                _watch.Forget(symbol);
            }
            var added = wanted.Except(_symbols).ToList();
            _groups.Add(added);
            foreach (var symbol in added) _builders.Add(symbol, Longer(_interval, Cycle), _saved);
            (_symbols, _wanted) = (wanted, null);
        }
        if (left.Count > 0) Left?.Invoke(left);
    }

    /// <summary>Sends what is due, one request at a time and never faster than the limit.</summary>
    /// <returns>When to look again, by this machine's clock.</returns>
    DateTimeOffset StartDue(CancellationToken stop)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var hours = MarketClock.HoursAt(_clock.Now);
            var idle = _groups.All.Where(group => group is { Pending: null, Symbols.Count: > 0 }).Select(group => (Group: group, Due: Due(group, hours, now))).ToList();
            var look = now + (hours == MarketHours.Closed ? NightTick : Tick);
            if (idle.Count == 0) return look;
            var (first, due) = idle.MinBy(one => one.Due);
            if (Later(due, _nextRequest) is var at && at > now) return at < look ? at : look;
            first.PolledAt = (now, _clock.Now);
            first.Pending = AskAsync([.. first.Symbols], stop);
            _nextRequest = now + Spacing;
            return idle.Count > 1 ? Earlier(_nextRequest, look) : look;
        }
    }

    async Task<QuoteAnswer> AskAsync(IReadOnlyCollection<Symbol> symbols, CancellationToken stop) => await _source.Quotes(symbols, stop).ConfigureAwait(false);

    DateTimeOffset Due(PollGroup group, MarketHours hours, DateTimeOffset now)
    {
        if (group.PolledAt is not { } polledAt) return group.NotBefore;
        var exchangeNow = _clock.Now;
        var toMachine = now - exchangeNow;
        if (hours == MarketHours.Closed && _options.Clock == MarketClockKind.Machine) return Later(MarketClock.NextExtendedOpen(exchangeNow) + toMachine, group.NotBefore);
        var interval = hours == MarketHours.Regular ? _interval : Longer(_interval, _options.ExtendedInterval);
        var plan = new PollPlan(interval, Cycle, _options.Timeframes.Min());
        if (_options.Clock == MarketClockKind.Machine) return Later(plan.After(polledAt.Machine - toMachine) + toMachine, group.NotBefore);
        // A simulated market may run many times as fast: polls keep its pace, but never wait longer than the interval by this machine's
        // clock, after which it may be hours later there. A market whose clock was put back counts from now.
        var due = Earlier(plan.After(Earlier(polledAt.Exchange, exchangeNow)) + toMachine, polledAt.Machine + _interval);
        return Later(due, group.NotBefore);
    }

    async Task PauseAsync(DateTimeOffset until, CancellationToken stop)
    {
        var pending = _groups.All.Select(group => group.Pending).OfType<Task>().ToList();
        if (pending.Exists(task => task.IsCompleted)) return;
        // Delays are counted in whole milliseconds: a part of one would be no pause at all.
        var length = TimeSpan.FromMilliseconds(Math.Ceiling((until - _time.GetUtcNow()).TotalMilliseconds));
        if (length <= TimeSpan.Zero) return;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny([Task.Delay(length, _time, over.Token), _wake.Task, .. pending]).ConfigureAwait(false);
        // Frees the timer when something else came first.
        over.Cancel();
        if (_wake.Task.IsCompleted) _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    void TakeAnswers(CancellationToken stop)
    {
        foreach (var group in _groups.All.Where(group => group.Pending is { IsCompleted: true }).ToList())
        {
            var answer = group.Pending!;
            group.Pending = null;
            lock (_gate) _groups.Prune(group);
            if (answer.IsCanceled && stop.IsCancellationRequested) return;
            try
            {
                Take(group, answer.GetAwaiter().GetResult());
            }
            catch (BrokerException problem)
            {
                lock (_gate) _failures.Take(group, problem, _time.GetUtcNow());
            }
        }
    }

    void Take(PollGroup group, QuoteAnswer answer)
    {
        var closed = new List<LiveCandle>();
        List<FeedHole> holes;
        lock (_gate)
        {
            (group.Failures, group.Problem, group.NotBefore, _watch.Blocked) = (0, "", default, null);
            foreach (var quote in answer.Quotes)
            {
                if (!group.Symbols.Contains(quote.Symbol)) continue;
                _clock.See(quote);
                _watch.See(quote);
                _builders.OnQuote(quote, closed);
            }
            holes = _builders.TakeHoles();
            foreach (var (text, message) in answer.Unknown) Drop(group, text, message);
            if (group.Symbols.Count > 0 && group.Symbols.Count < _options.SymbolsPerRequest) _groups.Join(group);
        }
        Publish(closed, holes);
    }

    void Drop(PollGroup group, string text, string message)
    {
        if (!Symbol.TryParse(text, out var symbol) || !group.Symbols.Contains(symbol)) return;
        _watch.Drop(symbol, $"the broker does not know {symbol} ({message.TrimEnd('.')}): it is not asked for any more");
        _groups.Drop(group, symbol);
    }

    /// <summary>Closes candles that no quote closes, and tells what has changed.</summary>
    void LookAtClock()
    {
        var closed = new List<LiveCandle>();
        List<FeedHole> holes;
        List<FeedHealth> changes = [];
        lock (_gate)
        {
            _builders.OnTime(_clock.Now, closed);
            holes = _builders.TakeHoles();
            if (_time.GetUtcNow() is var now && now >= _nextJudgement)
            {
                changes = _watch.Changes(_symbols, _groups);
                _nextJudgement = now + Tick;
            }
        }
        Publish(closed, holes);
        if (changes.Count > 0) HealthChanged?.Invoke(changes);
    }

    void Publish(List<LiveCandle> closed, List<FeedHole> holes)
    {
        if (closed.Count > 0 || holes.Count > 0) Closed?.Invoke(new(closed, holes));
        Advanced?.Invoke();
    }

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
