using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Xml;

namespace EtradeBot.ETrade.Wire;

/// <summary>Turns an XML answer into JSON of the same shape: element names become field names, repeated elements lists, text stays text.</summary>
static class XmlBridge
{
    const int MaxDepth = 48;

    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <exception cref="WireException">No XML, or XML that no broker sends.</exception>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlyMemory<byte> xml)
    {
        try
        {
            using var reader = XmlReader.Create(Open(xml), Settings);
            reader.MoveToContent();
            var root = new Node(reader.LocalName);
            Read(reader, root, 1);
            while (reader.Read())
            {
                // To the end, so that a second document or rubbish behind the first is found.
            }
            return ToJson(root);
        }
        catch (XmlException e)
        {
            throw new WireException($"it is damaged or cut short at line {e.LineNumber}, column {e.LinePosition}", e);
        }
    }

    static MemoryStream Open(ReadOnlyMemory<byte> xml) => MemoryMarshal.TryGetArray(xml, out var segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new MemoryStream(xml.ToArray(), writable: false);

    static void Read(XmlReader reader, Node node, int depth)
    {
        if (depth > MaxDepth) throw new WireException("it is nested too deeply");
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return;
        }
        reader.Read();
        while (reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                var child = new Node(reader.LocalName);
                node.Children.Add(child);
                Read(reader, child, depth + 1);
                continue;
            }
            node.Text += reader.Value;
            if (!reader.Read()) throw new WireException("it is cut short");
        }
        reader.Read();
    }

    static ReadOnlyMemory<byte> ToJson(Node root)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName(root.Name);
            WriteObject(json, root);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    static void WriteObject(Utf8JsonWriter json, Node node)
    {
        json.WriteStartObject();
        foreach (var sameName in node.Children.GroupBy(child => child.Name, StringComparer.OrdinalIgnoreCase))
        {
            var children = sameName.ToList();
            json.WritePropertyName(sameName.Key);
            if (children.Count > 1) json.WriteStartArray();
            foreach (var child in children) WriteValue(json, child);
            if (children.Count > 1) json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    static void WriteValue(Utf8JsonWriter json, Node node)
    {
        if (node.Children.Count > 0) WriteObject(json, node);
        else json.WriteStringValue(node.Text);
    }

    sealed class Node(string name)
    {
        public string Name { get; } = name;

        public string Text { get; set; } = "";

        public List<Node> Children { get; } = [];
    }
}
