using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EtradeBot.App.Hosting.Security;

/// <summary>Codes of an authenticator app: six digits, new every 30 seconds.</summary>
/// <remarks>RFC 6238 over RFC 4226 with HMAC-SHA-1, which every authenticator app speaks. Identity's own check takes a code several times and reads the machine's clock itself, hence this one.</remarks>
static class Totp
{
    const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const int StepSeconds = 30;

    /// <summary>Clocks of phones are rarely further off than one step.</summary>
    const int StepsOff = 1;

    /// <returns>160 random bits in Base32.</returns>
    public static string NewSecret() => Encode(RandomNumberGenerator.GetBytes(20));

    /// <summary>The step whose code this is; null for a wrong code and for one used before.</summary>
    /// <param name="lastStep">The step of the last code that was taken.</param>
    public static long? Match(string secret, string code, DateTimeOffset now, long lastStep)
    {
        var typed = Encoding.ASCII.GetBytes(new string([.. code.Where(char.IsAsciiDigit)]));
        var key = Decode(secret);
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        // Every step is compared, so that the time taken tells nothing.
        for (var step = current - StepsOff; step <= current + StepsOff; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(key, step)), typed) && step > lastStep) found ??= step;
        return found;
    }

    public static string CodeAt(string secret, DateTimeOffset now) => Code(Decode(secret), now.ToUnixTimeSeconds() / StepSeconds);

    /// <summary>What an app reads from its camera or clipboard.</summary>
    public static string Link(string secret, string user) =>
        $"otpauth://totp/etrade-bot:{Uri.EscapeDataString(user)}?secret={secret}&issuer=etrade-bot&digits=6&period=30";

    /// <summary>In groups of four, to be typed: <c>ABCD EFGH …</c></summary>
    public static string Groups(string secret) => string.Join(' ', secret.Chunk(4).Select(group => new string(group)));

    static string Code(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The standard says SHA-1, and HMAC does not suffer from its collisions.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf, 4)) & 0x7fff_ffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var one in bytes)
        {
            buffer = (buffer << 8) | one;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(Base32[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) text.Append(Base32[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }

    static byte[] Decode(string secret)
    {
        var bytes = new List<byte>();
        var (buffer, bits) = (0, 0);
        foreach (var letter in secret)
        {
            buffer = (buffer << 5) | Base32.IndexOf(letter, StringComparison.Ordinal);
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
            buffer &= (1 << bits) - 1;
        }
        return [.. bytes];
    }
}
