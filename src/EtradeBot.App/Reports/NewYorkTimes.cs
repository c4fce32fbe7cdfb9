using System.Runtime.CompilerServices;
using EtradeBot.Market;

namespace EtradeBot.App.Reports;

/// <summary>Candle times as files print them and as the New York wall clock shows them. Asks the calendar once a day.</summary>
/// <remarks>Within a day the time of day alone is written anew: a million labels take the time of their bytes.</remarks>
sealed class NewYorkTimes(Timeframe timeframe)
{
    const int LabelLength = 25;

    readonly byte[] _label = new byte[LabelLength];
    long _from = long.MaxValue;
    long _until = long.MinValue;
    long _offset;
    bool _isPlainDay;

    /// <summary>Ticks of the New York wall clock: what a chart without time zones needs to show New York time.</summary>
    /// <remarks>An hour off before 02:00 on the Sundays when the clocks change, when no exchange is open.</remarks>
    public long WallTicks(long utcTicks)
    {
        if (utcTicks < _from || utcTicks >= _until) Enter(utcTicks);
        return utcTicks + _offset;
    }

    /// <summary>UTC ticks of the midnight that ends the New York day last asked for.</summary>
    public long DayEnd => _until;

    /// <summary>Writes <see cref="MarketCalendar.Label"/> of the candle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(Utf8Writer output, long utcTicks)
    {
        if (utcTicks < _from || utcTicks >= _until) Enter(utcTicks);
        var room = output.Room(LabelLength);
        if (!timeframe.IsIntraday)
        {
            _label.AsSpan(0, 10).CopyTo(room);
            output.Advance(10);
            return;
        }
        _label.CopyTo(room);
        output.Advance(LabelLength);
        if (!_isPlainDay) return;
        var second = (uint)((utcTicks - _from) / TimeSpan.TicksPerSecond);
        Utf8Writer.TwoDigits(room, 11, second / 3600);
        Utf8Writer.TwoDigits(room, 14, second / 60 % 60);
        Utf8Writer.TwoDigits(room, 17, second % 60);
    }

    public void Write(Utf8Writer output, DateTimeOffset instant) => Write(output, instant.UtcTicks);

    void Enter(long utcTicks)
    {
        var calendar = MarketCalendar.Nyse;
        var day = calendar.DayOf(utcTicks);
        _from = calendar.UtcTicks(day, 0);
        _until = calendar.UtcTicks(day.AddDays(1), 0);
        _offset = calendar.OffsetOn(day).Ticks;
        calendar.TryFormatLabel(utcTicks, Timeframe.M1, _label, out _);
        // On the Sundays when the clocks change, each instant is looked up: no one offset holds all day.
        _isPlainDay = _until - _from == TimeSpan.TicksPerDay;
        if (!_isPlainDay) (_from, _until) = (utcTicks, utcTicks + 1);
    }
}
