using System.Text.Json;

namespace EtradeBot.Notify.Channels;

/// <summary>Replies as https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks has them.</summary>
public sealed class SlackChannelTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_posted_once_as_a_header_and_a_section()
    {
        await using var slack = await LocalProvider.StartAsync(200, "ok");

        Assert.Equal("200 ok", Assert.IsType<ChannelAnswer.Delivered>(await Channel(slack).SendAsync(Sample.Message("P&L <today>", "+120.50"), Stop)).Words);

        var request = Assert.Single(slack.Requests);
        Assert.Equal("/services/T000/B000/XXXX", request.Path);
        var json = JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal("🟠 P&amp;L &lt;today&gt;", json.GetProperty("text").GetString());
        var blocks = json.GetProperty("blocks");
        Assert.Equal(("header", "plain_text", "🟠 P&L <today>"), Block(blocks[0]));
        Assert.Equal(("section", "plain_text", "+120.50"), Block(blocks[1]));
    }

    [Fact]
    public async Task Slacks_limits_are_kept()
    {
        await using var slack = await LocalProvider.StartAsync(200, "ok");
        await Channel(slack).SendAsync(Sample.Message(string.Concat(Enumerable.Repeat("😀", 200)), new string('x', 9000)), Stop);
        var blocks = JsonDocument.Parse(slack.Requests[0].Body).RootElement.GetProperty("blocks");
        Assert.InRange(Block(blocks[0]).Text!.Length, 140, 150);
        Assert.Equal(3000, Block(blocks[1]).Text!.Length);
    }

    [Theory]
    [InlineData(404, "no_service", "404 no_service (the webhook was removed or is switched off: make a new one and set SLACK_WEBHOOK_URL)")]
    [InlineData(403, "invalid_token", "403 invalid_token (SLACK_WEBHOOK_URL is not right)")]
    [InlineData(400, "invalid_payload", "400 invalid_payload")]
    [InlineData(410, "channel_is_archived", "410 channel_is_archived (its channel is gone)")]
    [InlineData(403, "action_prohibited", "403 action_prohibited (an administrator of the workspace forbids it)")]
    public async Task What_only_a_person_can_mend_is_refused_in_Slacks_words(int status, string body, string words)
    {
        await using var slack = await LocalProvider.StartAsync(status, body);
        Assert.Equal(words, Assert.IsType<ChannelAnswer.Refused>(await Channel(slack).SendAsync(Sample.Message(), Stop)).Words);
    }

    [Theory]
    [InlineData(429, "rate_limited", "30", 30)]
    [InlineData(500, "rollup_error", null, null)]
    public async Task What_passes_by_itself_is_tried_again(int status, string body, string? retryAfter, int? seconds)
    {
        await using var slack = await LocalProvider.StartAsync(status, body, retryAfter is null ? [] : [("Retry-After", retryAfter)]);
        var answer = Assert.IsType<ChannelAnswer.TryAgain>(await Channel(slack).SendAsync(Sample.Message(), Stop));
        Assert.Equal(($"{status} {body}", seconds), (answer.Words, (int?)answer.After?.TotalSeconds));
    }

    static (string? Type, string? Kind, string? Text) Block(JsonElement block) =>
        (block.GetProperty("type").GetString(), block.GetProperty("text").GetProperty("type").GetString(), block.GetProperty("text").GetProperty("text").GetString());

    static INoticeChannel Channel(LocalProvider slack) => Sample.Channel("slack", slack, ("SLACK_WEBHOOK_URL", $"{slack.Url}services/T000/B000/XXXX"));
}
