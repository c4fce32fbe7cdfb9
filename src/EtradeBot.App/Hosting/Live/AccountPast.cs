using System.Globalization;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Market;
using EtradeBot.Simulator;
using EtradeBot.Simulator.Hosting;

namespace EtradeBot.App.Hosting.Live;

/// <summary>Gives the built-in simulator's account some past: a few sessions of trading through the same client and the same simulated broker as ever after.</summary>
/// <remarks>Nothing is made up: every fill follows from the demo market's prints, so the same seed and the same day give the same past. It is
/// lived on a clock that is moved from deed to deed; the file appears when it is complete.</remarks>
static class AccountPast
{
    const int Sessions = 8;

    /// <summary>From call to call: slow enough for every rate limit.</summary>
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(3);

    /// <summary>Where the market is closed when it all begins, its clock starts so long after the next open: with candles of the day to look at.</summary>
    static readonly TimeSpan IntoTheDay = TimeSpan.FromHours(1);

    static readonly TimeSpan BeforeTheClose = TimeSpan.FromMinutes(15);

    /// <param name="Session">From 0, the oldest.</param>
    /// <param name="Limit">Part of the last price at which a limit order stands; null: a market order.</param>
    /// <param name="Lasts">Until cancelled, not for the day.</param>
    readonly record struct Deed(int Session, string At, string Symbol, OrderAction Action, int Shares, double? Limit = null, bool Lasts = false, string? CancelledAt = null);

    static readonly Deed[] Deeds =
    [
        new(0, "10:05", "ANVILS", OrderAction.Buy, 60),
        new(0, "11:20", "AAPL", OrderAction.Buy, 40),
        new(1, "09:50", "MEADOW", OrderAction.Buy, 100, 1.002),
        new(1, "14:30", "VOLTAR", OrderAction.Buy, 30),
        new(2, "14:10", "AAPL", OrderAction.Sell, 20),
        new(3, "10:40", "MSFT", OrderAction.Buy, 25),
        new(3, "13:15", "VOLTAR", OrderAction.Sell, 30),
        new(4, "15:30", "ANVILS", OrderAction.Sell, 60),
        new(5, "11:00", "COBALT", OrderAction.Buy, 80, 0.93, true, "15:05"),
        new(6, "10:15", "PIXELS", OrderAction.Buy, 30),
        new(6, "13:45", "MEADOW", OrderAction.Sell, 50),
        new(7, "10:30", "MSFT", OrderAction.Sell, 10),
        new(7, "11:10", "LEDGER", OrderAction.Buy, 45),
        new(7, "15:00", "AAPL", OrderAction.Sell, 20, 1.12, true),
        new(7, "15:20", "BASALT", OrderAction.Buy, 70, 0.9, true),
    ];

    /// <summary>Lives the past up to now, or to an hour after the next open while the market is closed, and writes the simulator's state.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, DateTimeOffset now, CancellationToken stop)
    {
        var end = InSession(now);
        var days = new List<Session>();
        for (var day = MarketCalendar.Nyse.DayOf(end); days.Count < Sessions;)
        {
            day = MarketCalendar.Nyse.PreviousSession(day);
            days.Insert(0, MarketCalendar.Nyse.SessionOn(day)!.Value);
        }
        using var past = new Past(days[0].Open);
        foreach (var deed in Deeds) await past.TryAsync(deed, days[deed.Session], stop).ConfigureAwait(false);
        past.EndAt(end, path);
    }

    static DateTimeOffset InSession(DateTimeOffset now)
    {
        var day = MarketCalendar.Nyse.DayOf(now);
        if (MarketCalendar.Nyse.SessionOn(day) is { } today && now < today.Close) return now >= today.Open ? now : today.Open + IntoTheDay;
        return MarketCalendar.Nyse.SessionOn(MarketCalendar.Nyse.NextSession(day))!.Value.Open + IntoTheDay;
    }

    /// <summary>Broker and client on a clock that stands still until it is moved.</summary>
    sealed class Past : IDisposable
    {
        readonly MovedTime _time;
        readonly SimulatedBroker _broker;
        readonly ETradeClient _client;
        readonly string _account;
        DateOnly? _loggedInOn;
        int _orders;

