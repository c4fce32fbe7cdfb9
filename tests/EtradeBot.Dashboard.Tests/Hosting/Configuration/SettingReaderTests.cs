using EtradeBot.App.Broker;
using EtradeBot.App.Commands;
using EtradeBot.App.Feeds.History;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;

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
        var (value, seen) = Readers[name];
        var before = seen(desk);
        Assert.IsType<SettingsOutcome.Saved>(await desk.SaveAsync((name, value)));
        Assert.NotEqual(before, seen(desk));
    }

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
