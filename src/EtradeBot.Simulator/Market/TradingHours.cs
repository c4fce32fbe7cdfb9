using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

/// <summary>A trading day with its extended hours, as UTC ticks: 04:00, open, close, and 20:00 (17:00 after an early close).</summary>
readonly record struct TradingHours(DateOnly Day, long Start, long Open, long Close, long End)
{
    const long Four = 4 * TimeSpan.TicksPerHour;
    const long Sixteen = 16 * TimeSpan.TicksPerHour;
    const long Seventeen = 17 * TimeSpan.TicksPerHour;
    const long Twenty = 20 * TimeSpan.TicksPerHour;

    /// <summary>Null on a day without a session.</summary>
    public static TradingHours? On(DateOnly day)
    {
        var nyse = MarketCalendar.Nyse;
        if (nyse.SessionOn(day) is not { } session) return null;
        var (open, close) = (session.Open.UtcTicks, session.Close.UtcTicks);
        var isEarly = close < nyse.UtcTicks(day, Sixteen);
        return new(day, nyse.UtcTicks(day, Four), open, close, nyse.UtcTicks(day, isEarly ? Seventeen : Twenty));
    }

    /// <summary>The last trading day that had begun by then; null before the first one known.</summary>
    public static TradingHours? Begun(long ticks)
    {
        var nyse = MarketCalendar.Nyse;
        var day = nyse.DayOf(ticks);
        if (On(day) is { } hours && ticks >= hours.Start) return hours;
        return Before(day) is { } earlier ? On(earlier) : null;
    }

    /// <summary>The last session day before; null where none is known.</summary>
    public static DateOnly? Before(DateOnly day)
    {
        var nyse = MarketCalendar.Nyse;
        return day > First ? nyse.PreviousSession(day) : null;
    }

    public MarketPhase PhaseAt(long ticks)
    {
        if (ticks < Start || ticks >= End) return MarketPhase.Closed;
        if (ticks < Open) return MarketPhase.PreMarket;
        return ticks < Close ? MarketPhase.Regular : MarketPhase.AfterHours;
    }

    static DateOnly First { get; } = MarketCalendar.Nyse.NextSession(DateOnly.MinValue);
}
