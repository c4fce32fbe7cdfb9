using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

/// <summary>Prices of given candles. Those of a minute as they are, longer ones walked through their whole length.</summary>
/// <remarks>
/// Candles outside 04:00 to 20:00 of a session day never show. A longer candle that begins before the open and ends after it is
/// walked from the open on, as candles of clock hours mean it.
/// </remarks>
sealed class ReplaySource : IMinuteSource
{
    readonly Dictionary<Symbol, Reel> _reels = [];
    readonly int _seed;

    /// <exception cref="ArgumentException">The candles cannot be replayed: weekly, twice the same symbol, or of years whose sessions are not known.</exception>
    public ReplaySource(SimulatorOptions options)
    {
        _seed = options.Seed;
        foreach (var series in options.Replay)
            if (!_reels.TryAdd(series.Symbol, new Reel(series)))
                throw new ArgumentException($"{series.Symbol} is to be replayed twice: give one series a symbol", nameof(options));
        Symbols = [.. _reels.Keys.Order()];
    }

    public IReadOnlyList<Symbol> Symbols { get; }

    public bool HasThinHours => false;

    public (string Description, string Exchange)? Describe(Symbol symbol) =>
        _reels.ContainsKey(symbol) ? (symbol.Ticker, ListedTickers.Table.Find(symbol)?.Exchange ?? "") : null;

    public CandleColumns Minutes(Symbol symbol, DateOnly day) => _reels[symbol].Minutes(day, SeededRandom.Derive((uint)_seed, symbol.Ticker));

    public DateOnly? TradedBefore(Symbol symbol, DateOnly day) => _reels[symbol].TradedBefore(day);

    /// <summary>One series, and where in it each day begins.</summary>
    sealed class Reel
    {
        readonly CandleSeries _series;
        readonly List<DateOnly> _days = [];
        readonly List<int> _starts = [];

        public Reel(CandleSeries series)
        {
            _series = series;
            if (series.Timeframe == Timeframe.W1) throw Unfit("weekly candles cannot be replayed: give candles of 1m to 1d");
            if (series.Count == 0) return;
            var nyse = MarketCalendar.Nyse;
            if (!nyse.Covers(nyse.DayOf(series.OpenTicks[0])) || !nyse.Covers(nyse.DayOf(series.OpenTicks[^1])))
                throw Unfit("only candles of 1990 to 2035 can be replayed, the years whose sessions are known");
            for (var i = 0; i < series.Count; i++)
            {
                var day = nyse.DayOf(series.OpenTicks[i]);
                if (i > 0 && series.OpenTicks[i] - series.OpenTicks[i - 1] < TimeSpan.TicksPerMinute)
                    throw Unfit($"candle {i + 1} at {series.Label(i)} begins less than a minute after the one before it");
                if (!nyse.IsSession(day) || (_days.Count > 0 && _days[^1] == day)) continue;
                _days.Add(day);
                _starts.Add(i);
            }
        }

        public DateOnly? TradedBefore(DateOnly day)
        {
            var i = _days.BinarySearch(day);
            var before = (i >= 0 ? i : ~i) - 1;
            return before >= 0 ? _days[before] : null;
        }

        public CandleColumns Minutes(DateOnly day, ulong seed)
        {
            var found = _days.BinarySearch(day);
            if (found < 0 || TradingHours.On(day) is not { } hours) return new CandleColumns(0);
            var columns = new CandleColumns(390);
            for (var i = _starts[found]; i < _series.Count; i++)
            {
                var candle = _series[i];
                if (MarketCalendar.Nyse.DayOf(candle.OpenTime) != day) break;
                var (from, count) = Span(candle.OpenTime.UtcTicks, hours);
                if (from >= hours.Start && from < hours.End) LongCandle.Split(candle, (from, count), seed, columns);
            }
            return columns;
        }

        (long From, int Count) Span(long open, in TradingHours hours)
        {
            if (_series.Timeframe == Timeframe.M1) return (open, 1);
            var end = MarketCalendar.Nyse.CloseTicks(open, _series.Timeframe);
            var from = _series.Timeframe == Timeframe.D1 || (open < hours.Open && end > hours.Open) ? hours.Open : open;
            return (from, (int)Math.Max(1, (end - from) / TimeSpan.TicksPerMinute));
        }

        ArgumentException Unfit(string why) => new($"{_series.Symbol} {_series.Timeframe}: {why}");
    }
}
