using System.Globalization;
using System.Text;

namespace EtradeBot.ETrade.Wire;

/// <summary>Numbers as the broker writes them: JSON numbers, or the same in quotes. Nothing is ever read as 0 that is not written as 0.</summary>
static class WireNumber
{
    /// <summary>Dollars a share. No listed security comes near it; a number beyond it is damage.</summary>
    public const double MaxPrice = 100_000_000;

    /// <summary>Dollars, either side of zero.</summary>
    public const decimal MaxMoney = 1_000_000_000_000_000;

    /// <summary>Shares.</summary>
    public const long MaxShares = 1_000_000_000_000_000;

    const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // A mantissa below 2^53 divided by an exact power of ten is rounded once, hence correctly.
    const ulong ExactMantissa = 1UL << 53;

    static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>The nearest double to the text, bit for bit what the platform's own parser gives; false for infinities and for what is no number.</summary>
    public static bool TryDouble(ReadOnlySpan<byte> text, out double value)
    {
        text = text.Trim(" "u8);
        ulong mantissa = 0;
        var decimals = -1;
        var start = text.Length > 0 && text[0] == '-' ? 1 : 0;
        if (text.Length - start is 0 or > 16) return TrySlowDouble(text, out value);
        foreach (var digit in text[start..])
        {
            if (digit == '.' && decimals < 0)
            {
                decimals = 0;
                continue;
            }
            if (digit is < (byte)'0' or > (byte)'9') return TrySlowDouble(text, out value);
            mantissa = mantissa * 10 + (uint)(digit - '0');
            if (decimals >= 0) decimals++;
        }
        if (mantissa >= ExactMantissa || decimals == 0) return TrySlowDouble(text, out value);
        value = mantissa / PowersOfTen[Math.Max(decimals, 0)];
        if (start == 1) value = -value;
        return true;
    }

    public static bool TryDecimal(ReadOnlySpan<byte> text, out decimal value) =>
        decimal.TryParse(text.Trim(" "u8), Style, CultureInfo.InvariantCulture, out value);

    /// <summary>A whole number, also one that is written with a decimal point, as in 53.0.</summary>
    public static bool TryWhole(ReadOnlySpan<byte> text, out long value)
    {
        if (long.TryParse(text.Trim(" "u8), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)) return true;
        if (!TryDecimal(text, out var number) || number != decimal.Truncate(number) || number is < long.MinValue or > long.MaxValue) return false;
        value = (long)number;
        return true;
    }

    /// <summary>What stands in the answer, short enough for a message.</summary>
    public static string Shown(ReadOnlySpan<byte> text) =>
        text.Length <= 40 ? Encoding.UTF8.GetString(text) : Encoding.UTF8.GetString(text[..40]) + "...";

    static bool TrySlowDouble(ReadOnlySpan<byte> text, out double value) =>
        double.TryParse(text, Style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
