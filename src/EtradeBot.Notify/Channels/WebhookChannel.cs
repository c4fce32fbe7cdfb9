using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EtradeBot.Notify.Channels;

/// <summary>Any receiver of JSON by POST; signed where a secret is set.</summary>
/// <remarks>
/// Settings: NOTIFY_WEBHOOK_URL, NOTIFY_WEBHOOK_SECRET. Any answer from 200 to 299 counts as taken. <c>Idempotency-Key</c> is the same for the
/// same message. <c>X-Etrade-Bot-Signature</c> is <c>sha256=</c> and the HMAC-SHA256 in small hex digits, under the secret, of
/// <c>X-Etrade-Bot-Time</c> (Unix seconds), a point, and the body.
/// </remarks>
sealed class WebhookChannel(HttpClient http, Uri receiver, string? secret, TimeProvider clock) : INoticeChannel
{
    public const string ChannelName = "webhook";

    public string Name => ChannelName;

    public static ChannelSetup From(SettingReader settings, HttpClient http, TimeProvider clock) =>
        settings.Set(ChannelName, ["NOTIFY_WEBHOOK_URL"], () => new WebhookChannel(http, settings.Address("NOTIFY_WEBHOOK_URL"), settings["NOTIFY_WEBHOOK_SECRET"], clock), "NOTIFY_WEBHOOK_SECRET");

    public async Task<ChannelAnswer> SendAsync(Message message, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = message.Id,
            @event = message.Event,
            level = message.Level.ToString().ToLowerInvariant(),
            title = message.Title,
            text = message.Text,
            symbol = message.Symbol?.Ticker,
            at = message.At.UtcDateTime,
            keys = message.Keys,
            repeat = message.Repeat,
            maybeSentTwice = message.MaybeSentTwice,
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.Add("Idempotency-Key", message.Id);
        if (secret is not null) Sign(request, body);
        return await WebCall.SendAsync(http, request, reply => reply.IsGood ? new ChannelAnswer.Delivered(reply.Words) : reply.Failure(reply.Words), cancel);
    }

    void Sign(HttpRequestMessage request, byte[] body)
    {
        var time = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(time), (byte)'.', .. body];
        request.Headers.Add("X-Etrade-Bot-Time", time);
        request.Headers.Add("X-Etrade-Bot-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret!), signed)));
    }
}
