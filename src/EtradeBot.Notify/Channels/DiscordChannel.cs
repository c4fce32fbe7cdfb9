using System.Net.Http.Json;
using System.Text.Json;

namespace EtradeBot.Notify.Channels;

/// <summary>A Discord webhook.</summary>
/// <remarks>Setting: DISCORD_WEBHOOK_URL. Answers 204, or an error with <c>code</c> and <c>message</c>: https://discord.com/developers/docs/topics/opcodes-and-status-codes.</remarks>
sealed class DiscordChannel(HttpClient http, Uri webhook) : INoticeChannel
{
    public const string ChannelName = "discord";

    const int LongestContent = 2000;

    static readonly string[] Nobody = [];

    public string Name => ChannelName;

    public static ChannelSetup From(SettingReader settings, HttpClient http) =>
        settings.Set(ChannelName, ["DISCORD_WEBHOOK_URL"], () => new DiscordChannel(http, settings.Address("DISCORD_WEBHOOK_URL")));

    public async Task<ChannelAnswer> SendAsync(Message message, CancellationToken cancel)
    {
        var content = WebCall.Cut($"**{message.Level}: {message.Title}**\n{message.Text}", LongestContent);
        // No text of ours may call everyone in the room.
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook) { Content = JsonContent.Create(new { content, allowed_mentions = new { parse = Nobody } }) };
        return await WebCall.SendAsync(http, request, Judge, cancel);
    }

    static ChannelAnswer Judge(WebCall.Reply reply)
    {
        if (reply.IsGood) return new ChannelAnswer.Delivered(reply.Words);
        var json = reply.Json();
        var words = json.Member("message").Text() is { } said ? WebCall.OneLine($"{(int)reply.Status} {json.Member("code")} {said}") : reply.Words;
        var asked = json.Member("retry_after") is { ValueKind: JsonValueKind.Number } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds.GetDouble(), 0, 86_400)) : reply.RetryAfter;
        return (reply with { RetryAfter = asked }).Failure(words);
    }
}
