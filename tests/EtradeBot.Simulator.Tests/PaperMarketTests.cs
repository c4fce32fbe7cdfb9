using EtradeBot.Market;
using EtradeBot.Simulator.Market;

namespace EtradeBot.Simulator;

public class PaperMarketTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 10, 16, 0, 0, TimeSpan.Zero);
    static readonly Symbol Aapl = Symbol.Parse("AAPL");

    readonly PaperMarket _paper = new();

    IMarket Market => _paper;

    [Fact]
    public void What_was_there_before_the_first_quote_is_no_trade()
    {
        See(0, 100, 1_000);
        Assert.True(Market.Lists(Aapl));
        Assert.False(Market.Lists(Symbol.Parse("MSFT")));
        Assert.Empty(Prints());
    }

    [Fact]
    public void A_trade_counts_from_the_moment_its_quote_came_with_the_volume_since()
    {
        See(0, 100, 1_000);
        See(5, 100.20, 1_300, quotedAt: 2);
        var print = Assert.Single(Prints());
        Assert.Equal((Noon.AddSeconds(5), 100.20, 300L), (print.At, print.Price, print.Volume));
        Assert.Empty(Market.Prints(Aapl, Noon.AddSeconds(5), Noon.AddMinutes(1)));
    }

    [Fact]
    public void Bid_and_ask_alone_are_no_trade()
    {
        See(0, 100, 1_000);
        _paper.See([Quote(1, 100, 1_000) with { Bid = 99, Ask = 99.5 }], Noon.AddSeconds(1));
        Assert.Empty(Prints());
        Assert.Equal(99.5, Market.QuoteAt(Aapl, Noon).Ask);
    }

    [Theory]
    [InlineData(100.00, 99.98, 100.02, 0.02)]
    [InlineData(100.00, 100.05, 100.10, 0.10)] // the last trade is older than the quote: a buyer pays the ask
    [InlineData(100.00, 99.80, 99.90, 0.20)]
    public void A_buyer_pays_the_ask_at_least_and_a_seller_gets_the_bid_at_most(double last, double bid, double ask, double halfSpread)
    {
        See(0, 90, 1_000);
        _paper.See([Quote(1, last, 1_100) with { Bid = bid, Ask = ask }], Noon.AddSeconds(1));
        Assert.Equal(halfSpread, Assert.Single(Prints()).HalfSpread, 9);
    }

    [Fact]
    public void A_quote_that_was_overtaken_changes_nothing()
    {
        See(10, 100, 2_000);
        See(11, 50, 1_000, quotedAt: 3);
        Assert.Empty(Prints());
        Assert.Equal(100, Market.QuoteAt(Aapl, Noon).Last);
    }

    List<Print> Prints() => [.. Market.Prints(Aapl, Noon.AddHours(-1), Noon.AddHours(1))];

    void See(int second, double last, long volume, int? quotedAt = null) => _paper.See([Quote(quotedAt ?? second, last, volume)], Noon.AddSeconds(second));

    static Quote Quote(int second, double last, long volume) => new()
    {
        Symbol = Aapl,
        At = Noon.AddSeconds(second),
        ReceivedAt = Noon.AddSeconds(second),
        Status = QuoteStatus.RealTime,
        Last = last,
        Bid = last - 0.01,
        Ask = last + 0.01,
        DayVolume = volume,
    };
}
