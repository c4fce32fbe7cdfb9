using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EtradeBot.Notify.Channels;

namespace EtradeBot.Notify.Phone;

/// <summary>Telegram's updates as messages: <c>getUpdates</c>.</summary>
static partial class TelegramUpdates
{
    /// <returns>Null where it has no number.</returns>
    public static long? Id(JsonElement update) => update.Member("update_id") is { ValueKind: JsonValueKind.Number } id && id.TryGetInt64(out var number) ? number : null;

    /// <returns>Null where it is no text message: a picture, a member who joined, a message that was edited, …</returns>
    /// <exception cref="InvalidOperationException">A text that is no Unicode.</exception>
    public static PhoneMessage? Message(JsonElement update)
    {
        var message = update.Member("message");
        var (chat, from) = (message.Member("chat"), message.Member("from"));
        if (message.Member("text").Text() is not { } text || Number(chat.Member("id")) is not { } chatId || Number(message.Member("date")) is not { } date) return null;
        var isPrivate = chat.Member("type").Text() == "private";
        IReadOnlyList<long> chats = isPrivate ? [chatId] : [chatId, Number(from.Member("id")) ?? 0];
        var name = from.Member("username").Text() ?? "";
        var sender = string.Create(CultureInfo.InvariantCulture, $"telegram {chatId} {new string([.. name.Where(char.IsAsciiLetterOrDigit)])}").TrimEnd();
        return new(chatId, chats, sender, text, Time(date)) { Number = Number(message.Member("message_id")) ?? 0 };
    }

    /// <summary>The numbers in a reply that is no JSON, so that it can be passed over.</summary>
    public static IEnumerable<long> IdsIn(string body) => UpdateId().Matches(body).Select(match => long.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0);

    static long? Number(JsonElement json) => json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var number) ? number : null;

    static DateTimeOffset Time(long unix) => DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(unix, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));

    [GeneratedRegex("\"update_id\"\\s*:\\s*(\\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex UpdateId();
}
