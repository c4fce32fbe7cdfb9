using System.Globalization;

namespace EtradeBot.App.Settings;

/// <summary>A setting that this program knows.</summary>
/// <param name="Name">As in the environment and in <c>.env</c>.</param>
/// <param name="Rule">What a value must be, in words.</param>
/// <param name="IsValid">Whether a value is that.</param>
sealed record SettingRule(string Name, string Rule, Func<string, bool> IsValid)
{
    /// <summary>Whether a value may be printed. Not unless it says so: a forgotten word here must not show a password.</summary>
    public bool IsPublic { get; init; }

    /// <summary>What counts where none is set; empty: nothing does.</summary>
    public string Default { get; init; } = "";

    public const string Environment = "ETRADE_ENV";
    public const string BaseUrl = "ETRADE_BASE_URL";
    public const string SandboxConsumerKey = "ETRADE_SANDBOX_CONSUMER_KEY";
    public const string SandboxConsumerSecret = "ETRADE_SANDBOX_CONSUMER_SECRET";
    /// <summary>Value of <see cref="Environment"/>: quotes of the real market, fills in this process.</summary>
    public const string Paper = "paper";
    public const string ConsumerKey = "ETRADE_CONSUMER_KEY";
    public const string ConsumerSecret = "ETRADE_CONSUMER_SECRET";
    public const string OAuthToken = "ETRADE_OAUTH_TOKEN";
    public const string OAuthTokenSecret = "ETRADE_OAUTH_TOKEN_SECRET";
    public const string AccountId = "ETRADE_ACCOUNT_ID";
    public const string AlphaVantageKey = "ALPHAVANTAGE_API_KEY";
    public const string TiingoKey = "TIINGO_API_TOKEN";
    public const string StooqKey = "STOOQ_API_KEY";
    public const string SmtpServer = "SMTP_SERVER";
    public const string SmtpPort = "SMTP_PORT";
    public const string SmtpUser = "SMTP_USER";
    public const string SmtpPassword = "SMTP_PASS";
    public const string TwilioAccount = "TWILIO_ACCOUNT_SID";
    public const string TwilioToken = "TWILIO_AUTH_TOKEN";
    public const string TwilioFrom = "TWILIO_FROM_NUMBER";
    public const string SlackWebhook = "SLACK_WEBHOOK_URL";
    public const string DataFolder = "ETRADE_BOT_DATA";
    public const string Debug = "ETRADE_BOT_DEBUG";

    /// <summary>Every setting, in the order of <c>.env.example</c>.</summary>
    public static IReadOnlyList<SettingRule> All { get; } = [.. Broker(), .. NoticeRules.All, .. NoticeRules.OfWatchdog(), Text(DataFolder) with { IsPublic = true, Default = "data" }, new(Debug, "0 or 1", text => text is "0" or "1") { IsPublic = true, Default = "0" }];

    static SettingRule[] Broker() =>
    [
        new(Environment, "simulator, paper, sandbox or production", text => text is "simulator" or Paper or "sandbox" or "production") { IsPublic = true, Default = "simulator" },
        new(BaseUrl, "an https address, or an http address of this machine such as http://127.0.0.1:8600", IsServer) { IsPublic = true },
        Text(SandboxConsumerKey), Text(SandboxConsumerSecret),
        Text(ConsumerKey), Text(ConsumerSecret), Text(OAuthToken), Text(OAuthTokenSecret), Text(AccountId),
        Text(AlphaVantageKey), Text(TiingoKey), Text(StooqKey),
    ];

    public static SettingRule? Find(string name) => All.FirstOrDefault(rule => rule.Name == name);

    /// <summary>Beginnings of names that are ours: an unknown one with such a beginning is a typing error.</summary>
    public static IReadOnlyList<string> Prefixes { get; } = ["ETRADE_", "ALPHAVANTAGE_", "TIINGO_", "STOOQ_", "SMTP_", "TWILIO_", "SLACK_", "DISCORD_", "TELEGRAM_", "NOTIFY_WEBHOOK_", NoticeRules.Pin, "HEARTBEAT_", NoticeRules.WatchPrefix];

    internal static SettingRule Text(string name) => new(name, "a text without control characters or blanks at its ends",
        text => text.Trim().Length == text.Length && !text.Any(char.IsControl));

    internal static bool IsPort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535;

    internal static bool IsTelephone(string text) => text is ['+', not '0', ..] && text.Length is >= 8 and <= 16 && text.AsSpan(1).ContainsAnyExceptInRange('0', '9') is false;

    /// <summary>Tokens must not travel in the clear, so plain http is for this machine alone.</summary>
    static bool IsServer(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
