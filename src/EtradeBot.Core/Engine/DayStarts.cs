using EtradeBot.Market;

namespace EtradeBot.Engine;

/// <summary>Tells when a New York day begins.</summary>
sealed class DayStarts
{
    long _endsAt = long.MinValue;

    public bool IsNewDay(long ticks)
    {
        if (ticks < _endsAt) return false;
        var day = MarketCalendar.Nyse.DayOf(ticks);
        _endsAt = MarketCalendar.Nyse.At(day.AddDays(1), TimeOnly.MinValue).UtcTicks;
        return true;
    }
}
