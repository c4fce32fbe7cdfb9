using System.Reflection;
using System.Text.Json;
using EtradeBot.App.Commands;

namespace EtradeBot.App.Settings;

public sealed class BotSettingsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_command_line_wins_over_the_environment_over_the_file_over_the_default()
    {
        Assert.Equal((587, "data", false), Ports(Load()));
        _folder.Write(".env", "SMTP_PORT=1\nETRADE_BOT_DATA=file\nETRADE_BOT_DEBUG=1\n");
        Assert.Equal((1, "file", true), Ports(Load()));
        Assert.Equal((2, "file", true), Ports(Load(("SMTP_PORT", "2"))));
        var sources = Sources(("SMTP_PORT", "2"), ("ETRADE_BOT_DATA", "environment")) with
        {
            CommandLine = new Dictionary<string, string> { ["ETRADE_BOT_DATA"] = "option" },
        };
        Assert.Equal((2, "option", true), Ports(BotSettings.Load(sources)));

        static (int, string, bool) Ports(BotSettings settings) => (settings.SmtpPort, settings.DataFolder, settings.Debug);
    }

    [Fact]
    public void An_empty_value_counts_as_not_set()
    {
        _folder.Write(".env", "SMTP_SERVER=mail.example.com\nSMTP_USER=\n");
        var settings = Load(("SMTP_SERVER", ""));
        Assert.Equal("mail.example.com", settings.SmtpServer);
        Assert.Null(settings.SmtpUser);
        Assert.Null(settings.ConsumerKey);
    }

    [Theory]
    [InlineData("SMTP_PASSWORD=x", ".env:1: unknown setting SMTP_PASSWORD; did you mean 'SMTP_PASS'?")]
    [InlineData("ETRADE_CUSTOMER_KEY=x", ".env:1: unknown setting ETRADE_CUSTOMER_KEY; did you mean 'ETRADE_CONSUMER_KEY'?")]
    [InlineData("smtp_port=25", ".env:1: unknown setting smtp_port; did you mean 'SMTP_PORT'?")]
    [InlineData("PATH=x", ".env:1: unknown setting PATH")]
    [InlineData("SMTP_PORT=0", ".env:1: SMTP_PORT must be a port from 1 to 65535")]
    [InlineData("SMTP_PORT=65536", ".env:1: SMTP_PORT must be a port from 1 to 65535")]
    [InlineData("SMTP_PORT=+25", ".env:1: SMTP_PORT must be a port from 1 to 65535")]
    [InlineData("SLACK_WEBHOOK_URL=http://hooks.slack.com/x", ".env:1: SLACK_WEBHOOK_URL must be an https address, or an http address of this machine")]
    [InlineData("SLACK_WEBHOOK_URL=hooks.slack.com", ".env:1: SLACK_WEBHOOK_URL must be an https address, or an http address of this machine")]
    [InlineData("TWILIO_FROM_NUMBER=555 1234", ".env:1: TWILIO_FROM_NUMBER must be a telephone number such as +15551234567")]
    [InlineData("TWILIO_FROM_NUMBER=+1555123456a", ".env:1: TWILIO_FROM_NUMBER must be a telephone number such as +15551234567")]
    [InlineData("ETRADE_BOT_DEBUG=yes", ".env:1: ETRADE_BOT_DEBUG must be 0 or 1")]
    [InlineData("SMTP_PASS=' x'", ".env:1: SMTP_PASS must be a text without control characters or blanks at its ends")]
    public void A_wrong_setting_names_file_line_and_rule(string line, string message)
    {
        _folder.Write(".env", line);
        Assert.Equal(message, Assert.Throws<UsageException>(() => Load()).Message);
    }

    [Theory]
    [InlineData("TWILIO_AUTH_TOKE", "environment: unknown setting TWILIO_AUTH_TOKE; did you mean 'TWILIO_AUTH_TOKEN'?")]
    [InlineData("SMTP_PASS ", "environment: unknown setting SMTP_PASS ; did you mean 'SMTP_PASS'?")]
    [InlineData("ETRADE_SOMETHING_ELSE", "environment: unknown setting ETRADE_SOMETHING_ELSE")]
    public void An_unknown_variable_that_begins_like_ours_is_refused(string name, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => Load((name, "x"))).Message);

    [Fact]
    public void Other_variables_are_none_of_our_business() => Assert.NotNull(Load(("HOME", "/x"), ("MY_SMTP_HOST", "y")));

    [Fact]
    public void Good_values_are_taken_as_they_are()
    {
        _folder.Write(".env", """
            export ETRADE_CONSUMER_KEY='k#1'
            ETRADE_ACCOUNT_ID=12345678 # main
            SMTP_PORT=465
            SLACK_WEBHOOK_URL=https://hooks.slack.com/services/T/B/x
            TWILIO_FROM_NUMBER=+15551234567
            """);
        var settings = Load();
        Assert.Equal("k#1", settings.ConsumerKey!.Reveal());
        Assert.Equal("12345678", settings.AccountId!.Reveal());
        Assert.Equal(465, settings.SmtpPort);
        Assert.Equal("https://hooks.slack.com/services/T/B/x", settings.SlackWebhook!.Reveal());
        Assert.Equal("+15551234567", settings.TwilioFrom);
    }

    [Fact]
    public void A_secret_shows_itself_nowhere()
    {
        var secret = new Secret("hunter2");
        var settings = Load(("SMTP_PASS", "hunter2"), ("ETRADE_CONSUMER_SECRET", "hunter2"));
        Assert.Equal("****", $"{secret}");
        Assert.Equal("****", secret.ToString());
        Assert.DoesNotContain("hunter2", JsonSerializer.Serialize(secret), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", JsonSerializer.Serialize(settings), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", settings.ToString(), StringComparison.Ordinal);
        Assert.Equal("settings: ETRADE_CONSUMER_SECRET, SMTP_PASS", settings.ToString());
        Assert.Empty(typeof(Secret).GetProperties(BindingFlags.Public | BindingFlags.Instance));
        Assert.Empty(typeof(Secret).GetFields(BindingFlags.Public | BindingFlags.Instance));
    }

    [Fact]
    public void The_example_file_names_every_setting_once_in_order_and_is_readable()
    {
        var entries = DotEnvFile.Read(Path.Combine(TestFolders.Root, ".env.example"), ".env.example");
        Assert.Equal(SettingRule.All.Select(rule => rule.Name), entries.Select(entry => entry.Name));
        Assert.All(entries, entry => Assert.Empty(entry.Value));
        _folder.Write(".env", File.ReadAllText(Path.Combine(TestFolders.Root, ".env.example")));
        Assert.Equal("settings: ", Load().ToString());
    }

    BotSettings Load(params (string Name, string Value)[] environment) => BotSettings.Load(Sources(environment));

    SettingSources Sources(params (string Name, string Value)[] environment) => new()
    {
        Environment = environment.ToDictionary(pair => pair.Name, pair => pair.Value),
        WorkingFolder = _folder.Path,
    };
}
