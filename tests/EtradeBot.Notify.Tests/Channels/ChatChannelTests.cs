using System.Text.Json;

namespace EtradeBot.Notify.Channels;

/// <summary>Discord's and Telegram's replies as their manuals have them.</summary>
public sealed class ChatChannelTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Discord_takes_a_message_that_calls_nobody()
    {
        await using var discord = await LocalProvider.StartAsync(204, "");
        Assert.IsType<ChannelAnswer.Delivered>(await Discord(discord).SendAsync(Sample.Message("@everyone"), Stop));
        var json = JsonDocument.Parse(Assert.Single(discord.Requests).Body).RootElement;
        Assert.Equal("**Warning: @everyone**\nStop 185.10; risk 23.20 dollars", json.GetProperty("content").GetString());
        Assert.Equal(0, json.GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength());
    }

    [Fact]
    public async Task Discord_says_how_long_to_wait_in_its_body()
    {
        await using var discord = await LocalProvider.StartAsync(429, """{"message":"You are being rate limited.","retry_after":64.5,"global":false}""");
        var answer = Assert.IsType<ChannelAnswer.TryAgain>(await Discord(discord).SendAsync(Sample.Message(), Stop));
        Assert.Equal(("429 You are being rate limited.", 64.5), (answer.Words, answer.After!.Value.TotalSeconds));
    }

    [Fact]
    public async Task Discord_refuses_in_its_own_words()
    {
        await using var discord = await LocalProvider.StartAsync(404, """{"message":"Unknown Webhook","code":10015}""");
        Assert.Equal("404 10015 Unknown Webhook", Assert.IsType<ChannelAnswer.Refused>(await Discord(discord).SendAsync(Sample.Message(), Stop)).Words);
    }

    [Fact]
    public async Task Telegram_takes_a_message_for_the_chat()
    {
        await using var telegram = await LocalProvider.StartAsync(200, """{"ok":true,"result":{"message_id":7}}""");
        Assert.Equal("200 ok", Assert.IsType<ChannelAnswer.Delivered>(await Telegram(telegram).SendAsync(Sample.Message(), Stop)).Words);
        var request = Assert.Single(telegram.Requests);
        Assert.Equal("/bot123:abc-def/sendMessage", request.Path);
        Assert.Equal(-100200, JsonDocument.Parse(request.Body).RootElement.GetProperty("chat_id").GetInt64());
    }

    [Theory]
    [InlineData(401, """{"ok":false,"error_code":401,"description":"Unauthorized"}""", "401 Unauthorized (check TELEGRAM_BOT_TOKEN)")]
    [InlineData(400, """{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}""", "400 Bad Request: chat not found (check TELEGRAM_CHAT_ID, and write to the bot once)")]
    [InlineData(403, """{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}""", "403 Forbidden: bot was blocked by the user")]
    public async Task Telegram_refuses_in_its_own_words(int status, string body, string words)
    {
        await using var telegram = await LocalProvider.StartAsync(status, body);
        Assert.Equal(words, Assert.IsType<ChannelAnswer.Refused>(await Telegram(telegram).SendAsync(Sample.Message(), Stop)).Words);
    }

    [Fact]
    public async Task Telegram_says_how_long_to_wait_in_its_body()
    {
        await using var telegram = await LocalProvider.StartAsync(429, """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35","parameters":{"retry_after":35}}""");
        var answer = Assert.IsType<ChannelAnswer.TryAgain>(await Telegram(telegram).SendAsync(Sample.Message(), Stop));
        Assert.Equal(35, answer.After!.Value.TotalSeconds);
    }

    static INoticeChannel Discord(LocalProvider discord) => Sample.Channel("discord", discord, ("DISCORD_WEBHOOK_URL", $"{discord.Url}api/webhooks/1/x"));

    static INoticeChannel Telegram(LocalProvider telegram) =>
        Sample.Channel("telegram", telegram, ("TELEGRAM_BOT_TOKEN", "123:abc-def"), ("TELEGRAM_CHAT_ID", "-100200"), ("TELEGRAM_BASE_URL", telegram.Url.ToString()));
}
