using System.CommandLine;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

public class CandleOptionsTests
{
    static ParseResult Parse(string line)
    {
        var command = new Command("any");
        CandleOptions.AddTo(command);
        return command.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Nothing_said_asks_for_whatever_there_is() =>
        Assert.Equal(new CandleRequest(), CandleOptions.Request(Parse("")));

    [Fact]
    public void Every_option_reaches_the_request() => Assert.Equal(
        new CandleRequest
        {
            Symbol = Market.Symbol.Parse("AAPL"),
            CsvFile = "a.csv",
            StateDirectory = "state",
            Timeframe = Timeframe.H1,
            SplitFile = "s.csv",
            Csv = new() { BadRows = BadRows.Skip, Columns = "time=1", Format = "lean", DateOrder = "dmy", TimesAreUtc = true, TimesAreEnds = true },
        },
        CandleOptions.Request(Parse("--symbol aapl --csv a.csv --data state --timeframe 1H --splits s.csv --bad-rows skip --columns time=1 --format lean --date-order dmy --zone utc --labels end")));

    [Fact]
    public void Several_symbols_are_several_requests() =>
        Assert.Equal(["A", "B"], CandleOptions.Requests(Parse("--symbol a,B --data-dir d")).Select(request => request.Symbol.ToString()));

    [Theory]
    [InlineData("--csv a.csv --data-dir d", "--csv names one file and --data-dir a folder of them: give one of the two")]
    [InlineData("--csv a.csv --symbol A,B", "--csv holds one symbol: give one --symbol, or use --data-dir for several")]
    [InlineData("--data-dir d --symbol A,B --splits s", "--splits holds the splits of one symbol: give one --symbol, or import each symbol with its own file")]
    [InlineData("--symbol A --columns time=1", "--columns says how to read a candle file: add --csv FILE or --data-dir DIR")]
    [InlineData("--symbol A,", "--symbol '' is not a ticker: use 1 to 24 letters, digits or . - / ^ = _")]
    public void What_contradicts_itself_is_refused(string line, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => CandleOptions.Requests(Parse(line))).Message);

    [Fact]
    public void A_command_for_one_symbol_refuses_two() =>
        Assert.Throws<UsageException>(() => CandleOptions.Request(Parse("--symbol A,B")));
}
