using System.Diagnostics;
using System.Diagnostics.Metrics;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Settings;
using EtradeBot.Backtests;
using EtradeBot.Execution.Bots;
using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Limits;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.Bench;

/// <summary>From a closed candle to the order: a bot on 50 symbols at the built-in simulator, as <c>etrade-bot trade</c> runs it, its journal on the disk.</summary>
/// <remarks>
/// "Intent on the disk" is taken when the whole step of 50 decisions is over, so it is the latest of them. "Answered" is the first order of a step: order list, preview, journal, request
/// and answer; once with and once without what its calls waited for the rate limit, as the client's own meter has it. All are wall time. The same is measured once more while
/// backtests keep the machine busy.
/// </remarks>
static class TradeRows
{
    const int Symbols = 50;
    const double Speed = 5;

    static readonly TimeSpan Length = TimeSpan.FromSeconds(240);

    /// <summary>Wishes for something at about one candle in ten.</summary>
    const string Often = """
        using EtradeBot.Strategies;
        using EtradeBot.Trading;

        public sealed class Often : Strategy
        {
            public override Signal? OnCandle(View view)
            {
                if ((int)(view.Now.Close * 100) % 10 != 0) return null;
                if (view.IsLong) return new() { Side = Side.Sell, Because = "its turn" };
                return new() { Side = Side.Buy, Stop = view.Now.Close * 0.98, Target = view.Now.Close * 1.02, Because = "its turn" };
            }
        }
        """;

    public static IEnumerable<BenchRow> Rows(CandleSeries candles)
    {
        var quiet = new Lazy<Delays>(() => Task.Run(() => TradeAsync(null)).GetAwaiter().GetResult());
        var busy = new Lazy<Delays>(() => Task.Run(() => TradeAsync(candles)).GetAwaiter().GetResult());
        yield return new($"candle closed to intent on the disk, {Symbols} symbols, p99", "ms", 20, "", () => new([quiet.Value.Intent(0.99)], quiet.Value.Words));
        yield return new("  the same, p50", "ms", null, "", () => new([quiet.Value.Intent(0.5)]));
        yield return new("intent to the broker's answer, beyond the rate queue, p99", "ms", 50, "", () => new([quiet.Value.Own(0.99)]));
        yield return new("  the same, p50", "ms", null, "", () => new([quiet.Value.Own(0.5)]));
        yield return new("  with the rate queue, p99", "ms", null, "", () => new([quiet.Value.Answer(0.99)]));
        yield return new("  to intent beside backtests, p99", "ms", null, "", () => new([busy.Value.Intent(0.99)], busy.Value.Words));
        yield return new("  to answer beside backtests, beyond the rate queue, p99", "ms", null, "", () => new([busy.Value.Own(0.99)]));
    }

