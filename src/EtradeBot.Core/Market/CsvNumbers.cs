using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace EtradeBot.Market;

/// <summary>Reads the numbers of candle files. Every value equals what <see cref="double.Parse(string)"/> makes of the same digits, bit for bit.</summary>
static class CsvNumbers
{
    const int LongestCleaned = 64;
    const int Room = LongestCleaned + 2;

    // Eight bytes at once: '0', the '.' as its distance from '0', the lowest and the highest bits, and what lifts 10 and more into the highest bit.
    const ulong Zeros = 0x3030303030303030, Points = 0x1E1E1E1E1E1E1E1E, Ones = 0x0101010101010101, Tops = 0x8080808080808080, AboveNine = 0x7676767676767676;

    static readonly SearchValues<byte> Marks = SearchValues.Create("$,KMBkmb"u8);

    // Powers of ten that a double holds exactly.
    static ReadOnlySpan<double> Tens =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    static ReadOnlySpan<ulong> WholeTens => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>False for what is no finite number. Understands <c>$</c>, thousands separators and K, M, B after the number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(ReadOnlySpan<byte> cell, out double value) =>
        TryReadShort(cell, out value) || TryReadPlain(cell, out value) || TryReadAny(cell, out value);

    /// <summary>A whole number of shares: fractions are rounded, half away from zero. False for what is no number or beyond a <see cref="long"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryReadVolume(ReadOnlySpan<byte> cell, out long volume)
    {
        volume = 0;
        if (cell.Length is 0 or > 18) return TryReadAnyVolume(cell, out volume);
        foreach (var c in cell)
        {
            var digit = (uint)(c - '0');
            if (digit > 9) return TryReadAnyVolume(cell, out volume);
            volume = volume * 10 + digit;
        }
        return true;
    }

