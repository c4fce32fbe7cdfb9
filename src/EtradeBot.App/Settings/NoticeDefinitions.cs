using System.Globalization;
using EtradeBot.Market;
using EtradeBot.Notify;
using EtradeBot.Notify.Channels;
using EtradeBot.Notify.Phone;

namespace EtradeBot.App.Settings;

/// <summary>The settings of messages that the dashboard can change: keys and addresses of the channels, and who is told what, when.</summary>
static class NoticeDefinitions
{
    public const string Off = "off";
    public const string Quiet = "notify_quiet_hours";
    public const string Signals = "notify_signal_symbols";
    public const string Gap = "notify_gap_seconds";
    public const string Repeat = "notify_repeat_minutes";
    public const string Verbs = "phone_commands";

    /// <summary>The least level a channel is used for, or off.</summary>
    public static string LevelOf(string channel) => $"notify_{channel}";

    /// <summary>Events a channel is used for; empty: all.</summary>
    public static string EventsOf(string channel) => $"notify_{channel}_events";

    /// <summary>What a channel's fields are, in the order they are filled in.</summary>
    public static IReadOnlyList<string> FieldsOf(string channel) => channel switch
    {
        "email" => [SettingRule.SmtpServer, SettingRule.SmtpPort, NoticeRules.SmtpTls, SettingRule.SmtpUser, SettingRule.SmtpPassword, NoticeRules.SmtpFrom, NoticeRules.SmtpTo],
        "sms" => [SettingRule.TwilioAccount, SettingRule.TwilioToken, SettingRule.TwilioFrom, NoticeRules.TwilioTo],
        "slack" => [SettingRule.SlackWebhook],
        "discord" => [NoticeRules.DiscordWebhook],
        "telegram" => [NoticeRules.TelegramToken, NoticeRules.TelegramChat],
        _ => [NoticeRules.Webhook, NoticeRules.WebhookSecret],
    };

    public static IEnumerable<SettingDefinition> All() => [.. Credentials(), .. NoticeChannels.Names.SelectMany(Routes), .. Times()];

    static IEnumerable<SettingDefinition> Credentials() =>
    [
        Known(SettingRule.SmtpServer, "Mail server", "The server that sends your mail, such as smtp.example.com."),
        Known(SettingRule.SmtpPort, "Port", "587 for STARTTLS, 465 for TLS.") with { Default = "587" },
        Known(NoticeRules.SmtpTls, "Encryption", "starttls, tls, or none for a server on this machine.") with { Choices = ["starttls", "tls", "none"], Default = "starttls" },
        Known(SettingRule.SmtpUser, "User", "Name that the mail server knows you by."),
        Secret(SettingRule.SmtpPassword, "Password", "Of that user; many providers want an app password."),
        Known(NoticeRules.SmtpFrom, "From", "Sender's address; the user's where it is one."),
        Known(NoticeRules.SmtpTo, "To", "Addresses that are told, with commas."),
        Secret(SettingRule.TwilioAccount, "Account SID", "Of your Twilio account."),
        Secret(SettingRule.TwilioToken, "Auth token", "Of your Twilio account."),
        Known(SettingRule.TwilioFrom, "From number", "The number at Twilio that messages come from."),
        Known(NoticeRules.TwilioTo, "To number", "Your telephone."),
        Secret(SettingRule.SlackWebhook, "Slack webhook", "Address of an incoming webhook; whoever knows it can write to the channel."),
        Secret(NoticeRules.DiscordWebhook, "Discord webhook", "Address of a webhook of your server's channel."),
        Secret(NoticeRules.TelegramToken, "Bot token", "Of your Telegram bot, from @BotFather."),
        Known(NoticeRules.TelegramChat, "Chats", "Numbers of the chats that are told, and that commands are taken from, with commas."),
        Secret(NoticeRules.Webhook, "Webhook", "Address that gets each message as JSON."),
        Secret(NoticeRules.WebhookSecret, "Signing secret", "Signs each request (HMAC-SHA256), so that the receiver knows who sent it."),
        Secret(NoticeRules.Pin, "PIN of the phone", "Wanted behind /stop, /flatten and /resume; without one these are refused."),
    ];

    static IEnumerable<SettingDefinition> Routes(string channel) =>
    [
        new(LevelOf(channel), SettingSection.Messages, "Tells from", "The least level this channel is used for; off: never.")
        {
            Default = "info", Choices = [Off, .. Enum.GetNames<NoticeLevel>().Select(name => name.ToLowerInvariant())], Rule = "off, info, warning or critical", IsValid = text => text == Off || LevelNamed(text) is not null,
        },
        new(EventsOf(channel), SettingSection.Messages, "Only these events", $"Names with blanks between: {string.Join(' ', NoticeEvents.UsualLevels.Keys)}.")
        {
            DefaultWords = "all", Rule = "names of events with blanks between", IsValid = text => Words(text).All(NoticeEvents.UsualLevels.ContainsKey),
        },
    ];

    static IEnumerable<SettingDefinition> Times() =>
    [
        new(Quiet, SettingSection.Messages, "Quiet hours", "New York time in which only critical messages are sent; the others follow together at the end.")
        {
            DefaultWords = "none", Rule = "two times such as 22:00-07:00", IsValid = text => QuietOf(text) is not null,
        },
        new(Signals, SettingSection.Messages, "Signals of", "Symbols whose patterns and signals are told, with blanks between.")
        {
            DefaultWords = "none", Rule = "tickers with blanks between", IsValid = text => Words(text).All(word => Symbol.TryParse(word, out _)),
        },
        new(Gap, SettingSection.Messages, "Gap", "The least time between two messages of a channel; what comes meanwhile is told in one.") { Default = "30", Unit = "s", Rule = "a whole number from 0 to 3600", IsValid = text => IsWhole(text, 3600) },
        new(Repeat, SettingSection.Messages, "Repeat", "After how long a critical message nobody acknowledged is told again, from the second time on over every channel; 0: never.") { Default = "5", Unit = "min", Rule = "a whole number from 0 to 1440", IsValid = text => IsWhole(text, 1440) },
        new(Verbs, SettingSection.Messages, "Commands of the phone", "What the Telegram chats may ask for: status positions why ack stop flatten resume.")
        {
            Default = "status positions why ack", Rule = "names of commands with blanks between", IsValid = text => Words(text).All(word => VerbNamed(word) is not null),
            // What trades from afar needs the password once.
            Loosens = (old, now) => Words(now).Except(Words(old)).Any(word => VerbNamed(word) is { } verb && PhonePlan.NeedsPin(verb)),
        },
    ];

    public static NoticeLevel? LevelNamed(string text) => Enum.TryParse<NoticeLevel>(text, ignoreCase: true, out var level) && text.All(char.IsAsciiLetterLower) ? level : null;

    public static PhoneVerb? VerbNamed(string text) => Enum.TryParse<PhoneVerb>(text, ignoreCase: true, out var verb) && text.All(char.IsAsciiLetterLower) && verb != PhoneVerb.Help ? verb : null;

    public static QuietHours? QuietOf(string text) =>
        text.Split('-') is [var from, var to] && Time(from) is { } begin && Time(to) is { } end && begin != end ? new QuietHours(begin, end) : null;

    public static string[] Words(string text) => text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static TimeOnly? Time(string text) => TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    static bool IsWhole(string text, int most) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most;

    static SettingDefinition Known(string name, string label, string effect) => SettingDefinitions.Known(name, SettingSection.Messages, label, effect);

    static SettingDefinition Secret(string name, string label, string effect) => SettingDefinitions.Secret(name, SettingSection.Messages, label, effect);
}
