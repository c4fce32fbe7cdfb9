using System.Buffers.Binary;
using System.Text;

namespace EtradeBot.Market;

/// <summary>The sessions of the New York Stock Exchange, and the only code that knows New York time.</summary>
/// <remarks>
/// Sessions are known from 1990 to 2035. Outside those years every question about sessions answers "unknown" (null, false, none),
/// while offsets, days, labels and daily opens go on working, so that older candles can be read.
/// Holidays and early closes follow the exchange's rules of each year; one-off closures, and late opens and early closes of half an
/// hour or more, are listed in <see cref="NyseHours"/>.
/// All members are safe to call from several threads, and those on ticks allocate nothing.
/// </remarks>
public sealed class MarketCalendar
{
    const int DailyLabelLength = 10;
    const int IntradayLabelLength = 25;

    readonly DateOnly _firstDay = new(NyseHours.FirstYear, 1, 1);
    readonly DateOnly _lastDay = new(NyseHours.LastYear, 12, 31);
    readonly (int Open, int Close)[] _hours = NyseHours.EveryDay();

    MarketCalendar()
    {
    }

    public static MarketCalendar Nyse { get; } = new();

    /// <summary>True for the days of 1990 to 2035, whose sessions are known.</summary>
    public bool Covers(DateOnly day) => day >= _firstDay && day <= _lastDay;

    /// <summary>The regular session of that day; null on a day without one and outside 1990 to 2035.</summary>
    public Session? SessionOn(DateOnly day)
    {
        if (!IsSession(day)) return null;
        var (open, close) = _hours[day.DayNumber - _firstDay.DayNumber];
        return SessionOf(day, open, close);
    }

    /// <summary>True when the exchange held, or will hold, a regular session that day; false outside 1990 to 2035.</summary>
    public bool IsSession(DateOnly day) => Covers(day) && _hours[day.DayNumber - _firstDay.DayNumber].Close != 0;

    /// <summary>The first session after that day, never the day itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No session is known after that day.</exception>
    public DateOnly NextSession(DateOnly day)
    {
        if (day < _firstDay) day = _firstDay.AddDays(-1);
        while (day < _lastDay)
        {
            day = day.AddDays(1);
            if (IsSession(day)) return day;
        }
        throw new ArgumentOutOfRangeException(nameof(day), day, "sessions are known up to 2035 only");
    }

    /// <summary>The last session before that day, never the day itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No session is known before that day.</exception>
    public DateOnly PreviousSession(DateOnly day)
    {
        if (day > _lastDay) day = _lastDay.AddDays(1);
        while (day > _firstDay)
        {
            day = day.AddDays(-1);
            if (IsSession(day)) return day;
        }
        throw new ArgumentOutOfRangeException(nameof(day), day, "sessions are known from 1990 only");
    }

    /// <summary>The known sessions of both days and those between, oldest first.</summary>
    public IEnumerable<Session> Sessions(DateOnly from, DateOnly to)
    {
        var last = Math.Min(to.DayNumber, _lastDay.DayNumber);
        for (var number = Math.Max(from.DayNumber, _firstDay.DayNumber); number <= last; number++)
            if (SessionOn(DateOnly.FromDayNumber(number)) is { } session) yield return session;
    }

    /// <summary>Mean number of candles in a calendar year of 365.2425 days, for annualising.</summary>
    /// <remarks>
    /// Counted over all known sessions, 1990 to 2035: 251.7 days, 52.2 weeks; within a day the candles from each session's open to
    /// its close, the last one cut, so that half days count as they are (1h: 7 of a full day, 4 of a 13:00 close).
    /// </remarks>
    public double PeriodsPerYear(Timeframe timeframe)
    {
        var years = _hours.Length / 365.2425;
        if (timeframe == Timeframe.W1) return _hours.Length / 7.0 / years;
        long periods = 0;
        foreach (var (open, close) in _hours)
            if (close != 0) periods += timeframe.IsIntraday ? (close - open + timeframe.Minutes - 1) / timeframe.Minutes : 1;
        return periods / years;
    }

    /// <summary>The instant at which a candle is closed and may be seen; see <see cref="CloseTicks"/>.</summary>
    public DateTimeOffset CloseTime(DateTimeOffset openTime, Timeframe timeframe) =>
        new(CloseTicks(openTime.UtcTicks, timeframe), TimeSpan.Zero);

    /// <summary>
    /// UTC ticks at which a candle is closed: a day at its session's close, a week at its last session's close, a shorter candle
    /// after its length but no later than the close of the session it began in. Without a known session the close is 16:00.
    /// </summary>
    public long CloseTicks(long openTicks, Timeframe timeframe)
    {
        var day = DayOf(openTicks);
        if (timeframe == Timeframe.W1) return (LastSessionOfWeek(day) ?? SessionOf(Friday(day))).Close.UtcTicks;
        if (timeframe == Timeframe.D1) return (SessionOn(day) ?? SessionOf(day)).Close.UtcTicks;
        var end = openTicks + timeframe.Minutes * TimeSpan.TicksPerMinute;
        if (RegularHours(day) is not { } session) return end;
        var close = session.Close.UtcTicks;
        return openTicks < close && end > close ? close : end;
    }

    /// <summary>UTC minus New York time at noon of that day: -5 or -4 hours.</summary>
    public TimeSpan OffsetOn(DateOnly day) => TimeSpan.FromHours(NewYorkTime.HoursOn(day.DayNumber));

    /// <summary>New York time minus UTC at that instant, -5 or -4 hours: what its clocks show is <c>instant.ToOffset(…)</c>.</summary>
    public TimeSpan OffsetAt(DateTimeOffset instant) => TimeSpan.FromHours(NewYorkTime.HoursAt(instant.UtcTicks));

