namespace EtradeBot.App.Hosting.Backtests;

/// <summary>Every field of the form but symbols, strategy and its parameters, in the order shown.</summary>
static class FormFields
{
    public const string Symbols = "symbols";
    public const string Timeframe = "t";
    public const string From = "from";
    public const string To = "to";
    public const string Strategy = "strategy";
    public const string Seed = "seed";

    /// <summary>Before the name of a strategy's parameter.</summary>
    public const string ParameterPrefix = "p.";

    public const string Account = "Account and size";
    public const string Costs = "Costs";
    public const string Fills = "Fills";
    public const string Limits = "Limits";

    public static IReadOnlyList<string> Groups { get; } = [Account, Costs, Fills, Limits];

    public static IReadOnlyList<FormField> All { get; } =
    [
        new("cash", Account, "Starting cash", "100000") { Unit = "dollars, from 0.01" },
        new("size", Account, "Size of an entry", "auto")
        {
            Kind = FormFieldKind.Choice,
            Choices =
            [
                new("auto", "what the strategy prefers", "Else 1 % of the account at risk."),
                new("risk", "percent of the account at risk", "Loses this part of the account when the stop is hit; needs a strategy with stops."),
                new("percent", "percent of the account's value"),
                new("cash", "dollars"),
                new("shares", "shares"),
                new("all-in", "all cash", "As many whole shares as the cash buys, costs included."),
            ],
        },
        new("amount", Account, "Amount", "1") { Unit = "percent, dollars or shares, as chosen", IsShown = form => form["size"] is not ("auto" or "all-in") },
        new("settlement", Account, "Settlement", "1") { Unit = "sessions, 0 to 10", Help = "Sessions until the proceeds of a sale can be spent: 1 for a cash account (T+1), 0 for at once." },
        new("costs", Costs, "Costs", "etrade")
        {
            Kind = FormFieldKind.Choice,
            Choices =
            [
                new("none", "none", "Free trading: flatters every strategy that trades often."),
                new("etrade", "E*TRADE today", "No commission on shares; the SEC's and FINRA's fees on sales at the rates of the day."),
                new("own", "my own"),
            ],
        },
        new("commission", Costs, "Commission", "0") { Unit = "percent of the value, each side", IsShown = OwnCosts },
        new("per-order", Costs, "Commission a fill", "0") { Unit = "dollars", IsShown = OwnCosts },
        new("per-share", Costs, "Commission a share", "0") { Unit = "dollars", IsShown = OwnCosts },
        new("fees", Costs, "SEC and FINRA fees on sales", "false") { Kind = FormFieldKind.Flag, IsShown = OwnCosts },
        new("slippage", Costs, "Slippage", "bps")
        {
            Kind = FormFieldKind.Choice,
            Help = "How much worse than the undisturbed price market and stop orders fill.",
            Choices =
            [
                new("none", "none"),
                new("fixed", "dollars a share"),
                new("bps", "hundredths of a percent of the price"),
                new("range", "part of the candle's range"),
                new("volume", "market impact", "The candle's range times the root of the order's share of its volume, times this factor."),
            ],
        },
        new("slip", Costs, "Slippage amount", "2") { Unit = "0 to 9,999", IsShown = form => form["slippage"] != "none" },
        new("intrabar", Fills, "Stop and target in one candle", "worst")
        {
            Kind = FormFieldKind.Choice,
            Choices =
            [
                new("worst", "the stop came first", "The careful assumption. A candle does not say which price came first."),
                new("best", "the target came first", "Flatters. Only to see how much depends on it."),
                new("path", "open, nearer extreme, other extreme, close", "A plausible path through the candle; still an assumption."),
                new("drill", "look into finer candles", "Candles of a shorter timeframe decide; where they cannot, the stop came first. One symbol only."),
            ],
        },
        new("drill", Fills, "Finer candles", "1m") { Unit = "1m 2m 5m 15m 30m 1h", IsShown = form => form["intrabar"] == "drill" },
        new("participation", Fills, "Largest part of a candle's volume", "") { Unit = "percent; empty for no cap", Help = "What exceeds it waits for the next candle." },
        new("short", Limits, "Short selling", "false") { Kind = FormFieldKind.Flag, Help = "Fully collateralised; no borrowing fee is charged." },
        new("max-position", Limits, "Largest position", "100") { Unit = "percent of the account" },
        new("max-exposure", Limits, "All positions together", "100") { Unit = "percent of the account" },
        new("max-risk", Limits, "Largest risk of one trade", "2") { Unit = "percent of the account, at the stop" },
        new("max-daily-loss", Limits, "No entries after a day's loss of", "") { Unit = "percent of the account; empty for no limit" },
        new("max-positions", Limits, "Positions at a time", "20") { Unit = "1 to 10,000" },
        new(Seed, Limits, "Seed", "1") { Unit = "a whole number", Help = "Of the resampling behind the intervals; the same seed gives the same intervals." },
    ];

    static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        [Symbols] = "",
        [Timeframe] = "1d",
        [From] = "",
        [To] = "",
        [Strategy] = "rule",
    };

    static FormFields()
    {
        foreach (var field in All) Defaults[field.Key] = field.Default;
    }

    public static IEnumerable<string> Keys => Defaults.Keys;

    public static string DefaultOf(string key) => Defaults.GetValueOrDefault(key, "");

    public static bool IsKnown(string key) => Defaults.ContainsKey(key) || (key.StartsWith(ParameterPrefix, StringComparison.Ordinal) && key.Length <= 80);

    static bool OwnCosts(BacktestForm form) => form["costs"] == "own";
}
