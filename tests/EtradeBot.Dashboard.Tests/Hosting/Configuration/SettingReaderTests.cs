using EtradeBot.App.Broker;
using EtradeBot.App.Commands;
using EtradeBot.App.Feeds.History;
using EtradeBot.App.Hosting.Notices;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;
using EtradeBot.Notify;
using EtradeBot.Notify.Channels;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>A setting that can be changed changes something.</summary>
public sealed class SettingReaderTests
{
    /// <summary>For each setting another value than the usual one, and what of the program answers differently then.</summary>
    static readonly Dictionary<string, (string Value, Func<Desk, object?> Seen)> Readers = new()
    {
        [SettingRule.Environment] = ("production", desk => desk.Effective.Current.Environment),
        [SettingRule.SandboxConsumerKey] = ("sandbox-key", desk => KeysIn("sandbox", SettingRule.SandboxConsumerSecret, desk)),
        [SettingRule.SandboxConsumerSecret] = ("sandbox-secret", desk => KeysIn("sandbox", SettingRule.SandboxConsumerKey, desk)),
        [SettingRule.ConsumerKey] = ("production-key", desk => KeysIn("production", SettingRule.ConsumerSecret, desk)),
        [SettingRule.ConsumerSecret] = ("production-secret", desk => KeysIn("production", SettingRule.ConsumerKey, desk)),
        [SettingRule.BaseUrl] = ("http://127.0.0.1:8699", desk => BrokerAccess.Of(desk.Effective.Current).Answers),
        // Read by the session when it begins: BrokerLoginTests chooses another account with it.
        [SettingRule.AccountId] = ("12345678", desk => desk.Effective.Current.AccountId?.Reveal()),
        [SettingRule.AlphaVantageKey] = ("alpha", desk => Asked("alphavantage", desk)),
        [SettingRule.TiingoKey] = ("tiingo", desk => Asked("tiingo", desk)),
        [SettingRule.StooqKey] = ("stooq", desk => desk.Effective.Current.StooqKey?.Reveal()),
        [SettingRule.SmtpServer] = ("mail.example.com", desk => Read(SettingRule.SmtpServer, desk)),
        [SettingRule.SmtpPort] = ("465", desk => Read(SettingRule.SmtpPort, desk)),
        [NoticeRules.SmtpTls] = ("tls", desk => Read(NoticeRules.SmtpTls, desk)),
        [SettingRule.SmtpUser] = ("ada", desk => Read(SettingRule.SmtpUser, desk)),
        [SettingRule.SmtpPassword] = ("word", desk => Read(SettingRule.SmtpPassword, desk)),
        [NoticeRules.SmtpFrom] = ("bot@example.com", desk => Read(NoticeRules.SmtpFrom, desk)),
        [NoticeRules.SmtpTo] = ("ada@example.com", desk => Read(NoticeRules.SmtpTo, desk)),
        [SettingRule.TwilioAccount] = ("AC1", desk => Read(SettingRule.TwilioAccount, desk)),
        [SettingRule.TwilioToken] = ("token", desk => Read(SettingRule.TwilioToken, desk)),
        [SettingRule.TwilioFrom] = ("+15551234567", desk => Read(SettingRule.TwilioFrom, desk)),
        [NoticeRules.TwilioTo] = ("+15551234568", desk => Read(NoticeRules.TwilioTo, desk)),
        [SettingRule.SlackWebhook] = ("https://hooks.example.com/x", desk => Read(SettingRule.SlackWebhook, desk)),
        [NoticeRules.DiscordWebhook] = ("https://hooks.example.com/y", desk => Read(NoticeRules.DiscordWebhook, desk)),
        [NoticeRules.TelegramToken] = ("1:a", desk => Read(NoticeRules.TelegramToken, desk)),
        [NoticeRules.TelegramChat] = ("4711", desk => string.Join(' ', NoticeSetup.PhoneOf(desk.Effective.Current).Chats)),
        [NoticeRules.Webhook] = ("https://hooks.example.com/z", desk => Read(NoticeRules.Webhook, desk)),
        [NoticeRules.WebhookSecret] = ("signed", desk => Read(NoticeRules.WebhookSecret, desk)),
        [NoticeRules.Pin] = ("geheim42", desk => NoticeSetup.PhoneOf(desk.Effective.Current).Pin),
        [NoticeDefinitions.Quiet] = ("22:00-07:00", desk => NoticeSetup.PlanOf(desk.Effective.Current).Quiet),
        [NoticeDefinitions.Signals] = ("AAPL MSFT", desk => NoticeSetup.PlanOf(desk.Effective.Current).SignalSymbols.Count),
        [NoticeDefinitions.Gap] = ("60", desk => NoticeSetup.PlanOf(desk.Effective.Current).Gap),
        [NoticeDefinitions.Repeat] = ("10", desk => NoticeSetup.PlanOf(desk.Effective.Current).RepeatEvery),
        [NoticeDefinitions.Verbs] = ("status", desk => NoticeSetup.PhoneOf(desk.Effective.Current).Verbs.Count),
        [SettingDefinitions.MaxRiskPerTrade] = ("0.5", desk => desk.Effective.Limits),
        [SettingDefinitions.MaxPosition] = ("50", desk => desk.Effective.Limits),
        [SettingDefinitions.MaxGrossExposure] = ("50", desk => desk.Effective.Limits),
        [SettingDefinitions.MaxDailyLoss] = ("3", desk => desk.Effective.Limits),
        [SettingDefinitions.MaxPositions] = ("3", desk => desk.Effective.Limits),
        [SettingDefinitions.AllowShort] = ("yes", desk => desk.Effective.Limits),
        [SettingDefinitions.DefaultTimeframe] = ("1d", desk => desk.Effective.DefaultTimeframe),
        [SettingDefinitions.ChartStyle] = ("line", View),
        [SettingDefinitions.ChartVolume] = ("no", View),
        [SettingDefinitions.ChartBollinger] = ("yes", View),
        [SettingDefinitions.ChartRsi] = ("yes", View),
        [SettingDefinitions.ChartMacd] = ("yes", View),
        [SettingDefinitions.FirstRun] = ("done", desk => desk.Effective.Text(SettingDefinitions.FirstRun)),
    };

