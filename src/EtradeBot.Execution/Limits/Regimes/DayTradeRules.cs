namespace EtradeBot.Execution.Limits.Regimes;

/// <summary>The rule for day trades that the broker applies to a margin account. None of them is for cash accounts.</summary>
public enum DayTradeRegime
{
    /// <summary>The pattern day trader of FINRA Rule 4210(f)(8)(B): counted day trades and $25,000.</summary>
    LegacyPdt,

    /// <summary>The intraday margin of Rule 4210(d)(2): equity against the margin that the positions need, at any moment of the day.</summary>
    IntradayMargin,
}

/// <summary>The figures and dates of both regimes: settings, since a broker may move between them at its own time and may ask for more.</summary>
/// <remarks>
/// FINRA Rule 4210(f)(8)(B): a pattern day trader makes four or more day trades in five business days, unless they are 6 % or less of all trades of those days,
/// and needs $25,000 of equity. SR-FINRA-2025-017, approved by the SEC on 14 April 2026 (Release 34-105226, 91 FR 20731), deletes it and sets an intraday
/// margin standard in its place (Rule 4210(a)(17) to (19), (d)(2)). FINRA Regulatory Notice 26-10: in force from 4 June 2026, and members may phase it in,
/// account by account, until 20 October 2027. Maintenance margin is 25 % of long and 30 % of short stock (Rule 4210(c)) and $2,000 of equity is the least
/// for any borrowing (Rule 4210(b)). What the account's own broker applies on a day, its notices say; these figures are the law's and not the house's.
/// </remarks>
public sealed record DayTradeRules
{
    public static DayTradeRules Standard { get; } = new();

    /// <summary>What the owner has chosen for the account.</summary>
    public DayTradeRegime Chosen { get; init; } = DayTradeRegime.LegacyPdt;

    /// <summary>Day trades within <see cref="Sessions"/> that make a pattern.</summary>
    public int PatternTrades { get; init; } = 4;

    /// <summary>Business days, the present one included.</summary>
    public int Sessions { get; init; } = 5;

    /// <summary>Day trades are a pattern only above this fraction of all trades of those days.</summary>
    public decimal PatternFraction { get; init; } = 0.06m;

    /// <summary>Dollars of equity from which a pattern is allowed.</summary>
    public decimal PatternEquity { get; init; } = 25_000;

    /// <summary>Margin that long positions need, as a fraction of their value.</summary>
    public decimal LongMargin { get; init; } = 0.25m;

    /// <summary>Margin that short positions need, as a fraction of their value.</summary>
    public decimal ShortMargin { get; init; } = 0.3m;

    /// <summary>Dollars of equity below which nothing is lent.</summary>
    public decimal LeastMarginEquity { get; init; } = 2_000;

    /// <summary>The first day on which the intraday standard may be applied.</summary>
    public DateOnly IntradayFrom { get; init; } = new(2026, 6, 4);

    /// <summary>The last day on which the pattern rule may still be applied as FINRA's.</summary>
    public DateOnly LegacyUntil { get; init; } = new(2027, 10, 20);

    /// <summary>The regime of a day: the intraday standard cannot be chosen before there is one.</summary>
    public DayTradeRegime On(DateOnly day) => day < IntradayFrom ? DayTradeRegime.LegacyPdt : Chosen;

    /// <summary>What is odd about the choice on that day; null when nothing.</summary>
    public string? Oddity(DateOnly day)
    {
        if (Chosen == DayTradeRegime.LegacyPdt && day > LegacyUntil)
            return FormattableString.Invariant($"The pattern day trader rule ended on {LegacyUntil:yyyy-MM-dd}: choose IntradayMargin, unless the broker keeps the old rule of its own.");
        return Chosen == DayTradeRegime.IntradayMargin && day < IntradayFrom
            ? FormattableString.Invariant($"Intraday margin begins on {IntradayFrom:yyyy-MM-dd}: until then the pattern day trader rule applies.")
            : null;
    }
}
