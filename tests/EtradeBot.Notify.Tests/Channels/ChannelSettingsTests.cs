namespace EtradeBot.Notify.Channels;

public sealed class ChannelSettingsTests
{
    [Theory]
    [InlineData("email", "SMTP_TO is not set", "SMTP_SERVER=mail.example.com")]
    [InlineData("email", "SMTP_SERVER and SMTP_TO are not set", "SMTP_USER=bot@example.com")]
    [InlineData("webhook", "NOTIFY_WEBHOOK_URL is not set", "NOTIFY_WEBHOOK_SECRET=shared")]
    [InlineData("email", "SMTP_PASS is not set: a login needs both", "SMTP_SERVER=mail.example.com", "SMTP_TO=me@example.com", "SMTP_USER=bot@example.com")]
    [InlineData("email", "SMTP_FROM is not set, and SMTP_USER is no address", "SMTP_SERVER=mail.example.com", "SMTP_TO=me@example.com", "SMTP_USER=bot", "SMTP_PASS=secret")]
    [InlineData("email", "SMTP_TO is no e-mail address", "SMTP_SERVER=mail.example.com", "SMTP_TO=me", "SMTP_FROM=bot@example.com")]
    [InlineData("email", "SMTP_PORT is no port: 1 to 65535", "SMTP_SERVER=mail.example.com", "SMTP_TO=me@example.com", "SMTP_FROM=bot@example.com", "SMTP_PORT=70000")]
    [InlineData("email", "SMTP_TLS=none is for a server on this machine only", "SMTP_SERVER=mail.example.com", "SMTP_TO=me@example.com", "SMTP_FROM=bot@example.com", "SMTP_TLS=none")]
    [InlineData("email", "SMTP_TLS is starttls, tls or none", "SMTP_SERVER=mail.example.com", "SMTP_TO=me@example.com", "SMTP_FROM=bot@example.com", "SMTP_TLS=ssl3")]
    [InlineData("sms", "TWILIO_AUTH_TOKEN and TWILIO_TO_NUMBER are not set", "TWILIO_ACCOUNT_SID=AC1", "TWILIO_FROM_NUMBER=+15550001111")]
    [InlineData("slack", "SLACK_WEBHOOK_URL has to be https; http is for this machine only", "SLACK_WEBHOOK_URL=http://hooks.slack.com/services/1")]
    [InlineData("slack", "SLACK_WEBHOOK_URL is no https address", "SLACK_WEBHOOK_URL=hooks")]
    [InlineData("discord", "DISCORD_WEBHOOK_URL is no https address", "DISCORD_WEBHOOK_URL=ftp://x")]
    [InlineData("telegram", "TELEGRAM_CHAT_ID is not set", "TELEGRAM_BOT_TOKEN=1:a")]
    [InlineData("telegram", "TELEGRAM_CHAT_ID is no number", "TELEGRAM_BOT_TOKEN=1:a", "TELEGRAM_CHAT_ID=me")]
    public void A_half_configured_channel_says_which_setting_is_missing_or_wrong(string channel, string problem, params string[] settings)
    {
        var setup = Setup(channel, settings);
        Assert.Equal((problem, false, false), (setup.Problem, setup.IsReady, setup.IsUnused));
    }

    [Theory]
    [InlineData("email", "SMTP_SERVER=mail.example.com", "SMTP_TO=me@example.com, Her <her@example.com>", "SMTP_USER=bot@example.com", "SMTP_PASS=secret")]
    [InlineData("email", "SMTP_SERVER=127.0.0.1", "SMTP_TO=me@example.com", "SMTP_FROM=bot@example.com", "SMTP_TLS=none")]
    [InlineData("slack", "SLACK_WEBHOOK_URL=https://hooks.slack.com/services/1")]
    [InlineData("webhook", "NOTIFY_WEBHOOK_URL=http://127.0.0.1:8080/x")]
    public void A_whole_one_is_ready(string channel, params string[] settings) => Assert.True(Setup(channel, settings).IsReady);

    [Fact]
    public void Without_settings_every_channel_is_unused()
    {
        using var http = new HttpClient();
        var channels = NoticeChannels.From(_ => "", http, TimeProvider.System);
        Assert.Equal(NoticeChannels.Names, channels.Select(channel => channel.Name));
        Assert.All(channels, channel => Assert.True(channel.IsUnused));
    }

    static ChannelSetup Setup(string channel, string[] settings)
    {
        using var http = new HttpClient();
        return Sample.Setup(channel, http, [.. settings.Select(line => (line.Split('=')[0], line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]))]);
    }
}
