using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace EtradeBot.Simulator.Protocol.Bodies;

/// <summary>A request's body without its format: an element of XML and a member of JSON are the same here, and so are an array and a repeated element.</summary>
sealed class BodyNode
{
    const int Deepest = 32;

    readonly List<(string Name, BodyNode Node)> _children = [];

    public string Text { get; private init; } = "";

    public IEnumerable<BodyNode> All(string name) => _children.Where(child => child.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(child => child.Node);

    /// <summary>The first of that name, whatever the case; null without one.</summary>
    public BodyNode? this[string name] => All(name).FirstOrDefault();

    /// <summary>Text of the first child of that name; null without one or when it is empty.</summary>
    public string? TextOf(string name) => this[name]?.Text.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Reads XML or JSON, by the first character. The format of the answer and the content type play no part.</summary>
    /// <exception cref="BadBodyException">Neither.</exception>
    public static BodyNode Parse(ReadOnlyMemory<byte> body)
    {
        var text = Decode(body.Span).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.Length == 0) throw new BadBodyException("The request has no body.");
        try
        {
            return text[0] == '<' ? OfXml(text) : OfJson(text);
        }
        catch (Exception problem) when (problem is XmlException or JsonException)
        {
            throw new BadBodyException($"The request body is not well-formed {(text[0] == '<' ? "XML" : "JSON")}.", problem);
        }
    }

    static string Decode(ReadOnlySpan<byte> body)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
        }
        catch (DecoderFallbackException problem)
        {
            throw new BadBodyException("The request body is not text in UTF-8.", problem);
        }
    }

    static BodyNode OfXml(string text)
    {
        // No document type: with it a small body could grow without bound, or fetch files.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(text), settings);
        var document = XDocument.Load(reader);
        var root = new BodyNode();
        root._children.Add((document.Root!.Name.LocalName, Of(document.Root, 1)));
        return root;
    }

    static BodyNode Of(XElement element, int depth)
    {
        if (depth > Deepest) throw new BadBodyException("The request body is nested too deeply.");
        var node = new BodyNode { Text = element.HasElements ? "" : element.Value };
        foreach (var child in element.Elements()) node._children.Add((child.Name.LocalName, Of(child, depth + 1)));
        return node;
    }

    static BodyNode OfJson(string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Deepest });
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new BadBodyException("The request body is not an object.");
        return Of(document.RootElement);
    }

    static BodyNode Of(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return new BodyNode { Text = TextOf(element) };
        var node = new BodyNode();
        foreach (var member in element.EnumerateObject()) node.Add(member.Name, member.Value);
        return node;
    }

    void Add(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            _children.Add((name, Of(value)));
            return;
        }
        foreach (var entry in value.EnumerateArray()) Add(name, entry);
    }

    static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "",
    };

    /// <summary>A number of the first child of that name; null without one or when it is empty.</summary>
    /// <exception cref="BadBodyException">Something else.</exception>
    public decimal? NumberOf(string name)
    {
        if (TextOf(name) is not { } text) return null;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw new BadBodyException($"{name} must be a number.");
    }

    /// <exception cref="BadBodyException">Something else than a whole number.</exception>
    public long? WholeOf(string name)
    {
        if (TextOf(name) is not { } text) return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new BadBodyException($"{name} must be a whole number.");
    }
}

/// <summary>A body that cannot be used: answered with status 400.</summary>
sealed class BadBodyException : Exception
{
    public BadBodyException(string message) : base(message)
    {
    }

    public BadBodyException(string message, Exception inner) : base(message, inner)
    {
    }
}
