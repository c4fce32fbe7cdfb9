using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

/// <summary>Which part of the trading day it is.</summary>
public enum MarketHours
{
    /// <summary>Night, weekend, holiday.</summary>
    Closed,

    /// <summary>04:00 to the open, and from the close to 20:00.</summary>
    Extended,

    /// <summary>The regular session, and the half minute after it in which the closing auction is printed.</summary>
    Regular,
}

/// <summary>The time at the exchange, told by this machine's clock and the times of quotes.</summary>
/// <remarks>
/// A quote is never from the future: the newest of many shows how far this machine's clock is behind, and in a lively market also how
/// far it is ahead. Not safe for several threads.
/// </remarks>
sealed class MarketClock(TimeProvider time, MarketClockKind kind)
{
    /// <summary>A clock that is further off than this cannot log in either; the difference then has another cause, such as an old quote.</summary>
    static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(15);

    static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    static readonly TimeOnly ExtendedOpen = new(4, 0);
    static readonly TimeOnly ExtendedClose = new(20, 0);
    static readonly TimeSpan ClosingPrints = TimeSpan.FromSeconds(30);

    TimeSpan? _skew;
    TimeSpan? _skewBefore;
    DateTimeOffset _windowEnd;
    (DateTimeOffset At, DateTimeOffset ReceivedAt)? _newest;

    public DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow();
            if (kind == MarketClockKind.Machine) return now + Skew;
            return _newest is { } newest ? newest.At + (now - newest.ReceivedAt) : now;
        }
    }

    /// <summary>What has to be added to this machine's clock.</summary>
    TimeSpan Skew => (_skew, _skewBefore) switch
    {
        ({ } now, { } before) => now > before ? now : before,
        ({ } now, null) => now,
        (null, { } before) => before,
        _ => TimeSpan.Zero,
    };

    public void See(Quote quote)
    {
        // A clock that was put back starts anew; a quote that is merely late does not.
        if (_newest is not { } newest || quote.At >= newest.At || newest.At - quote.At > MostSkew) _newest = (quote.At, quote.ReceivedAt);
        if (quote.Status != QuoteStatus.RealTime || quote.IsAfterHours) return;
        var skew = quote.At - quote.ReceivedAt;
        if (skew.Duration() > MostSkew) return;
        if (quote.ReceivedAt >= _windowEnd)
        {
            (_skewBefore, _skew) = (_skew, null);
            _windowEnd = quote.ReceivedAt + Window;
        }
        if (_skew is null || skew > _skew) _skew = skew;
    }

    public static MarketHours HoursAt(DateTimeOffset instant)
    {
        var day = MarketCalendar.Nyse.DayOf(instant);
        if (MarketCalendar.Nyse.SessionOn(day) is not { } session) return MarketHours.Closed;
        if (instant >= session.Open && instant < session.Close + ClosingPrints) return MarketHours.Regular;
        return instant >= MarketCalendar.Nyse.At(day, ExtendedOpen) && instant < MarketCalendar.Nyse.At(day, ExtendedClose) ? MarketHours.Extended : MarketHours.Closed;
    }

    /// <summary>The next 04:00 of a trading day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The calendar ends before.</exception>
    public static DateTimeOffset NextExtendedOpen(DateTimeOffset instant)
    {
        var day = MarketCalendar.Nyse.DayOf(instant);
        var today = MarketCalendar.Nyse.At(day, ExtendedOpen);
        return MarketCalendar.Nyse.IsSession(day) && instant < today ? today : MarketCalendar.Nyse.At(MarketCalendar.Nyse.NextSession(day), ExtendedOpen);
    }
}