        public Past(DateTimeOffset start)
        {
            _time = new MovedTime(start);
            _broker = new SimulatedBroker(new SimulatorOptions { Start = start }, _time);
            _account = _broker.Accounts.First(account => account.Kind == "MARGIN").Key;
            _client = new ETradeClient(new ETradeOptions
            {
                Environment = ETradeEnvironment.Simulator,
                Consumer = new ConsumerKey(SimulatorOptions.DefaultConsumerKey, SimulatorOptions.DefaultConsumerSecret),
                BaseUrl = SimulatorHandler.BaseUrl,
                Time = _time,
                Transport = () => new SimulatorHandler(_broker, _time),
            });
        }

        public async Task TryAsync(Deed deed, Session session, CancellationToken stop)
        {
            _time.MoveTo(On(session, deed.At));
            if (_loggedInOn != session.Day)
            {
                await EmbeddedSimulator.LoginAsync(_client, _broker, _time, stop).ConfigureAwait(false);
                _loggedInOn = session.Day;
            }
            try
            {
                await DoAsync(deed, session, stop).ConfigureAwait(false);
            }
            catch (BrokerException problem) when (problem.Fault == BrokerFault.Refused)
            {
                // The market went another way on these days, and the broker would not have it: that too is honest.
            }
        }

        async Task DoAsync(Deed deed, Session session, CancellationToken stop)
        {
            var symbol = Symbol.Parse(deed.Symbol);
            var limit = deed.Limit is { } part ? await LimitAsync(symbol, part, stop).ConfigureAwait(false) : (decimal?)null;
            var ticket = new OrderTicket(string.Create(CultureInfo.InvariantCulture, $"past{++_orders}"), symbol, deed.Action, deed.Shares, limit is null ? OrderPriceType.Market : OrderPriceType.Limit)
            {
                Limit = limit,
                Term = deed.Lasts ? OrderTerm.GoodUntilCancel : OrderTerm.GoodForDay,
            };
            var preview = await NextAsync(() => _client.PreviewAsync(_account, ticket, stop)).ConfigureAwait(false);
            var placed = await NextAsync(() => _client.PlaceAsync(_account, preview, stop)).ConfigureAwait(false);
            if (deed.CancelledAt is not { } end) return;
            _time.MoveTo(On(session, end));
            await NextAsync(() => _client.CancelAsync(_account, placed.OrderId, stop)).ConfigureAwait(false);
        }

        public void EndAt(DateTimeOffset end, string path)
        {
            _time.MoveTo(end);
            _broker.Save(path);
        }

        public void Dispose() => _client.Dispose();

        async Task<decimal> LimitAsync(Symbol symbol, double part, CancellationToken stop)
        {
            var answer = await NextAsync(() => _client.QuotesAsync([symbol], QuoteDetail.All, stop)).ConfigureAwait(false);
            return decimal.Round((decimal)(answer.Quotes[0].Last!.Value * part), 2);
        }

        async Task<T> NextAsync<T>(Func<Task<T>> call)
        {
            _time.MoveTo(_time.GetUtcNow() + Pace);
            return await call().ConfigureAwait(false);
        }

        /// <summary>On a day that closes early everything has happened by then.</summary>
        static DateTimeOffset On(Session session, string time)
        {
            var at = MarketCalendar.Nyse.At(session.Day, TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture));
            return at < session.Close - BeforeTheClose ? at : session.Close - BeforeTheClose;
        }
    }

    /// <summary>Its timers never fire: calls are made so far apart that none waits.</summary>
    sealed class MovedTime(DateTimeOffset start) : TimeProvider
    {
        long _now = start.UtcTicks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void MoveTo(DateTimeOffset instant) => Interlocked.Exchange(ref _now, Math.Max(Interlocked.Read(ref _now), instant.UtcTicks));

        public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _now), TimeSpan.Zero);

        public override long GetTimestamp() => Interlocked.Read(ref _now);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Inert();

        sealed class Inert : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
