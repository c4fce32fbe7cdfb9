using EtradeBot.App.Broker;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

/// <summary>What the table says of odd quotes; whole runs are in <c>BrokerCommandsTests</c>.</summary>
public class QuoteCommandTests
{
    static readonly BrokerAccess Live = new(ETradeEnvironment.Production, null, KeyPair.OfSimulator);

    static readonly Quote Plain = new()
    {
        Symbol = Symbol.Parse("AAPL"),
        At = new DateTimeOffset(2026, 3, 6, 15, 31, 5, TimeSpan.Zero),
        ReceivedAt = new DateTimeOffset(2026, 3, 6, 15, 31, 7, TimeSpan.Zero),
        Status = QuoteStatus.RealTime,
        Last = 190.1,
        PreviousClose = 189.8,
        Bid = 190.09,
        Ask = 190.11,
        DayLow = 188,
        DayHigh = 191.5,
        DayVolume = 1234567,
    };

    [Fact]
    public void A_row_has_price_change_market_and_age()
    {
        var lines = Print(Plain);
        Assert.Equal("LIVE quotes of E*TRADE", lines[0]);
        Assert.Equal("symbol    last  change        %     bid     ask  day low  day high     volume  New York time        age  status", lines[1]);
        Assert.Equal("AAPL    190.10   +0.30  +0.16 %  190.09  190.11   188.00    191.50  1,234,567  2026-03-06 10:31:05  2 s  real time", lines[2]);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public void What_the_broker_did_not_say_is_a_dash_and_never_a_zero()
    {
        var row = Print(Plain with { Last = null, Bid = null, Ask = null, DayLow = null, DayHigh = null, DayVolume = null, PreviousClose = null })[2];
        Assert.Equal(["AAPL", "-", "-", "-", "-", "-", "-", "-", "-"], row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..9]);
        Assert.Contains("  -", Print(Plain with { PreviousClose = 0 })[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Delayed_quotes_are_called_so_with_the_remedy()
    {
        var lines = Print(Plain with { Status = QuoteStatus.Delayed }, Plain);
        Assert.EndsWith("DELAYED", lines[2], StringComparison.Ordinal);
        Assert.Equal("DELAYED: 1 quote is some 15 minutes old. Real-time quotes need the market data agreement: sign it in your E*TRADE account.", lines[^1]);
    }

    [Fact]
    public void After_hours_both_prices_are_shown()
    {
        var lines = Print(Plain with { Status = QuoteStatus.Closing, IsAfterHours = true, ExtendedLast = 192.25 }, Plain with { Symbol = Symbol.Parse("MSFT") });
        Assert.Contains("extended", lines[1], StringComparison.Ordinal);
        Assert.Contains("192.25", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("after hours, closing prices", lines[2], StringComparison.Ordinal);
        Assert.Contains("'extended' that of the hours before or after it", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_adjusted_price_is_marked() => Assert.EndsWith("real time, adjusted", Print(Plain with { IsAdjusted = true })[2], StringComparison.Ordinal);

    [Fact]
    public void Unknown_symbols_are_listed_below()
    {
        using var text = new StringWriter();
        QuoteCommand.Print(new Output(text, isTerminal: false), Live, new QuoteAnswer([Plain], [("NOPE", "Invalid Symbol."), ("NONE", "")]));
        var lines = text.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["No quote of NOPE: Invalid Symbol.", "No quote of NONE: the broker does not know it."],
            lines[^2..]);
    }

    [Fact]
    public void Symbols_come_with_blanks_or_commas_each_once() =>
        Assert.Equal(["AAPL", "MSFT", "BRK/B"], QuoteCommand.SymbolsOf(["aapl,MSFT", "AAPL", "brk/b,"]).Select(symbol => symbol.Ticker));

    [Theory]
    [InlineData("AA PL", "'AA PL' is not a ticker: use 1 to 24 letters, digits or . - / ^ = _")]
    [InlineData("A!", "'A!' is not a ticker: use 1 to 24 letters, digits or . - / ^ = _")]
    [InlineData(",", "give at least one ticker, such as: quote AAPL MSFT")]
    public void What_cannot_be_a_ticker_is_refused_before_any_call(string word, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => QuoteCommand.SymbolsOf([word])).Message);

    static string[] Print(params Quote[] quotes)
    {
        using var text = new StringWriter();
        QuoteCommand.Print(new Output(text, isTerminal: false), Live, new QuoteAnswer(quotes, []));
        return text.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
