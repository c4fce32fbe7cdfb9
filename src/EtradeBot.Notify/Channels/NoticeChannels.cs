namespace EtradeBot.Notify.Channels;

/// <summary>Every channel there is, made of settings. A new channel is one file and one line here.</summary>
public static class NoticeChannels
{
    /// <summary>In the order they are shown in.</summary>
    public static IReadOnlyList<string> Names { get; } = [EmailChannel.ChannelName, TwilioChannel.ChannelName, SlackChannel.ChannelName, DiscordChannel.ChannelName, TelegramChannel.ChannelName, WebhookChannel.ChannelName];

    /// <summary>Settings whose values must never be seen; give their values to <see cref="Masking"/>. The PIN is not among them: taking a few digits out of every text would show which they are.</summary>
    public static IReadOnlyList<string> SecretSettings { get; } = ["SMTP_PASS", "TWILIO_AUTH_TOKEN", "SLACK_WEBHOOK_URL", "DISCORD_WEBHOOK_URL", "TELEGRAM_BOT_TOKEN", "NOTIFY_WEBHOOK_URL", "NOTIFY_WEBHOOK_SECRET"];

    /// <param name="setting">The value of a setting by its name, as in <c>.env.example</c>; null or empty where it is not set.</param>
    /// <param name="http">For all channels but e-mail; a request may take as long as the notifier's time limit.</param>
    public static IReadOnlyList<ChannelSetup> From(Func<string, string?> setting, HttpClient http, TimeProvider clock)
    {
        var settings = new SettingReader(setting);
        return
        [
            EmailChannel.From(settings),
            TwilioChannel.From(settings, http),
            SlackChannel.From(settings, http),
            DiscordChannel.From(settings, http),
            TelegramChannel.From(settings, http),
            WebhookChannel.From(settings, http, clock),
        ];
    }
}