    /// <summary>The New York day of an instant.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DayOf(instant.UtcTicks);

    /// <summary>The New York day of an instant in UTC ticks.</summary>
    public DateOnly DayOf(long utcTicks) => DateOnly.FromDayNumber((int)(LocalTicks(utcTicks) / TimeSpan.TicksPerDay));

    /// <summary>The instant of a New York wall-clock time; see <see cref="UtcTicks(DateOnly, long)"/>.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly newYorkTime) => new(UtcTicks(day, newYorkTime.Ticks), TimeSpan.Zero);

    /// <summary>
    /// UTC ticks of a New York wall-clock time. On the two days a year when the clocks change, the repeated hour (01:00 to 02:00 in
    /// autumn) is the first one, and the skipped hour (02:00 to 03:00 in spring) counts as daylight time.
    /// </summary>
    /// <param name="timeOfDayTicks">Ticks (100 ns) since midnight, below one day.</param>
    public long UtcTicks(DateOnly day, long timeOfDayTicks) => NewYorkTime.UtcTicks(day.DayNumber, timeOfDayTicks);

    /// <inheritdoc cref="UtcTicks(DateOnly, long)"/>
    /// <param name="dayNumber">Days since 0001-01-01, as in <see cref="DateOnly.DayNumber"/>.</param>
    public long UtcTicks(int dayNumber, long timeOfDayTicks) => NewYorkTime.UtcTicks(dayNumber, timeOfDayTicks);

    /// <summary>09:30 New York time of any day, trading day or not: the open time of a daily candle.</summary>
    public DateTimeOffset DailyOpen(DateOnly day) =>
        new(UtcTicks(day, NyseHours.RegularOpen * TimeSpan.TicksPerMinute), TimeSpan.Zero);

    /// <summary><c>2021-01-04</c> for days and weeks, <c>2021-01-04T09:30:00-05:00</c> within a day.</summary>
    public string Label(DateTimeOffset openTime, Timeframe timeframe)
    {
        Span<byte> label = stackalloc byte[IntradayLabelLength];
        TryFormatLabel(openTime.UtcTicks, timeframe, label, out var written);
        return Encoding.ASCII.GetString(label[..written]);
    }

    /// <summary>Writes the text of <see cref="Label"/>: 10 bytes for days and weeks, 25 within a day.</summary>
    /// <returns>False, with nothing written, when the span is too short.</returns>
    public bool TryFormatLabel(long utcTicks, Timeframe timeframe, Span<byte> utf8, out int written)
    {
        var length = timeframe.IsIntraday ? IntradayLabelLength : DailyLabelLength;
        written = 0;
        if (utf8.Length < length) return false;
        var hours = NewYorkTime.HoursAt(utcTicks);
        var local = utcTicks + hours * TimeSpan.TicksPerHour;
        var dayNumber = (int)(local / TimeSpan.TicksPerDay);
        WriteDay(utf8, DateOnly.FromDayNumber(dayNumber));
        if (timeframe.IsIntraday) WriteTime(utf8, (int)(local / TimeSpan.TicksPerSecond - dayNumber * 86_400L), hours);
        written = length;
        return true;
    }

    /// <summary>The session of a day, or 09:30 to 16:00 of a weekday whose sessions are not known.</summary>
    internal Session? RegularHours(DateOnly day)
    {
        if (Covers(day)) return SessionOn(day);
        return day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? null : SessionOf(day);
    }

    static long LocalTicks(long utcTicks) => utcTicks + NewYorkTime.HoursAt(utcTicks) * TimeSpan.TicksPerHour;

    Session SessionOf(DateOnly day, int open = NyseHours.RegularOpen, int close = NyseHours.RegularClose) =>
        new(day, InstantOf(day, open), InstantOf(day, close));

    DateTimeOffset InstantOf(DateOnly day, int minutes) => new(UtcTicks(day, minutes * TimeSpan.TicksPerMinute), TimeSpan.Zero);

    Session? LastSessionOfWeek(DateOnly day)
    {
        for (var back = 0; back < 5; back++)
            if (SessionOn(Friday(day).AddDays(-back)) is { } session) return session;
        return null;
    }

    /// <summary>The Friday of the week, Monday to Sunday, in which the day lies.</summary>
    static DateOnly Friday(DateOnly day) => day.AddDays(4 - ((int)day.DayOfWeek + 6) % 7);

    static void WriteDay(Span<byte> utf8, DateOnly date)
    {
        var (year, month, day) = date;
        WriteTwoDigits(utf8, 0, year / 100);
        WriteTwoDigits(utf8, 2, year % 100);
        utf8[4] = (byte)'-';
        WriteTwoDigits(utf8, 5, month);
        utf8[7] = (byte)'-';
        WriteTwoDigits(utf8, 8, day);
    }

    static void WriteTime(Span<byte> utf8, int secondOfDay, int offsetHours)
    {
        utf8[10] = (byte)'T';
        WriteTwoDigits(utf8, 11, secondOfDay / 3600);
        utf8[13] = (byte)':';
        WriteTwoDigits(utf8, 14, secondOfDay / 60 % 60);
        utf8[16] = (byte)':';
        WriteTwoDigits(utf8, 17, secondOfDay % 60);
        utf8[19] = (byte)'-';
        WriteTwoDigits(utf8, 20, -offsetHours);
        ":00"u8.CopyTo(utf8[22..]);
    }

    static void WriteTwoDigits(Span<byte> utf8, int at, int value)
    {
        var tens = (uint)value / 10;
        var digits = '0' * 0x101 + tens + (((uint)value - tens * 10) << 8);
        BinaryPrimitives.WriteUInt16LittleEndian(utf8.Slice(at, 2), (ushort)digits);
    }
}
