namespace EtradeBot.Market;

/// <summary>Reads times of day, with or without an offset from UTC.</summary>
static class CsvClock
{
    /// <summary>Stands for "no offset was written".</summary>
    public const short NoOffset = short.MinValue;

    /// <summary>Reads <c>09:30</c>, <c>09:30:00.5</c>, <c>093000</c>, <c>9:30 AM</c>, each with an optional <c>Z</c>, <c>UTC</c>, <c>GMT</c> or <c>-05:00</c>.</summary>
    /// <param name="ticks">Ticks since midnight.</param>
    /// <param name="offsetMinutes">Minutes east of UTC, or <see cref="NoOffset"/>.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out long ticks, out short offsetMinutes)
    {
        ticks = 0;
        offsetMinutes = NoOffset;
        var digits = Digits(text);
        if (digits == 0) return false;
        int hour, minute, second = 0;
        var rest = text[digits..];
        if (rest.Length > 0 && rest[0] == ':')
        {
            if (digits > 2) return false;
            hour = Number(text[..digits]);
            if (!TryPart(ref rest, out minute)) return false;
            if (rest.Length > 0 && rest[0] == ':' && !TryPart(ref rest, out second)) return false;
        }
        else
        {
            // Without colons: HHmmss or HHmm, whose zeros in front a spreadsheet may have eaten.
            if (digits > 6) return false;
            var value = Number(text[..digits]);
            (hour, minute, second) = digits > 4 ? (value / 10_000, value / 100 % 100, value % 100) : (value / 100, value % 100, 0);
        }
        if (!TryFraction(ref rest, out var fraction) || !TryHalf(ref rest, ref hour)) return false;
        if (hour > 23 || minute > 59 || second > 59) return false;
        ticks = (hour * 3_600L + minute * 60L + second) * TimeSpan.TicksPerSecond + fraction;
        return TryOffset(rest.Trim((byte)' '), ref offsetMinutes);
    }

    // ":30" at the start of the text.
    static bool TryPart(ref ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        if (Digits(text[1..]) != 2) return false;
        value = Number(text.Slice(1, 2));
        text = text[3..];
        return true;
    }

    static bool TryFraction(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length == 0 || text[0] != '.') return true;
        var digits = Digits(text[1..]);
        var unit = TimeSpan.TicksPerSecond;
        for (var i = 1; i <= digits; i++) ticks += (text[i] - '0') * (unit /= 10);
        text = text[(1 + digits)..];
        return digits > 0;
    }

    // AM and PM. Twelve o'clock is hour 0 of its half.
    static bool TryHalf(ref ReadOnlySpan<byte> text, ref int hour)
    {
        var rest = text.TrimStart((byte)' ');
        if (rest.Length < 2 || (rest[1] | 0x20) != 'm' || (rest[0] | 0x20) is not ('a' or 'p')) return true;
        if (hour is < 1 or > 12) return false;
        hour = hour % 12 + ((rest[0] | 0x20) == 'p' ? 12 : 0);
        text = rest[2..];
        return true;
    }

    static bool TryOffset(ReadOnlySpan<byte> text, ref short minutes)
    {
        if (text.Length == 0) return true;
        minutes = 0;
        if (text.SequenceEqual("Z"u8) || text.SequenceEqual("z"u8) || text.SequenceEqual("UTC"u8) || text.SequenceEqual("GMT"u8)) return true;
        if (text[0] is not ((byte)'+' or (byte)'-')) return false;
        var sign = text[0] == '-' ? -1 : 1;
        text = text[1..];
        if (Digits(text) == 4)
        {
            minutes = (short)(Number(text[..2]) * 60 + Number(text[2..4]));
            text = text[4..];
        }
        else if (Digits(text) == 2)
        {
            minutes = (short)(Number(text[..2]) * 60);
            text = text[2..];
            if (text.Length > 0 && text[0] == ':')
            {
                if (!TryPart(ref text, out var part)) return false;
                minutes += (short)part;
            }
        }
        else return false;
        var isOffset = text.Length == 0 && minutes <= 14 * 60;
        minutes = (short)(sign * minutes);
        return isOffset;
    }

    static int Digits(ReadOnlySpan<byte> text)
    {
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits < 0 ? text.Length : digits;
    }

    static int Number(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits) value = value * 10 + (digit - '0');
        return value;
    }
}
