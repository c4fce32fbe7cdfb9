namespace EtradeBot.App.Hosting.Live;

/// <summary>What a change touched.</summary>
[Flags]
enum LiveTopics
{
    None = 0,

    /// <summary><see cref="LiveState.Session"/>.</summary>
    Session = 1,

    /// <summary>Which symbols are watched, or their order.</summary>
    Watchlist = 2,

    /// <summary>Quotes, feed health, forming candles.</summary>
    Quotes = 4,

    /// <summary>A candle closed, or history arrived.</summary>
    Candles = 8,

    /// <summary><see cref="LiveState.Account"/>.</summary>
    Account = 16,

    All = 31,
}

/// <summary>What the running session shows of itself: immutable facts, replaced by the session's services, read by any number of pages. Safe for several threads.</summary>
/// <remarks>
/// A writer never waits for a reader: every subscriber has a pump of its own, which merges the changes that come while it is busy. A slow
/// page therefore sees fewer, later states, never an old one after a newer one.
/// </remarks>
sealed class LiveState
{
    readonly Lock _gate = new();
    Subscriber[] _subscribers = [];

    public SessionFacts Session { get; private set; } = new();

    /// <summary>The watchlist, in the owner's order.</summary>
    public IReadOnlyList<SymbolFacts> Symbols { get; private set; } = [];

    public AccountFacts Account { get; private set; } = new();

    public SymbolFacts? Find(Market.Symbol symbol) => Symbols.FirstOrDefault(facts => facts.Symbol == symbol);

    public void SetSession(SessionFacts session) => Set(LiveTopics.Session, () => Session = session);

    public void SetSymbols(IReadOnlyList<SymbolFacts> symbols, LiveTopics topics) => Set(topics, () => Symbols = symbols);

    public void SetAccount(AccountFacts account) => Set(LiveTopics.Account, () => Account = account);

    /// <summary>Calls <paramref name="changed"/> after changes of these topics, one call at a time, until disposed. A failing subscriber is dropped.</summary>
    public IDisposable Subscribe(LiveTopics topics, Func<LiveTopics, Task> changed)
    {
        var subscriber = new Subscriber(topics, changed, Drop);
        lock (_gate) _subscribers = [.. _subscribers, subscriber];
        return subscriber;
    }

    void Set(LiveTopics topics, Action change)
    {
        Subscriber[] subscribers;
        lock (_gate)
        {
            change();
            subscribers = _subscribers;
        }
        foreach (var subscriber in subscribers) subscriber.Notice(topics);
    }

    void Drop(Subscriber subscriber)
    {
        lock (_gate) _subscribers = [.. _subscribers.Where(other => other != subscriber)];
    }

    sealed class Subscriber(LiveTopics topics, Func<LiveTopics, Task> changed, Action<Subscriber> drop) : IDisposable
    {
        readonly Lock _gate = new();
        LiveTopics _waiting;
        bool _isRunning;
        bool _isOver;

        public void Notice(LiveTopics news)
        {
            lock (_gate)
            {
                _waiting |= news & topics;
                if (_waiting == LiveTopics.None || _isRunning || _isOver) return;
                _isRunning = true;
            }
            _ = Task.Run(PumpAsync);
        }

        public void Dispose()
        {
            lock (_gate) _isOver = true;
            drop(this);
        }

        async Task PumpAsync()
        {
            try
            {
                while (Next() is var news and not LiveTopics.None) await changed(news).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is ObjectDisposedException or InvalidOperationException or OperationCanceledException)
            {
                // Its page is gone.
                Dispose();
            }
        }

        LiveTopics Next()
        {
            lock (_gate)
            {
                var news = _isOver ? LiveTopics.None : _waiting;
                _waiting = LiveTopics.None;
                if (news == LiveTopics.None) _isRunning = false;
                return news;
            }
        }
    }
}
