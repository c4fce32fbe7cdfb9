using System.Text.Json.Nodes;
using EtradeBot.Brokers;
using EtradeBot.ETrade.Http;
using EtradeBot.ETrade.Wire;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Api;

public sealed class MarketCallsTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Quotes whatever is asked for, the last symbol first.</summary>
    static ETradeReply QuoteAll(ETradeCall call)
    {
        var entries = new JsonArray();
        foreach (var ticker in call.Path["/market/quote/".Length..^".json".Length].Split(',').Reverse())
            entries.Add(JsonNode.Parse($$$"""{"dateTimeUTC":1773152142,"quoteStatus":"REALTIME","ahFlag":"false","All":{"lastTrade":{{{ticker.Length}}}.5},"Product":{"symbol":"{{{ticker}}}"}}"""));
        return CannedBroker.Reply(new JsonObject { ["QuoteResponse"] = new JsonObject { ["QuoteData"] = entries } }.ToJsonString());
    }

    static Symbol[] Many(int count) => [.. Enumerable.Range(0, count).Select(number => Symbol.Parse($"S{number}"))];

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(25, new[] { 25 })]
    [InlineData(26, new[] { 26 })]
    [InlineData(60, new[] { 50, 10 })]
    [InlineData(130, new[] { 50, 50, 30 })]
    public async Task Any_number_of_symbols_travels_in_batches_of_fifty_and_comes_back_in_the_order_asked(int count, int[] sizes)
    {
        var broker = new CannedBroker((call, _) => QuoteAll(call));
        var symbols = Many(count);
        var answer = await new AllCalls(broker).Market.QuotesAsync(symbols, QuoteDetail.All, Stop);
        Assert.Equal(symbols, answer.Quotes.Select(quote => quote.Symbol));
        Assert.Empty(answer.Unknown);
        Assert.Equal(sizes, broker.Calls.Select(call => call.Path.Split(',').Length));
        Assert.All(broker.Calls, call => Assert.Equal(call.Path.Split(',').Length > 25, CannedBroker.Query(call).Contains("overrideSymbolCount=true", StringComparison.Ordinal)));
        Assert.All(broker.Calls, call => Assert.Equal((HttpMethod.Get, ETradeModule.Market, CallPriority.Polling), (call.Method, call.Module, call.Priority)));
    }

    [Fact]
    public async Task Symbols_that_cannot_travel_are_named_and_do_not_spoil_the_others()
    {
        var broker = new CannedBroker((call, _) => QuoteAll(call));
        var answer = await new AllCalls(broker).Market.QuotesAsync(Sample.Symbols("AAPL", "BRK/B", "^GSPC", "BRK.B", "aapl", "EUR=X"), QuoteDetail.All, Stop);
        Assert.Equal(Sample.Symbols("AAPL", "BRK.B"), answer.Quotes.Select(quote => quote.Symbol));
        Assert.Equal("/market/quote/AAPL,BRK.B.json", Assert.Single(broker.Calls).Path);
        Assert.Equal(["BRK/B", "^GSPC", "EUR=X"], answer.Unknown.Select(one => one.Symbol));
        Assert.Equal("E*TRADE writes share classes with a dot: ask for BRK.B instead of BRK/B", answer.Unknown[0].Message);
        Assert.Contains("^GSPC", answer.Unknown[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_symbol_to_ask_for_nothing_is_sent()
    {
        var broker = CannedBroker.Always("{}");
        Assert.Empty((await new AllCalls(broker).Market.QuotesAsync([], QuoteDetail.All, Stop)).Quotes);
        Assert.Single((await new AllCalls(broker).Market.QuotesAsync(Sample.Symbols("BRK/B"), QuoteDetail.All, Stop)).Unknown);
        Assert.Empty(await new AllCalls(broker).Market.FactsAsync(Sample.Symbols("BRK/B"), QuoteDetail.All, Stop));
        Assert.Empty(broker.Calls);
    }

    [Fact]
    public async Task One_failed_batch_fails_the_whole_with_its_own_reason()
    {
        var broker = new CannedBroker((call, turn) => turn == 1 ? throw new BrokerException(BrokerFault.RateLimited, RequestFate.Refused, "slow down") : QuoteAll(call));
        var error = await Assert.ThrowsAsync<BrokerException>(() => new AllCalls(broker).Market.QuotesAsync(Many(200), QuoteDetail.All, Stop));
        Assert.Equal(BrokerFault.RateLimited, error.Fault);
    }

    [Theory]
    [InlineData(QuoteDetail.All, "detailFlag=ALL&skipMiniOptionsCheck=true&requireEarningsDate=true")]
    [InlineData(QuoteDetail.Week52, "detailFlag=WEEK_52&skipMiniOptionsCheck=true&requireEarningsDate=true")]
    public async Task Figures_ask_for_the_day_of_the_earnings_too(QuoteDetail detail, string query)
    {
        var broker = CannedBroker.Always(Sample.Bytes("quote-all.json"));
        var facts = await new AllCalls(broker).Market.FactsAsync(Sample.Symbols("MSFT", "NOPE", "AAPL"), detail, Stop);
        Assert.Equal(Sample.Symbols("MSFT", "AAPL"), facts.Select(one => one.Symbol));
        var call = Assert.Single(broker.Calls);
        Assert.Equal(("/market/quote/MSFT,NOPE,AAPL.json", query, CallPriority.Normal), (call.Path, CannedBroker.Query(call), call.Priority));
    }

    [Theory]
    [InlineData("apple", "/market/lookup/apple.json")]
    [InlineData(" at&t 50% ", "/market/lookup/at%26t%2050%25.json")]
    [InlineData("q?a#b", "/market/lookup/q%3Fa%23b.json")]
    [InlineData("Nestlé", "/market/lookup/Nestl%C3%A9.json")]
    public async Task Text_to_look_up_is_escaped(string text, string path)
    {
        var broker = CannedBroker.Always(Sample.Bytes("lookup.json"));
        Assert.Equal(2, (await new AllCalls(broker).Market.LookupAsync(text, Stop)).Count);
        Assert.Equal(path, Assert.Single(broker.Calls).Path);
    }

    [Theory]
    [InlineData("BRK/B")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    public async Task Text_that_would_change_the_path_is_not_sent(string text)
    {
        var broker = CannedBroker.Always("{}");
        var error = await Assert.ThrowsAsync<BrokerException>(() => new AllCalls(broker).Market.LookupAsync(text, Stop));
        Assert.Equal((BrokerFault.Refused, RequestFate.NotSent), (error.Fault, error.Fate));
        Assert.Empty(broker.Calls);
    }

    [Fact]
    public async Task An_option_chain_is_asked_for_with_what_is_known_of_it()
    {
        var broker = CannedBroker.Always(Sample.Bytes("option-chain.json"));
        var calls = new AllCalls(broker);
        await calls.Market.ChainAsync(new OptionChainQuery(Symbol.Parse("AAPL")), Stop);
        await calls.Market.ChainAsync(new OptionChainQuery(Symbol.Parse("AAPL")) { Expiry = new DateOnly(2026, 3, 20), StrikeNear = 242.5m, Strikes = 6, IncludeWeekly = true }, Stop);
        Assert.Equal(
            ["symbol=AAPL&includeWeekly=false", "symbol=AAPL&expiryYear=2026&expiryMonth=3&expiryDay=20&strikePriceNear=242.5&noOfStrikes=6&includeWeekly=true"],
            broker.Calls.Select(CannedBroker.Query));
        Assert.All(broker.Calls, call => Assert.Equal("/market/optionchains.json", call.Path));
    }
}
