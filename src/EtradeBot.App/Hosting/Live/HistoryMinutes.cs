using System.Collections.Concurrent;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>One-minute candles of a symbol: history, with recorded ones in its place and at its end. Not safe for several threads.</summary>
sealed class HistoryMinutes(HistorySource source, Symbol symbol)
{
    /// <summary>Machine time after which recorded holes and imports are looked at again.</summary>
    static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(20);

    CandleSeries? _day;
    DateOnly _dayOf;
    HistoryRow? _row;
    string _feed = "";
    bool _isInvented;
    DateTimeOffset _lookAgainAt;
    (long Import, int Filled) _stamp;
    IReadOnlyList<LiveHole> _holes = [];
    long _lastRecorded;

    public HistoryRow Row => _row ?? throw new InvalidOperationException("not read yet");

    /// <summary>UTC ticks before which no further candle will come, but for repairs.</summary>
    public long Settled { get; private set; }

    /// <summary>Brings the candles up to the moment.</summary>
    public void Advance(in HistoryMoment market)
    {
        if (_row is null || _feed != market.Feed || _isInvented != source.IsInvented(symbol, market.Feed) || End(_row.LastOpen) > (market.Now + market.Slack).UtcTicks) Rebuild(market);
        else if (source.MachineNow >= _lookAgainAt && LookAgain(market)) Rebuild(market);
        else Grow(market);
        Settled = Math.Max(End(Row.LastOpen), Math.Min(market.SettledTicks, market.Now.UtcTicks));
    }

    static long End(long openTicks) => openTicks == 0 ? 0 : openTicks + TimeSpan.TicksPerMinute;

    /// <summary>True when something older than the end has changed.</summary>
    bool LookAgain(in HistoryMoment market)
    {
        _lookAgainAt = source.MachineNow + LookAgainAfter;
        var holes = source.Holes(symbol, market.Feed);
        var import = _isInvented ? 0 : source.ImportStamp(symbol, Timeframe.M1);
        var filled = holes.Count(hole => hole.FilledBy is not null);
        if (import == _stamp.Import && filled == _stamp.Filled)
        {
            // New holes only say why candles are missing.
            _holes = holes;
            Row.SetHoles(Open(holes));
            return false;
        }
        return true;
    }

    void Rebuild(in HistoryMoment market)
    {
        (_feed, _isInvented) = (market.Feed, source.IsInvented(symbol, market.Feed));
        _lookAgainAt = source.MachineNow + LookAgainAfter;
        var history = _isInvented ? Invented(market.Now) : source.Imported(symbol, Timeframe.M1);
        // Of a feed that can be worked out, older records than that add nothing.
        var from = _isInvented && history.Count > 0 ? history.OpenTime(0) : DateTimeOffset.UnixEpoch;
        var recorded = source.Recorded(symbol, _feed, from);
        _holes = source.Holes(symbol, _feed);
        _stamp = (_isInvented ? 0 : source.ImportStamp(symbol, Timeframe.M1), _holes.Count(hole => hole.FilledBy is not null));
        var (columns, quality) = Join(history, recorded, market);
        var series = CandleSeries.FromColumns(symbol, Timeframe.M1, history.Count > 0 ? history.Origin : new($"live quotes, {_feed}", _feed == HistorySource.SimulatedFeed), columns);
        _row ??= new(series);
        _row.Replace(series, quality);
        _row.SetHoles(Open(_holes));
    }

