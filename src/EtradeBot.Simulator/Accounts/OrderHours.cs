using EtradeBot.Market;
using EtradeBot.Simulator.Market;

namespace EtradeBot.Simulator.Accounts;

/// <summary>When orders work and when they end, by the exchange's calendar.</summary>
static class OrderHours
{
    static readonly TimeOnly RegularClose = new(16, 0);
    static readonly TimeOnly ExtendedEnd = new(20, 0);
    static readonly TimeOnly ExtendedEndOfHalfDay = new(17, 0);
    static readonly MarketCalendar Calendar = MarketCalendar.Nyse;

    /// <summary>True when prints of that part of the day can fill the order.</summary>
    public static bool Takes(OrderRequest terms, MarketPhase phase) => terms.IsExtended
        ? phase is MarketPhase.PreMarket or MarketPhase.AfterHours
        : phase == MarketPhase.Regular;

    /// <summary>From when on an on-open or on-close order counts prints: the open of its session. Null: from its acceptance on.</summary>
    public static DateTimeOffset? WorksFrom(OrderRequest terms, DateTimeOffset acceptedAt) =>
        terms.Type.IsOnOpen() ? NextSession(acceptedAt, session => session.Open)?.Open : null;

    /// <summary>When the order ends by itself; null for never.</summary>
    /// <remarks>Requests carry no date, so good-till-date lives on like good-until-cancel. Immediate orders end at their first print,
    /// which comes before this.</remarks>
    public static DateTimeOffset? Expires(OrderRequest terms, DateTimeOffset acceptedAt)
    {
        if (terms.Type.IsOnOpen()) return NextSession(acceptedAt, session => session.Open)?.Close;
        if (terms.Type.IsOnClose()) return NextSession(acceptedAt, session => session.Close)?.Close;
        if (terms.Term is OrderTerm.GoodUntilCancel or OrderTerm.GoodTillDate) return null;
        if (!terms.IsExtended) return NextSession(acceptedAt, session => session.Close)?.Close;
        return NextSession(acceptedAt, EndOfExtended) is { } day ? EndOfExtended(day) : null;
    }

    /// <summary>Midnight New York of the next session after the trade: settlement the day after the trade.</summary>
    public static DateTimeOffset SettlesAt(DateTimeOffset tradedAt)
    {
        var day = Calendar.DayOf(tradedAt);
        // Beyond the known sessions the next day has to do.
        var next = NextSession(Calendar.At(day, TimeOnly.MaxValue), session => session.Open)?.Day ?? day.AddDays(1);
        return Calendar.At(next, TimeOnly.MinValue);
    }

    /// <summary>Midnight New York after the instant.</summary>
    public static DateTimeOffset EndOfDay(DateTimeOffset instant) => Calendar.At(Calendar.DayOf(instant).AddDays(1), TimeOnly.MinValue);

    static DateTimeOffset EndOfExtended(Session session) =>
        Calendar.At(session.Day, session.Close < Calendar.At(session.Day, RegularClose) ? ExtendedEndOfHalfDay : ExtendedEnd);

    /// <summary>The first session whose mark lies after the instant; null beyond the known sessions.</summary>
    static Session? NextSession(DateTimeOffset after, Func<Session, DateTimeOffset> mark)
    {
        var day = Calendar.DayOf(after);
        // No closure of the exchange was ever longer than a few days.
        foreach (var session in Calendar.Sessions(day, day.AddDays(14)))
            if (mark(session) > after) return session;
        return null;
    }
}
