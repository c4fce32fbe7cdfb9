using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace EtradeBot.Learning.Files;

/// <summary>A pickle machine that can build dictionaries, lists, tuples, numbers, texts and tensors, and can do nothing else.</summary>
/// <remarks>
/// A pickle is a program. Python's machine calls whatever the file names; this one knows three names and refuses every other by its name,
/// so that a hostile file executes nothing. Results: <c>long</c>, <c>double</c>, <c>bool</c>, <c>string</c>, <c>null</c>, <c>object?[]</c> (tuple),
/// <c>List</c>, <c>OrderedDictionary</c>, <see cref="PickledStorage"/> and <see cref="PickledTensor"/>.
/// </remarks>
ref struct PickleReader
{
    static readonly object MarkObject = new();

    readonly ReadOnlySpan<byte> _bytes;
    readonly List<object?> _stack = [];
    readonly Dictionary<int, object?> _memo = [];
    int _at;

    PickleReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <exception cref="InvalidDataException">Torn, not a pickle of protocol 2, or a program that wants more than tensors.</exception>
    public static object? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PickleReader(bytes);
        if (bytes.Length < 2 || bytes[0] != PickleCode.Protocol || bytes[1] != 2) throw new InvalidDataException("its pickle is not of protocol 2");
        reader._at = 2;
        while (true)
        {
            var code = reader.Take(1)[0];
            if (code == PickleCode.End) return reader.Pop();
            if (!reader.Literal(code) && !reader.Remember(code) && !reader.Collect(code) && !reader.Make(code))
                throw new InvalidDataException($"its pickle holds the instruction 0x{code:x2}, which no state dict needs");
        }
    }

    bool Literal(byte code)
    {
        switch (code)
        {
            case PickleCode.None: Push(null); break;
            case PickleCode.True: Push(true); break;
            case PickleCode.False: Push(false); break;
            case PickleCode.Int1: Push((long)Take(1)[0]); break;
            case PickleCode.Int2: Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case PickleCode.Int4: Push((long)Int4()); break;
            case PickleCode.Long1: Push(Long()); break;
            case PickleCode.Float: Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case PickleCode.Text: Push(Encoding.UTF8.GetString(Take(Int4()))); break;
            case PickleCode.EmptyTuple: Push(Array.Empty<object?>()); break;
            case PickleCode.EmptyList: Push(new List<object?>()); break;
            case PickleCode.EmptyDict: Push(new OrderedDictionary<object, object?>()); break;
            default: return false;
        }
        return true;
    }

    bool Remember(byte code)
    {
        switch (code)
        {
            case PickleCode.Put1: _memo[Take(1)[0]] = Top(); break;
            case PickleCode.Put4: _memo[Int4()] = Top(); break;
            case PickleCode.Get1: Push(Recall(Take(1)[0])); break;
            case PickleCode.Get4: Push(Recall(Int4())); break;
            default: return false;
        }
        return true;
    }

    bool Collect(byte code)
    {
        switch (code)
        {
            case PickleCode.Mark: Push(MarkObject); break;
            case PickleCode.Tuple: Push(PopToMark()); break;
            case PickleCode.Tuple1: Push(PopMany(1)); break;
            case PickleCode.Tuple2: Push(PopMany(2)); break;
            case PickleCode.Tuple3: Push(PopMany(3)); break;
            case PickleCode.Append: AddAll(PopMany(1)); break;
            case PickleCode.Appends: AddAll(PopToMark()); break;
            case PickleCode.SetItem: SetAll(PopMany(2)); break;
            case PickleCode.SetItems: SetAll(PopToMark()); break;
            default: return false;
        }
        return true;
    }

    bool Make(byte code)
    {
        switch (code)
        {
            case PickleCode.Global: Push(new PickledName(Line(), Line())); break;
            case PickleCode.PersistentId: Push(PickledStorage.From(Pop())); break;
            case PickleCode.Reduce: Call(); break;
            // The attributes of a state dict (its _metadata): nothing here reads them.
            case PickleCode.Build: Pop(); break;
            default: return false;
        }
        return true;
    }

    readonly void Call()
    {
        var arguments = Pop() as object?[] ?? throw Torn();
        var name = Pop() as PickledName ?? throw Torn();
        Push(name switch
        {
            ("collections", "OrderedDict") when arguments.Length == 0 => new OrderedDictionary<object, object?>(),
            ("torch._utils", "_rebuild_tensor_v2") => PickledTensor.From(arguments),
            ("torch._utils", "_rebuild_parameter") when arguments is [PickledTensor tensor, ..] => tensor,
            _ => throw new InvalidDataException($"its pickle asks to call {name.Module}.{name.Name}, which no state dict needs; nothing of it was run"),
        });
    }

    readonly void AddAll(object?[] items)
    {
        if (Top() is not List<object?> list) throw Torn();
        list.AddRange(items);
    }

    readonly void SetAll(object?[] items)
    {
        if (Top() is not OrderedDictionary<object, object?> dictionary || items.Length % 2 != 0) throw Torn();
        for (var i = 0; i < items.Length; i += 2)
            dictionary[items[i] ?? throw Torn()] = items[i + 1];
    }

    readonly object?[] PopToMark() => PopMany(_stack.Count - 1 - _stack.LastIndexOf(MarkObject), isMarked: true);

    readonly object?[] PopMany(int count, bool isMarked = false)
    {
        var start = _stack.Count - count;
        if (start < (isMarked ? 1 : 0)) throw Torn();
        object?[] items = [.. _stack[start..]];
        if (isMarked) start--;
        _stack.RemoveRange(start, _stack.Count - start);
        return items;
    }

    readonly void Push(object? value) => _stack.Add(value);

    readonly object? Pop() => PopMany(1)[0];

    readonly object? Top() => _stack.Count > 0 ? _stack[^1] : throw Torn();

    readonly object? Recall(int key) => _memo.TryGetValue(key, out var value) ? value : throw Torn();

    int Int4() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    long Long()
    {
        var bytes = Take(Take(1)[0]);
        return bytes.Length <= 8 ? (long)new BigInteger(bytes) : throw new InvalidDataException("its pickle holds a number of more than 64 bits");
    }

    string Line()
    {
        var length = _bytes[_at..].IndexOf((byte)'\n');
        if (length < 0) throw Torn();
        var line = Encoding.UTF8.GetString(Take(length));
        _at++;
        return line;
    }

    ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _bytes.Length - _at) throw Torn();
        _at += count;
        return _bytes.Slice(_at - count, count);
    }

    static InvalidDataException Torn() => new("its pickle is torn");
}