    (CandleColumns Columns, ConcurrentDictionary<long, CandleQuality> Quality) Join(CandleSeries history, IReadOnlyList<LiveCandle> recorded, in HistoryMoment market)
    {
        var columns = new CandleColumns(history.Count + recorded.Count + 1024);
        var quality = new ConcurrentDictionary<long, CandleQuality>();
        var live = 0;
        _lastRecorded = 0;
        var settled = market.SettledTicks;
        for (var i = 0; i <= history.Count; i++)
        {
            var next = i < history.Count ? history.OpenTicks[i] : long.MaxValue;
            for (; live < recorded.Count && recorded[live].Candle.OpenTime.UtcTicks <= next; live++)
            {
                var (open, candle) = (recorded[live].Candle.OpenTime.UtcTicks, recorded[live].Candle);
                if (End(open) > market.Now.UtcTicks) continue;
                columns.Add(candle);
                _lastRecorded = open;
                if (Shown(open, recorded[live].Quality) is { } shown) quality[open] = shown;
                if (open == next) next = -1;
            }
            if (next is -1 or long.MaxValue || End(next) > (next > _lastRecorded && live == recorded.Count ? settled : market.Now.UtcTicks)) continue;
            columns.Add(history[i]);
            if (_isInvented && IsInHole(next)) quality[next] = CandleQuality.Backfilled(history.Origin.Source);
        }
        return (columns, quality);
    }

    void Grow(in HistoryMoment market)
    {
        var now = market.Now.UtcTicks;
        if (End(Row.LastOpen) + TimeSpan.TicksPerMinute > now) return;
        foreach (var (_, _, candle, quality) in source.Recorded(symbol, _feed, new DateTimeOffset(_lastRecorded + 1, TimeSpan.Zero)))
        {
            var open = candle.OpenTime.UtcTicks;
            if (open <= _lastRecorded || End(open) > now) continue;
            if (open <= Row.LastOpen)
            {
                // History stood in for it.
                Rebuild(market);
                return;
            }
            Fill(open);
            Row.Append(candle, Shown(open, quality));
            _lastRecorded = open;
        }
        Fill(market.SettledTicks);
    }

    /// <summary>Appends the invented candles that close by then.</summary>
    void Fill(long until)
    {
        if (!_isInvented || Row.LastOpen == 0) return;
        for (var day = MarketCalendar.Nyse.DayOf(Row.LastOpen); day <= MarketCalendar.Nyse.DayOf(until); day = day.AddDays(1))
        {
            if (!MarketCalendar.Nyse.IsSession(day) || MarketCalendar.Nyse.SessionOn(day)!.Value.Close.UtcTicks <= End(Row.LastOpen)) continue;
            var minutes = Day(day);
            for (var i = minutes.IndexAtOrAfter(new DateTimeOffset(Row.LastOpen + 1, TimeSpan.Zero)); i < minutes.Count && End(minutes.OpenTicks[i]) <= until; i++)
                Row.Append(minutes[i], IsInHole(minutes.OpenTicks[i]) ? CandleQuality.Backfilled(minutes.Origin.Source) : null);
        }
    }

    CandleSeries Day(DateOnly day)
    {
        if (_day is not null && _dayOf == day) return _day;
        (_day, _dayOf) = (source.Invent(symbol, Timeframe.M1, day, day), day);
        return _day;
    }

    CandleSeries Invented(DateTimeOffset now)
    {
        var today = MarketCalendar.Nyse.DayOf(now);
        return source.Invent(symbol, Timeframe.M1, HistorySource.FirstInvented(Timeframe.M1, today), today);
    }

    bool IsInHole(long openTicks)
    {
        foreach (var hole in _holes)
            if (openTicks < hole.To.UtcTicks && End(openTicks) > hole.From.UtcTicks) return true;
        return false;
    }

    /// <summary>The simulated market's own past fills every hole.</summary>
    IReadOnlyList<CoverageHole> Open(IReadOnlyList<LiveHole> holes) => _isInvented ? [] : [.. holes.Where(hole => hole.FilledBy is null).Select(hole => new CoverageHole(hole.From, hole.To))];

    /// <summary>What the simulated market's past gave before anything was recorded is as good as what was traded; only in place of what was missed it is a backfill.</summary>
    CandleQuality? Shown(long openTicks, CandleQuality quality) => _isInvented && quality.IsBackfilled && !IsInHole(openTicks) ? null : quality;
}
