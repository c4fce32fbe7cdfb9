using System.Text.Encodings.Web;
using System.Text.Json;

namespace EtradeBot.Simulator.Protocol.Rendering;

static class JsonRendering
{
    // Faults write what is no JSON on purpose, and names twice.
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Render(string root, Element content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WritePropertyName(root);
            Write(json, content);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    static void Write(Utf8JsonWriter json, Element element)
    {
        json.WriteStartObject();
        foreach (var member in element.Members)
        {
            json.WritePropertyName(member.Name);
            if (member.Value is { } value) Write(json, value);
            else if (member.Child is { } child) Write(json, child);
            else WriteList(json, member.List!);
        }
        json.WriteEndObject();
    }

    static void WriteList(Utf8JsonWriter json, IReadOnlyList<Element> list)
    {
        json.WriteStartArray();
        foreach (var entry in list) Write(json, entry);
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, Scalar value)
    {
        if (value.Kind == ScalarKind.Text) json.WriteStringValue(value.Text);
        else json.WriteRawValue(value.Text, skipInputValidation: true);
    }
}