    static async Task<Delays> TradeAsync(CandleSeries? beside)
    {
        var folder = Directory.CreateTempSubdirectory("bench-").FullName;
        try
        {
            var (state, strategies) = (Path.Combine(folder, "data"), Path.Combine(folder, "strategies"));
            Directory.CreateDirectory(state);
            Directory.CreateDirectory(strategies);
            await File.WriteAllTextAsync(Path.Combine(strategies, "Often.cs"), Often);
            await File.WriteAllTextAsync(Path.Combine(state, "limits.json"), LimitsFile.Format(Wide));
            var settings = BotSettings.Load(new SettingSources { Environment = new Dictionary<string, string>(), WorkingFolder = folder });
            using var session = new HeadlessSession(() => settings, state, strategies);
            using var delays = new Delays();
            session.Trading.Stepped += step => delays.Step(step, session.Trading.LastClosed);
            session.Trading.Sent += delays.Answered;
            using var over = new CancellationTokenSource();
            await session.StartAsync(watched => new BotPlan("Often", [], Universe(watched), Timeframe.M1) { Size = new Sizing(SizingKind.Shares, 3) }, Speed, over.Token);
            // The first steps load code.
            await Task.Delay(Length / 4);
            delays.Begin();
            var backtests = beside is null ? Task.CompletedTask : Task.Run(() => Busy(beside, over.Token));
            await Task.Delay(Length);
            await over.CancelAsync();
            await backtests;
            await session.StopAsync();
            return delays;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static void Busy(CandleSeries candles, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) Backtest.Run(new BacktestSettings(), () => new SmaCross(), candles);
    }

    /// <summary>The demo companies, then tickers that the simulator knows.</summary>
    static IReadOnlyList<Symbol> Universe(IReadOnlyList<Symbol> watched) =>
        [.. watched.Concat("""
            AAPL MSFT AMZN GOOGL META NVDA TSLA JPM V JNJ WMT PG MA HD DIS BAC XOM CVX KO PEP COST MRK ABBV CSCO ADBE CRM INTC AMD QCOM TXN NFLX
            T VZ PFE NKE MCD ORCL IBM GE BA CAT MMM HON UPS LOW SBUX GS MS C WFC AXP SPY QQQ IWM DIA
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Symbol.Parse)).Distinct().Take(Symbols)];

    /// <summary>This is about time.</summary>
    static TradingLimits Wide => TradingLimits.Safe with
    {
        OrdersPerSymbol = 1_000,
        OrdersPerMinute = 60,
        OrdersPerDay = 10_000,
        DayNotional = 100_000_000,
        Repeats = 100,
        LossPause = TimeSpan.Zero,
        StreakPause = TimeSpan.Zero,
        StopOutPause = TimeSpan.Zero,
        QuoteAge = TimeSpan.FromMinutes(5),
    };

    sealed class Delays : IDisposable
    {
        readonly Lock _gate = new();
        readonly MeterListener _meter = new();
        readonly List<(string Call, long From, long To)> _waits = [];
        readonly List<double> _own = [];
        readonly List<double> _intents = [];
        readonly List<double> _answers = [];
        (string Intent, long At) _first;
        bool _counts;

        public Delays()
        {
            _meter.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "etrade.rate_limit.wait") listener.EnableMeasurementEvents(instrument);
            };
            _meter.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Waited((string)tags[0].Value!, seconds));
            _meter.Start();
        }

        public string Words => FormattableString.Invariant($"{_intents.Count} steps with a wish, {_answers.Count} orders; half after {Intent(0.5):0.0} and {Answer(0.5):0} ms, the slowest after {Intent(1):0} and {Answer(1):0}");

        public double Intent(double part) => Quantile(_intents, part);

        public double Own(double part) => Quantile(_own, part);

        public double Answer(double part) => Quantile(_answers, part);

        public void Begin()
        {
            lock (_gate) _counts = true;
        }

        public void Step(BotStep step, long closed)
        {
            var now = Stopwatch.GetTimestamp();
            var wished = step.Wishes.Values.SelectMany(wishes => wishes).FirstOrDefault(wish => wish.Intent is not null)?.Intent;
            if (wished is null) return;
            lock (_gate)
            {
                _first = (wished.Id, now);
                if (_counts) _intents.Add(Stopwatch.GetElapsedTime(closed, now).TotalMilliseconds);
            }
        }

        public void Answered(OrderIntent intent, SendOutcome outcome)
        {
            lock (_gate)
                if (_counts && intent.Id == _first.Intent && outcome.Result == SendResult.Accepted)
                {
                    var now = Stopwatch.GetTimestamp();
                    _answers.Add(Stopwatch.GetElapsedTime(_first.At, now).TotalMilliseconds);
                    _own.Add(_answers[^1] - Stopwatch.GetElapsedTime(0, Queued(_first.At, now)).TotalMilliseconds);
                }
        }

        public void Dispose() => _meter.Dispose();

        void Waited(string call, double seconds)
        {
            var now = Stopwatch.GetTimestamp();
            lock (_gate) _waits.Add((call, now - (long)(seconds * Stopwatch.Frequency), now));
        }

        /// <summary>How much of the time one of its calls stood in the queue: orders go out one after the other, and their list is read first.</summary>
        long Queued(long from, long to)
        {
            var preview = _waits.Where(wait => wait.Call == "preview the order" && wait.To >= from).Select(wait => wait.From).DefaultIfEmpty(to).Min();
            var own = _waits.Where(wait => wait.To > from && (wait.Call is "preview the order" or "place the order" || (wait.Call == "list the orders" && wait.To <= preview)));
            var (queued, until) = (0L, from);
            foreach (var (_, begun, ended) in own.OrderBy(wait => wait.From))
            {
                queued += Math.Max(0, Math.Min(ended, to) - Math.Max(begun, until));
                until = Math.Max(until, ended);
            }
            return queued;
        }

        static double Quantile(List<double> values, double part) => values.Count == 0 ? double.NaN : values.Order().ElementAt((int)(part * (values.Count - 1)));
    }
}
