using System.Globalization;
using EtradeBot.App.Settings;
using EtradeBot.Market;
using EtradeBot.Notify;
using EtradeBot.Notify.Channels;
using EtradeBot.Notify.Phone;

namespace EtradeBot.App.Hosting.Notices;

/// <summary>Plan, channels and secrets of a notifier, out of the settings.</summary>
static class NoticeSetup
{
    public static NoticePlan PlanOf(BotSettings settings)
    {
        string Text(string name) => settings.TextOf(name) ?? SettingDefinitions.Find(name)!.Default;
        return new NoticePlan
        {
            Channels = NoticeChannels.Names.ToDictionary(name => name, name => ChannelOf(Text(NoticeDefinitions.LevelOf(name)), Text(NoticeDefinitions.EventsOf(name)))),
            SignalSymbols = NoticeDefinitions.Words(Text(NoticeDefinitions.Signals)).Select(Symbol.Parse).ToHashSet(),
            Quiet = NoticeDefinitions.QuietOf(Text(NoticeDefinitions.Quiet)),
            Gap = TimeSpan.FromSeconds(Number(Text(NoticeDefinitions.Gap))),
            RepeatEvery = TimeSpan.FromMinutes(Number(Text(NoticeDefinitions.Repeat))),
        };
    }

    /// <summary>A setting by name, where the watchdog's own goes before the usual one.</summary>
    public static Func<string, string?> Of(BotSettings settings, bool isWatchdog = false) =>
        name => (isWatchdog ? settings.Open(NoticeRules.WatchPrefix + name) : null) ?? settings.Open(name);

    /// <summary>Everything that must not be read in a message: the program's keys, the account, and those of the channels.</summary>
    public static IEnumerable<string> SecretsOf(BotSettings settings)
    {
        string[] keys = [SettingRule.SandboxConsumerKey, SettingRule.SandboxConsumerSecret, SettingRule.ConsumerKey, SettingRule.ConsumerSecret, SettingRule.OAuthToken, SettingRule.OAuthTokenSecret, SettingRule.AccountId];
        return keys.Concat(NoticeChannels.SecretSettings).Concat(NoticeChannels.SecretSettings.Select(name => NoticeRules.WatchPrefix + name)).Select(settings.Open).OfType<string>();
    }

    public static PhonePlan PhoneOf(BotSettings settings) => new()
    {
        Chats = (settings.Open(NoticeRules.TelegramChat) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => long.Parse(text.Trim(), CultureInfo.InvariantCulture)).ToHashSet(),
        Verbs = NoticeDefinitions.Words(settings.TextOf(NoticeDefinitions.Verbs) ?? SettingDefinitions.Find(NoticeDefinitions.Verbs)!.Default).Select(NoticeDefinitions.VerbNamed).OfType<PhoneVerb>().ToHashSet(),
        Pin = settings.Open(NoticeRules.Pin),
    };

    static ChannelPlan ChannelOf(string level, string events) => new()
    {
        IsEnabled = level != NoticeDefinitions.Off,
        From = NoticeDefinitions.LevelNamed(level) ?? NoticeLevel.Info,
        Events = NoticeDefinitions.Words(events) is { Length: > 0 } names ? names.ToHashSet(StringComparer.Ordinal) : null,
    };

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
