using System.Net.Http.Json;

namespace EtradeBot.Notify.Channels;

/// <summary>A Slack incoming webhook, with blocks.</summary>
/// <remarks>Setting: SLACK_WEBHOOK_URL. Answers <c>ok</c>, or an error as one word: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors.</remarks>
sealed class SlackChannel(HttpClient http, Uri webhook) : INoticeChannel
{
    public const string ChannelName = "slack";

    // Limits: https://docs.slack.dev/reference/block-kit/blocks
    const int LongestHeader = 150;
    const int LongestSection = 3000;

    public string Name => ChannelName;

    public static ChannelSetup From(SettingReader settings, HttpClient http) =>
        settings.Set(ChannelName, ["SLACK_WEBHOOK_URL"], () => new SlackChannel(http, settings.Address("SLACK_WEBHOOK_URL")));

    public async Task<ChannelAnswer> SendAsync(Message message, CancellationToken cancel)
    {
        var sign = message.Level switch { NoticeLevel.Critical => "🔴 ", NoticeLevel.Warning => "🟠 ", _ => "" };
        object[] blocks =
        [
            new { type = "header", text = new { type = "plain_text", text = WebCall.Cut(sign + message.Title, LongestHeader) } },
            new { type = "section", text = new { type = "plain_text", text = WebCall.Cut(message.Text.Length == 0 ? message.Title : message.Text, LongestSection) } },
        ];
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook) { Content = JsonContent.Create(new { text = Escape(sign + message.Title), blocks }) };
        return await WebCall.SendAsync(http, request, Judge, cancel);
    }

    /// <summary>The three characters Slack wants escaped in its own markup.</summary>
    static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    static ChannelAnswer Judge(WebCall.Reply reply) => reply.IsGood ? new ChannelAnswer.Delivered(reply.Words) : reply.Failure(reply.Words + Hint(reply.Body));

    static string Hint(string error) => error switch
    {
        "no_service" or "no_service_id" => " (the webhook was removed or is switched off: make a new one and set SLACK_WEBHOOK_URL)",
        "invalid_token" or "no_team" => " (SLACK_WEBHOOK_URL is not right)",
        "channel_not_found" or "channel_is_archived" => " (its channel is gone)",
        "action_prohibited" => " (an administrator of the workspace forbids it)",
        _ => "",
    };
}
