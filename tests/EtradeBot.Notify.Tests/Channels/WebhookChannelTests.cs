using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EtradeBot.Notify.Channels;

public sealed class WebhookChannelTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_receiver_gets_every_field_and_a_signature_it_can_check()
    {
        await using var receiver = await LocalProvider.StartAsync(202, "");
        var channel = Sample.Channel("webhook", receiver, ("NOTIFY_WEBHOOK_URL", receiver.Url.ToString()), ("NOTIFY_WEBHOOK_SECRET", "shared"));

        Assert.IsType<ChannelAnswer.Delivered>(await channel.SendAsync(Sample.Message() with { Event = "order-filled", MaybeSentTwice = true, Keys = ["fill 1", "fill 2"] }, Stop));

        var request = Assert.Single(receiver.Requests);
        var json = JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal(("4be0a1", "order-filled", "warning", "fill 2", true), (json.GetProperty("id").GetString(), json.GetProperty("event").GetString(), json.GetProperty("level").GetString(), json.GetProperty("keys")[1].GetString(), json.GetProperty("maybeSentTwice").GetBoolean()));
        Assert.Equal("4be0a1", request.Headers["Idempotency-Key"]);
        var signed = Encoding.UTF8.GetBytes($"{request.Headers["X-Etrade-Bot-Time"]}.{request.Body}");
        Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("shared"u8, signed)), request.Headers["X-Etrade-Bot-Signature"]);
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_signed()
    {
        await using var receiver = await LocalProvider.StartAsync(200, "");
        await Sample.Channel("webhook", receiver, ("NOTIFY_WEBHOOK_URL", receiver.Url.ToString())).SendAsync(Sample.Message(), Stop);
        Assert.DoesNotContain("X-Etrade-Bot-Signature", receiver.Requests[0].Headers.Keys);
    }
}
