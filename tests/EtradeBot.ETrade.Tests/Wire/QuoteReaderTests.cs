using System.Text;
using System.Text.Json.Nodes;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Wire;

public sealed class QuoteReaderTests
{
    static QuoteBatch Read(ReadOnlyMemory<byte> body, params string[] tickers) =>
        new QuoteReader().Read(body, Sample.ReceivedAt, Sample.Symbols(tickers.Length > 0 ? tickers : ["AAPL", "MSFT"]));

    static Quote One(Action<JsonNode> changeEntry) =>
        Read(Sample.Changed("quote-all.json", root => changeEntry(root["QuoteResponse"]!["QuoteData"]![0]!))).Quotes[0]!;

    static Quote OneAll(Action<JsonNode> changeBlock) => One(entry => changeBlock(entry["All"]!));

    [Fact]
    public void A_full_quote_is_read_field_by_field()
    {
        var batch = Read(Sample.Bytes("quote-all.json"));
        Assert.Equal(
            new Quote
            {
                Symbol = Symbol.Parse("AAPL"),
                At = Sample.Utc("2026-03-10T14:15:42Z"),
                ReceivedAt = Sample.ReceivedAt,
                Status = QuoteStatus.RealTime,
                IsAfterHours = false,
                IsAdjusted = false,
                Last = 243.18,
                LastTradeAt = Sample.Utc("2026-03-10T14:15:42Z"),
                Bid = 243.17,
                Ask = 243.19,
                BidSize = 300,
                AskSize = 200,
                DayOpen = 242.1,
                DayHigh = 244.02,
                DayLow = 241.87,
                DayVolume = 11834205,
                PreviousClose = 241.55,
                PreviousDayVolume = 42177310,
                Name = "APPLE INC COM",
                Exchange = "NSDQ",
            },
            batch.Quotes[0]);
        var second = batch.Quotes[1]!;
        Assert.Equal((455.62, 455.6, 455.66, 457.2, 458.11, 454.3), (second.Last, second.Bid, second.Ask, second.DayOpen, second.DayHigh, second.DayLow));
        Assert.Equal((4412090L, 18822411L, 457.9, "MICROSOFT CORP COM"), (second.DayVolume, second.PreviousDayVolume, second.PreviousClose, second.Name));
    }

    [Fact]
    public void After_hours_the_extended_price_stands_beside_the_regular_one()
    {
        var quote = Read(Sample.Bytes("quote-all-afterhours.json")).Quotes[0]!;
        Assert.Equal((QuoteStatus.Closing, true), (quote.Status, quote.IsAfterHours));
        Assert.Equal((243.85, Sample.Utc("2026-03-10T20:00:00Z")), (quote.Last, quote.LastTradeAt));
        Assert.Equal((244.4, Sample.Utc("2026-03-10T21:41:09Z")), (quote.ExtendedLast, quote.ExtendedLastTradeAt));
        Assert.Equal((242.1, 245.3, 241.4, 39120447L), (quote.DayOpen, quote.DayHigh, quote.DayLow, quote.DayVolume));
        Assert.Equal(Sample.Utc("2026-03-10T21:41:09Z"), quote.At);
    }

    [Fact]
    public void Before_the_open_zeros_are_no_prices()
    {
        var quote = Read(Sample.Bytes("quote-all-premarket.json")).Quotes[0]!;
        Assert.Null(quote.DayOpen);
        Assert.Null(quote.DayHigh);
        Assert.Null(quote.DayLow);
        Assert.Equal((243.85, 244.9, 318840L, 243.85), (quote.Last, quote.ExtendedLast, quote.DayVolume, quote.PreviousClose));
        Assert.Equal(Sample.Utc("2026-03-11T12:02:30Z"), quote.At);
    }

    [Theory]
    [InlineData("quote-intraday.json")]
    [InlineData("quote-intraday.xml")]
    public void An_intraday_quote_has_no_open_and_no_time_of_trade_in_JSON_and_in_XML(string file)
    {
        var batch = Read(Sample.Bytes(file));
        var (first, second) = (batch.Quotes[0]!, batch.Quotes[1]!);
        Assert.Equal((243.18, 243.17, 243.19, 244.02, 241.87, 11834205L), (first.Last, first.Bid, first.Ask, first.DayHigh, first.DayLow, first.DayVolume));
        Assert.Equal((null, null, null, null), (first.DayOpen, first.LastTradeAt, first.BidSize, first.PreviousClose));
        Assert.Equal((QuoteStatus.RealTime, false, "APPLE INC COM"), (first.Status, first.IsAfterHours, first.Name));
        Assert.Equal((455.62, 4412090L, "MICROSOFT CORP COM"), (second.Last, second.DayVolume, second.Name));
    }

