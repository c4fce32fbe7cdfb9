using EtradeBot.Market;

namespace EtradeBot.App.Reports;

/// <summary>Candle times as files print them and as New York wall-clock seconds: asks the calendar once a day.</summary>
sealed class NewYorkTimes(Timeframe timeframe)
{
    long _from = long.MaxValue;
    long _until = long.MinValue;
    long _offset;
    TimeSpan _offsetSpan;
    DateOnly _day;
    readonly byte[] _label = new byte[25];

    /// <summary>The New York day of the instant.</summary>
    public DateOnly DayOf(long utcTicks)
    {
        Enter(utcTicks);
        return _day;
    }

    /// <summary>Ticks of the New York wall clock: what a chart without time zones needs to show New York time.</summary>
    public long WallTicks(long utcTicks)
    {
        Enter(utcTicks);
        return utcTicks + _offset;
    }

    /// <summary>The bytes of <see cref="MarketCalendar.Label"/>; valid until the next call.</summary>
    public ReadOnlySpan<byte> Label(long utcTicks)
    {
        Enter(utcTicks);
        if (!timeframe.IsIntraday) return _label.AsSpan(0, 10);
        var seconds = (int)((utcTicks + _offset) / TimeSpan.TicksPerSecond % 86400);
        TwoDigits(11, seconds / 3600);
        TwoDigits(14, seconds / 60 % 60);
        TwoDigits(17, seconds % 60);
        return _label;
    }

    public void Write(Utf8Writer output, DateTimeOffset instant) => output.Raw(Label(instant.UtcTicks));

    void Enter(long utcTicks)
    {
        if (utcTicks >= _from && utcTicks < _until) return;
        var calendar = MarketCalendar.Nyse;
        _day = calendar.DayOf(new DateTimeOffset(utcTicks, TimeSpan.Zero));
        _offsetSpan = calendar.OffsetOn(_day);
        _offset = _offsetSpan.Ticks;
        _from = _day.ToDateTime(TimeOnly.MinValue).Ticks - _offset;
        _until = _from + TimeSpan.TicksPerDay;
        var hours = _offsetSpan.Hours;
        TwoDigits(0, _day.Year / 100);
        TwoDigits(2, _day.Year % 100);
        TwoDigits(5, _day.Month);
        TwoDigits(8, _day.Day);
        TwoDigits(20, Math.Abs(hours));
        TwoDigits(23, Math.Abs(_offsetSpan.Minutes));
        (_label[4], _label[7], _label[10], _label[13], _label[16], _label[22]) =
            ((byte)'-', (byte)'-', (byte)'T', (byte)':', (byte)':', (byte)':');
        _label[19] = (byte)(_offset < 0 ? '-' : '+');
    }

    void TwoDigits(int at, int value)
    {
        _label[at] = (byte)('0' + value / 10);
        _label[at + 1] = (byte)('0' + value % 10);
    }
}
