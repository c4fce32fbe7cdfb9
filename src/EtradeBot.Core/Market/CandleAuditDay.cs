namespace EtradeBot.Market;

/// <summary>The candles of one New York day: <paramref name="Count"/> from <paramref name="First"/> on.</summary>
/// <param name="Session">Null when the exchange was closed or the year is unknown.</param>
readonly record struct CandleAuditDay(DateOnly Day, int First, int Count, Session? Session)
{
    // Asked for at every candle: both 0 on a day without a session.
    readonly long _open = Session?.Open.UtcTicks ?? 0, _close = Session?.Close.UtcTicks ?? 0;

    public static List<CandleAuditDay> Split(CandleSeries candles)
    {
        var days = new List<CandleAuditDay>();
        var calendar = MarketCalendar.Nyse;
        var ticks = candles.OpenTicks;
        for (var first = 0; first < ticks.Length;)
        {
            var day = calendar.DayOf(candles.OpenTime(first));
            var midnight = calendar.At(day.AddDays(1), TimeOnly.MinValue).UtcTicks;
            var end = first + 1;
            while (end < ticks.Length && ticks[end] < midnight) end++;
            days.Add(new(day, first, end - first, calendar.SessionOn(day)));
            first = end;
        }
        return days;
    }

    /// <summary>True when a candle touches the regular session.</summary>
    public bool HasSessionCandle(CandleSeries candles)
    {
        for (var i = First; i < First + Count; i++)
            if (IsInSession(candles, i)) return true;
        return false;
    }

    public bool IsInSession(CandleSeries candles, int index)
    {
        var open = candles.OpenTicks[index];
        return open < _close && open + candles.Timeframe.Length.Ticks > _open;
    }
}
