using EtradeBot.ETrade;
using EtradeBot.Execution.Limits.Cash;
using EtradeBot.Market;
using static EtradeBot.Execution.Limits.Gates.TestDesk;

namespace EtradeBot.Execution.Limits.Regimes;

public class DayTradeTests
{
    static readonly DayTradeRules Legacy = DayTradeRules.Standard;
    static readonly DayTradeRules Intraday = DayTradeRules.Standard with { Chosen = DayTradeRegime.IntradayMargin };

    [Theory]
    [InlineData("+10 -10", 1)]
    [InlineData("+10 -4 -6", 1)] // one run of sales
    [InlineData("+5 +5 -10", 1)]
    [InlineData("+10 -10 +10 -10", 2)]
    [InlineData("+10 -5 +5 -10", 2)]
    [InlineData("-10 +10", 1)] // short
    [InlineData("+10 -20 +10", 2)] // through zero: long and back, short and back
    [InlineData("+10", 0)]
    [InlineData("+10 | -10", 0)] // overnight
    [InlineData("+10 | -10 +10", 0)] // sold before anything was bought that day
    [InlineData("+10 | +5 -15", 1)]
    [InlineData("+10 | +5 -5 -10", 1)]
    [InlineData("+10 | -5 +5 -5", 1)]
    public void Day_trades_are_counted_as_the_rule_counts_them(string fills, int count) => Assert.Equal(count, Book(fills).DayTrades.Count);

    [Fact]
    public void Shares_that_were_there_before_make_no_day_trade() =>
        Assert.Empty(DayTradeBook.With(new Dictionary<Symbol, int> { [Apple] = 10 }).After(Fill(-10, Now)).DayTrades);

    [Fact]
    public void The_day_is_New_Yorks_and_the_window_five_sessions()
    {
        // 01:00 UTC is the evening before in New York.
        var book = DayTradeBook.Empty.After(Fill(10, Now)).After(Fill(-10, Now.AddHours(10)));
        Assert.Equal(Today, Assert.Single(book.DayTrades));
        Assert.Equal((1, 2), book.Within(new(2026, 11, 30), 5)); // Thanksgiving is no business day
        Assert.Equal((0, 0), book.Within(new(2026, 12, 1), 5));
        Assert.Equal((0, 0), book.Within(Today.AddDays(-1), 5));
    }

    [Theory]
    [InlineData(24_999.99, 2, true)]
    [InlineData(24_999.99, 3, false)]
    [InlineData(25_000, 9, true)]
    public void Below_25000_dollars_the_fourth_day_trade_is_not_begun(double equity, int made, bool isAllowed)
    {
        var book = Book(string.Join(' ', Enumerable.Repeat("+10 -10", made)));
        Assert.Equal(isAllowed, DayTradeTest.Ask(Legacy, book, Question((decimal)equity)).IsAllowed);
    }

    [Fact]
    public void What_may_become_a_day_trade_counts_as_one()
    {
        var book = Book("+10 -10 +10 -10");
        Assert.True(DayTradeTest.Ask(Legacy, book, Question(20_000)).IsAllowed);
        Assert.False(DayTradeTest.Ask(Legacy, book, Question(20_000) with { MayEnter = [Other] }).IsAllowed);
        Assert.True(DayTradeTest.Ask(Legacy, book, Question(20_000) with { MayEnter = [Apple] }).IsAllowed);
        Assert.False(DayTradeTest.Ask(Legacy, book.After(Fill(10, Now.AddMinutes(30))), Question(20_000) with { Symbol = Other }).IsAllowed);
    }

    [Theory]
    [InlineData(59, false)] // 4 of 66 trades are more than 6 %
    [InlineData(60, true)]
    public void Few_among_many_trades_are_no_pattern(int others, bool isAllowed)
    {
        var book = Book("+1 -1 +1 -1 +1 -1");
        for (var i = 0; i < others; i++) book = book.After(new LedgerFill(Other, OrderAction.Buy, 1, 100, 0, Now.AddDays(-3)));
        Assert.Equal(isAllowed, DayTradeTest.Ask(Legacy, book, Question(20_000)).IsAllowed);
    }

    [Theory]
    [InlineData(10_000, 40_000, 0, true)] // 25 %
    [InlineData(9_999.99, 40_000, 0, false)]
    [InlineData(10_000, 28_000, 10_000, true)] // 25 % and 30 %
    [InlineData(10_000, 28_001, 10_000, false)]
    [InlineData(1_999.99, 1_999.99, 0, true)] // paid in full
    [InlineData(1_999.99, 2_000, 0, false)]
    [InlineData(1_999.99, 0, 1, false)]
    public void Intraday_margin_asks_for_equity_against_all_that_may_be_held(double equity, double held, double shorted, bool isAllowed) =>
        Assert.Equal(isAllowed, DayTradeTest.Ask(Intraday, Book("+1 -1 +1 -1 +1 -1 +1 -1"), Question((decimal)equity) with { LongValue = (decimal)held, ShortValue = (decimal)shorted }).IsAllowed);

    [Fact]
    public void A_regime_is_chosen_within_its_dates()
    {
        Assert.Equal(DayTradeRegime.LegacyPdt, Intraday.On(new(2026, 6, 3)));
        Assert.Equal(DayTradeRegime.IntradayMargin, Intraday.On(new(2026, 6, 4)));
        Assert.NotNull(Intraday.Oddity(new(2026, 6, 3)));
        Assert.Null(Intraday.Oddity(new(2026, 6, 4)));
        Assert.Null(Legacy.Oddity(new(2027, 10, 20)));
        Assert.NotNull(Legacy.Oddity(new(2027, 10, 21)));
        Assert.Equal(DayTradeRegime.LegacyPdt, Legacy.On(new(2028, 1, 3)));
    }

    static DayTradeQuestion Question(decimal equity) => new(Apple, Today, equity, []) { LongValue = 0, ShortValue = 0 };

    /// <summary>Fills of AAPL, bought (+) or sold (-); a bar is a night.</summary>
    static DayTradeBook Book(string fills)
    {
        var (book, at) = (DayTradeBook.Empty, fills.Contains('|', StringComparison.Ordinal) ? Now.AddDays(-3) : Now);
        foreach (var word in fills.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "|") at = Now;
            else book = book.After(Fill(int.Parse(word, System.Globalization.CultureInfo.InvariantCulture), at = at.AddMinutes(1)));
        }
        return book;
    }

    static LedgerFill Fill(int change, DateTimeOffset at) => new(Apple, change > 0 ? OrderAction.Buy : OrderAction.Sell, Math.Abs(change), 100, 0, at);
}
