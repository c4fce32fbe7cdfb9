using System.Globalization;
using System.Net;
using System.Text.Json;

namespace EtradeBot.Notify.Channels;

/// <summary>One request to a provider, and its answer in the provider's words.</summary>
static class WebCall
{
    /// <summary>Longer bodies of answers are cut: they are shown on one line.</summary>
    const int LongestWords = 300;

    /// <summary>What a provider answered.</summary>
    public sealed record Reply(HttpStatusCode Status, string Body, TimeSpan? RetryAfter)
    {
        public bool IsGood => (int)Status is >= 200 and < 300;

        /// <summary>Status and body as they came, on one line.</summary>
        public string Words => OneLine(string.Create(CultureInfo.InvariantCulture, $"{(int)Status} {Body}"));

        /// <summary>By the status alone: refused, or to be tried again.</summary>
        public ChannelAnswer Failure(string words) => Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)Status >= 500
            ? new ChannelAnswer.TryAgain(words, RetryAfter)
            : new ChannelAnswer.Refused(words);

        /// <returns>Default where the body is no JSON object.</returns>
        public JsonElement Json()
        {
            try
            {
                return JsonDocument.Parse(Body).RootElement is { ValueKind: JsonValueKind.Object } json ? json : default;
            }
            catch (JsonException)
            {
                return default;
            }
        }
    }

    /// <summary>Sends, and lets the provider's file say what the reply means.</summary>
    public static async Task<ChannelAnswer> SendAsync(HttpClient http, HttpRequestMessage request, Func<Reply, ChannelAnswer> judge, CancellationToken cancel)
    {
        try
        {
            using var response = await http.SendAsync(request, cancel);
            var body = await response.Content.ReadAsStringAsync(cancel);
            return judge(new(response.StatusCode, body.Trim(), RetryAfter(response)));
        }
        catch (HttpRequestException problem)
        {
            // Before a connection stands nothing has left.
            var isBefore = problem.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
            return new ChannelAnswer.TryAgain(OneLine($"{request.RequestUri!.Host} cannot be reached: {problem.Message}")) { MayHaveArrived = !isBefore };
        }
    }

    static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when response.Headers.Date is { } now && date > now => date - now,
        _ => null,
    };

    /// <returns>Default where there is no such member.</returns>
    public static JsonElement Member(this JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : default;

    /// <returns>Null where it is no text.</returns>
    public static string? Text(this JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString() : null;

    public static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Cut(line, LongestWords);
    }

    /// <summary>At most so many characters, never half of a pair.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest) return text;
        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end] + "…";
    }
}