    [Fact]
    public void A_delayed_quote_says_so() => Assert.Equal(QuoteStatus.Delayed, Read(Sample.Bytes("quote-delayed.json")).Quotes[0]!.Status);

    [Fact]
    public void The_other_blocks_are_read_for_what_they_have()
    {
        var fundamental = Read(Sample.Bytes("quote-fundamental.json")).Quotes[0]!;
        Assert.Equal((243.18, null, "APPLE INC COM"), (fundamental.Last, fundamental.DayVolume, fundamental.Name));
        var year = Read(Sample.Bytes("quote-week52.json")).Quotes[0]!;
        Assert.Equal((243.18, 11834205L, 241.55), (year.Last, year.DayVolume, year.PreviousClose));
        var option = Read(Sample.Bytes("quote-options.json")).Quotes[0]!;
        Assert.Equal((243.18, 243.17, 300, 243.19, 200), (option.Last, option.Bid, option.BidSize, option.Ask, option.AskSize));
    }

    [Fact]
    public void A_fund_is_quoted_at_its_net_asset_value()
    {
        var body = """{"QuoteResponse":{"QuoteData":[{"dateTimeUTC":1773152142,"quoteStatus":"CLOSING","ahFlag":"true","MutualFund":{"symbolDescription":"A FUND","netAssetValue":31.07,"previousClose":30.9},"Product":{"symbol":"VFINX","securityType":"MF"}}]}}"""u8;
        var quote = Read(body.ToArray(), "VFINX").Quotes[0]!;
        Assert.Equal((31.07, 30.9, "A FUND"), (quote.Last, quote.PreviousClose, quote.Name));
    }

    [Fact]
    public void Symbols_without_a_quote_get_the_brokers_reason()
    {
        var some = Read(Sample.Bytes("quote-some-invalid.json"), "ZZQQX", "AAPL");
        Assert.Null(some.Quotes[0]);
        Assert.Equal(243.18, some.Quotes[1]!.Last);
        Assert.Equal("ZZQQX is not a known symbol", some.WhyMissing(0));
        Assert.Equal("Invalid Symbol", Read(Sample.Bytes("quote-all-invalid.json"), "ZZQQX").WhyMissing(0));
    }

    [Fact]
    public void A_message_names_a_symbol_only_as_a_whole_word()
    {
        var body = Encoding.UTF8.GetBytes("""{"QuoteResponse":{"Messages":{"Message":[{"description":"BRK.B and XA are not known","code":7,"type":"WARNING"}]}}}""");
        var batch = Read(body, "BRK", "A", "XA", "BRK.B");
        Assert.Equal("E*TRADE sent no quote of it and no reason", batch.WhyMissing(0));
        Assert.Equal("E*TRADE sent no quote of it and no reason", batch.WhyMissing(1));
        Assert.Equal("BRK.B and XA are not known", batch.WhyMissing(2));
        Assert.Equal("BRK.B and XA are not known", batch.WhyMissing(3));
    }

    [Fact]
    public void An_entry_with_an_error_message_is_no_quote()
    {
        var batch = Read(Sample.Changed("quote-all.json", root => root["QuoteResponse"]!["QuoteData"]![1]!["errorMessage"] = "halted"));
        Assert.NotNull(batch.Quotes[0]);
        Assert.Null(batch.Quotes[1]);
        Assert.Equal("halted", batch.WhyMissing(1));
    }

    [Fact]
    public void A_quote_of_another_symbol_is_never_taken_for_the_one_asked_for()
    {
        var batch = Read(Sample.Bytes("quote-all.json"), "IBM");
        Assert.Null(batch.Quotes[0]);
        Assert.Equal("E*TRADE sent a quote of AAPL instead", batch.WhyMissing(0));
    }

