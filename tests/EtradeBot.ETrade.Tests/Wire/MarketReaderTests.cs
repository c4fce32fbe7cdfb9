using System.Text;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Wire;

public sealed class MarketReaderTests
{
    static readonly Symbol[] Two = Sample.Symbols("AAPL", "MSFT");

    static IReadOnlyList<QuoteFacts> Facts(byte[] body) => WireDocument.Read(body, "QuoteResponse", response => MarketReader.Facts(response, Two));

    [Fact]
    public void The_figures_beside_the_price_are_read()
    {
        var wanted = new QuoteFacts(Two[0])
        {
            Name = "APPLE INC COM",
            EarningsPerShare = 7.31m,
            EstimatedEarnings = 7.822m,
            PriceEarnings = 33.27m,
            Dividend = 0.26m,
            Yield = 0.43m,
            Beta = 1.19m,
            MarketCap = 3601568754000m,
            High52 = 268.4m,
            Low52 = 171.2m,
            AverageVolume = 48210334,
            NextEarnings = null,
            ExDividend = new DateOnly(2026, 2, 6),
        };
        var facts = Facts(Sample.Bytes("quote-all.json"));
        Assert.Equal(wanted, facts[0]);
        Assert.Equal((Two[1], 32.5m, 0.94m), (facts[1].Symbol, facts[1].PriceEarnings, facts[1].Beta));
    }

    [Fact]
    public void Figures_that_a_block_lacks_are_missing_not_zero()
    {
        var facts = Assert.Single(Facts(Sample.Bytes("quote-fundamental.json")));
        Assert.Equal((7.31m, 7.822m, 268.4m, 171.2m), (facts.EarningsPerShare, facts.EstimatedEarnings, facts.High52, facts.Low52));
        Assert.Equal((null, null, null, null), (facts.PriceEarnings, facts.Beta, facts.MarketCap, facts.AverageVolume));
    }

    [Fact]
    public void The_day_of_the_next_earnings_is_read_and_no_other_text_taken_for_one()
    {
        Assert.Equal(new DateOnly(2026, 4, 30), Facts(With("04/30/2026"))[0].NextEarnings);
        Assert.Throws<WireException>(() => Facts(With("30/04/2026")));

        static byte[] With(string day) => Sample.Changed("quote-all.json", root => root["QuoteResponse"]!["QuoteData"]![0]!["All"]!["nextEarningDate"] = day);
    }

    [Fact]
    public void Matches_of_a_lookup_are_read()
    {
        LookupMatch[] wanted = [new("AAPL", "APPLE INC COM", "EQUITY"), new("APLE", "APPLE HOSPITALITY REIT INC COM NEW", "EQUITY")];
        Assert.Equal(wanted, WireDocument.Read(Sample.Bytes("lookup.json"), "LookupResponse", MarketReader.Matches));
    }

    [Fact]
    public void Option_dates_are_read_and_impossible_ones_refused()
    {
        OptionExpiry[] wanted = [new(new DateOnly(2026, 3, 13), "WEEKLY"), new(new DateOnly(2026, 3, 20), "MONTHLY")];
        Assert.Equal(wanted, WireDocument.Read(Sample.Bytes("option-expire-dates.json"), "OptionExpireDateResponse", MarketReader.Expiries));
        var impossible = Encoding.UTF8.GetBytes("""{"OptionExpireDateResponse":{"ExpirationDate":{"year":2026,"month":2,"day":30}}}""");
        Assert.Throws<WireException>(() => WireDocument.Read(impossible, "OptionExpireDateResponse", MarketReader.Expiries));
    }

    [Fact]
    public void An_option_chain_is_read()
    {
        var chain = WireDocument.Read(Sample.Bytes("option-chain.json"), "OptionChainResponse", MarketReader.Chain);
        Assert.Equal((243.18m, Sample.Utc("2026-03-10T14:15:42Z")), (chain.NearPrice, chain.At));
        var call = new OptionQuote("AAPL--260320C00240000", "AAPL", 240m, 6.2m, 6.35m, 6.3m) { Volume = 1840, OpenInterest = 22110, Delta = 0.54m, ImpliedVolatility = 0.27m };
        var put = new OptionQuote("AAPL--260320P00240000", "AAPL", 240m, 2.71m, 2.8m, 2.75m) { Volume = 1840, OpenInterest = 22110, Delta = -0.46m, ImpliedVolatility = 0.27m };
        Assert.Equal([new OptionPair(call, put)], chain.Pairs);
    }

    [Fact]
    public void One_side_of_a_pair_may_be_missing()
    {
        var body = Sample.Changed("option-chain.json", root => root["OptionChainResponse"]!["OptionPair"]![0]!.AsObject().Remove("Put"));
        var pair = Assert.Single(WireDocument.Read(body, "OptionChainResponse", MarketReader.Chain).Pairs);
        Assert.NotNull(pair.Call);
        Assert.Null(pair.Put);
    }
}
