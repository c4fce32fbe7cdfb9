using System.Globalization;
using EtradeBot.Market;
using EtradeBot.Risk;

namespace EtradeBot.App.Settings;

/// <summary>Every setting that the dashboard can change, in the order of its pages.</summary>
static class SettingDefinitions
{
    public const string MaxRiskPerTrade = "max_risk_per_trade_percent";
    public const string MaxPosition = "max_position_percent";
    public const string MaxGrossExposure = "max_gross_exposure_percent";
    public const string MaxDailyLoss = "max_daily_loss_percent";
    public const string MaxPositions = "max_positions";
    public const string AllowShort = "allow_short";
    public const string DefaultTimeframe = "default_timeframe";
    public const string ChartStyle = "chart_style";
    public const string ChartVolume = "chart_volume";
    public const string ChartBollinger = "chart_bollinger";
    public const string ChartRsi = "chart_rsi";
    public const string ChartMacd = "chart_macd";
    public const string FirstRun = "first_run";
    public const string Yes = "yes";
    public const string No = "no";

    static readonly RiskLimits Usual = new();

    public static IReadOnlyList<SettingDefinition> All { get; } = [.. Broker(), .. Data(), .. Risk(), .. Appearance(), .. NoticeDefinitions.All(), .. Hidden()];

    public static SettingDefinition? Find(string name) => All.FirstOrDefault(definition => definition.Name == name);

    static IEnumerable<SettingDefinition> Broker() =>
    [
        Known(SettingRule.Environment, SettingSection.Broker, "Environment", "Whom the program trades with: the built-in simulator, paper (the real market's quotes, orders filled in this program), E*TRADE's sandbox with its stored answers, or production with real accounts and real money.") with
        {
            Default = "simulator", Choices = ["simulator", SettingRule.Paper, "sandbox", "production"], Loosens = (_, now) => now == "production",
        },
        Secret(SettingRule.SandboxConsumerKey, SettingSection.Broker, "Sandbox consumer key", "Names your application to E*TRADE's sandbox; from developer.etrade.com."),
        Secret(SettingRule.SandboxConsumerSecret, SettingSection.Broker, "Sandbox consumer secret", "Signs every call to the sandbox."),
        Secret(SettingRule.ConsumerKey, SettingSection.Broker, "Production consumer key", "Names your application to E*TRADE; production and sandbox have keys of their own."),
        Secret(SettingRule.ConsumerSecret, SettingSection.Broker, "Production consumer secret", "Signs every call to E*TRADE."),
        Known(SettingRule.BaseUrl, SettingSection.Broker, "Other server", "Another server that speaks E*TRADE's protocol, in place of all its hosts; leave it empty for E*TRADE itself.") with
        {
            DefaultWords = "E*TRADE, or the built-in simulator", Loosens = (old, now) => now.Length > 0 && now != old,
        },
        Secret(SettingRule.AccountId, SettingSection.Accounts, "Account", "The account that is read and traded; without one the first active account."),
    ];

    static IEnumerable<SettingDefinition> Data() =>
    [
        Secret(SettingRule.AlphaVantageKey, SettingSection.Data, "Alpha Vantage key", "Needed to download candles from Alpha Vantage."),
        Secret(SettingRule.TiingoKey, SettingSection.Data, "Tiingo token", "Needed to download candles from Tiingo."),
        Secret(SettingRule.StooqKey, SettingSection.Data, "Stooq key", "Stooq asks for one at times."),
    ];