    public static TheoryData<string> Names => [.. SettingDefinitions.All.Select(definition => definition.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_setting_is_read_by_something(string name)
    {
        using var desk = new Desk();
        var (value, seen) = Routes().TryGetValue(name, out var route) ? route : Readers[name];
        var before = seen(desk);
        Assert.IsType<SettingsOutcome.Saved>(await desk.SaveAsync((name, value)));
        Assert.NotEqual(before, seen(desk));
    }

    static Dictionary<string, (string, Func<Desk, object?>)> Routes() => NoticeChannels.Names
        .SelectMany(channel => new (string, string, Func<ChannelPlan, object?>)[] { (NoticeDefinitions.LevelOf(channel), "critical", plan => plan.From), (NoticeDefinitions.EventsOf(channel), "kill", plan => plan.Events?.Count) }
            .Select(setting => (setting.Item1, setting.Item2, Seen: (Func<Desk, object?>)(desk => setting.Item3(NoticeSetup.PlanOf(desk.Effective.Current).Channels[channel])))))
        .ToDictionary(setting => setting.Item1, setting => (setting.Item2, setting.Seen));

    /// <summary>What a channel asks for by its name.</summary>
    static string? Read(string name, Desk desk) => NoticeSetup.Of(desk.Effective.Current)(name);

    static Dashboard.Chart.ChartView? View(Desk desk) => Dashboard.Chart.ChartView.Parse(desk.Effective.ChartWords);

    /// <summary>The keys of an environment, or what is missing of them; the other half of the pair is there.</summary>
    static string KeysIn(string environment, string otherHalf, Desk desk)
    {
        try
        {
            var settings = BotSettings.Load(desk.Sources with { CommandLine = new Dictionary<string, string> { [SettingRule.Environment] = environment, [otherHalf] = "other-half" } });
            return BrokerAccess.Of(settings).Keys is { } keys ? keys.Key.Reveal() + keys.Secret.Reveal() : "";
        }
        catch (UsageException problem)
        {
            return problem.Message;
        }
    }

    static string Asked(string source, Desk desk)
    {
        try
        {
            return HistorySources.Create(source, new SourceSetup(desk.Effective.Current, new CandleStore(desk.State)) { Time = desk.Time }).Name;
        }
        catch (UsageException problem)
        {
            return problem.Message;
        }
    }
}
