using EtradeBot.Market;

namespace EtradeBot.App.Dashboard.Watch;

public class SymbolListReaderTests
{
    [Theory]
    [InlineData("AAPL\nMSFT\nSPY")]
    [InlineData("AAPL, MSFT; SPY")]
    [InlineData("aapl msft\tspy\r\n")]
    [InlineData("\uFEFFSymbol\nAAPL\n\n\"MSFT\"\n  SPY  ")]
    [InlineData("AAPL,,MSFT\nSPY")]
    public void Lists_as_people_keep_them_give_the_same_symbols(string text) =>
        Assert.Equal(["AAPL", "MSFT", "SPY"], Read(text, SymbolListLayout.Words).Symbols.Select(symbol => symbol.Ticker));

    [Theory]
    [InlineData("Symbol,Name,Price\nAAPL,Apple Inc.,170.2\nMSFT,Microsoft,410")]
    [InlineData("AAPL;Apple\nMSFT;Microsoft")]
    [InlineData("AAPL\tApple\nMSFT\tMicrosoft")]
    public void A_table_gives_its_first_column(string text)
    {
        Assert.Equal(SymbolListLayout.FirstColumn, SymbolListReader.Guess(text));
        Assert.Equal(["AAPL", "MSFT"], Read(text, SymbolListLayout.FirstColumn).Symbols.Select(symbol => symbol.Ticker));
    }

    [Theory]
    [InlineData("AAPL,MSFT,SPY")]
    [InlineData("AAPL\nMSFT")]
    [InlineData("AAPL,MSFT\nSPY")]
    [InlineData("")]
    public void Other_lists_are_read_word_by_word(string text) => Assert.Equal(SymbolListLayout.Words, SymbolListReader.Guess(text));

    [Fact]
    public void What_is_no_symbol_is_refused_with_its_line_and_text()
    {
        var reading = Read("AAPL\nMSFT ä!\n" + new string('X', 60), SymbolListLayout.Words);
        Assert.Equal(["line 2: 'ä!' is no symbol", $"line 3: '{new string('X', 40)}…' is no symbol"], reading.Refused);
        Assert.Equal(2, reading.Symbols.Count);
    }

    [Fact]
    public void An_empty_first_cell_of_a_table_is_told() =>
        Assert.Equal(["line 2: '' is no symbol"], Read("AAPL,Apple\n,Microsoft", SymbolListLayout.FirstColumn).Refused);

    [Fact]
    public void A_symbol_that_comes_again_is_told_once()
    {
        var reading = Read("AAPL\nMSFT\naapl\nAAPL", SymbolListLayout.Words);
        Assert.Equal([Symbol.Parse("AAPL"), Symbol.Parse("MSFT")], reading.Symbols);
        Assert.Equal([Symbol.Parse("AAPL")], reading.Repeated);
    }

    static SymbolListReading Read(string text, SymbolListLayout layout) => SymbolListReader.Read(text, layout);
}