    [Fact]
    public void Quotes_are_matched_by_symbol_not_by_place()
    {
        var batch = Read(Sample.Bytes("quote-all.json"), "MSFT", "IBM", "AAPL");
        Assert.Equal((455.62, null, 243.18), (batch.Quotes[0]!.Last, batch.Quotes[1]?.Last, batch.Quotes[2]!.Last));
    }

    [Fact]
    public void Of_two_quotes_of_one_symbol_the_younger_counts()
    {
        var body = Sample.Changed("quote-all.json", root =>
        {
            var entries = root["QuoteResponse"]!["QuoteData"]!.AsArray();
            var old = entries[0]!.DeepClone();
            (old["dateTimeUTC"], old["All"]!["lastTrade"]) = (1773152100, 1.5);
            entries.Add(old);
        });
        Assert.Equal(243.18, Read(body).Quotes[0]!.Last);
    }

    [Fact]
    public void A_bare_entry_is_a_list_of_one_and_an_answer_without_entries_has_none()
    {
        var bare = Sample.Changed("quote-delayed.json", root => root["QuoteResponse"]!["QuoteData"] = root["QuoteResponse"]!["QuoteData"]![0]!.DeepClone());
        Assert.Equal(243.18, Read(bare).Quotes[0]!.Last);
        foreach (var empty in (string[])["{}", """{"QuoteData":null}""", """{"QuoteData":[]}""", """{"QuoteData":""}"""])
            Assert.Null(Read(Encoding.UTF8.GetBytes($$"""{"QuoteResponse":{{empty}}}""")).Quotes[0]);
    }

    [Fact]
    public void Capitals_unknown_fields_byte_order_marks_and_numbers_as_text_do_not_matter()
    {
        var body = Encoding.UTF8.GetBytes("""
            {"note":[1,{"a":2}],"quoteresponse":{"version":1,"quotedata":[{"DATETIMEUTC":"1773152142","quotestatus":"realtime","AHFLAG":false,
             "all":{"ASK":"243.19","bid":" 243.17 ","lasttrade":"2.4318e2","totalvolume":"11834205.0","bidsize":3E2,"adjustedflag":"TRUE","news":{"x":[1,2,{}]}},
             "product":{"SYMBOL":"aapl","productId":{"symbol":"AAPL"}}}]}}
            """);
        var quote = Read((byte[])[0xEF, 0xBB, 0xBF, .. body]).Quotes[0]!;
        Assert.Equal((243.19, 243.17, 243.18, 11834205L, 300, true), (quote.Ask, quote.Bid, quote.Last, quote.DayVolume, quote.BidSize, quote.IsAdjusted));
        Assert.Equal((QuoteStatus.RealTime, false, Symbol.Parse("AAPL")), (quote.Status, quote.IsAfterHours, quote.Symbol));
    }

    [Theory]
    [InlineData(1773152142L)]
    [InlineData(1773152142000L)]
    public void Seconds_and_milliseconds_are_told_apart_by_their_size(long epoch) =>
        Assert.Equal(Sample.Utc("2026-03-10T14:15:42Z"), One(entry => entry["dateTimeUTC"] = epoch).At);

    [Theory]
    [InlineData("10:15:42 EDT 03-10-2026", "2026-03-10T14:15:42Z")]
    [InlineData("10:15:42 EST 01-12-2026", "2026-01-12T15:15:42Z")]
    public void Without_a_UTC_time_the_New_York_time_is_read(string text, string at) =>
        Assert.Equal(Sample.Utc(at), One(entry => (entry["dateTimeUTC"], entry["dateTime"]) = (0, text)).At);

    [Theory]
    [InlineData("EH_REALTIME", QuoteStatus.ExtendedRealTime, true)]
    [InlineData("EH_BEFORE_OPEN", QuoteStatus.ExtendedBeforeOpen, true)]
    [InlineData("EH_CLOSED", QuoteStatus.ExtendedClosed, true)]
    [InlineData("CLOSING", QuoteStatus.Closing, true)]
    [InlineData("INDICATIVE_REALTIME", QuoteStatus.Indicative, false)]
    [InlineData("SOMETHING_NEW", QuoteStatus.Unknown, false)]
    public void The_broker_words_its_status_and_without_a_flag_the_status_tells_the_session(string word, QuoteStatus status, bool isAfterHours)
    {
        var quote = One(entry =>
        {
            entry["quoteStatus"] = word;
            entry.AsObject().Remove("ahFlag");
        });
        Assert.Equal((status, isAfterHours), (quote.Status, quote.IsAfterHours));
    }

