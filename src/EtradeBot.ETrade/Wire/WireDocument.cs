using System.Text.Json;

namespace EtradeBot.ETrade.Wire;

/// <summary>The bytes of an answer as JSON, whatever they came as.</summary>
static class WireDocument
{
    static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the object under the answer's root name.</summary>
    /// <exception cref="WireException">Not the answer it should be.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body, string root, Func<WireObject, T> read)
    {
        using var document = Parse(AsJson(body));
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new WireException($"it is no {root}");
        var holder = new WireObject(document.RootElement, "answer");
        return read(holder.Object(root) ?? throw new WireException($"it holds no {root}"));
    }

    /// <summary>Without byte order mark; XML becomes JSON of the same shape.</summary>
    public static ReadOnlyMemory<byte> AsJson(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith(Bom)) body = body[Bom.Length..];
        return body.Span.TrimStart(" \t\r\n"u8) is [(byte)'<', ..] ? XmlBridge.ToJson(body) : body;
    }

    static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }
    }

    public static WireException Malformed(JsonException e) =>
        new($"it is damaged or cut short at line {(e.LineNumber ?? 0) + 1}, byte {e.BytePositionInLine ?? 0}", e);
}
