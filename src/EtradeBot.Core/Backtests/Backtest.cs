using System.Runtime.CompilerServices;
using EtradeBot.Brokers;
using EtradeBot.Engine;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.Backtests;

/// <summary>
/// Runs a strategy over history: <see cref="Prepare"/> computes what the strategy looks at, <see cref="Simulate"/> steps the engine
/// through every candle, <see cref="Result"/> collects. Several symbols share one cash account.
/// </summary>
public sealed class Backtest
{
    const int CandlesBetweenReports = 65_536;

    readonly BacktestSettings _settings;
    readonly Func<Strategy> _newStrategy;
    readonly Lane[] _lanes;
    readonly Account _account;
    readonly long _firstTicks;
    int _stepsDone;
    long[] _times = [];
    double[] _equity = [], _exposure = [];

    /// <param name="newStrategy">Makes a fresh instance for each symbol.</param>
    /// <param name="candles">One series a symbol, all of one timeframe.</param>
    /// <exception cref="CandleDataException">Nothing to trade between the dates.</exception>
    public Backtest(BacktestSettings settings, Func<Strategy> newStrategy, IReadOnlyList<CandleSeries> candles)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(candles);
        if (candles.Count == 0) throw new ArgumentException("a backtest needs candles", nameof(candles));
        if (candles.Select(c => c.Timeframe).Distinct().Count() > 1)
            throw new CandleDataException($"all symbols of one backtest need the same timeframe: {string.Join(", ", candles.Select(c => $"{c.Symbol} has {c.Timeframe}"))}");
        if (candles.GroupBy(c => c.Symbol).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"{twice.Key} is named twice", nameof(candles));
        _settings = settings;
        _newStrategy = newStrategy;
        _account = new Account(settings.Cash, candles.Max(c => c.Count) / 16);
        _lanes = [.. candles.Select(Cut).Select(c => new Lane(c, settings, _account))];
        _firstTicks = settings.From?.UtcTicks ?? long.MinValue;
    }

    /// <summary>The size entries get; known after <see cref="Prepare"/>.</summary>
    public Sizing Sizing { get; private set; }

    /// <summary>Calls <see cref="Strategy.Init"/> and thereby computes its indicators.</summary>
    /// <exception cref="CandleDataException">A history too short for the strategy's indicators.</exception>
    public void Prepare()
    {
        foreach (var lane in _lanes)
        {
            lane.View = new View(lane.Candles);
            lane.Strategy = _newStrategy();
            StrategyGuard.Init(lane.Strategy, lane.View);
            lane.View.Seal();
            if (lane.View.Lines.Any(line => line.NeverHasAValue))
                throw new CandleDataException($"{lane.Candles.Symbol}: {lane.Candles.Count} candles are fewer than the strategy's indicators need to warm up; give it more history or shorter periods");
        }
        Sizing = _settings.Sizing ?? _lanes[0].Strategy!.PreferredSizing ?? new Sizing(SizingKind.Risk, 0.01);
        foreach (var lane in _lanes)
        {
            var parts = new EngineParts(lane.Candles, _account, lane.Broker, new RiskManager(_settings.Limits, Sizing));
            lane.Engine = new TradingEngine(lane.Strategy!, lane.View!, parts);
        }
    }

    /// <summary>Steps through all candles. Each step: all fills of the instant, then all decisions, then the account is marked.</summary>
    /// <param name="progress">Told the fraction done now and then.</param>
    public void Simulate(Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (_lanes[0].Engine is null) Prepare();
        var steps = CountSteps();
        if (_lanes.Length > 1) _times = new long[steps];
        // Every element is written below: clearing them first would touch all of the memory twice.
        _equity = GC.AllocateUninitializedArray<double>(steps);
        _exposure = GC.AllocateUninitializedArray<double>(steps);
        var days = _settings.Limits.MaxDailyLoss is null ? null : new DayStarts();
        var untilReport = 0;
        for (var ticks = FirstTicks(); ticks != long.MaxValue;)
        {
            if (--untilReport < 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Invoke((double)_stepsDone / Math.Max(steps, 1));
                untilReport = CandlesBetweenReports;
            }
            var mayTrade = ticks >= _firstTicks;
            if (days is not null && mayTrade && days.IsNewDay(ticks)) StartDay();
            var next = Step(ticks, mayTrade);
            if (mayTrade) Mark(ticks);
            ticks = next;
        }
        progress?.Invoke(1);
    }

    /// <summary>All fills of the instant, then all decisions.</summary>
    /// <returns>The next instant at which a candle opens; <see cref="long.MaxValue"/> after the last.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    long Step(long ticks, bool mayTrade)
    {
        var lanes = _lanes;
        foreach (var lane in lanes)
            if (lane.NextTicks == ticks) lane.Broker.OnCandle(lane.Next);
        var next = long.MaxValue;
        foreach (var lane in lanes)
        {
            if (lane.NextTicks == ticks) lane.Decide(mayTrade);
            if (lane.NextTicks < next) next = lane.NextTicks;
        }
        return next;
    }

    /// <summary>What the run produced; call after <see cref="Simulate"/>.</summary>
    public BacktestResult Result() => new()
    {
        Candles = [.. _lanes.Select(lane => lane.Traded(_firstTicks))],
        Curve = new EquityCurve
        {
            Timeframe = _lanes[0].Candles.Timeframe,
            StartingCash = (double)_settings.Cash,
            Times = _lanes.Length > 1 ? _times : _lanes[0].Traded(_firstTicks).OpenTicksMemory,
            Equity = _equity,
            Exposure = _exposure,
        },
        RoundTrips = _account.RoundTrips,
        OpenPositions = [.. _lanes.Where(lane => !lane.Holding.IsFlat).Select(lane => lane.OpenPosition())],
        Orders = _lanes.Length == 1
            ? _lanes[0].Broker.AllReports()
            : [.. _lanes.SelectMany(lane => lane.Broker.Reports.Concat(lane.Broker.StillWorking)).OrderBy(report => report.Order.Id)],
        Fills = _account.Fills,
        Denials = _lanes.Length == 1 ? _lanes[0].Engine!.Denials : [.. _lanes.SelectMany(lane => lane.Engine!.Denials).OrderBy(denial => denial.At)],
        AmbiguousCandles = _lanes.Sum(lane => lane.Broker.AmbiguousAt.Count),
        AmbiguousAt = [.. _lanes.SelectMany(lane => lane.Broker.AmbiguousAt.Select(at => (lane.Candles.Symbol, at)))],
        GapFills = _lanes.Sum(lane => lane.Broker.GapFills),
        GapCost = _lanes.Sum(lane => lane.Broker.GapCost),
        Warnings = [.. Warnings()],
    };

    /// <summary>Prepare, simulate and collect in one call.</summary>
    public static BacktestResult Run(BacktestSettings settings, Func<Strategy> newStrategy, params IReadOnlyList<CandleSeries> candles)
    {
        var backtest = new Backtest(settings, newStrategy, candles);
        backtest.Prepare();
        backtest.Simulate();
        return backtest.Result();
    }

    CandleSeries Cut(CandleSeries candles)
    {
        var end = _settings.To is { } to ? candles.IndexAtOrAfter(to) : candles.Count;
        var first = _settings.From is { } from ? Math.Min(candles.IndexAtOrAfter(from), end) : 0;
        if (candles.Count == 0) throw new CandleDataException($"{candles.Symbol} has no candles");
        if (first == end)
            throw new CandleDataException($"{candles.Symbol} has no candles between the dates: its {candles.Count} candles run from {candles.Label(0)} to {candles.Label(candles.Count - 1)}");
        if (end - first < 2)
            throw new CandleDataException($"{candles.Symbol} has one candle between the dates: a decision at its close fills at the next open, so nothing can be traded");
        return candles.Slice(0, end);
    }

    int CountSteps()
    {
        if (_lanes.Length == 1) return _lanes[0].Candles.Count - _lanes[0].FirstTraded(_firstTicks);
        var times = new HashSet<long>();
        foreach (var lane in _lanes)
            foreach (var ticks in lane.Candles.OpenTicks[lane.FirstTraded(_firstTicks)..]) times.Add(ticks);
        return times.Count;
    }

    long FirstTicks() => _lanes.Min(lane => lane.NextTicks);

    void Mark(long ticks)
    {
        var (equity, gross) = _account.Mark();
        var step = _stepsDone++;
        if (_times.Length > 0) _times[step] = ticks;
        _equity[step] = equity;
        _exposure[step] = gross == 0 ? 0 : gross / equity;
    }

    void StartDay()
    {
        var equity = _account.Equity;
        foreach (var lane in _lanes) lane.Engine!.DayStartEquity = equity;
    }

    IEnumerable<string> Warnings()
    {
        var share = _lanes.Max(lane => lane.Broker.LargestShareOfVolume);
        if (double.IsInfinity(share)) yield return "A fill happened in a candle without any volume: nobody may have been there to trade with.";
        else if (share > 0.1)
            yield return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The largest fill took {share:P0} of its candle's volume; a real one would have moved the price. Cap it with a participation limit.");
        if (_account.Cash < 0)
            yield return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Losses on short sales drove the cash to {_account.Cash:0.00}: a broker would have closed the positions earlier.");
    }

    /// <summary>One symbol on its way through the candles.</summary>
    sealed class Lane(CandleSeries candles, BacktestSettings settings, Account account)
    {
        public CandleSeries Candles { get; } = candles;

        public PaperBroker Broker { get; } = new(candles, account, settings.Fills, settings.Costs);

        public Holding Holding { get; } = account.HoldingOf(candles.Symbol);

        public Strategy? Strategy { get; set; }

        public View? View { get; set; }

        public TradingEngine? Engine { get; set; }

        /// <summary>Index of the candle to come.</summary>
        public int Next { get; private set; }

        /// <summary>Its open; <see cref="long.MaxValue"/> after the last.</summary>
        public long NextTicks { get; private set; } = candles.OpenTicks[0];

        // A span's cost at every candle is worth saving.
        readonly long[] _openTicks = candles.Columns.OpenTimes;
        readonly int _start = candles.Start, _count = candles.Count;

        public void Decide(bool mayTrade)
        {
            var index = Next;
            Engine!.Decide(index, mayTrade);
            Next = ++index;
            NextTicks = index < _count ? _openTicks[_start + index] : long.MaxValue;
        }

        public int FirstTraded(long firstTicks)
        {
            var found = Candles.OpenTicks.BinarySearch(firstTicks);
            return found >= 0 ? found : ~found;
        }

        public CandleSeries Traded(long firstTicks)
        {
            var first = FirstTraded(firstTicks);
            return Candles.Slice(first, Candles.Count - first);
        }

        public OpenPosition OpenPosition()
        {
            var last = (decimal)Holding.LastPrice;
            return new OpenPosition
            {
                Symbol = Candles.Symbol,
                Shares = Holding.Shares,
                EntryTime = Holding.EntryTime,
                AveragePrice = Holding.AveragePrice,
                LastPrice = last,
                UnrealizedProfitAndLoss = (last - Holding.AveragePrice) * Holding.Shares - Holding.EntryFees,
                EntryReason = Holding.EntryReason,
            };
        }
    }
}
