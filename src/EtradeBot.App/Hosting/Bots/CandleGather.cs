using EtradeBot.Engine;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>Makes steps of a bot out of minutes that close: the candles of all its symbols that opened at one instant, together.</summary>
/// <remarks>A symbol in which nothing traded has no candle, and its minute may close a moment after that of another: a step waits a little, then goes without.
/// What comes after that is told as late and left out. Not safe for several threads.</remarks>
/// <param name="minutes">Closed minutes of a symbol from a time on, oldest first.</param>
sealed class CandleGather(Timeframe timeframe, Func<Symbol, DateTimeOffset, CandleSeries> minutes)
{
    /// <summary>Exchange time that a step waits for the candles of other symbols.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly Dictionary<Symbol, Lane> _lanes = [];
    readonly SortedDictionary<DateTimeOffset, List<ClosedCandle>> _waiting = [];
    DateTimeOffset _decided = DateTimeOffset.MinValue;

    /// <param name="lastOpen">Open of the last candle that is known already; null: none.</param>
    public void Add(Symbol symbol, DateTimeOffset? lastOpen) => _lanes[symbol] = new Lane(lastOpen is { } last ? last.AddTicks(1) : DateTimeOffset.MinValue);

    /// <summary>Candles that came after their step had been decided without them; emptied by whoever tells of them.</summary>
    public Queue<ClosedCandle> Late { get; } = [];

    /// <summary>A minute has closed.</summary>
    public void See(LiveCandle minute)
    {
        if (!_lanes.TryGetValue(minute.Symbol, out var lane)) return;
        if (minute.Quality.IsIncomplete) lane.Incomplete.Add(minute.Candle.OpenTime);
        if (minute.Quality.IsDelayed) lane.Delayed.Add(minute.Candle.OpenTime);
    }

    /// <summary>The steps that are due by now, oldest first.</summary>
    public IReadOnlyList<IReadOnlyList<ClosedCandle>> Due(DateTimeOffset now)
    {
        foreach (var (symbol, lane) in _lanes) TakeClosed(symbol, lane, now);
        var due = new List<IReadOnlyList<ClosedCandle>>();
        while (_waiting.Count > 0)
        {
            var (opened, candles) = _waiting.First();
            var close = MarketCalendar.Nyse.CloseTime(opened, timeframe);
            if (candles.Count < _lanes.Count && _waiting.Count == 1 && now < close + Patience) break;
            _waiting.Remove(opened);
            _decided = opened;
            due.Add(candles);
        }
        return due;
    }

    void TakeClosed(Symbol symbol, Lane lane, DateTimeOffset now)
    {
        var series = minutes(symbol, lane.From);
        if (series.Count == 0) return;
        var longer = timeframe == Timeframe.M1 ? series : series.Resample(timeframe);
        for (var i = 0; i < longer.Count; i++)
        {
            var candle = longer[i];
            var close = MarketCalendar.Nyse.CloseTime(candle.OpenTime, timeframe);
            // The last one may be forming still.
            if (candle.OpenTime < lane.From || close > now) continue;
            lane.From = candle.OpenTime.AddTicks(1);
            var closed = new ClosedCandle(symbol, candle) { EntryGates = lane.Gates(candle.OpenTime, close) };
            if (candle.OpenTime <= _decided) Late.Enqueue(closed);
            else if (_waiting.TryGetValue(candle.OpenTime, out var others)) others.Add(closed);
            else _waiting[candle.OpenTime] = [closed];
        }
    }

    sealed class Lane(DateTimeOffset from)
    {
        /// <summary>Candles that open before are known already. A longer candle needs all its minutes, so that it is a candle's open, not a minute's.</summary>
        public DateTimeOffset From { get; set; } = from;

        public List<DateTimeOffset> Incomplete { get; } = [];

        public List<DateTimeOffset> Delayed { get; } = [];

        public IReadOnlyList<Gate> Gates(DateTimeOffset opened, DateTimeOffset closed)
        {
            var (holes, old) = (Take(Incomplete, opened, closed), Take(Delayed, opened, closed));
            return [new Gate("candle-complete", "the candle's minutes were seen without a hole", holes, 0, holes == 0), new Gate("candle-live", "its quotes were of their moment, not delayed", old, 0, old == 0)];
        }

        static int Take(List<DateTimeOffset> minutes, DateTimeOffset from, DateTimeOffset to)
        {
            var found = minutes.Count(minute => minute >= from && minute < to);
            minutes.RemoveAll(minute => minute < to);
            return found;
        }
    }
}
