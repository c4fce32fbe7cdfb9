using System.Buffers.Binary;
using System.Text;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>The messages between page and server as bytes: SignalR's hub protocol in MessagePack, as far as circuits use it.</summary>
/// <remarks>dotnet/aspnetcore, src/SignalR/docs/specs/HubProtocol.md, "MessagePack encoding"; MessagePack specification.</remarks>
static class BlazorPack
{
    const int Invocation = 1;

    /// <summary>A call with its length before it. Arguments: texts, whole numbers, truth values and null.</summary>
    public static byte[] Call(string? id, string target, params object?[] arguments)
    {
        var body = new List<byte>();
        Put(body, new object?[] { Invocation, new Dictionary<string, string>(), id, target, arguments, Array.Empty<object?>() });
        var framed = new List<byte>();
        var length = body.Count;
        for (; length >= 0x80; length >>= 7) framed.Add((byte)(length | 0x80));
        return [.. framed, (byte)length, .. body];
    }

    /// <summary>The messages of what came; each a list of numbers, texts, bytes, truth values and lists.</summary>
    public static IEnumerable<object?[]> Messages(ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var (length, shift) = (0, 0);
            byte one;
            do
            {
                one = bytes.Span[at++];
                length |= (one & 0x7f) << shift;
                shift += 7;
            }
            while (one >= 0x80);
            var reader = new Reader(bytes.Slice(at, length));
            yield return (object?[])reader.Next()!;
            at += length;
        }
    }

    static void Put(List<byte> to, object? value)
    {
        switch (value)
        {
            case null:
                to.Add(0xc0);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                to.Add(0xdb);
                PutBig(to, bytes.Length);
                to.AddRange(bytes);
                break;
            case bool isTrue:
                to.Add((byte)(isTrue ? 0xc3 : 0xc2));
                break;
            case Dictionary<string, string>:
                to.Add(0x80);
                break;
            case object?[] list:
                to.Add(0xdd);
                PutBig(to, list.Length);
                foreach (var item in list) Put(to, item);
                break;
            default:
                var number = Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);
                to.Add(0xd3);
                PutBig(to, (int)(number >> 32));
                PutBig(to, (int)number);
                break;
        }
    }

    static void PutBig(List<byte> to, int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        to.AddRange(bytes);
    }

    sealed class Reader(ReadOnlyMemory<byte> bytes)
    {
        int _at;

        public object? Next()
        {
            var tag = Byte();
            return tag switch
            {
                < 0x80 => (long)tag,
                < 0x90 => Map(tag & 0xf),
                < 0xa0 => List(tag & 0xf),
                < 0xc0 => Text(tag & 0x1f),
                0xc0 => null,
                0xc2 => false,
                0xc3 => true,
                0xc4 or 0xc5 or 0xc6 => Take((int)Big(1 << (tag - 0xc4))).ToArray(),
                0xcc or 0xcd or 0xce or 0xcf => Big(1 << (tag - 0xcc)),
                0xd0 => (long)(sbyte)Byte(),
                0xd1 => (long)(short)Big(2),
                0xd2 => (long)(int)Big(4),
                0xd3 => Big(8),
                0xd9 or 0xda or 0xdb => Text((int)Big(1 << (tag - 0xd9))),
                0xdc => List((int)Big(2)),
                0xdd => List((int)Big(4)),
                >= 0xe0 => (long)(sbyte)tag,
                _ => throw new InvalidDataException($"0x{tag:x2} is not expected between page and server"),
            };
        }

        byte Byte() => bytes.Span[_at++];

        long Big(int size)
        {
            var value = 0L;
            for (var i = 0; i < size; i++) value = (value << 8) | Byte();
            return value;
        }

        ReadOnlySpan<byte> Take(int length)
        {
            _at += length;
            return bytes.Span.Slice(_at - length, length);
        }

        string Text(int length) => Encoding.UTF8.GetString(Take(length));

        object?[] List(int count)
        {
            var list = new object?[count];
            for (var i = 0; i < count; i++) list[i] = Next();
            return list;
        }

        object?[] Map(int count) => List(2 * count);
    }
}
