namespace EtradeBot.Market;

public class SymbolTests
{
    [Theory]
    [InlineData(" aapl ", "AAPL")]
    [InlineData("brk.b", "BRK.B")]
    [InlineData("BRK/B", "BRK/B")]
    public void A_ticker_is_trimmed_and_upper_case(string text, string ticker) =>
        Assert.Equal(ticker, Symbol.Parse(text).Ticker);

    [Theory]
    [InlineData("")]
    [InlineData("A B")]
    [InlineData("../etc")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_ticker_is_refused(string text) =>
        Assert.False(Symbol.TryParse(text, out _));
}
