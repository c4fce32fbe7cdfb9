using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EtradeBot.App.Reports;

/// <summary>A page being written. Markup stands in the literal parts of interpolated strings; every hole is text and is escaped.</summary>
sealed class Html
{
    readonly Utf8Writer _output;

    public Html(Utf8Writer output) => _output = output;

    /// <summary>Writes markup with escaped holes: <c>html.Add($"&lt;td&gt;{text}&lt;/td&gt;")</c>.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] ref Fragment fragment) => fragment.Done();

    /// <summary>Bytes that belong to the program itself: its styles and scripts.</summary>
    public void Trusted(ReadOnlySpan<byte> utf8) => _output.Raw(utf8);

    /// <summary>A column of numbers for the page's script: little-endian binary as base64 in an inert element.</summary>
    /// <param name="id">Element id without its prefix.</param>
    public void Column<T>(string id, ReadOnlySpan<T> values) where T : unmanaged
    {
        // Whole triples of bytes keep base64 free of padding until the end.
        const int piece = 3 * 4096;
        Add($"<script type=\"text/plain\" id=\"d-{id}\">");
        var bytes = MemoryMarshal.AsBytes(values);
        do
        {
            var part = bytes[..Math.Min(piece, bytes.Length)];
            Base64.EncodeToUtf8(part, _output.Room(piece * 4 / 3), out _, out var written);
            _output.Advance(written);
            bytes = bytes[part.Length..];
        }
        while (bytes.Length > 0);
        Add($"</script>\n");
    }

    void Escape(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny("<>&\"'") is var at && at >= 0)
        {
            _output.Text(text[..at]);
            _output.Raw(text[at] switch
            {
                '<' => "&lt;"u8,
                '>' => "&gt;"u8,
                '&' => "&amp;"u8,
                '"' => "&quot;"u8,
                _ => "&#39;"u8,
            });
            text = text[(at + 1)..];
        }
        _output.Text(text);
    }

    /// <summary>Writes an interpolated string straight into the page.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Fragment(int literalLength, int formattedCount, Html html)
    {
        public void AppendLiteral(string markup) => html._output.Text(markup);

        public void AppendFormatted(string? text) => html.Escape(text);

        public void AppendFormatted(int number) => html._output.Integer(number);

        public void AppendFormatted(long number) => html._output.Integer(number);

        /// <summary>With a format only: a number without one would show its rounding errors.</summary>
        public void AppendFormatted(double number, string format) =>
            html.Escape(number.ToString(format, CultureInfo.InvariantCulture));

        internal void Done() => _ = (literalLength, formattedCount);
    }
}
