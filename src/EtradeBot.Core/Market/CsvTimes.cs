using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace EtradeBot.Market;

/// <summary>Reads the time of a row: date and clock in one cell or in two, or seconds, milliseconds, microseconds or nanoseconds since 1970.</summary>
sealed class CsvTimes(CsvDates dates)
{
    // Rows of one day follow each other: the date's bytes, 8 to 16 as two words that may overlap, are compared with the row before
    // and read again only when they differ.
    const int ShortestKept = 8, LongestKept = 16;

    readonly byte[] _lastOffset = new byte[8];
    ulong _lastHead, _lastTail;
    int _lastLength, _offsetLength;
    bool _lastHasClock;
    long _lastDay;
    short _offset;

    /// <summary>True when times count units since 1970 instead of writing dates.</summary>
    public bool AreEpoch { get; private set; }

    /// <param name="clock">The cell beside the date; empty when the file has one cell for both.</param>
    /// <param name="wall">Ticks of the time as written, without regard to its offset.</param>
    /// <param name="offset">Minutes east of UTC, or <see cref="CsvClock.NoOffset"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(ReadOnlySpan<byte> cell, ReadOnlySpan<byte> clock, long line, out long wall, out short offset)
    {
        offset = CsvClock.NoOffset;
        var known = _lastLength;
        if (known > 0 && cell.Length >= known && Head(cell) == _lastHead && Tail(cell[..known]) == _lastTail)
        {
            if (_lastHasClock && clock.IsEmpty)
            {
                var rest = cell[known..];
                wall = _lastDay;
                if (!TryClock(rest, out var ticks, out offset)) return false;
                wall += ticks;
                return true;
            }
            if (!_lastHasClock && cell.Length == known)
            {
                wall = _lastDay;
                return clock.IsEmpty || TryAddClock(clock, ref wall, out offset);
            }
        }
        return TryReadNew(cell, clock, line, out wall, out offset);
    }

    bool TryReadNew(ReadOnlySpan<byte> cell, ReadOnlySpan<byte> clock, long line, out long wall, out short offset)
    {
        var text = CsvCell.Trim(cell);
        if (clock.IsEmpty && TryEpoch(text, out wall, out offset)) return true;
        offset = CsvClock.NoOffset;
        wall = 0;
        if (!dates.TryRead(text, line, out var date, out var used)) return false;
        wall = date.DayNumber * TimeSpan.TicksPerDay;
        var rest = text[used..];
        var separated = rest.Length > 0 && rest[0] is (byte)' ' or (byte)'T' or (byte)',' or (byte)':';
        if (text == cell) Remember(cell[..(used + (separated ? 1 : 0))], separated, wall);
        if (rest.Length == 0) return clock.IsEmpty || TryAddClock(clock, ref wall, out offset);
        // Date and clock in two cells, yet the date brings its own midnight: 2020-01-02 00:00:00 beside 09:30.
        rest = rest[(separated ? 1 : 0)..].TrimStart((byte)' ');
        if (rest.Length == 0 || !CsvClock.TryRead(rest, out var ticks, out offset)) return false;
        if (!clock.IsEmpty) return ticks == 0 && TryAddClock(clock, ref wall, out offset);
        wall += ticks;
        return true;
    }

    bool TryAddClock(ReadOnlySpan<byte> clock, ref long wall, out short offset)
    {
        if (!TryClock(CsvCell.Trim(clock), out var ticks, out offset)) return false;
        wall += ticks;
        return true;
    }

    // 09:30:00 with nothing behind it, or with the offset of the row before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool TryClock(ReadOnlySpan<byte> text, out long ticks, out short offset)
    {
        if (text.Length >= 8 && text[2] == ':' && text[5] == ':')
        {
            uint h1 = (uint)text[0] - '0', h2 = (uint)text[1] - '0', m1 = (uint)text[3] - '0', m2 = (uint)text[4] - '0', s1 = (uint)text[6] - '0', s2 = (uint)text[7] - '0';
            var hour = h1 * 10 + h2;
            if (h1 <= 2 && h2 <= 9 && hour <= 23 && m1 <= 5 && m2 <= 9 && s1 <= 5 && s2 <= 9)
            {
                ticks = (hour * 3_600 + (m1 * 10 + m2) * 60 + s1 * 10 + s2) * TimeSpan.TicksPerSecond;
                offset = CsvClock.NoOffset;
                if (text.Length == 8) return true;
                offset = _offset;
                if (_offsetLength > 0 && text[8..].SequenceEqual(_lastOffset.AsSpan(0, _offsetLength))) return true;
            }
        }
        if (!CsvClock.TryRead(text.TrimStart((byte)' '), out ticks, out offset)) return false;
        if (offset != CsvClock.NoOffset && text.Length is > 8 and <= 16 && text[5] == ':' && text[8] is (byte)'+' or (byte)'-' or (byte)'Z')
        {
            _offset = offset;
            _offsetLength = text.Length - 8;
            text[8..].CopyTo(_lastOffset);
        }
        return true;
    }

    void Remember(ReadOnlySpan<byte> date, bool hasClock, long day)
    {
        _lastLength = date.Length is >= ShortestKept and <= LongestKept ? date.Length : 0;
        if (_lastLength == 0) return;
        (_lastHead, _lastTail) = (Head(date), Tail(date));
        _lastHasClock = hasClock;
        _lastDay = day;
    }

    static ulong Head(ReadOnlySpan<byte> date) => BinaryPrimitives.ReadUInt64LittleEndian(date);

    static ulong Tail(ReadOnlySpan<byte> date) => BinaryPrimitives.ReadUInt64LittleEndian(date[^ShortestKept..]);

    // Nine or ten digits are seconds, thirteen milliseconds, sixteen microseconds, nineteen nanoseconds; twelve and fourteen are yyyyMMddHHmm[ss].
    bool TryEpoch(ReadOnlySpan<byte> text, out long wall, out short offset)
    {
        wall = 0;
        offset = 0;
        if (text.EndsWith(".0"u8)) text = text[..^2];
        if (text.Length is not (9 or 10 or 12 or 13 or 14 or 16 or 19) || text.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        var value = 0L;
        foreach (var digit in text) value = value * 10 + (digit - '0');
        if (text.Length is 12 or 14) return TryCompact(text, out wall, out offset);
        AreEpoch = true;
        wall = DateTimeOffset.UnixEpoch.Ticks + text.Length switch
        {
            <= 10 => value * TimeSpan.TicksPerSecond,
            13 => value * TimeSpan.TicksPerMillisecond,
            16 => value * TimeSpan.TicksPerMicrosecond,
            _ => value / TimeSpan.NanosecondsPerTick,
        };
        return wall >= new DateTime(CsvDates.FirstYear, 1, 1).Ticks && wall < new DateTime(CsvDates.LastYear + 1, 1, 1).Ticks;
    }

    bool TryCompact(ReadOnlySpan<byte> text, out long wall, out short offset)
    {
        wall = 0;
        offset = CsvClock.NoOffset;
        if (!dates.TryRead(text[..8], 0, out var date, out _) || !CsvClock.TryRead(text[8..], out var ticks, out offset)) return false;
        wall = date.DayNumber * TimeSpan.TicksPerDay + ticks;
        return true;
    }
}
