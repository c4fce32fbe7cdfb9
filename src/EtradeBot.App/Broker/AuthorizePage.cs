using System.Net;
using System.Text.RegularExpressions;
using EtradeBot.Brokers;

namespace EtradeBot.App.Broker;

/// <summary>Goes through the simulator's login page in the owner's place.</summary>
/// <remarks>Nothing is guessed: the code is the element with the id <c>oauth_verifier</c>, or the parameter of that name in a redirect.
/// A page without it may hold one form, which is accepted.</remarks>
static partial class AuthorizePage
{
    const int MostPages = 4;
    const int LargestBytes = 1 << 20;

    /// <exception cref="BrokerException">The page does not answer, or never shows a code.</exception>
    public static async Task<string> ReadCodeAsync(Uri page, CancellationToken stop = default)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        return await ReadCodeAsync(page, handler, stop).ConfigureAwait(false);
    }

    /// <param name="handler">The way to the page; follows no redirect and remains the caller's.</param>
    /// <inheritdoc cref="ReadCodeAsync(Uri, CancellationToken)"/>
    public static async Task<string> ReadCodeAsync(Uri page, HttpMessageHandler handler, CancellationToken stop = default)
    {
        using var client = new HttpClient(handler, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(15), MaxResponseContentBufferSize = LargestBytes };
        var request = new HttpRequestMessage(HttpMethod.Get, page);
        for (var pages = 0; pages < MostPages; pages++)
        {
            using var response = await SendAsync(client, request, stop).ConfigureAwait(false);
            var here = request.RequestUri!;
            if (response.Headers.Location is { } location)
            {
                var next = new Uri(here, location);
                if (CodeOfQuery(next) is { } sent) return sent;
                request = new HttpRequestMessage(HttpMethod.Get, SameServer(page, next));
                continue;
            }
            var html = await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
            if (CodeOfPage(html) is { } shown) return shown;
            if (!response.IsSuccessStatusCode || Accept(html, here) is not { } form) break;
            request = new HttpRequestMessage(HttpMethod.Post, SameServer(page, form.Action)) { Content = new FormUrlEncodedContent(form.Fields) };
        }
        throw NoCode();
    }

    /// <summary>The code that a page shows; null when it shows none.</summary>
    internal static string? CodeOfPage(string html)
    {
        foreach (Match tag in Tag().Matches(html))
        {
            if (Attribute(tag.Value, "id") != "oauth_verifier") continue;
            if (Attribute(tag.Value, "value") is { Length: > 0 } value) return value;
            var rest = html[(tag.Index + tag.Length)..];
            var end = rest.IndexOf('<', StringComparison.Ordinal);
            if (end > 0 && WebUtility.HtmlDecode(rest[..end]).Trim() is { Length: > 0 } text) return text;
        }
        return null;
    }

    /// <summary>The one form of a page with what its button sends; null without one.</summary>
    internal static (Uri Action, IReadOnlyList<KeyValuePair<string, string>> Fields)? Accept(string html, Uri page)
    {
        var tags = Tag().Matches(html).Select(tag => tag.Value).ToList();
        if (tags.Find(tag => NameOf(tag) == "form") is not { } form) return null;
        // A page may offer to decline as well: of the buttons, only the one that accepts is pressed.
        var fields = tags.Where(tag => NameOf(tag) is "input" or "button" && (!IsButton(tag) || Attribute(tag, "value")?.Contains("accept", StringComparison.OrdinalIgnoreCase) == true))
            .Select(tag => KeyValuePair.Create(Attribute(tag, "name") ?? "", Attribute(tag, "value") ?? ""))
            .Where(field => field.Key.Length > 0);
        return (new Uri(page, Attribute(form, "action") ?? ""), [.. fields]);
    }

    static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken stop)
    {
        try
        {
            using (request) return await client.SendAsync(request, stop).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is TaskCanceledException && !stop.IsCancellationRequested))
        {
            throw new BrokerException(BrokerFault.Unreachable, RequestFate.NotSent, "the login page does not answer", problem);
        }
    }

    static string? CodeOfQuery(Uri address) => address.Query.TrimStart('?').Split('&')
        .Where(pair => pair.StartsWith("oauth_verifier=", StringComparison.Ordinal))
        .Select(pair => Uri.UnescapeDataString(pair["oauth_verifier=".Length..]))
        .FirstOrDefault(code => code.Length > 0);

    /// <summary>A page that leads elsewhere is none of the simulator's.</summary>
    static Uri SameServer(Uri page, Uri next) => next.GetLeftPart(UriPartial.Authority) == page.GetLeftPart(UriPartial.Authority) ? next : throw NoCode();

    static BrokerException NoCode() =>
        new(BrokerFault.UnexpectedReply, RequestFate.Refused, "the login page shows no code; log in without --auto");

    static bool IsButton(string tag) => NameOf(tag) == "button" || Attribute(tag, "type") is "submit" or "button" or "reset" or "image";

    static string NameOf(string tag) => TagName().Match(tag).Groups[1].Value.ToLowerInvariant();

    static string? Attribute(string tag, string name)
    {
        var found = Attributes().Matches(tag).FirstOrDefault(match => match.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found is null ? null : WebUtility.HtmlDecode(found.Groups["quoted"].Success ? found.Groups["quoted"].Value : found.Groups["bare"].Value);
    }

    [GeneratedRegex("""<[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*>""", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex("^<([a-zA-Z0-9]+)", RegexOptions.NonBacktracking)]
    private static partial Regex TagName();

    [GeneratedRegex("""\s(?<name>[a-zA-Z_-]+)\s*=\s*(?:"(?<quoted>[^"]*)"|'(?<quoted>[^']*)'|(?<bare>[^\s>"']+))""", RegexOptions.NonBacktracking)]
    private static partial Regex Attributes();
}
