using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Regimes;

/// <summary>What an entry would do to a margin account.</summary>
/// <param name="Symbol">Of the entry.</param>
/// <param name="Day">The New York day.</param>
/// <param name="Equity">Dollars: the lower of now and the end of the day before.</param>
/// <param name="MayEnter">Symbols of entries that may fill, or may have filled unseen.</param>
public sealed record DayTradeQuestion(Symbol Symbol, DateOnly Day, decimal Equity, IReadOnlyCollection<Symbol> MayEnter)
{
    /// <summary>Dollars of long positions if every order that may fill does, the entry included.</summary>
    public required decimal LongValue { get; init; }

    /// <summary>Dollars of short positions, read in the same way, as a positive number.</summary>
    public required decimal ShortValue { get; init; }
}

/// <summary>A regime's answer.</summary>
/// <param name="Value">Day trades there may be, or dollars of equity.</param>
/// <param name="Threshold">The number that must not be exceeded (day trades) or must be reached (dollars).</param>
public sealed record DayTradeAnswer(bool IsAllowed, decimal Value, decimal Threshold, string Unit, string Words);

/// <summary>The two regimes, each as one question.</summary>
public static class DayTradeTest
{
    public static DayTradeAnswer Ask(DayTradeRules rules, DayTradeBook book, DayTradeQuestion question)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(question);
        return rules.On(question.Day) == DayTradeRegime.LegacyPdt ? Pattern(rules, book, question) : Margin(rules, question);
    }

    /// <summary>An entry's stop may be hit the same day, and that cannot be prevented: so an entry counts as the day trade it may become.</summary>
    static DayTradeAnswer Pattern(DayTradeRules rules, DayTradeBook book, DayTradeQuestion question)
    {
        var (made, trades) = book.Within(question.Day, rules.Sessions);
        var mayBecome = book.OpenedOn(question.Day).Concat(question.MayEnter).Append(question.Symbol).Distinct().Count();
        var worst = made + mayBecome;
        if (question.Equity >= rules.PatternEquity)
            return new DayTradeAnswer(true, question.Equity, rules.PatternEquity, "dollars", FormattableString.Invariant($"day trades are free from ${rules.PatternEquity:#,0} of equity on"));
        // Each of them adds an entry at least and an exit to the trades of these days; an entry that has filled is among them already.
        var isPattern = worst >= rules.PatternTrades && worst > rules.PatternFraction * (trades + mayBecome);
        return new DayTradeAnswer(!isPattern, worst, rules.PatternTrades - 1, "day trades",
            FormattableString.Invariant($"{made} day trades in {rules.Sessions} business days and {mayBecome} that may become one today, below ${rules.PatternEquity:#,0} of equity"));
    }

    static DayTradeAnswer Margin(DayTradeRules rules, DayTradeQuestion question)
    {
        var needed = question.LongValue * rules.LongMargin + question.ShortValue * rules.ShortMargin;
        // Without the least equity nothing is lent: what is bought must be paid for, and nothing is sold short.
        if (question.Equity < rules.LeastMarginEquity) needed = question.ShortValue > 0 ? rules.LeastMarginEquity : question.LongValue;
        return new DayTradeAnswer(question.Equity >= needed, question.Equity, needed, "dollars",
            "equity against the margin that all positions need, every order that may fill counted as filled");
    }
}
