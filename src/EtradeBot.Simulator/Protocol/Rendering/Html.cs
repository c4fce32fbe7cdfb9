using System.Text.Encodings.Web;

namespace EtradeBot.Simulator.Protocol.Rendering;

/// <summary>The pages in HTML that the service answers with when it has no document.</summary>
static class Html
{
    public static string Escape(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>The status page of the web server, in front of the service.</summary>
    public static string StatusPage(int status, string reason, string message)
    {
        var title = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"HTTP Status {status} – {reason}");
        // The message stays as it is, = and all: clients search the page for oauth_problem=....
        var shown = message.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        return $"""<!doctype html><html lang="en"><head><title>{title}</title></head><body><h1>{title}</h1><hr class="line" /><p><b>Type</b> Status Report</p><p><b>Message</b> {shown}</p><hr class="line" /></body></html>""";
    }
}
