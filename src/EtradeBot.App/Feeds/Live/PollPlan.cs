using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

/// <summary>When a group of symbols is to be polled next. Times are the exchange's.</summary>
/// <remarks>
/// Between candles any pace does; at their edges it matters. The last trade of a candle is surely seen by a poll just before its end, or by
/// one just after it if nothing has traded in between: so a slow pace is broken by one poll on each side, as far as the rate limit allows.
/// </remarks>
/// <param name="Interval">The usual pace.</param>
/// <param name="Shortest">The fastest that the rate limit leaves to each group.</param>
readonly record struct PollPlan(TimeSpan Interval, TimeSpan Shortest, Timeframe Timeframe)
{
    /// <summary>How long an answer takes to come, roughly: asked so much before the end, it is made before the end.</summary>
    static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(300);

    static readonly TimeSpan Follow = TimeSpan.FromMilliseconds(200);

    /// <param name="last">When the group was polled last.</param>
    public DateTimeOffset After(DateTimeOffset last)
    {
        var due = last + (Interval > Shortest ? Interval : Shortest);
        var earliest = last + Shortest;
        // The edge may just have passed: one poll after it is still owed.
        if (EdgeAfter(last - Follow) is not { } edge) return due;
        // Several groups take turns: the first of them has to begin early.
        var before = edge - Lead - Shortest;
        if (before >= earliest && before < due) return before;
        var after = edge + Follow;
        return after > last && after < due ? Later(after, earliest) : due;
    }

    /// <summary>The next open, close or end of a candle after the instant, that day; null when there is none.</summary>
    DateTimeOffset? EdgeAfter(DateTimeOffset instant)
    {
        if (MarketCalendar.Nyse.SessionOn(MarketCalendar.Nyse.DayOf(instant)) is not { } session || instant >= session.Close) return null;
        if (instant < session.Open) return session.Open;
        if (!Timeframe.IsIntraday) return session.Close;
        var end = session.Open + Timeframe.Length * (Math.Floor((instant - session.Open) / Timeframe.Length) + 1);
        return end < session.Close ? end : session.Close;
    }

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
