namespace EtradeBot.Market;

/// <summary>Makes longer candles of shorter ones.</summary>
public static class Resampler
{
    /// <summary>The same history in a longer timeframe: first open, highest high, lowest low, last close, summed volume.</summary>
    /// <remarks>
    /// <para>Within a day candles begin at the session's open and every length after it (1h: 09:30, 10:30, ... 15:30), the last one
    /// ending with the session. Candles before the session are gathered on the same grid running backwards (08:30, 07:30, ...),
    /// candles after it on a grid running on from the close (16:00, 17:00, ...), so that no candle mixes a session with its
    /// surroundings and none spans midnight.</para>
    /// <para>Days and weeks made of shorter candles hold the regular session only: candles that do not overlap it are left out. (A
    /// clock-hour candle of 09:00 to 10:00 overlaps and counts.) A week runs from Monday to Sunday and is labelled by its first
    /// day that has candles; daily candles are taken as they are.</para>
    /// <para>Stretches without candles make no candle. Where the data end inside a candle, that last one holds what there is; all
    /// the others stay as they are when more data follow. Days outside the calendar's years count as 09:30 to 16:00, Monday to
    /// Friday.</para>
    /// </remarks>
    /// <returns>The series itself when the timeframe is its own.</returns>
    /// <exception cref="CandleDataException">The timeframe is shorter than the series', no multiple of it, or a candle straddles its grid.</exception>
    public static CandleSeries Resample(this CandleSeries series, Timeframe timeframe)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (timeframe.Minutes == 0) throw new ArgumentException("no timeframe given", nameof(timeframe));
        if (timeframe == series.Timeframe) return series;
        Refuse(series, timeframe);
        if (timeframe == Timeframe.W1 && series.Timeframe.IsIntraday) return series.Resample(Timeframe.D1).Resample(Timeframe.W1);
        return Gather(series, timeframe);
    }

    static void Refuse(CandleSeries series, Timeframe timeframe)
    {
        if (timeframe.Minutes < series.Timeframe.Minutes)
            throw new CandleDataException($"{series.Symbol}: {series.Timeframe} candles cannot be split into shorter {timeframe} candles; start from candles of {timeframe} or less");
        if (timeframe.IsIntraday && timeframe.Minutes % series.Timeframe.Minutes != 0)
            throw new CandleDataException($"{series.Symbol}: {series.Timeframe} candles do not fit into {timeframe} candles without a rest; start from 1m candles");
    }

    static CandleSeries Gather(CandleSeries series, Timeframe timeframe)
    {
        var ratio = timeframe == Timeframe.D1 ? 390 / Math.Min(series.Timeframe.Minutes, 390) : timeframe.Minutes / series.Timeframe.Minutes;
        var columns = new CandleColumns(series.Count / Math.Max(ratio, 1) + 16);
        var length = series.Timeframe.Minutes * TimeSpan.TicksPerMinute;
        var times = series.OpenTicks;
        var bucket = default(CandleBucket);
        var start = 0; // the first candle of the bucket, once one was accepted
        var end = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] >= bucket.End)
            {
                Add(columns, series, bucket, start, end);
                bucket = CandleBucket.At(times[i], timeframe);
                start = end = i;
            }
            if (!bucket.Accepts(times[i], length))
            {
                if (start == i) start = end = i + 1;
                continue;
            }
            if (timeframe.IsIntraday && times[i] + length > bucket.End) throw Straddling(series, i, timeframe, bucket);
            end = i + 1;
        }
        Add(columns, series, bucket, start, end);
        return CandleSeries.FromColumns(series.Symbol, timeframe, series.Origin, columns);
    }

    /// <summary>Candles <paramref name="start"/> to <paramref name="end"/> - 1 as one; accepted candles of a bucket always adjoin.</summary>
    static void Add(CandleColumns columns, CandleSeries series, CandleBucket bucket, int start, int end)
    {
        if (start == end) return;
        double high = series.High[start], low = series.Low[start];
        long volume = 0;
        for (var i = start; i < end; i++)
        {
            high = Math.Max(high, series.High[i]);
            low = Math.Min(low, series.Low[i]);
            volume = checked(volume + series.Volume[i]);
        }
        columns.Add(bucket.Label ?? series.OpenTicks[start], series.Open[start], high, low, series.Close[end - 1], volume);
    }

    static CandleDataException Straddling(CandleSeries series, int i, Timeframe timeframe, CandleBucket bucket)
    {
        var end = MarketCalendar.Nyse.Label(new DateTimeOffset(bucket.End, TimeSpan.Zero), series.Timeframe);
        return new($"{series.Symbol} {series.Timeframe}: the candle at {series.Label(i)} reaches past {end}, where a {timeframe} candle ends; resample from 1m candles, which always fit");
    }
}

/// <summary>One candle to be: which shorter candles belong to it.</summary>
/// <param name="End">UTC ticks of its end: the first later candle belongs to another bucket.</param>
/// <param name="Label">UTC ticks of its open; null: the open of its first candle.</param>
/// <param name="From">Only candles that overlap <paramref name="From"/> to <paramref name="Until"/> belong to it.</param>
readonly record struct CandleBucket(long End, long? Label, long From, long Until)
{
    public bool Accepts(long openTicks, long length) => openTicks < Until && openTicks + length > From;

    public static CandleBucket At(long ticks, Timeframe timeframe)
    {
        var day = MarketCalendar.Nyse.DayOf(ticks);
        if (timeframe == Timeframe.W1) return OfWeek(day);
        return timeframe == Timeframe.D1 ? OfDay(day) : WithinDay(ticks, day, timeframe.Minutes * TimeSpan.TicksPerMinute);
    }

    static CandleBucket OfWeek(DateOnly day)
    {
        var nextMonday = day.AddDays(7 - ((int)day.DayOfWeek + 6) % 7);
        return new(Midnight(nextMonday), null, long.MinValue, long.MaxValue);
    }

    static CandleBucket OfDay(DateOnly day)
    {
        var end = Midnight(day.AddDays(1));
        return MarketCalendar.Nyse.RegularHours(day) is { } session
            ? new(end, MarketCalendar.Nyse.DailyOpen(day).UtcTicks, session.Open.UtcTicks, session.Close.UtcTicks)
            : new(end, null, long.MaxValue, long.MinValue);
    }

    static CandleBucket WithinDay(long ticks, DateOnly day, long length)
    {
        var session = MarketCalendar.Nyse.RegularHours(day);
        var open = (session?.Open ?? MarketCalendar.Nyse.DailyOpen(day)).UtcTicks;
        var close = session?.Close.UtcTicks ?? long.MaxValue;
        var origin = ticks < close ? open : close;
        var start = origin + (long)Math.Floor((ticks - origin) / (double)length) * length;
        var end = Math.Min(start + length, ticks < close ? close : long.MaxValue);
        return new(Math.Min(end, Midnight(day.AddDays(1))), Math.Max(start, Midnight(day)), long.MinValue, long.MaxValue);
    }

    static long Midnight(DateOnly day) => MarketCalendar.Nyse.UtcTicks(day, 0);
}
