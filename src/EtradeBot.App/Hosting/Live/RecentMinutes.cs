using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>The closed one-minute candles of the last sessions: what sparklines, longer forming candles and patterns are made of. Safe for several threads.</summary>
/// <param name="isSimulated">Whether they come from a market that is not real.</param>
sealed class RecentMinutes(bool isSimulated)
{
    /// <summary>A little more than three sessions.</summary>
    const int MostCandles = 1_200;

    const int SparklinePoints = 60;

    static readonly MarketCalendar Calendar = MarketCalendar.Nyse;

    readonly Lock _gate = new();
    readonly Dictionary<Symbol, List<Candle>> _candles = [];

    /// <summary>Adds candles in any order; one of the same time is replaced.</summary>
    public void Put(Symbol symbol, IEnumerable<Candle> candles)
    {
        lock (_gate)
        {
            if (!_candles.TryGetValue(symbol, out var list)) _candles[symbol] = list = [];
            foreach (var candle in candles) Put(list, candle);
            if (list.Count > MostCandles) list.RemoveRange(0, list.Count - MostCandles);
        }
    }

    public void Drop(Symbol symbol)
    {
        lock (_gate) _candles.Remove(symbol);
    }

    /// <param name="from">Only those that open then or later.</param>
    public CandleSeries Series(Symbol symbol, DateTimeOffset from, Candle? forming = null)
    {
        lock (_gate)
        {
            var candles = _candles.TryGetValue(symbol, out var list) ? list[First(list, from)..] : [];
            if (forming is { } last && (candles.Count == 0 || candles[^1].OpenTime < last.OpenTime)) candles.Add(last);
            return CandleSeries.From(symbol, Timeframe.M1, new("live quotes", isSimulated, PriceAdjustment.Raw), candles);
        }
    }

    /// <summary>Closes of a day, thinned out evenly; the last is always there.</summary>
    public IReadOnlyList<double> Sparkline(Symbol symbol, DateOnly day)
    {
        lock (_gate)
        {
            if (!_candles.TryGetValue(symbol, out var list) || Calendar.SessionOn(day) is not { } session) return [];
            var first = First(list, session.Open);
            var count = First(list, session.Close) - first;
            var step = (count + SparklinePoints - 1) / SparklinePoints;
            var closes = new List<double>();
            for (var i = count - 1; i >= 0; i -= step) closes.Add(list[first + i].Close);
            closes.Reverse();
            return closes;
        }
    }

    /// <summary>The longer candle of this moment: what resampling makes of its closed minutes and the one that is forming. Null while nothing has traded in it.</summary>
    public FormingCandle? Fold(Symbol symbol, Timeframe timeframe, FormingCandle? minute, DateTimeOffset exchangeNow)
    {
        var at = minute?.OpenTime ?? exchangeNow;
        if (Calendar.SessionOn(Calendar.DayOf(at)) is not { } session) return null;
        var series = Series(symbol, session.Open, minute is { } now ? CandleOf(now) : null);
        if (series.Count == 0) return null;
        var longer = series.Resample(timeframe);
        var last = longer[longer.Count - 1];
        var end = Calendar.CloseTime(last.OpenTime, timeframe);
        if (minute is null && exchangeNow >= end) return null;
        return new(symbol, timeframe, last.OpenTime, end, last.Volume, minute?.At ?? series.OpenTime(series.Count - 1).AddMinutes(1)) { Prices = (last.Open, last.High, last.Low, last.Close) };
    }

    static Candle CandleOf(FormingCandle minute) =>
        new(minute.OpenTime, minute.Prices.First, minute.Prices.Highest, minute.Prices.Lowest, minute.Prices.Last, minute.Volume);

    static void Put(List<Candle> list, in Candle candle)
    {
        var at = First(list, candle.OpenTime);
        if (at < list.Count && list[at].OpenTime == candle.OpenTime) list[at] = candle;
        else list.Insert(at, candle);
    }

    /// <summary>Index of the first candle that opens then or later.</summary>
    static int First(List<Candle> list, DateTimeOffset instant)
    {
        var (low, high) = (0, list.Count);
        // Mostly it is the end that is wanted.
        if (high == 0 || list[high - 1].OpenTime < instant) return high;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (list[middle].OpenTime < instant) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
