using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.Engine;

/// <summary>A candle that has just closed.</summary>
public readonly record struct ClosedCandle(Symbol Symbol, Candle Candle)
{
    /// <summary>Conditions on entries at this candle that are not the engine's own, such as the age of the last quote, in the order in which they are looked at. Exits always pass.</summary>
    public IReadOnlyList<Gate>? EntryGates { get; init; }
}

/// <summary>What became of the candles of one instant.</summary>
/// <param name="OpenTime">Open of those candles.</param>
/// <param name="Equity">Account value at their closes, dollars.</param>
/// <param name="Exposure">Gross market value of all positions over equity: 0 when flat, 1 fully invested.</param>
/// <param name="Decisions">One a candle, in the order of the lanes.</param>
public sealed record LiveStep(DateTimeOffset OpenTime, double Equity, double Exposure, IReadOnlyList<Decision> Decisions);

/// <summary>A New York day's first figure.</summary>
/// <param name="Equity">Account value at the last close of the day before, dollars.</param>
public readonly record struct DayStart(DateOnly Day, double Equity);

/// <summary>
/// Strategies on several symbols and one account while candles come, step for step as a backtest runs over
/// history: all fills of an instant, then all decisions. With paper brokers it is paper trading.
/// </summary>
public sealed class LiveRun
{
    readonly LiveLane[] _lanes;
    readonly DayStarts _days = new();
    readonly ClosedCandle?[] _closed;
    long _lastTicks = long.MinValue;

    /// <param name="lanes">In the order in which they decide at one instant.</param>
    /// <param name="today">The day that has begun already, when the run goes on after an interruption; null: the account's value at the start counts.</param>
    /// <exception cref="ArgumentException">No lane, several for one symbol or with one strategy instance, or of different timeframes.</exception>
    /// <exception cref="StrategyException">A strategy's parameters contradict each other.</exception>
    /// <exception cref="StrategyFailedException">A strategy threw while it warmed up.</exception>
    public LiveRun(Account account, RiskManager risk, IReadOnlyList<LaneSetup> lanes, DayStart? today = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(risk);
        ArgumentNullException.ThrowIfNull(lanes);
        if (lanes.Count == 0) throw new ArgumentException("a run needs a symbol", nameof(lanes));
        if (lanes.GroupBy(lane => lane.History.Symbol).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"{twice.Key} is named twice", nameof(lanes));
        if (lanes.Select(lane => lane.History.Timeframe).Distinct().Count() > 1)
            throw new ArgumentException("all symbols of one run need the same timeframe", nameof(lanes));
        if (lanes.Select(lane => lane.Strategy).Distinct(ReferenceEqualityComparer.Instance).Count() < lanes.Count)
            throw new ArgumentException("every symbol needs a strategy instance of its own", nameof(lanes));
        Account = account;
        Today = today;
        _lanes = [.. lanes.Select(setup => new LiveLane(setup, account, risk))];
        _closed = new ClosedCandle?[_lanes.Length];
        if (today is { } day) StartDay(day);
    }

    public Account Account { get; }

    public IReadOnlyList<LiveLane> Lanes => _lanes;

    /// <summary>The present day, to be handed to the run that goes on after an interruption; null before the first candle.</summary>
    public DayStart? Today { get; private set; }

    /// <summary>One candle of one symbol: for a run of several, all that closed together belong into one call of <see cref="OnCandles"/>.</summary>
    public LiveStep OnCandle(Symbol symbol, in Candle candle) => OnCandles([new ClosedCandle(symbol, candle)]);

    /// <summary>All candles that opened at one instant, now closed: all fills, then all decisions.</summary>
    /// <exception cref="CandleDataException">Not of one instant, not after the candles before, or of a symbol twice or not traded here; nothing has happened then.</exception>
    public LiveStep OnCandles(IReadOnlyList<ClosedCandle> closed)
    {
        ArgumentNullException.ThrowIfNull(closed);
        Sort(closed);
        var opened = closed[0].Candle.OpenTime;
        _lastTicks = opened.UtcTicks;
        if (_days.IsNewDay(_lastTicks)) BeginDay(MarketCalendar.Nyse.DayOf(_lastTicks));
        for (var i = 0; i < _lanes.Length; i++)
            if (_closed[i] is { } one) _lanes[i].Take(one.Candle);
        var decisions = new List<Decision>(closed.Count);
        for (var i = 0; i < _lanes.Length; i++)
            if (_closed[i] is { } one) decisions.Add(_lanes[i].Decide(one.EntryGates ?? []));
        var (equity, gross) = Account.Mark();
        return new LiveStep(opened, equity, gross == 0 ? 0 : gross / equity, decisions);
    }

    /// <summary>Puts each candle beside its lane, or throws before anything has happened.</summary>
    void Sort(IReadOnlyList<ClosedCandle> closed)
    {
        if (closed.Count == 0) throw new CandleDataException("a step needs a candle");
        Array.Clear(_closed);
        var opened = closed[0].Candle.OpenTime;
        foreach (var one in closed)
        {
            var i = Array.FindIndex(_lanes, lane => lane.Symbol == one.Symbol);
            if (i < 0) throw new CandleDataException($"{one.Symbol} is not traded here");
            if (_closed[i] is not null) throw new CandleDataException($"{one.Symbol} comes twice in one step");
            if (one.Candle.OpenTime != opened) throw new CandleDataException($"{one.Symbol}: a candle of {one.Candle.OpenTime:O} in a step of {opened:O}");
            var candles = _lanes[i].Candles;
            if (opened.UtcTicks <= _lastTicks || (candles.Count > 0 && opened.UtcTicks <= candles.OpenTicks[^1]))
                throw new CandleDataException($"{one.Symbol} {candles.Timeframe}: candle at {opened:O} does not come after those already seen");
            _closed[i] = one;
        }
    }

    void BeginDay(DateOnly day)
    {
        if (Today is { } today && today.Day == day) return;
        StartDay(new DayStart(day, Account.Equity));
    }

    void StartDay(DayStart day)
    {
        Today = day;
        foreach (var lane in _lanes) lane.DayStartEquity = day.Equity;
    }
}
