using System.Buffers.Text;
using System.Text;

namespace EtradeBot.App.Reports;

/// <summary>Text as UTF-8 through one fixed buffer into a stream: numbers become bytes without a string in between.</summary>
/// <remarks>Not disposable: it does not own the stream. Call <see cref="Flush"/> at the end.</remarks>
sealed class Utf8Writer(Stream stream)
{
    const int Size = 1 << 16;

    // The longest number: a decimal with its sign, point and two added zeros.
    const int LongestNumber = 64;

    // Above this a scaled double no longer holds every unit, so the general formatter takes over.
    const double LargestScaled = 9e15;

    static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];

    readonly byte[] _buffer = new byte[Size];
    int _used;

    public void Byte(char ascii)
    {
        if (_used == Size) Flush();
        _buffer[_used++] = (byte)ascii;
    }

    public void Raw(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Size - _used)
        {
            Flush();
            if (utf8.Length > Size)
            {
                stream.Write(utf8);
                return;
            }
        }
        utf8.CopyTo(_buffer.AsSpan(_used));
        _used += utf8.Length;
    }

    /// <summary>The text as it is. A lone surrogate becomes the replacement character.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        const int piece = 4096;
        while (text.Length > 0)
        {
            var length = Math.Min(piece, text.Length);
            if (length < text.Length && char.IsHighSurrogate(text[length - 1])) length--;
            _used += Encoding.UTF8.GetBytes(text[..length], Room(length * 3));
            text = text[length..];
        }
    }

    public void Integer(long value)
    {
        Utf8Formatter.TryFormat(value, Room(LongestNumber), out var written);
        _used += written;
    }

    /// <summary>Every digit of the amount, without an exponent; trailing zeros go, but two decimals stay.</summary>
    public void Money(decimal value)
    {
        var room = Room(LongestNumber);
        value.TryFormat(room, out var length, default, System.Globalization.CultureInfo.InvariantCulture);
        var point = room[..length].IndexOf((byte)'.');
        if (point < 0)
        {
            point = length;
            room[length++] = (byte)'.';
        }
        while (length - point > 3 && room[length - 1] == '0') length--;
        while (length - point < 3) room[length++] = (byte)'0';
        _used += length;
    }

    /// <summary>Rounded to <paramref name="decimals"/> (2 to 8); trailing zeros go, but two decimals stay. Nothing for NaN and infinities.</summary>
    public void Number(double value, int decimals)
    {
        if (!double.IsFinite(value)) return;
        var scaled = Math.Round(value * Powers[decimals]);
        if (Math.Abs(scaled) > LargestScaled)
        {
            value.TryFormat(Room(400), out var written, "F2", System.Globalization.CultureInfo.InvariantCulture);
            _used += written;
            return;
        }
        var units = (long)scaled;
        for (; decimals > 2 && units % 10 == 0; decimals--) units /= 10;
        Scaled(units, decimals);
    }

    /// <summary>Gives what the buffer holds to the stream.</summary>
    public void Flush()
    {
        stream.Write(_buffer, 0, _used);
        _used = 0;
    }

    /// <summary>Space for at least so many bytes; the caller adds what it used through <see cref="Advance"/>.</summary>
    public Span<byte> Room(int bytes)
    {
        if (bytes > Size - _used) Flush();
        return _buffer.AsSpan(_used);
    }

    public void Advance(int bytes) => _used += bytes;

    void Scaled(long units, int decimals)
    {
        var room = Room(LongestNumber);
        var length = 0;
        if (units < 0)
        {
            room[length++] = (byte)'-';
            units = -units;
        }
        var whole = Math.DivRem(units, (long)Powers[decimals], out var fraction);
        Utf8Formatter.TryFormat(whole, room[length..], out var digits);
        length += digits;
        room[length] = (byte)'.';
        for (var i = length + decimals; i > length; i--)
        {
            fraction = Math.DivRem(fraction, 10, out var digit);
            room[i] = (byte)('0' + digit);
        }
        _used += length + decimals + 1;
    }
}