    static IEnumerable<SettingDefinition> Risk() =>
    [
        Percent(MaxRiskPerTrade, "Risk a trade", "The most of the account that one trade may lose when its stop is hit.", Usual.MaxRiskPerTrade, 100),
        Percent(MaxPosition, "Largest position", "The most of the account that one position may be worth.", Usual.MaxPosition, 400),
        Percent(MaxGrossExposure, "All positions together", "The most that all positions, long and short added up, may be worth.", Usual.MaxGrossExposure, 400),
        Percent(MaxDailyLoss, "Largest loss a day", "Once the day has lost so much of the account, no position is opened until the next day.", Usual.MaxDailyLoss, 100) with
        {
            DefaultWords = "no limit", Loosens = (old, now) => Loss(now) > Loss(old),
        },
        new(MaxPositions, SettingSection.Risk, "Positions at a time", "The most positions that may be open or on their way at once.")
        {
            Default = Usual.MaxPositions.ToString(CultureInfo.InvariantCulture), Rule = "a whole number from 1 to 200", Applies = AppliesWhen.Now,
            IsValid = text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 200,
            Loosens = (old, now) => Number(now) > Number(old),
        },
        Switch(AllowShort, SettingSection.Risk, "Short selling", "Whether a position may be opened by selling shares that are not held.", Usual.AllowShort) with { Loosens = (old, now) => now == Yes && old != Yes },
    ];

    static IEnumerable<SettingDefinition> Appearance() =>
    [
        new(DefaultTimeframe, SettingSection.Appearance, "First timeframe", "The length of the candles that the Live page begins with.")
        {
            Default = "1m", Choices = [.. Timeframe.All.Select(length => length.ToString())], Rule = $"one of {string.Join(' ', Timeframe.All)}", IsValid = text => Timeframe.TryParse(text, out var length) && length.ToString() == text,
        },
        new(ChartStyle, SettingSection.Appearance, "Chart style", "How charts begin: candles hollow or filled, a line of closes, or Heikin-Ashi.")
        {
            Default = "candles", Choices = ["candles", "line", "heikin"], Rule = "candles, line or heikin", IsValid = text => text is "candles" or "line" or "heikin",
        },
        Switch(ChartVolume, SettingSection.Appearance, "Volume", "Whether charts begin with the volume.", usual: true),
        Switch(ChartBollinger, SettingSection.Appearance, "Bollinger bands", "Whether charts begin with the bands drawn over the candles.", usual: false),
        Switch(ChartRsi, SettingSection.Appearance, "RSI pane", "Whether charts begin with the relative strength index below the candles.", usual: false),
        Switch(ChartMacd, SettingSection.Appearance, "MACD pane", "Whether charts begin with the MACD below the candles.", usual: false),
    ];

    static IEnumerable<SettingDefinition> Hidden() =>
    [
        new(FirstRun, SettingSection.Hidden, "First-run guide", "Whether the guide was gone through or put away.") { Default = "open", Choices = ["open", "done"], Rule = "open or done", IsValid = text => text is "open" or "done" },
    ];

    /// <summary>A setting that the environment and <c>.env</c> may hold as well.</summary>
    internal static SettingDefinition Known(string name, SettingSection section, string label, string effect)
    {
        var rule = SettingRule.All.First(known => known.Name == name);
        return new(name, section, label, effect) { Rule = rule.Rule, IsValid = rule.IsValid };
    }

    internal static SettingDefinition Secret(string name, SettingSection section, string label, string effect) => Known(name, section, label, effect) with { IsSecret = true };

    static SettingDefinition Percent(string name, string label, string effect, double? usual, double most) => new(name, SettingSection.Risk, label, effect)
    {
        Unit = "%",
        Default = usual is { } fraction ? (fraction * 100).ToString("0.####", CultureInfo.InvariantCulture) : "",
        Rule = string.Create(CultureInfo.InvariantCulture, $"a number from 0.01 to {most:0}, with a point and at most two decimals"),
        IsValid = text => IsPercent(text, most),
        Loosens = (old, now) => Number(now) > Number(old),
    };

    static SettingDefinition Switch(string name, SettingSection section, string label, string effect, bool usual) =>
        new(name, section, label, effect) { Default = usual ? Yes : No, Choices = [Yes, No], Rule = "yes or no", IsValid = text => text is Yes or No };

    static bool IsPercent(string text, double most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= 0.01 && number <= most
        && DecimalsOf(text) <= 2;

    static int DecimalsOf(string text) => text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? text.Length - point - 1 : 0;

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>No limit is the loosest.</summary>
    static double Loss(string text) => text.Length == 0 ? double.PositiveInfinity : Number(text);
}
