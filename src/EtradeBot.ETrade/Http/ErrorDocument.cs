using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace EtradeBot.ETrade.Http;

/// <summary>What a body looks like from its first characters: error documents come as XML where JSON was asked for, OAuth errors as pages.</summary>
enum BodyKind
{
    Empty,
    Json,
    Xml,
    Page,
    Text,
}

/// <summary>The broker's <c>Error</c> document.</summary>
/// <param name="Code">Null when it is missing or no number.</param>
/// <param name="Message">As sent; empty when missing.</param>
sealed record ErrorDocument(int? Code, string Message)
{
    const int PageCharacters = 4096;

    public static BodyKind KindOf(ReadOnlySpan<byte> body, string? contentType)
    {
        body = body.TrimStart(" \t\r\n"u8);
        if (body.IsEmpty) return BodyKind.Empty;
        if (body[0] is (byte)'{' or (byte)'[') return BodyKind.Json;
        if (body[0] != (byte)'<') return BodyKind.Text;
        var isPage = contentType?.Contains("html", StringComparison.OrdinalIgnoreCase) == true
            || StartsLike(body, "<!doctype html") || StartsLike(body, "<html") || StartsLike(body, "<head") || StartsLike(body, "<body");
        return isPage ? BodyKind.Page : BodyKind.Xml;
    }

    /// <summary>The document, when the body is one; null when it is something else or cannot be read.</summary>
    public static ErrorDocument? Read(BodyKind kind, ReadOnlyMemory<byte> body) => kind switch
    {
        BodyKind.Json => ReadJson(body.Span),
        BodyKind.Xml => ReadXml(body),
        _ => null,
    };

    /// <summary>The beginning of a body as text, for finding known phrases in it.</summary>
    public static string Beginning(ReadOnlySpan<byte> body) => Encoding.UTF8.GetString(body[..Math.Min(body.Length, PageCharacters)]);

    static bool StartsLike(ReadOnlySpan<byte> body, string start) =>
        body.Length >= start.Length && Encoding.Latin1.GetString(body[..start.Length]).Equals(start, StringComparison.OrdinalIgnoreCase);

    // Only the first name of the root decides, so that a large answer costs nothing here.
    static ErrorDocument? ReadJson(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject || !json.Read() || json.TokenType != JsonTokenType.PropertyName) return null;
            if (!json.ValueTextEquals("Error") && !json.ValueTextEquals("error")) return null;
            json.Read();
            using var error = JsonDocument.ParseValue(ref json);
            return error.RootElement.ValueKind == JsonValueKind.Object ? FromJson(error.RootElement) : new(null, error.RootElement.ToString());
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return null; // Damaged, or text that is no Unicode: no error document, then.
        }
    }

    static ErrorDocument FromJson(JsonElement error)
    {
        int? code = null;
        var message = "";
        foreach (var field in error.EnumerateObject())
        {
            if (field.NameEquals("code")) code = CodeOf(field.Value.ToString());
            if (field.NameEquals("message")) message = field.Value.ToString();
        }
        return new(code, message);
    }

    static ErrorDocument? ReadXml(ReadOnlyMemory<byte> body)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true };
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(body.ToArray(), writable: false), settings);
            if (xml.MoveToContent() != XmlNodeType.Element || !xml.LocalName.Equals("Error", StringComparison.OrdinalIgnoreCase)) return null;
            int? code = null;
            var message = "";
            xml.Read();
            while (!xml.EOF && xml.NodeType != XmlNodeType.EndElement)
            {
                if (xml.NodeType != XmlNodeType.Element) xml.Read();
                else if (xml.LocalName == "code") code = CodeOf(xml.ReadElementContentAsString());
                else if (xml.LocalName == "message") message = xml.ReadElementContentAsString();
                else xml.Skip();
            }
            return new(code, message);
        }
        catch (Exception problem) when (problem is XmlException or InvalidOperationException or ArgumentException)
        {
            return null; // Damaged, or in an encoding nobody knows: no error document, then.
        }
    }

    static int? CodeOf(string text) =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) ? code : null;
}
