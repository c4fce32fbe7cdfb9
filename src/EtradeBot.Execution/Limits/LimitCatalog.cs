namespace EtradeBot.Execution.Limits;

/// <summary>What a limit's number counts.</summary>
public enum LimitUnit
{
    Shares,
    Dollars,

    /// <summary>0.03 is 3 %.</summary>
    Fraction,
    Count,
    Seconds,
    Minutes,
    YesNo,
}

/// <summary>One limit by name.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Words">What it does, for a person who has never read the manual.</param>
/// <param name="Range">Smallest and largest value that is taken.</param>
/// <param name="IsTighterWhenHigher">True where a larger number forbids more: a longer pause, a yes to "settled cash only".</param>
public sealed record LimitInfo(string Name, LimitUnit Unit, string Words, (decimal Least, decimal Most) Range, bool IsTighterWhenHigher = false)
{
    internal Func<TradingLimits, decimal> Read { get; init; } = null!;

    internal Func<TradingLimits, decimal, TradingLimits> Write { get; init; } = null!;

    internal bool IsWhole => Unit is LimitUnit.Shares or LimitUnit.Count or LimitUnit.YesNo;

    /// <summary>The limit's number, in its unit; yes is 1.</summary>
    public decimal Of(TradingLimits limits) => Read(limits);

    /// <summary><c>25,000 dollars</c>, <c>3 %</c>, <c>yes</c></summary>
    public string Text(decimal value) => Unit switch
    {
        LimitUnit.YesNo => value == 0 ? "no" : "yes",
        LimitUnit.Fraction => FormattableString.Invariant($"{value * 100:0.####} %"),
        LimitUnit.Dollars => FormattableString.Invariant($"${value:#,0.##}"),
        LimitUnit.Shares => FormattableString.Invariant($"{value:#,0} shares"),
        LimitUnit.Seconds => FormattableString.Invariant($"{value:0.###} s"),
        LimitUnit.Minutes => FormattableString.Invariant($"{value:0.###} min"),
        _ => FormattableString.Invariant($"{value:0}"),
    };
}

/// <summary>Every limit, in the order of the file.</summary>
public static class LimitCatalog
{
    const decimal Million = 1_000_000;

