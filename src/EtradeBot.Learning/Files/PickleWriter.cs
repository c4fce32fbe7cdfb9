using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace EtradeBot.Learning.Files;

/// <summary>Writes the few instructions of Python's pickle protocol 2 that a state dict is made of.</summary>
sealed class PickleWriter
{
    readonly ArrayBufferWriter<byte> _bytes = new();

    public PickleWriter() => Raw(PickleCode.Protocol, 2);

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public PickleWriter Code(byte code)
    {
        _bytes.Write([code]);
        return this;
    }

    /// <summary>A name that Python imports.</summary>
    public PickleWriter Global(string module, string name)
    {
        Code(PickleCode.Global);
        _bytes.Write(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));
        return this;
    }

    public PickleWriter Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        Code(PickleCode.Text)._bytes.Write(length);
        _bytes.Write(bytes);
        return this;
    }

    public PickleWriter Number(int value)
    {
        if (value is >= 0 and <= byte.MaxValue) return Raw(PickleCode.Int1, (byte)value);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Code(PickleCode.Int4)._bytes.Write(bytes);
        return this;
    }

    public PickleWriter Numbers(IEnumerable<int> values)
    {
        Code(PickleCode.Mark);
        foreach (var value in values) Number(value);
        return Code(PickleCode.Tuple);
    }

    public PickleWriter EmptyOrderedDict() => Global("collections", "OrderedDict").Code(PickleCode.EmptyTuple).Code(PickleCode.Reduce);

    PickleWriter Raw(byte code, byte operand) => Code(code).Code(operand);
}
