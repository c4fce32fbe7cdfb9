namespace EtradeBot.App.Dashboard.Security;

/// <summary>Check codewords over GF(2^8) with the polynomial 0x11D, as QR codes have them (ISO/IEC 18004, 7.5.2).</summary>
static class ReedSolomon
{
    /// <summary>Coefficients of the generator polynomial, highest power first, without the leading 1.</summary>
    public static byte[] Divisor(int degree)
    {
        var result = new byte[degree];
        result[^1] = 1;
        byte root = 1;
        for (var i = 0; i < degree; i++)
        {
            for (var j = 0; j < degree; j++)
            {
                result[j] = Multiply(result[j], root);
                if (j + 1 < degree) result[j] ^= result[j + 1];
            }
            root = Multiply(root, 2);
        }
        return result;
    }

    public static byte[] Remainder(ReadOnlySpan<byte> data, byte[] divisor)
    {
        var result = new byte[divisor.Length];
        foreach (var one in data)
        {
            var factor = (byte)(one ^ result[0]);
            result.AsSpan(1).CopyTo(result);
            result[^1] = 0;
            for (var i = 0; i < result.Length; i++) result[i] ^= Multiply(divisor[i], factor);
        }
        return result;
    }

    static byte Multiply(byte x, byte y)
    {
        var product = 0;
        for (var i = 7; i >= 0; i--) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((y >> i) & 1) * x);
        return (byte)product;
    }
}
