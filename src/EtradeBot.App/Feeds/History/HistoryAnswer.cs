using System.Net;
using System.Text;
using System.Text.Json;
using EtradeBot.App.Settings;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>One request to a source, and how its answer is read.</summary>
/// <param name="Address">May hold the key: it is never shown.</param>
/// <param name="Read">Makes candles of the answer, or throws.</param>
sealed record HistoryQuery(string Source, Symbol Symbol, Uri Address, Func<HistoryAnswer, HistoryPart> Read)
{
    /// <summary>Taken out of everything the source says.</summary>
    public Secret? Key { get; init; }

    /// <summary>The Authorization header, such as <c>Token ...</c>; null for none.</summary>
    public Secret? Authorization { get; init; }
}

/// <summary>A complete answer, not yet understood.</summary>
sealed record HistoryAnswer(HistoryQuery Query, HttpStatusCode Status, ReadOnlyMemory<byte> Body)
{
    const int QuotedLength = 200;

    /// <summary>From the header of that name.</summary>
    public TimeSpan? RetryAfter { get; init; }

    string Source => Query.Source;

    public bool IsOk => Status == HttpStatusCode.OK;

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>Status 200, and no web page.</summary>
    /// <exception cref="HistoryException">Anything else.</exception>
    public void RequireData()
    {
        var code = (int)Status;
        if (Status == HttpStatusCode.TooManyRequests)
            throw new HistoryException(HistoryFault.RateLimited, $"{Source} refuses further requests for now (status 429); try again later, or with a smaller --requests-per-second") { RetryAfter = RetryAfter };
        if (code >= 500 || Status == HttpStatusCode.RequestTimeout)
            throw new HistoryException(HistoryFault.Unreachable, $"{Source} failed with status {code}; the servers are theirs, so try again later") { RetryAfter = RetryAfter };
        if (code is >= 300 and < 400)
            throw new HistoryException(HistoryFault.Blocked, $"{Source} sends this program to another page (status {code}), as it does for a consent or a login; open its site in a browser on this machine, or use another --source");
        if (IsWebPage)
            throw new HistoryException(HistoryFault.Blocked, $"{Source} answered with a web page{Title()} instead of candles: it blocks this machine or wants a consent, or a login page of the network stands in between; open its site in a browser on this machine, or use another --source");
        if (Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw new HistoryException(HistoryFault.Blocked, $"{Source} refuses to serve this program (status {code}): {Quote(Text)}");
        if (Status == HttpStatusCode.NotFound) throw Unknown();
        if (!IsOk) throw new HistoryException(HistoryFault.UnexpectedReply, $"{Source} answered for {Query.Symbol} with status {code}: {Quote(Text)}");
        if (Body.Length == 0) throw new HistoryException(HistoryFault.Garbled, $"{Source} answered for {Query.Symbol} with nothing at all; try again later");
    }

    /// <summary>The body as JSON.</summary>
    /// <exception cref="HistoryException">It is not, or is cut short.</exception>
    public JsonDocument Json()
    {
        try
        {
            return JsonDocument.Parse(Body);
        }
        catch (JsonException problem)
        {
            throw new HistoryException(HistoryFault.Garbled, $"the answer of {Source} for {Query.Symbol} is cut short or damaged; try again later", problem);
        }
    }

    public HistoryException Unknown() =>
        new(HistoryFault.UnknownSymbol, $"{Source} does not know {Query.Symbol}: check the ticker, or use another --source");

    /// <summary>Words of the source for a message: short, and without the key.</summary>
    public string Quote(string text)
    {
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (Query.Key?.Reveal() is { Length: > 0 } key)
            words = words.Replace(key, "****", StringComparison.OrdinalIgnoreCase).Replace(Uri.EscapeDataString(key), "****", StringComparison.OrdinalIgnoreCase);
        return words.Length == 0 ? "no words" : $"\"{(words.Length > QuotedLength ? words[..QuotedLength] + "..." : words)}\"";
    }

    bool IsWebPage
    {
        get
        {
            var body = Body.Span.TrimStart("\uFEFF \t\r\n"u8);
            return body.Length > 0 && body[0] == (byte)'<';
        }
    }

    string Title()
    {
        var text = Text;
        var start = text.IndexOf("<title>", StringComparison.OrdinalIgnoreCase);
        var end = start < 0 ? -1 : text.IndexOf("</title>", start, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? "" : $" ({Quote(text[(start + 7)..end])})";
    }
}
