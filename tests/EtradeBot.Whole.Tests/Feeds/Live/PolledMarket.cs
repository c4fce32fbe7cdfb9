using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Market;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Feeds.Live;

/// <summary>A broker whose symbols trade every second, answering at once by a clock that tests move; and a poller that asks it.</summary>
sealed class PolledMarket : IDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly CountedTime _time;
    Task _running = Task.CompletedTask;

    /// <param name="newYorkTime">Of Wednesday, 10 January 2024.</param>
    public PolledMarket(string newYorkTime) =>
        _time = new CountedTime(MarketCalendar.Nyse.At(new DateOnly(2024, 1, 10), TimeOnly.Parse(newYorkTime, System.Globalization.CultureInfo.InvariantCulture)));

    public FakeTimeProvider Time => _time;

    public double RequestsPerSecond { get; set; } = 3.2;

    /// <summary>Each request: when, and for which symbols.</summary>
    public List<(DateTimeOffset At, Symbol[] Symbols)> Requests { get; } = [];

    /// <summary>Throws where a request is to fail.</summary>
    public Action<Symbol[]> Fails { get; set; } = _ => { };

    public HashSet<string> Unknown { get; } = [];

    public Func<Quote, Quote> Shows { get; set; } = quote => quote;

    public List<LiveCandle> Candles { get; } = [];

    public List<FeedHole> Holes { get; } = [];

    public List<FeedHealth> Changes { get; } = [];

    public QuotePoller Poller { get; private set; } = null!;

    public static Symbol[] Symbols(int count) => [.. Enumerable.Range(0, count).Select(i => Symbol.Parse($"S{i}"))];

    public static BrokerException Down(BrokerFault fault = BrokerFault.Unreachable) => new(fault, RequestFate.NotSent, $"it is {fault}");

    public QuotePoller Start(PollerOptions options, Func<Symbol, Timeframe, string?>? saved = null)
    {
        Poller = new QuotePoller(options, new((symbols, _) => Task.FromResult(Answer([.. symbols])), () => RequestsPerSecond), Time, saved);
        Poller.Closed += batch =>
        {
            Candles.AddRange(batch.Candles);
            Holes.AddRange(batch.Holes);
        };
        Poller.HealthChanged += Changes.AddRange;
        // Its waits go on inside Advance, so that nothing here runs by itself.
        _running = Poller.RunAsync(_stop.Token);
        return Poller;
    }

    public QuotePoller Start(int symbols, Timeframe? timeframe = null) => Start(Options(symbols, timeframe));

    public static PollerOptions Options(int symbols, Timeframe? timeframe = null) => new() { Symbols = Symbols(symbols), Timeframes = [timeframe ?? Timeframe.M1] };

    public void Advance(TimeSpan length, int stepMilliseconds = 50)
    {
        for (var end = Time.GetUtcNow() + length; Time.GetUtcNow() < end && !_running.IsCompleted;) Time.Advance(TimeSpan.FromMilliseconds(stepMilliseconds));
    }

    public void Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Does what wakes the poller, and waits until it sleeps again: it wakes on a thread of its own, and time that passed before would have passed it by.</summary>
    public void Wake(Action act)
    {
        var slept = _time.Timers;
        act();
        Assert.True(SpinWait.SpinUntil(() => _time.Timers > slept || _running.IsCompleted, TimeSpan.FromSeconds(60)), "the poller did not wake");
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public Task Ended => _running;

    public void Dispose() => _stop.Dispose();

    QuoteAnswer Answer(Symbol[] symbols)
    {
        Requests.Add((Time.GetUtcNow(), symbols));
        Fails(symbols);
        return new(
            [.. symbols.Where(symbol => !Unknown.Contains(symbol.Ticker)).Select(QuoteOf).Select(Shows)],
            [.. symbols.Where(symbol => Unknown.Contains(symbol.Ticker)).Select(symbol => (symbol.Ticker, "Invalid Symbol"))]);
    }

    Quote QuoteOf(Symbol symbol)
    {
        var now = Time.GetUtcNow();
        var second = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var isOpen = MarketClock.HoursAt(now) == MarketHours.Regular;
        return new Quote
        {
            Symbol = symbol,
            At = second,
            ReceivedAt = now,
            Status = isOpen ? QuoteStatus.RealTime : QuoteStatus.Closing,
            IsAfterHours = !isOpen,
            Last = 100 + second.ToUnixTimeSeconds() % 7,
            LastTradeAt = isOpen ? second : DateTimeOffset.FromUnixTimeSeconds(1_704_834_000),
            DayVolume = second.ToUnixTimeSeconds() % 86_400 * 10,
        };
    }

    sealed class CountedTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        int _timers;

        public int Timers => Volatile.Read(ref _timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _timers);
            return timer;
        }
    }
}