    /// <summary>Blank, <c>-</c>, <c>null</c> and their like: a value that is not there, as opposed to one that is wrong.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> cell)
    {
        cell = CsvCell.Trim(cell);
        return cell.Length == 0 || cell.SequenceEqual("-"u8) || cell.SequenceEqual("--"u8) || Ascii(cell, "null"u8) || Ascii(cell, "nan"u8)
            || Ascii(cell, "n/a"u8) || Ascii(cell, "na"u8) || Ascii(cell, "#n/a"u8) || Ascii(cell, "none"u8);

        static bool Ascii(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => System.Text.Ascii.EqualsIgnoreCase(left, right);
    }

    // Up to seven digits, a point, one to eight digits: the price of nearly every file. Both halves are read eight bytes at a time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool TryReadShort(ReadOnlySpan<byte> cell, out double value)
    {
        value = 0;
        if (cell.Length is < 9 or > 16) return false;
        var head = BinaryPrimitives.ReadUInt64LittleEndian(cell) ^ Zeros;
        var tail = BinaryPrimitives.ReadUInt64LittleEndian(cell[^8..]) ^ Zeros;
        var points = head ^ Points;
        points = (points - Ones) & ~points & Tops;
        var point = BitOperations.TrailingZeroCount(points) >> 3;
        var decimals = cell.Length - point - 1;
        if (point is 0 or > 7 || decimals is 0 or > 8) return false;
        // The bytes before the point moved up and those after it cut from the cell's end, so that zeros stand in front of both.
        var whole = head << (64 - 8 * point);
        var rest = 64 - 8 * decimals;
        var fraction = tail >> rest << rest;
        if (((whole + AboveNine | whole | fraction + AboveNine | fraction) & Tops) != 0) return false;
        value = (EightDigits(whole) * WholeTens[decimals] + EightDigits(fraction)) / Tens[decimals];
        return true;
    }

    // Digits with at most one point. A mantissa below 2^53 and an exact power of ten make the quotient the correctly rounded value.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static bool TryReadPlain(ReadOnlySpan<byte> cell, out double value)
    {
        value = 0;
        if (cell.Length is 0 or > 19) return false;
        var mantissa = 0UL;
        var point = -1;
        for (var i = 0; i < cell.Length; i++)
        {
            var digit = (uint)(cell[i] - '0');
            if (digit <= 9) mantissa = mantissa * 10 + digit;
            else if (cell[i] == '.' && point < 0) point = i;
            else return false;
        }
        if (mantissa > 1UL << 53 || (point >= 0 && cell.Length == 1)) return false;
        value = point < 0 ? mantissa : mantissa / Tens[cell.Length - point - 1];
        return true;
    }

    static bool TryReadAny(ReadOnlySpan<byte> cell, out double value)
    {
        value = 0;
        Span<byte> room = stackalloc byte[Room];
        scoped var number = CsvCell.Trim(cell);
        if (number.ContainsAny(Marks))
        {
            if (!TryClean(number, room, out var length)) return false;
            number = room[..length];
        }
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    static bool TryReadAnyVolume(ReadOnlySpan<byte> cell, out long volume)
    {
        volume = 0;
        Span<byte> room = stackalloc byte[Room];
        scoped var number = CsvCell.Trim(cell);
        if (number.ContainsAny(Marks))
        {
            if (!TryClean(number, room, out var length)) return false;
            number = room[..length];
        }
        // Decimal, because 49.39M must be 49390000 and not the double next to it.
        if (!decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)) return false;
        exact = Math.Round(exact, MidpointRounding.AwayFromZero);
        if (exact is < long.MinValue or > long.MaxValue) return false;
        volume = (long)exact;
        return true;
    }

    // Takes '$' and thousands separators out and turns a suffix into an exponent: "$1,234.5K" becomes "1234.5e3".
    static bool TryClean(ReadOnlySpan<byte> cell, Span<byte> room, out int length)
    {
        length = 0;
        if (cell.Length > LongestCleaned) return false;
        if (cell[0] == '-')
        {
            room[length++] = (byte)'-';
            cell = cell[1..];
        }
        if (cell.StartsWith("$"u8)) cell = cell[1..];
        var exponent = Exponent(cell);
        if (exponent.Length > 0) cell = cell[..^1].TrimEnd((byte)' ');
        if (cell.IsEmpty || !TryCopyDigits(cell, room, ref length)) return false;
        exponent.CopyTo(room[length..]);
        length += exponent.Length;
        return true;
    }

    static ReadOnlySpan<byte> Exponent(ReadOnlySpan<byte> cell) => cell.IsEmpty ? default : (cell[^1] | 0x20) switch
    {
        'k' => "e3"u8,
        'm' => "e6"u8,
        'b' => "e9"u8,
        _ => default,
    };

    // A comma separates thousands or is refused: 126,35 could only be a decimal comma, and 0,123 as well.
    static bool TryCopyDigits(ReadOnlySpan<byte> cell, Span<byte> room, ref int length)
    {
        var point = cell.IndexOf((byte)'.');
        var whole = point < 0 ? cell : cell[..point];
        var comma = whole.IndexOf((byte)',');
        if (comma >= 0 && (comma is 0 or > 3 || whole[0] == '0')) return false;
        for (var i = 0; i < cell.Length; i++)
        {
            var c = cell[i];
            if (c == ',')
            {
                if (i >= whole.Length || (i - comma) % 4 != 0 || whole.Length - i < 4) return false;
                continue;
            }
            if (comma >= 0 && i > comma && i < whole.Length && (i - comma) % 4 == 0) return false;
            if (c != '.' && c is < (byte)'0' or > (byte)'9') return false;
            room[length++] = c;
        }
        return comma < 0 || (whole.Length - comma) % 4 == 0;
    }

    // Eight digits as bytes 0 to 9, the first in the lowest byte: pairs, then fours, then eight, each by one multiplication.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong EightDigits(ulong digits)
    {
        digits = digits * 10 + (digits >> 8);
        return ((digits & 0x000000FF000000FF) * 0x000F424000000064 + (digits >> 16 & 0x000000FF000000FF) * 0x0000271000000001) >> 32;
    }
}
