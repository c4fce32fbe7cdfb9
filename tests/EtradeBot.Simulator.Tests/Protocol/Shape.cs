using System.Text.Json;
using System.Xml.Linq;

namespace EtradeBot.Simulator.Protocol;

/// <summary>The names and kinds of values of a document, whatever the values: every path with its kind, entries of a list together.</summary>
static class Shape
{
    public static SortedSet<string> OfJson(string json)
    {
        var shape = new SortedSet<string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(json);
        Walk(document.RootElement, "", shape);
        return shape;
    }

    /// <summary>XML has no kinds: the names alone.</summary>
    public static SortedSet<string> OfXml(string xml)
    {
        var shape = new SortedSet<string>(StringComparer.Ordinal);
        Walk(XDocument.Parse(xml).Root!, "", shape);
        return shape;
    }

    /// <summary>The names of a JSON document as XML would have them.</summary>
    public static SortedSet<string> NamesOf(IEnumerable<string> jsonShape) =>
        new(jsonShape.Select(path => path.Split(' ')[0].Replace("[]", "", StringComparison.Ordinal)), StringComparer.Ordinal);

    static void Walk(JsonElement element, string path, SortedSet<string> shape)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                shape.Add(path + " object");
                foreach (var member in element.EnumerateObject()) Walk(member.Value, $"{path}/{member.Name}", shape);
                break;
            case JsonValueKind.Array:
                shape.Add(path + "[] array");
                foreach (var entry in element.EnumerateArray()) Walk(entry, path + "[]", shape);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                shape.Add(path + " boolean");
                break;
            default:
                shape.Add($"{path} {(element.ValueKind != JsonValueKind.Number ? "text" : element.GetRawText().Contains('.', StringComparison.Ordinal) ? "decimal" : "whole")}");
                break;
        }
    }

    static void Walk(XElement element, string path, SortedSet<string> shape)
    {
        var here = $"{path}/{element.Name.LocalName}";
        shape.Add(here);
        foreach (var child in element.Elements()) Walk(child, here, shape);
    }
}