    [Theory]
    [InlineData("lastTrade")]
    [InlineData("bid")]
    [InlineData("ask")]
    [InlineData("open")]
    [InlineData("high")]
    [InlineData("low")]
    [InlineData("previousClose")]
    public void A_price_of_zero_is_a_missing_price_and_anything_odd_an_error(string field)
    {
        foreach (var none in new JsonNode?[] { 0, 0.0, "0", "0.0", "-0", "", null })
            Assert.DoesNotContain(0.0, Prices(OneAll(block => block[field] = none?.DeepClone())));
        foreach (var odd in new JsonNode[] { -1.5, 1e300, 1e9, "NaN", "Infinity", "-Infinity", "243,18", "n/a", true, "1.2.3", new JsonArray(243.18), new JsonObject() })
            Assert.Contains(field, Assert.Throws<WireException>(() => OneAll(block => block[field] = odd.DeepClone())).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("totalVolume", -1)]
    [InlineData("totalVolume", 1.5)]
    [InlineData("totalVolume", 1e30)]
    [InlineData("bidSize", -100)]
    [InlineData("askSize", 3e9)]
    [InlineData("timeOfLastTrade", 9e13)]
    [InlineData("timeOfLastTrade", 2e10)]
    public void A_count_or_a_time_that_cannot_be_is_an_error(string field, double value) =>
        Assert.Throws<WireException>(() => OneAll(block => block[field] = value));

    [Fact]
    public void A_quote_without_symbol_or_without_time_is_an_error()
    {
        Assert.Contains("which symbol", Assert.Throws<WireException>(() => One(entry => entry.AsObject().Remove("Product"))).Message, StringComparison.Ordinal);
        Assert.Contains("of when", Assert.Throws<WireException>(() => One(entry => (entry["dateTimeUTC"], entry["dateTime"]) = (0, "yesterday"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"lastTrade\": 243.18,", "\"lastTrade\": 243.18, \"lastTrade\": 243.19,")]
    [InlineData("\"lastTrade\": 243.18,", "\"lastTrade\": 243.18, \"LASTTRADE\": 243.18,")]
    [InlineData("\"ahFlag\": \"false\",", "\"ahFlag\": \"false\", \"ahFlag\": \"true\",")]
    [InlineData("\"symbol\": \"AAPL\",", "\"symbol\": \"AAPL\", \"symbol\": \"MSFT\",")]
    [InlineData("\"All\": {", "\"Intraday\": {\"bid\": 1}, \"All\": {")]
    public void What_stands_there_twice_has_two_meanings(string once, string twice)
    {
        var text = Sample.Text("quote-all.json");
        var at = text.IndexOf(once, StringComparison.Ordinal);
        var body = text[..at] + twice + text[(at + once.Length)..];
        Assert.Throws<WireException>(() => Read(Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void Every_cut_of_the_answer_is_noticed()
    {
        var body = Sample.Bytes("quote-intraday.json").AsMemory();
        body = body[..(body.Span.LastIndexOf((byte)'}') + 1)];
        for (var length = 0; length < body.Length; length++) Assert.Throws<WireException>(() => Read(body[..length]));
        Assert.Throws<WireException>(() => Read(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span) + "}")));
    }

    [Fact]
    public void Polling_the_same_symbols_allocates_little_more_than_the_quotes()
    {
        var reader = new QuoteReader();
        var (body, asked) = (Sample.Bytes("quote-all.json"), Sample.Symbols("AAPL", "MSFT"));
        for (var warm = 0; warm < 50; warm++) reader.Read(body, Sample.ReceivedAt, asked);
        var before = GC.GetAllocatedBytesForCurrentThread();
        const int Answers = 500;
        for (var answer = 0; answer < Answers; answer++) reader.Read(body, Sample.ReceivedAt, asked);
        var perQuote = (GC.GetAllocatedBytesForCurrentThread() - before) / (2 * Answers);
        Assert.InRange(perQuote, 1, 800);
    }

    static double?[] Prices(Quote quote) =>
        [quote.Last, quote.Bid, quote.Ask, quote.DayOpen, quote.DayHigh, quote.DayLow, quote.PreviousClose, quote.ExtendedLast];
}
