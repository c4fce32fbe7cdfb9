using EtradeBot.Market;
using EtradeBot.Simulator.Market;

namespace EtradeBot.Simulator;

public sealed class SimulatedHistoryTests
{
    [Theory]
    [InlineData("AAPL"), InlineData("VOLTAR")]
    public void The_past_is_made_of_the_minutes_that_quotes_are_made_of(string ticker)
    {
        var day = new DateOnly(2026, 3, 10);
        var symbol = Symbol.Parse(ticker);
        var traded = new DemoSource(new() { Seed = 7 }).Minutes(symbol, day);
        var past = new SimulatedHistory(7).Generate(symbol, Timeframe.M1, day, day);
        Assert.Equal(CandleSeries.FromColumns(symbol, Timeframe.M1, past.Origin, traded).ContentHash(), past.ContentHash());
    }

    [Fact]
    public void A_demo_company_has_the_candles_of_the_demo_market()
    {
        var symbol = DemoMarket.Symbols[0].Symbol;
        var (from, to) = (new DateOnly(2020, 1, 1), new DateOnly(2020, 3, 31));
        foreach (var timeframe in Timeframe.All)
            Assert.Equal(new DemoMarket(7).Generate(symbol, timeframe, from, to).ContentHash(), new SimulatedHistory(7).Generate(symbol, timeframe, from, to).ContentHash());
    }

    [Fact]
    public void A_ticker_that_is_not_listed_has_no_past() =>
        Assert.Contains("NOPE9", Assert.Throws<CandleDataException>(() => new SimulatedHistory(7).Generate(Symbol.Parse("NOPE9"), Timeframe.D1, new(2020, 1, 1), new(2020, 1, 2))).Message);
}
