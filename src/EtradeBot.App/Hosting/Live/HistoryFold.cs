using System.Collections.Concurrent;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>Longer candles: their own history as far as it goes, then folded from shorter ones as those close. Not safe for several threads.</summary>
sealed class HistoryFold(HistorySource source, (Symbol Symbol, Timeframe Timeframe) name)
{
    static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(20);

    HistoryRow? _row;
    long _rewrites = -1;
    long _folded;
    long _importStamp;
    string _feed = "";
    DateTimeOffset _lookAgainAt;

    public HistoryRow Row => _row ?? throw new InvalidOperationException("not read yet");

    /// <param name="shorter">Of a shorter timeframe, up to the same moment.</param>
    /// <param name="settled">UTC ticks before which the shorter candles are complete.</param>
    public void Advance(HistoryRow shorter, long settled, in HistoryMoment market)
    {
        if (_row is null || _rewrites != shorter.Rewrites || _feed != market.Feed || WasImported(market)) Rebuild(shorter, settled, market);
        else Grow(shorter, settled);
        Row.SetHoles(shorter.Holes);
    }

    bool WasImported(in HistoryMoment market)
    {
        if (source.MachineNow < _lookAgainAt || source.IsInvented(name.Symbol, market.Feed)) return false;
        _lookAgainAt = source.MachineNow + LookAgainAfter;
        return source.ImportStamp(name.Symbol, name.Timeframe) != _importStamp;
    }

    void Rebuild(HistoryRow shorter, long settled, in HistoryMoment market)
    {
        (_rewrites, _feed) = (shorter.Rewrites, market.Feed);
        var own = Own(shorter, market);
        var columns = new CandleColumns(own.Count + 1024);
        var end = market.Now.UtcTicks;
        for (var i = 0; i < own.Count && MarketCalendar.Nyse.CloseTicks(own.OpenTicks[i], name.Timeframe) <= end; i++) columns.Add(own[i]);
        _folded = columns.Count > 0 ? Close(own.OpenTicks[columns.Count - 1]) : 0;
        var origin = own.Count > 0 ? own.Origin : shorter.Candles.Origin;
        var series = CandleSeries.FromColumns(name.Symbol, name.Timeframe, origin, columns);
        _row ??= new(series);
        _row.Replace(series, new ConcurrentDictionary<long, CandleQuality>());
        Grow(shorter, settled);
    }

    /// <summary>History in the timeframe itself, which ends where the shorter candles begin when those can be worked out, and goes before them when it was imported.</summary>
    CandleSeries Own(HistoryRow shorter, in HistoryMoment market)
    {
        if (!source.IsInvented(name.Symbol, market.Feed))
        {
            _importStamp = source.ImportStamp(name.Symbol, name.Timeframe);
            return source.Imported(name.Symbol, name.Timeframe);
        }
        var today = MarketCalendar.Nyse.DayOf(market.Now);
        var first = shorter.Candles.Count > 0 ? MarketCalendar.Nyse.DayOf(shorter.Candles.OpenTicks[0]) : today;
        var from = HistorySource.FirstInvented(name.Timeframe, today);
        var none = CandleSeries.FromColumns(name.Symbol, name.Timeframe, shorter.Candles.Origin, new CandleColumns(0));
        return name.Timeframe == Timeframe.W1 || from >= first ? none : source.Invent(name.Symbol, name.Timeframe, from, first.AddDays(-1));
    }

    void Grow(HistoryRow shorter, long settled)
    {
        if (shorter.LastOpen < _folded) return;
        var from = shorter.Candles.IndexAtOrAfter(new DateTimeOffset(_folded, TimeSpan.Zero));
        var rest = shorter.Candles.Slice(from, shorter.Candles.Count - from);
        if (rest.Count == 0) return;
        var longer = rest.Resample(name.Timeframe);
        for (var i = 0; i < longer.Count; i++)
        {
            var close = Close(longer.OpenTicks[i]);
            if (close > settled) return;
            _folded = close;
            Row.Append(longer[i], HistoryQuality.Of(shorter, longer.OpenTicks[i], close));
        }
    }

    long Close(long openTicks) => MarketCalendar.Nyse.CloseTicks(openTicks, name.Timeframe);
}
