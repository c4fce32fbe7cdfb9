using System.Text;
using System.Xml;

namespace EtradeBot.Simulator.Protocol.Rendering;

static class XmlRendering
{
    const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";

    public static byte[] Render(string root, Element content)
    {
        var text = new StringBuilder(Declaration).Append('\n');
        Open(text, root);
        Write(text, content);
        Close(text, root);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    static void Write(StringBuilder text, Element element)
    {
        foreach (var member in element.Members)
        {
            if (member.List is { } list)
                foreach (var entry in list) Write(text, member.Name, entry);
            else if (member.Child is { } child) Write(text, member.Name, child);
            else
            {
                Open(text, member.Name);
                Escape(text, member.Value!.Value.Text);
                Close(text, member.Name);
            }
        }
    }

    static void Write(StringBuilder text, string name, Element element)
    {
        Open(text, name);
        Write(text, element);
        Close(text, name);
    }

    static void Open(StringBuilder text, string name) => text.Append('<').Append(name).Append('>');

    static void Close(StringBuilder text, string name) => text.Append("</").Append(name).Append('>');

    /// <summary>Words of the customer come back in messages: what XML cannot hold becomes a question mark.</summary>
    static void Escape(StringBuilder text, string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (i + 1 < value.Length && char.IsSurrogatePair(c, value[i + 1])) text.Append(c).Append(value[++i]);
            else if (!XmlConvert.IsXmlChar(c)) text.Append('?');
            else if (c == '&') text.Append("&amp;");
            else if (c == '<') text.Append("&lt;");
            else if (c == '>') text.Append("&gt;");
            else text.Append(c);
        }
    }
}
