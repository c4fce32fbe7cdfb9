using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace EtradeBot.Notify.Channels;

/// <summary>A message of the owner's Telegram bot: <c>sendMessage</c>.</summary>
/// <remarks>Settings: TELEGRAM_BOT_TOKEN, TELEGRAM_CHAT_ID, TELEGRAM_BASE_URL. Errors: https://core.telegram.org/bots/api#making-requests.</remarks>
sealed class TelegramChannel(TelegramBot bot, long chat) : INoticeChannel
{
    public const string ChannelName = "telegram";

    public string Name => ChannelName;

    public static ChannelSetup From(SettingReader settings, HttpClient http) => settings.Set(ChannelName, ["TELEGRAM_BOT_TOKEN", "TELEGRAM_CHAT_ID"], () =>
        long.TryParse(settings["TELEGRAM_CHAT_ID"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var chat)
            ? new TelegramChannel(TelegramBot.From(settings, http), chat)
            : throw new FormatException("TELEGRAM_CHAT_ID is no number"));

    public Task<ChannelAnswer> SendAsync(Message message, CancellationToken cancel) => bot.SendAsync(chat, $"{message.Level}: {message.Title}\n\n{message.Text}", cancel);
}

/// <summary>Telegram's Bot API, as far as it is used here.</summary>
sealed class TelegramBot(HttpClient http, Uri server, string token)
{
    const int LongestText = 4096;

    /// <exception cref="FormatException">TELEGRAM_BASE_URL is no address.</exception>
    public static TelegramBot From(SettingReader settings, HttpClient http) => new(http, settings.Address("TELEGRAM_BASE_URL", "https://api.telegram.org"), settings["TELEGRAM_BOT_TOKEN"]!);

    public Task<ChannelAnswer> SendAsync(long chat, string text, CancellationToken cancel) =>
        CallAsync("sendMessage", new { chat_id = chat, text = WebCall.Cut(text, LongestText) }, Judge, cancel);

    /// <summary>Calls a method and has its reply judged.</summary>
    public async Task<ChannelAnswer> CallAsync(string method, object parameters, Func<WebCall.Reply, ChannelAnswer> judge, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, $"/bot{token}/{method}")) { Content = JsonContent.Create(parameters) };
        return await WebCall.SendAsync(http, request, judge, cancel);
    }

    public static ChannelAnswer Judge(WebCall.Reply reply)
    {
        var json = reply.Json();
        if (reply.IsGood && json.Member("ok").ValueKind == JsonValueKind.True) return new ChannelAnswer.Delivered($"{(int)reply.Status} ok");
        if (json.Member("description").Text() is not { } said) return reply.Failure(reply.Words);
        var asked = json.Member("parameters").Member("retry_after") is { ValueKind: JsonValueKind.Number } seconds && seconds.TryGetInt32(out var wait) ? TimeSpan.FromSeconds(wait) : reply.RetryAfter;
        return (reply with { RetryAfter = asked }).Failure(WebCall.OneLine($"{(int)reply.Status} {said}{Hint(said)}"));
    }

    static string Hint(string said) => said switch
    {
        "Unauthorized" or "Not Found" => " (check TELEGRAM_BOT_TOKEN)",
        "Bad Request: chat not found" => " (check TELEGRAM_CHAT_ID, and write to the bot once)",
        _ => "",
    };
}
