using System.Text;

namespace EtradeBot.ETrade.Wire;

/// <summary>Gives the same string for the same bytes, so that polling the same quotes again allocates no names. Bounded; safe for several threads.</summary>
sealed class TextPool
{
    const int Slots = 4096;
    const int LongestKept = 64;

    // A slot that two threads write at once holds the text of either; both are right for whoever finds them equal.
    readonly string?[] _kept = new string?[Slots];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return "";
        if (utf8.Length > LongestKept) return Encoding.UTF8.GetString(utf8);
        var hash = (uint)utf8.Length;
        foreach (var b in utf8) hash = hash * 31 + b;
        ref var slot = ref _kept[hash % Slots];
        var kept = slot;
        return kept is not null && Ascii.Equals(utf8, kept) ? kept : slot = Encoding.UTF8.GetString(utf8);
    }
}
