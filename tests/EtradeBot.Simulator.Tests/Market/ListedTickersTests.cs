using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

public class ListedTickersTests
{
    [Theory]
    [InlineData("AAPL", "NSDQ", "Apple Inc")]
    [InlineData("brk.b", "NYSE", "Berkshire Hathaway Inc Class B")]
    [InlineData("SPY", "ARCA", "SPDR S&P 500 ETF Trust")]
    public void A_ticker_has_its_exchange_and_name(string ticker, string exchange, string name) =>
        Assert.Equal(new ListedTicker(Symbol.Parse(ticker), exchange, name), ListedTickers.Table.Find(Symbol.Parse(ticker)));

    [Fact]
    public void Every_line_of_the_table_is_plausible()
    {
        Assert.True(ListedTickers.Table.Symbols.Count >= 500);
        Assert.All(ListedTickers.Table.Symbols, symbol =>
        {
            var listed = ListedTickers.Table.Find(symbol)!;
            Assert.Matches(@"^[A-Z]{1,5}(\.[AB])?$", symbol.Ticker);
            Assert.Contains(listed.Exchange, (string[])["NYSE", "NSDQ", "ARCA", "BATS"]);
            Assert.Equal(listed.Name.Trim(), listed.Name);
            Assert.InRange(listed.Name.Length, 2, 60);
        });
    }

    [Fact]
    public void What_is_not_listed_is_not_found() => Assert.Null(ListedTickers.Table.Find(Symbol.Parse("ZZQQX")));
}