    public static IReadOnlyList<LimitInfo> All { get; } =
    [
        Whole("mostShares", "The most shares one order may have.", (1, Million), new(x => x.MostShares, (x, to) => x with { MostShares = to })) with { Unit = LimitUnit.Shares },
        Money("mostNotional", "The most money one order may cost at its worst price.", new(x => x.MostNotional, (x, to) => x with { MostNotional = to })),
        Part("priceCollar", "How far the price of an entry may lie from the market: farther is a slip of the finger.", (0.001m, 0.5m), new(x => x.PriceCollar, (x, to) => x with { PriceCollar = to })),
        Part("volumeShare", "The largest part of an average day's volume that one order may be.", (0.0001m, 0.25m), new(x => x.VolumeShare, (x, to) => x with { VolumeShare = to })),
        Whole("ordersPerSymbol", "Entries of one symbol a day.", (0, 1_000), new(x => x.OrdersPerSymbol, (x, to) => x with { OrdersPerSymbol = to })),
        Whole("ordersPerMinute", "Entries in any minute.", (0, 60), new(x => x.OrdersPerMinute, (x, to) => x with { OrdersPerMinute = to })),
        Whole("ordersPerDay", "Entries a day.", (0, 10_000), new(x => x.OrdersPerDay, (x, to) => x with { OrdersPerDay = to })),
        Money("dayNotional", "The money of all entries of a day together, filled or not.", new(x => x.DayNotional, (x, to) => x with { DayNotional = to })),
        Whole("repeats", "Equal entries (symbol, side, kind, shares) within repeatWindowSeconds: more of them look like a program gone wild.", (1, 100), new(x => x.Repeats, (x, to) => x with { Repeats = to })),
        Seconds("repeatWindowSeconds", "The time in which equal entries are counted.", (1, 86_400), new(x => x.RepeatWindow, (x, to) => x with { RepeatWindow = to })) with { IsTighterWhenHigher = true },
        Money("grossExposure", "The money in all positions, long and short added up, with every order that may still fill counted as filled.", new(x => x.GrossExposure, (x, to) => x with { GrossExposure = to })),
        Money("netExposure", "By how much money long positions may outweigh short ones, or the other way round.", new(x => x.NetExposure, (x, to) => x with { NetExposure = to })),
        Money("position", "The money in one symbol, with every order that may still fill counted as filled.", new(x => x.Position, (x, to) => x with { Position = to })),
        Money("dailyLossSoft", "A day's loss after which no entry leaves until the next session.", new(x => x.DailyLossSoft, (x, to) => x with { DailyLossSoft = to })),
        Money("dailyLossHard", "A day's loss after which everything is sold, and no entry leaves until a person clears it.", new(x => x.DailyLossHard, (x, to) => x with { DailyLossHard = to })),
        Part("drawdown", "How far the account may fall below its highest value before no entry leaves until a person clears it.", (0.001m, 1), new(x => x.Drawdown, (x, to) => x with { Drawdown = to })),
        Minutes("lossPauseMinutes", "No entry for so long after a losing trade.", new(x => x.LossPause, (x, to) => x with { LossPause = to })),
        Whole("streakLength", "Losing trades in a row that start streakPauseMinutes.", (1, 100), new(x => x.StreakLength, (x, to) => x with { StreakLength = to })),
        Minutes("streakPauseMinutes", "No entry for so long after streakLength losing trades in a row.", new(x => x.StreakPause, (x, to) => x with { StreakPause = to })),
        Minutes("stopOutPauseMinutes", "No entry into a symbol for so long after its stop was hit.", new(x => x.StopOutPause, (x, to) => x with { StopOutPause = to })),
        Seconds("quoteAgeSeconds", "The oldest quote an entry may rest upon.", (1, 300), new(x => x.QuoteAge, (x, to) => x with { QuoteAge = to })),
        Part("spread", "The widest gap between bid and ask, over their middle.", (0.0001m, 0.5m), new(x => x.Spread, (x, to) => x with { Spread = to })),
        Part("quoteJump", "How far a quote may lie from the good one before it: farther is an error or a split until it is confirmed.", (0.001m, 0.5m), new(x => x.QuoteJump, (x, to) => x with { QuoteJump = to })),
        Seconds("clockSkewSeconds", "How far this computer's clock may be off.", (0.1m, 60), new(x => x.ClockSkew, (x, to) => x with { ClockSkew = to })),
        Minutes("minutesAfterOpen", "No entry for so long after the open.", new(x => x.AfterOpen, (x, to) => x with { AfterOpen = to })) with { Range = (0, 390) },
        Minutes("minutesBeforeClose", "No entry for so long before the close.", new(x => x.BeforeClose, (x, to) => x with { BeforeClose = to })) with { Range = (0, 390) },
        YesNo("allowExtendedHours", "Entries before 09:30 and after 16:00 New York time.", new(x => x.AllowExtendedHours, (x, to) => x with { AllowExtendedHours = to })),
        YesNo("allowShort", "Selling shares that one does not have.", new(x => x.AllowShort, (x, to) => x with { AllowShort = to })),
        YesNo("settledCashOnly", "In a cash account, buy with settled money only.", new(x => x.SettledCashOnly, (x, to) => x with { SettledCashOnly = to })) with { IsTighterWhenHigher = true },
    ];

    internal static LimitInfo Find(string name) => All.First(limit => limit.Name == name);

    static LimitInfo Money(string name, string words, Access<decimal> access) => Part(name, words, (1, 1_000 * Million), access) with { Unit = LimitUnit.Dollars };

    static LimitInfo Part(string name, string words, (decimal, decimal) range, Access<decimal> access) =>
        new(name, LimitUnit.Fraction, words, range) { Read = access.Read, Write = access.Write };

    static LimitInfo Whole(string name, string words, (decimal, decimal) range, Access<int> access) =>
        new(name, LimitUnit.Count, words, range) { Read = x => access.Read(x), Write = (x, to) => access.Write(x, (int)to) };

    static LimitInfo Seconds(string name, string words, (decimal, decimal) range, Access<TimeSpan> access) =>
        new(name, LimitUnit.Seconds, words, range) { Read = x => Units(access.Read(x), TimeSpan.TicksPerSecond), Write = (x, to) => access.Write(x, Span(to, TimeSpan.TicksPerSecond)) };

    static LimitInfo Minutes(string name, string words, Access<TimeSpan> access) =>
        new(name, LimitUnit.Minutes, words, (0, 10_080), IsTighterWhenHigher: true) { Read = x => Units(access.Read(x), TimeSpan.TicksPerMinute), Write = (x, to) => access.Write(x, Span(to, TimeSpan.TicksPerMinute)) };

    static LimitInfo YesNo(string name, string words, Access<bool> access) =>
        new(name, LimitUnit.YesNo, words, (0, 1)) { Read = x => access.Read(x) ? 1 : 0, Write = (x, to) => access.Write(x, to != 0) };

    static decimal Units(TimeSpan span, long ticks) => (decimal)span.Ticks / ticks;

    static TimeSpan Span(decimal units, long ticks) => TimeSpan.FromTicks((long)decimal.Round(units * ticks));

    sealed record Access<T>(Func<TradingLimits, T> Read, Func<TradingLimits, T, TradingLimits> Write);
}
