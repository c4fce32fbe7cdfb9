using System.Globalization;
using System.Text;

namespace EtradeBot.Simulator.Protocol.OAuth;

/// <summary>Percent-encoding as OAuth has it.</summary>
/// <remarks>RFC 5849 section 3.6: everything but letters, digits, - . _ ~ is escaped, in upper-case hexadecimal.</remarks>
static class Percent
{
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~') encoded.Append((char)octet);
            else encoded.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }
        return encoded.ToString();
    }

    /// <summary>An escape that is none stays as it stands: whoever sent it finds the signature wrong, and nothing breaks.</summary>
    public static string Decode(string text) => text.Contains('%', StringComparison.Ordinal) ? Encoding.UTF8.GetString(Octets(text)) : text;

    /// <summary>As <see cref="Decode"/>; a plus sign is a blank, as forms send it.</summary>
    public static string DecodeForm(string text) => Decode(text.Replace('+', ' '));

    /// <summary><c>a=1&amp;b=2</c> as decoded pairs, in their order.</summary>
    public static List<KeyValuePair<string, string>> Form(string text)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            pairs.Add(equals < 0
                ? new(DecodeForm(part), "")
                : new(DecodeForm(part[..equals]), DecodeForm(part[(equals + 1)..])));
        }
        return pairs;
    }

    static byte[] Octets(string text)
    {
        var source = Encoding.UTF8.GetBytes(text);
        var octets = new List<byte>(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] == '%' && i + 2 < source.Length && char.IsAsciiHexDigit((char)source[i + 1]) && char.IsAsciiHexDigit((char)source[i + 2]))
            {
                octets.Add(byte.Parse([source[i + 1], source[i + 2]], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                octets.Add(source[i]);
            }
        }
        return [.. octets];
    }
}
