namespace EtradeBot.Simulator.Protocol.Routes;

public sealed class QuoteRoutesTests
{
    readonly Desk _desk = Desk.LoggedIn();

    static string Many(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"ZQ{(char)('A' + i / 26)}{(char)('A' + i % 26)}").Prepend("AAPL"));

    [Theory]
    [InlineData(25, "", 25, 1)]
    [InlineData(26, "", 25, 2)]
    [InlineData(50, "?overrideSymbolCount=True", 50, 1)]
    [InlineData(60, "?overridesymbolcount=true", 50, 2)]
    public void Twenty_five_symbols_are_answered_or_fifty_when_asked_for(int asked, string query, int answered, int kinds)
    {
        var symbols = Many(asked - 1);
        var document = _desk.Get($"/v1/market/quote/{symbols}.json{query}").At("QuoteResponse");
        var messages = document.GetProperty("Messages").GetProperty("Message").EnumerateArray().Select(message => message.GetProperty("description").GetString()!).ToList();
        Assert.Equal(1, document.GetProperty("QuoteData").GetArrayLength());
        Assert.Equal(answered - 1, messages.Count(text => text.EndsWith("is not a known symbol", StringComparison.Ordinal)));
        Assert.Equal(kinds, messages.Select(text => text.Contains("is not a known", StringComparison.Ordinal)).Distinct().Count());
    }

    [Fact]
    public void A_symbol_asked_for_twice_or_in_small_letters_is_answered_once()
    {
        var quotes = _desk.Get("/v1/market/quote/aapl,AAPL%2cMsft.json").At("QuoteResponse", "QuoteData");
        Assert.Equal(["AAPL", "MSFT"], quotes.EnumerateArray().Select(quote => quote.GetProperty("Product").GetProperty("symbol").GetString()));
    }

    [Fact]
    public void Times_stand_there_as_new_york_words_and_as_seconds()
    {
        var quote = _desk.Get("/v1/market/quote/AAPL.json").At("QuoteResponse", "QuoteData", 0);
        Assert.Equal("10:00:00 EDT 03-10-2026", quote.GetProperty("dateTime").GetString());
        Assert.Equal(1_773_151_200, quote.GetProperty("dateTimeUTC").GetInt64());
        Assert.InRange(quote.GetProperty("All").GetProperty("timeOfLastTrade").GetInt64(), 1_773_149_400, 1_773_151_200);
    }

    [Theory]
    [InlineData("2026-03-10T07:00:00Z", "EH_BEFORE_OPEN")]
    [InlineData("2026-03-11T02:00:00Z", "EH_CLOSED")]
    [InlineData("2026-03-14T16:00:00Z", "EH_CLOSED")]
    public void At_night_and_at_weekends_the_extended_block_says_so(string start, string status)
    {
        var desk = Desk.LoggedIn(new SimulatorOptions { Start = DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture), LimitsRates = false });
        Assert.Equal(status, desk.Get("/v1/market/quote/AAPL.json").At("QuoteResponse", "QuoteData", 0, "All", "ExtendedHourQuoteDetail", "quoteStatus").GetString());
    }

    [Fact]
    public void A_missing_symbol_is_left_out_without_a_word()
    {
        _desk.Broker.AddFault(new Faults.Fault("missing-symbol") { Symbol = "MSFT" });
        var document = _desk.Get("/v1/market/quote/AAPL,MSFT.json").At("QuoteResponse");
        Assert.Equal(1, document.GetProperty("QuoteData").GetArrayLength());
        Assert.False(document.TryGetProperty("Messages", out _));
        Assert.Equal(2, _desk.Get("/v1/market/quote/AAPL,MSFT.json").At("QuoteResponse", "QuoteData").GetArrayLength());
    }

    [Fact]
    public void An_option_has_a_quote_of_its_own()
    {
        var chain = _desk.Get("/v1/market/optionchains.json?symbol=AAPL&noOfStrikes=6").At("OptionChainResponse");
        var call = chain.GetProperty("OptionPair")[2].GetProperty("Call");
        var name = call.GetProperty("quoteDetail").GetString()!.Split('/')[^1];
        var option = _desk.Get($"/v1/market/quote/{name}.json?detailFlag=OPTIONS").At("QuoteResponse", "QuoteData", 0);
        Assert.Equal("OPTN", option.GetProperty("Product").GetProperty("securityType").GetString());
        Assert.Equal(call.GetProperty("osiKey").GetString(), option.GetProperty("Option").GetProperty("osiKey").GetString());
        Assert.Equal(21, call.GetProperty("osiKey").GetString()!.Length);
        Assert.Equal(call.GetProperty("lastPrice").GetDouble(), option.GetProperty("Option").GetProperty("lastTrade").GetDouble());
    }

    [Fact]
    public void A_lookup_finds_names_and_says_when_it_finds_none()
    {
        Assert.Contains(_desk.Get("/v1/market/lookup/microsoft.json").At("LookupResponse", "Data").EnumerateArray(), entry => entry.GetProperty("symbol").GetString() == "MSFT");
        Assert.Equal(204, _desk.Get("/v1/market/lookup/nothing%20like%20this.json").Status);
    }

    [Fact]
    public void A_wrong_detail_flag_is_named()
    {
        var reply = _desk.Get("/v1/market/quote/AAPL.json?detailFlag=EVERYTHING");
        Assert.Equal(400, reply.Status);
        Assert.Contains("detailFlag must be one of ALL", reply.At("Error", "message").GetString(), StringComparison.Ordinal);
    }
}
