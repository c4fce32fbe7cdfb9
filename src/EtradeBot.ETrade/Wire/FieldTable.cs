using System.Text;

namespace EtradeBot.ETrade.Wire;

/// <summary>Field names of an object, found without making a string, whatever their capitals.</summary>
/// <typeparam name="TField">Its members are the fields, named as on the wire but for the first capital.</typeparam>
sealed class FieldTable<TField> where TField : struct, Enum
{
    const int Slots = 128;

    readonly byte[]?[] _names = new byte[Slots][];
    readonly int[] _fields = new int[Slots];

    public FieldTable()
    {
        // One bit of a mask stands for each field.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Enum.GetNames<TField>().Length, 64);
        foreach (var field in Enum.GetValues<TField>())
        {
            var name = Encoding.ASCII.GetBytes(field.ToString());
            var slot = First(name);
            while (_names[slot] is not null) slot = (slot + 1) % Slots;
            (_names[slot], _fields[slot]) = (name, Convert.ToInt32(field, null));
        }
    }

    /// <summary>The field's number; -1 for a name that is none of the fields.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return -1;
        for (var slot = First(name); _names[slot] is { } known; slot = (slot + 1) % Slots)
            if (Ascii.EqualsIgnoreCase(known, name)) return _fields[slot];
        return -1;
    }

    static int First(ReadOnlySpan<byte> name) =>
        ((name.Length * 31 + (name[0] | 0x20)) * 7 + (name[^1] | 0x20) * 3 + (name[name.Length / 2] | 0x20) * 11) % Slots;
}
