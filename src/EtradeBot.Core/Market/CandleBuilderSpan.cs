namespace EtradeBot.Market;

/// <summary>Where a candle begins and ends, in UTC ticks.</summary>
/// <param name="IsFirst">It begins with its session, so that the day's open, high and low are its own.</param>
/// <param name="IsLast">It ends with its session.</param>
readonly record struct CandleSpan(long Start, long End, bool IsFirst, bool IsLast)
{
    /// <summary>The candle of the session into which the instant falls; null outside.</summary>
    /// <param name="closingPrints">Ticks after the close that still count for the last candle.</param>
    public static CandleSpan? Of(in Session session, Timeframe timeframe, long instant, long closingPrints)
    {
        var (open, close) = (session.Open.UtcTicks, session.Close.UtcTicks);
        if (instant < open || instant >= close + closingPrints) return null;
        if (!timeframe.IsIntraday) return new(open, close, true, true);
        var length = timeframe.Minutes * TimeSpan.TicksPerMinute;
        var start = open + (Math.Min(instant, close - 1) - open) / length * length;
        var end = Math.Min(start + length, close);
        return new(start, end, start == open, end == close);
    }
}

/// <summary>The polls of one candle's span.</summary>
record struct SpanCoverage
{
    public long Start { get; set; }

    public long End { get; set; }

    public int Polls { get; set; }

    /// <summary>Ticks from the start to the first poll; below zero before there was one.</summary>
    public long FirstDelay { get; set; }

    /// <summary>The last instant inside the span of which something is known.</summary>
    public long Last { get; set; }

    public long Longest { get; set; }

    public bool HasHole { get; set; }

    public static SpanCoverage Of(in CandleSpan span) => new() { Start = span.Start, End = span.End, FirstDelay = -1, Last = span.Start };

    /// <summary>A quote that tells of the span up to that instant.</summary>
    public void See(long instant)
    {
        var at = Math.Clamp(instant, Last, End);
        Longest = Math.Max(Longest, at - Last);
        if (FirstDelay < 0) FirstDelay = at - Start;
        Last = at;
        Polls++;
    }

    /// <summary>A later quote proves that nothing traded up to the end.</summary>
    public void SeeEnd()
    {
        Longest = Math.Max(Longest, End - Last);
        Last = End;
    }

    public readonly CandleQuality ToQuality(CandleFlaws flaws, RefusedQuotes refused) => new()
    {
        Polls = Polls,
        LongestHole = TimeSpan.FromTicks(Math.Max(Longest, End - Last)),
        FirstPollDelay = TimeSpan.FromTicks(FirstDelay < 0 ? End - Start : FirstDelay),
        LastPollLead = TimeSpan.FromTicks(End - Last),
        Flaws = HasHole ? flaws | CandleFlaws.HasHole : flaws,
        Refused = refused,
    };
}
