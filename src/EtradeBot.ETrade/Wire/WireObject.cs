using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace EtradeBot.ETrade.Wire;

/// <summary>An object of an answer, read by field name whatever its capitals. A field that is there but cannot be what it should be throws; it never becomes 0.</summary>
/// <remarks>Numbers may come as text and text as numbers, one-element lists as bare objects, and empty XML elements as empty text.</remarks>
readonly struct WireObject(JsonElement element, string name)
{
    public string Name { get; } = name;

    /// <summary>Empty when the field is missing.</summary>
    public string Text(string field)
    {
        if (Find(field) is not { } value) return "";
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array) throw Wrong(field, "a list or an object instead of text");
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : value.GetRawText();
        }
        catch (InvalidOperationException e)
        {
            throw new WireException($"{Name}.{field} holds bytes that are no text", e);
        }
    }

    public string RequiredText(string field) => Text(field) is { Length: > 0 } text ? text : throw Missing(field);

    /// <summary>Dollars or a ratio, either sign.</summary>
    public decimal? Number(string field)
    {
        if (Scalar(field) is not { Length: > 0 } raw) return null;
        if (!WireNumber.TryDecimal(raw, out var number)) throw Wrong(field, $"'{WireNumber.Shown(raw)}', which is no number");
        if (Math.Abs(number) > WireNumber.MaxMoney) throw Wrong(field, $"{WireNumber.Shown(raw)}, which is too large to be true");
        return number;
    }

    public decimal RequiredNumber(string field) => Number(field) ?? throw Missing(field);

    /// <summary>Dollars a share; null where it is missing or written as 0.</summary>
    public decimal? Price(string field)
    {
        if (Number(field) is not { } number || number == 0) return null;
        return number > 0 && number <= (decimal)WireNumber.MaxPrice ? number : throw Wrong(field, $"{number}, which is no price");
    }

    /// <summary>Shares, not negative; may be fractions.</summary>
    public decimal RequiredQuantity(string field)
    {
        var number = RequiredNumber(field);
        return number >= 0 && number <= WireNumber.MaxShares ? number : throw Wrong(field, $"{number}, which is no number of shares");
    }

    public long? Whole(string field)
    {
        if (Scalar(field) is not { Length: > 0 } raw) return null;
        return WireNumber.TryWhole(raw, out var number) ? number : throw Wrong(field, $"'{WireNumber.Shown(raw)}', which is no whole number");
    }

    public int? Int(string field) => Whole(field) is not { } number ? null
        : number is >= int.MinValue and <= int.MaxValue ? (int)number : throw Wrong(field, $"{number}, which is too large to be true");

    /// <summary>Shares or contracts, not negative.</summary>
    public long? Count(string field) => Whole(field) is not { } number ? null
        : number is >= 0 and <= WireNumber.MaxShares ? number : throw Wrong(field, $"{number}, which is no count");

    /// <summary>The number of an order, a position, a preview; null where it is missing or 0.</summary>
    public long? Id(string field) => Whole(field) is not { } number || number == 0 ? null
        : number > 0 ? number : throw Wrong(field, $"{number}, which is no number of anything");

    public long RequiredId(string field) => Id(field) ?? throw Missing(field);

    public bool? Flag(string field)
    {
        if (Scalar(field) is not { Length: > 0 } raw) return null;
        if (Ascii.EqualsIgnoreCase(raw, "true"u8)) return true;
        return Ascii.EqualsIgnoreCase(raw, "false"u8) ? false : throw Wrong(field, $"'{WireNumber.Shown(raw)}', which is neither true nor false");
    }

    public DateTimeOffset? Instant(string field) => Whole(field) is { } value ? WireTime.FromEpoch(value, $"{Name}.{field}") : null;

    public WireObject? Object(string field)
    {
        var items = Items(field);
        return items.Count switch { 0 => null, 1 => items[0], _ => throw Wrong(field, "a list of several instead of one") };
    }

    /// <summary>The objects of a list; one bare object is a list of one, and a missing or empty field a list of none.</summary>
    public IReadOnlyList<WireObject> Items(string field)
    {
        if (Find(field) is not { } value || IsEmptyText(value)) return [];
        if (value.ValueKind == JsonValueKind.Object) return [new(value, field)];
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(field, "a plain value instead of an object");
        var items = new List<WireObject>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
            items.Add(item.ValueKind == JsonValueKind.Object ? new(item, field) : throw Wrong(field, "a list with something else than objects"));
        return items;
    }

    /// <summary>The whole numbers of a list; a bare one is a list of one.</summary>
    public IReadOnlyList<long> WholeItems(string field)
    {
        if (Find(field) is not { } value || IsEmptyText(value)) return [];
        if (value.ValueKind != JsonValueKind.Array) return [Whole(field)!.Value];
        var items = new List<long>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
            items.Add(WireNumber.TryWhole(Raw(item), out var number) ? number : throw Wrong(field, "a list with something else than numbers"));
        return items;
    }

    public WireException Missing(string field) => new($"{Name}.{field} is missing");

    public WireException Wrong(string field, string what) => new($"{Name}.{field} is {what}");

    static bool IsEmptyText(JsonElement value) => value.ValueKind == JsonValueKind.String && Raw(value).IsEmpty;

    static ReadOnlySpan<byte> Raw(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        return value.ValueKind == JsonValueKind.String ? raw[1..^1].Trim(" "u8) : raw;
    }

    ReadOnlySpan<byte> Scalar(string field)
    {
        if (Find(field) is not { } value) return [];
        return value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? throw Wrong(field, "a list or an object instead of a plain value") : Raw(value);
    }

    JsonElement? Find(string field)
    {
        JsonElement? found = null;
        foreach (var property in element.EnumerateObject())
        {
            if (!Ascii.EqualsIgnoreCase(JsonMarshal.GetRawUtf8PropertyName(property), field)) continue;
            if (found is not null) throw Wrong(field, "there twice");
            found = property.Value;
        }
        return found is { ValueKind: JsonValueKind.Null } ? null : found;
    }
}
