using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

/// <summary>Time that counts regular sessions only: the ticks in which the exchange was open since 1990, and back.</summary>
static class OpenHours
{
    static readonly long[] Opens, Closes;

    /// <summary>Open ticks before each session, and after the last.</summary>
    static readonly long[] Before;

    static OpenHours()
    {
        Session[] sessions = [.. MarketCalendar.Nyse.Sessions(DateOnly.MinValue, DateOnly.MaxValue)];
        Opens = Array.ConvertAll(sessions, session => session.Open.UtcTicks);
        Closes = Array.ConvertAll(sessions, session => session.Close.UtcTicks);
        Before = new long[sessions.Length + 1];
        for (var i = 0; i < sessions.Length; i++) Before[i + 1] = Before[i] + Closes[i] - Opens[i];
    }

    /// <summary>Open ticks up to the instant; the same for all instants of a night.</summary>
    public static long UpTo(long ticks)
    {
        var i = LastAtOrBefore(Opens, ticks);
        if (i < 0) return 0;
        return ticks < Closes[i] ? Before[i] + ticks - Opens[i] : Before[i + 1];
    }

    /// <summary>The instant at which so many open ticks have passed: a close is the next open. After the last known session its last tick.</summary>
    public static long Instant(long openTicks)
    {
        if (openTicks >= Before[^1]) return Closes[^1] - 1;
        var i = LastAtOrBefore(Before, openTicks);
        return Opens[i] + openTicks - Before[i];
    }

    static int LastAtOrBefore(long[] ascending, long value)
    {
        var i = Array.BinarySearch(ascending, value);
        return i >= 0 ? i : ~i - 1;
    }
}
