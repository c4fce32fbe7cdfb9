using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace EtradeBot.App.Reports;

/// <summary>Text as UTF-8 through one fixed buffer into a stream: numbers become bytes without a string in between.</summary>
/// <remarks>
/// Not disposable: it does not own the stream. Call <see cref="Flush"/> at the end. What runs for every row is optimised at once:
/// a program that writes its files and ends is over before the runtime finds out what is hot.
/// </remarks>
sealed class Utf8Writer(Stream stream)
{
    const int Size = 1 << 16;

    // The longest number: a decimal with its sign, point and two added zeros.
    const int LongestNumber = 64;

    // Above this a scaled double no longer holds every unit, so the general formatter takes over.
    const double LargestScaled = 9e15;

    static readonly double[] Powers = [1, 0, 1e2, 0, 1e4, 0, 1e6];

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
            // Room first: it may empty the buffer, and _used with it.
            var room = Room(length * 3);
            _used += Encoding.UTF8.GetBytes(text[..length], room);
            text = text[length..];
        }
    }

    public void Integer(long value)
    {
        Utf8Formatter.TryFormat(value, Room(LongestNumber), out var written);
        _used += written;
    }

    /// <summary>Every digit of the amount, without an exponent; trailing zeros go, but two decimals stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>Rounded to <paramref name="decimals"/> (2, 4 or 6); trailing zeros go, but two decimals stay. Nothing for NaN and infinities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        Scaled((long)scaled, decimals);
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

    /// <summary>Writes a number below 100 as two digits.</summary>
    public static void TwoDigits(Span<byte> utf8, int at, uint value)
    {
        utf8[at] = (byte)('0' + value / 10);
        utf8[at + 1] = (byte)('0' + value % 10);
    }

    // Divisions are by constants only: a division by a variable would cost more than all the rest.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Scaled(long units, int decimals)
    {
        var room = Room(LongestNumber);
        var length = 0;
        if (units < 0)
        {
            room[length++] = (byte)'-';
            units = -units;
        }
        var (whole, millionths) = decimals switch
        {
            2 => (units / 100, (uint)(units % 100) * 10_000),
            4 => (units / 10_000, (uint)(units % 10_000) * 100),
            _ => (units / 1_000_000, (uint)(units % 1_000_000)),
        };
        Utf8Formatter.TryFormat(whole, room[length..], out var digits);
        length += digits;
        room[length++] = (byte)'.';
        TwoDigits(room, length, millionths / 10_000);
        TwoDigits(room, length + 2, millionths / 100 % 100);
        TwoDigits(room, length + 4, millionths % 100);
        var last = length + 6;
        while (last > length + 2 && room[last - 1] == '0') last--;
        _used += last;
    }
}
