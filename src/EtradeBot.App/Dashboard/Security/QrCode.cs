using System.Text;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>A text as a QR code (ISO/IEC 18004): byte mode, error correction M, versions 1 to 13. Drawn here, so that no secret leaves the machine to become a picture.</summary>
sealed class QrCode
{
    const int HighestVersion = 13;

    /// <summary>By version: check codewords of a block, and blocks (table 9 of the standard, level M).</summary>
    static readonly (int Checks, int Blocks)[] Sizes = [(10, 1), (16, 1), (26, 1), (18, 2), (24, 2), (16, 4), (18, 4), (22, 4), (22, 5), (26, 5), (30, 5), (22, 8), (22, 9)];

    readonly int _version;
    readonly bool[,] _dark;
    readonly bool[,] _isFixed;

    QrCode(int version)
    {
        _version = version;
        Size = (version * 4) + 17;
        _dark = new bool[Size, Size];
        _isFixed = new bool[Size, Size];
    }

    /// <summary>Modules along a side, without the quiet zone.</summary>
    public int Size { get; }

    public bool IsDark(int x, int y) => _dark[y, x];

    /// <returns>Null when the text is too long.</returns>
    public static QrCode? Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var version = Enumerable.Range(1, HighestVersion).FirstOrDefault(version => bytes.Length <= DataCodewords(version) - (version < 10 ? 2 : 3));
        if (version == 0) return null;
        var code = new QrCode(version);
        code.DrawFixed();
        code.DrawData(Interleaved(version, Codewords(version, bytes)));
        code.Mask();
        return code;
    }

    /// <summary>As the path of an SVG whose unit is a module.</summary>
    public string Path()
    {
        var path = new StringBuilder();
        for (var y = 0; y < Size; y++)
            for (var x = 0; x < Size; x++)
                if (_dark[y, x]) path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x + 4},{y + 4}h1v1h-1z");
        return path.ToString();
    }

    static int AllCodewords(int version)
    {
        var modules = (((16 * version) + 128) * version) + 64;
        if (version >= 2)
        {
            var marks = (version / 7) + 2;
            modules -= (((25 * marks) - 10) * marks) - 55;
        }
        return (version >= 7 ? modules - 36 : modules) / 8;
    }

    static int DataCodewords(int version) => AllCodewords(version) - (Sizes[version - 1].Checks * Sizes[version - 1].Blocks);

    static byte[] Codewords(int version, byte[] bytes)
    {
        var data = new byte[DataCodewords(version)];
        var at = 0;
        Put(0b0100, 4); // byte mode
        Put(bytes.Length, version < 10 ? 8 : 16);
        foreach (var one in bytes) Put(one, 8);
        at += Math.Min(4, (data.Length * 8) - at);
        at = (at + 7) / 8 * 8;
        for (var (i, pad) = (at / 8, 0xec); i < data.Length; i++, pad ^= 0xec ^ 0x11) data[i] = (byte)pad;
        return data;

        void Put(int value, int bits)
        {
            for (var bit = bits - 1; bit >= 0; bit--, at++) data[at / 8] |= (byte)(((value >> bit) & 1) << (7 - (at % 8)));
        }
    }

    /// <summary>Split into blocks, each with its checks, then first codewords first.</summary>
    static byte[] Interleaved(int version, byte[] data)
    {
        var (checks, count) = Sizes[version - 1];
        var divisor = ReedSolomon.Divisor(checks);
        var (shortLength, shortCount) = (data.Length / count, count - (data.Length % count));
        var blocks = new List<(byte[] Data, byte[] Checks)>();
        for (var (i, start) = (0, 0); i < count; i++)
        {
            var length = shortLength + (i < shortCount ? 0 : 1);
            var part = data[start..(start += length)];
            blocks.Add((part, ReedSolomon.Remainder(part, divisor)));
        }
        var woven = Enumerable.Range(0, shortLength + 1).SelectMany(i => blocks.Where(block => i < block.Data.Length).Select(block => block.Data[i]));
        return [.. woven, .. Enumerable.Range(0, checks).SelectMany(i => blocks.Select(block => block.Checks[i]))];
    }

    void DrawFixed()
    {
        for (var i = 0; i < Size; i++)
        {
            Fix(6, i, i % 2 == 0);
            Fix(i, 6, i % 2 == 0);
        }
        foreach (var (x, y) in new[] { (3, 3), (Size - 4, 3), (3, Size - 4) }) DrawRings(x, y, 4);
        var marks = MarkPositions();
        foreach (var x in marks)
            foreach (var y in marks)
                if (!((x == 6 && y == 6) || (x == 6 && y == Size - 7) || (x == Size - 7 && y == 6))) DrawRings(x, y, 2);
        DrawFormat(0);
        if (_version >= 7) DrawVersion();
    }

    void DrawRings(int centreX, int centreY, int radius)
    {
        for (var dy = -radius; dy <= radius; dy++)
            for (var dx = -radius; dx <= radius; dx++)
            {
                var (x, y, ring) = (centreX + dx, centreY + dy, Math.Max(Math.Abs(dx), Math.Abs(dy)));
                if (x >= 0 && x < Size && y >= 0 && y < Size) Fix(x, y, radius == 4 ? ring is not (2 or 4) : ring != 1);
            }
    }

    int[] MarkPositions()
    {
        if (_version == 1) return [];
        var count = (_version / 7) + 2;
        var step = ((_version * 8) + (count * 3) + 5) / ((count * 4) - 4) * 2;
        return [6, .. Enumerable.Range(0, count - 1).Select(i => Size - 7 - (i * step))];
    }

    /// <summary>Level M is 00, so the five bits are the mask's number.</summary>
    void DrawFormat(int mask)
    {
        var remainder = mask;
        for (var i = 0; i < 10; i++) remainder = (remainder << 1) ^ ((remainder >> 9) * 0x537);
        var bits = ((mask << 10) | remainder) ^ 0x5412;
        for (var i = 0; i < 15; i++)
        {
            var isDark = ((bits >> i) & 1) != 0;
            Fix(8, i < 6 ? i : i < 8 ? i + 1 : Size - 15 + i, isDark);
            Fix(i < 8 ? Size - 1 - i : i == 8 ? 7 : 14 - i, 8, isDark);
        }
        Fix(8, Size - 8, true);
    }

    void DrawVersion()
    {
        var remainder = _version;
        for (var i = 0; i < 12; i++) remainder = (remainder << 1) ^ ((remainder >> 11) * 0x1f25);
        var bits = (_version << 12) | remainder;
        for (var i = 0; i < 18; i++)
        {
            var isDark = ((bits >> i) & 1) != 0;
            Fix(Size - 11 + (i % 3), i / 3, isDark);
            Fix(i / 3, Size - 11 + (i % 3), isDark);
        }
    }

    void Fix(int x, int y, bool isDark) => (_dark[y, x], _isFixed[y, x]) = (isDark, true);

    /// <summary>In columns of two from the right, up and down by turns; column 6 belongs to the timing pattern.</summary>
    void DrawData(byte[] codewords)
    {
        var at = 0;
        for (var right = Size - 1; right >= 1; right -= 2)
        {
            if (right == 6) right = 5;
            for (var step = 0; step < Size; step++)
                for (var side = 0; side < 2; side++)
                {
                    var (x, y) = (right - side, ((right + 1) & 2) == 0 ? Size - 1 - step : step);
                    if (_isFixed[y, x] || at >= codewords.Length * 8) continue;
                    _dark[y, x] = ((codewords[at / 8] >> (7 - (at % 8))) & 1) != 0;
                    at++;
                }
        }
    }

    /// <summary>The mask under which the fewest neighbours are alike: large areas of one colour are hard to read.</summary>
    void Mask()
    {
        var best = Enumerable.Range(0, 8).MinBy(mask =>
        {
            Flip(mask);
            var alike = Alike();
            Flip(mask);
            return alike;
        });
        Flip(best);
        DrawFormat(best);
    }

    void Flip(int mask)
    {
        for (var y = 0; y < Size; y++)
            for (var x = 0; x < Size; x++)
                if (!_isFixed[y, x] && IsFlipped(mask, x, y)) _dark[y, x] = !_dark[y, x];
    }

    static bool IsFlipped(int mask, int x, int y) => mask switch
    {
        0 => (x + y) % 2 == 0,
        1 => y % 2 == 0,
        2 => x % 3 == 0,
        3 => (x + y) % 3 == 0,
        4 => ((x / 3) + (y / 2)) % 2 == 0,
        5 => (x * y % 2) + (x * y % 3) == 0,
        6 => ((x * y % 2) + (x * y % 3)) % 2 == 0,
        _ => (((x + y) % 2) + (x * y % 3)) % 2 == 0,
    };

    int Alike()
    {
        var alike = 0;
        for (var y = 0; y < Size; y++)
            for (var x = 0; x < Size; x++)
            {
                if (x > 0 && _dark[y, x] == _dark[y, x - 1]) alike++;
                if (y > 0 && _dark[y, x] == _dark[y - 1, x]) alike++;
            }
        return alike;
    }
}
