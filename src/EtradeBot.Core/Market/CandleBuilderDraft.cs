namespace EtradeBot.Market;

/// <summary>A candle in which something has traded and that is not closed yet.</summary>
record struct CandleDraft
{
    public CandleSpan Span { get; set; }

    public double Open { get; set; }

    public double High { get; set; }

    public double Low { get; set; }

    public double Last { get; set; }

    public long Volume { get; set; }

    public CandleFlaws Flaws { get; set; }

    /// <summary>Its polls, once quotes have left its span; null while they are in it.</summary>
    public SpanCoverage? Coverage { get; set; }

    public void See(double price)
    {
        High = Math.Max(High, price);
        Low = Math.Min(Low, price);
    }

    public void Trade(in Sighting seen)
    {
        See(seen.Last);
        Last = seen.Last;
        if (seen.IsDelayed) Flaws |= CandleFlaws.Delayed;
        if (seen.IsAfterHours) Flaws |= CandleFlaws.AfterHours;
    }

    /// <summary>
    /// Takes what the day's own open, high and low prove. A day's high that rose between two polls of one candle was a trade between
    /// them, although neither showed it; and all of the day so far belongs to a candle that began with the session.
    /// </summary>
    /// <param name="before">The quote before; null without one.</param>
    /// <param name="collar">As <see cref="CandleBuilderOptions.Collar"/>: a day's high far above what traded is a bad print.</param>
    public void SeeDay(in Sighting seen, Sighting? before, double collar)
    {
        if (seen.IsAfterHours || (!Span.IsFirst && !(before?.At >= Span.Start))) return;
        if (seen.DayHigh is { } high && high != before?.DayHigh && high >= Last && high <= Last * (1 + collar)) High = Math.Max(High, high);
        if (seen.DayLow is { } low && low != before?.DayLow && low <= Last && low >= Last * (1 - collar)) Low = Math.Min(Low, low);
    }

    /// <summary>The session's first trade as the day's open tells it, also when that was missed.</summary>
    public static double OpenOf(in CandleSpan span, in Sighting seen, Sighting? before) =>
        span.IsFirst && !seen.IsAfterHours && seen.DayOpen is { } open && open != before?.DayOpen && open <= seen.DayHigh && open >= seen.DayLow ? open : seen.Last;
}
