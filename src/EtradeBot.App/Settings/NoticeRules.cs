using System.Globalization;

namespace EtradeBot.App.Settings;

/// <summary>The settings of messages to the owner: what every channel needs. <c>WATCH_</c> before a name gives the watchdog its own.</summary>
static class NoticeRules
{
    public const string SmtpTls = "SMTP_TLS";
    public const string SmtpFrom = "SMTP_FROM";
    public const string SmtpTo = "SMTP_TO";
    public const string TwilioTo = "TWILIO_TO_NUMBER";
    public const string TwilioBase = "TWILIO_BASE_URL";
    public const string DiscordWebhook = "DISCORD_WEBHOOK_URL";
    public const string TelegramToken = "TELEGRAM_BOT_TOKEN";
    public const string TelegramChat = "TELEGRAM_CHAT_ID";
    public const string TelegramBase = "TELEGRAM_BASE_URL";
    public const string Webhook = "NOTIFY_WEBHOOK_URL";
    public const string WebhookSecret = "NOTIFY_WEBHOOK_SECRET";
    public const string Pin = "NOTIFY_PIN";
    public const string Heartbeat = "HEARTBEAT_URL";
    public const string WatchPrefix = "WATCH_";

    static readonly string[] Channels = ["SMTP_", "TWILIO_", "SLACK_", "DISCORD_", "TELEGRAM_", "NOTIFY_"];

    /// <summary>Shorter ones are guessed.</summary>
    const int ShortestPin = 6;

    /// <summary>In the order of <c>.env.example</c>.</summary>
    public static IReadOnlyList<SettingRule> All { get; } =
    [
        SettingRule.Text(SettingRule.SmtpServer) with { IsPublic = true }, new(SettingRule.SmtpPort, "a port from 1 to 65535", SettingRule.IsPort) { IsPublic = true, Default = "587" },
        new(SmtpTls, "starttls, tls or none", text => text is "starttls" or "tls" or "none") { IsPublic = true, Default = "starttls" },
        SettingRule.Text(SettingRule.SmtpUser) with { IsPublic = true }, SettingRule.Text(SettingRule.SmtpPassword), SettingRule.Text(SmtpFrom), SettingRule.Text(SmtpTo),
        SettingRule.Text(SettingRule.TwilioAccount), SettingRule.Text(SettingRule.TwilioToken), new(SettingRule.TwilioFrom, "a telephone number such as +15551234567", SettingRule.IsTelephone),
        new(TwilioTo, "a telephone number such as +15551234567", SettingRule.IsTelephone), Address(TwilioBase),
        Address(SettingRule.SlackWebhook),
        Address(DiscordWebhook), SettingRule.Text(TelegramToken), new(TelegramChat, "numbers of chats, with commas", IsChats), Address(TelegramBase),
        Address(Webhook), SettingRule.Text(WebhookSecret), new(Pin, "at least 6 letters or digits", IsPin), Address(Heartbeat),
    ];

    /// <summary>The watchdog's own credentials; where one is not set it takes the usual one.</summary>
    public static IEnumerable<SettingRule> OfWatchdog() =>
        All.Where(rule => IsOfChannel(rule.Name)).Select(rule => rule with { Name = WatchPrefix + rule.Name });

    static bool IsOfChannel(string name) =>
        name is not (Pin or Heartbeat) && Channels.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    static SettingRule Address(string name) => new(name, "an https address, or an http address of this machine", IsAddress);

    static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    static bool IsChats(string text) => text.Split(',').All(part => long.TryParse(part.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));

    static bool IsPin(string text) => text.Length >= ShortestPin && text.All(char.IsAsciiLetterOrDigit);
}
