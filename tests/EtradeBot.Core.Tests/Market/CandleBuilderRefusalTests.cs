namespace EtradeBot.Market;

/// <summary>Quotes that must not feed a candle.</summary>
public class CandleBuilderRefusalTests
{
    static readonly DateTimeOffset Open = ScriptedTrades.Clock("09:30");

    static Quote Good(int second, double price = 100) => new()
    {
        Symbol = ScriptedTrades.Symbol,
        At = Open.AddSeconds(second),
        ReceivedAt = Open.AddSeconds(second),
        Status = QuoteStatus.RealTime,
        Last = price,
        LastTradeAt = Open.AddSeconds(second),
        Bid = price - 0.01,
        Ask = price + 0.01,
        DayVolume = 1000 + 10 * second,
    };

    static LiveCandle Minute(IEnumerable<Quote> quotes, CandleBuilderOptions? options = null)
    {
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1, options);
        return quotes.SelectMany(quote => builder.OnQuote(quote)).First();
    }

    /// <summary>A minute of good quotes with the one at second 30 replaced.</summary>
    static IEnumerable<Quote> With(Func<Quote, Quote> bad) => Enumerable.Range(-5, 67).Select(second => second == 30 ? bad(Good(second)) : Good(second));

    public static TheoryData<QuoteRefusal, Func<Quote, Quote>> Bad => new()
    {
        { QuoteRefusal.NoPrice, quote => quote with { Last = null } },
        { QuoteRefusal.NoPrice, quote => quote with { Last = -1 } },
        { QuoteRefusal.NoPrice, quote => quote with { Last = 0 } },
        { QuoteRefusal.NoPrice, quote => quote with { Last = double.NaN } },
        { QuoteRefusal.Crossed, quote => quote with { Last = 101, Bid = 101.02 } },
        { QuoteRefusal.Indicative, quote => quote with { Last = 101, Status = QuoteStatus.Indicative } },
        { QuoteRefusal.Delayed, quote => quote with { Last = 101, Status = QuoteStatus.Delayed } },
        { QuoteRefusal.AfterHours, quote => quote with { Last = 101, IsAfterHours = true } },
        { QuoteRefusal.AfterHours, quote => quote with { Last = 101, Status = QuoteStatus.ExtendedRealTime } },
        { QuoteRefusal.OutOfOrder, quote => quote with { Last = 101, At = quote.At.AddSeconds(-5) } },
        { QuoteRefusal.OutOfOrder, quote => quote with { Last = 101, LastTradeAt = quote.At.AddSeconds(-5) } },
        { QuoteRefusal.Spike, quote => quote with { Last = 125 } },
        { QuoteRefusal.Spike, quote => quote with { Last = 0.01 } },
        { QuoteRefusal.Adjusted, quote => quote with { Last = 101, IsAdjusted = true } },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void A_bad_quote_is_refused_counted_and_changes_nothing(QuoteRefusal why, Func<Quote, Quote> bad)
    {
        var clean = Minute(With(quote => quote));
        var candle = Minute(With(bad));
        Assert.Equal(clean.Candle, candle.Candle);
        Assert.Equal((1, 1), (candle.Quality.Refused[why], candle.Quality.Refused.Total));
        Assert.Equal($"1 {why}", candle.Quality.Refused.ToString());
        Assert.Equal((0, ""), (clean.Quality.Refused.Total, clean.Quality.Refused.ToString()));
        Assert.Equal(clean.Quality.Polls - 1, candle.Quality.Polls);
        Assert.Equal(TimeSpan.FromSeconds(2), candle.Quality.LongestHole);
    }

    [Fact]
    public void A_locked_market_is_no_crossed_one()
    {
        var candle = Minute(With(quote => quote with { Last = 101, Bid = 101, Ask = 101 }));
        Assert.Equal((101, 0), (candle.Candle.High, candle.Quality.Refused.Total));
    }

    [Fact]
    public void Delayed_quotes_are_taken_on_request_and_mark_the_candle()
    {
        var candle = Minute(With(quote => quote).Select(quote => quote with { Status = QuoteStatus.Delayed }), new() { AcceptDelayed = true });
        Assert.True(candle.Quality.IsDelayed);
    }

    [Fact]
    public void The_clock_waits_for_delayed_quotes()
    {
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1, new() { AcceptDelayed = true });
        for (var second = -5; second < 60; second++) builder.OnQuote(Good(second) with { Status = QuoteStatus.Delayed });
        Assert.Empty(builder.OnTime(Open.AddMinutes(15)));
        Assert.Single(builder.OnTime(Open.AddMinutes(16).AddSeconds(3)));
    }

    [Fact]
    public void A_jump_that_the_next_trade_confirms_is_taken_whole()
    {
        var candle = Minute(Enumerable.Range(-5, 67).Select(second => Good(second, second < 30 ? 100 : 130 + second)));
        Assert.Equal((100, 160, 189, 0), (candle.Candle.Open, candle.Candle.High - 29, candle.Candle.Close, candle.Quality.Refused.Total));
    }

    [Fact]
    public void The_same_trade_shown_again_confirms_nothing()
    {
        Quote Bad(int second) => Good(second) with { Last = 150, LastTradeAt = Open.AddSeconds(30), DayVolume = 1300 };
        var candle = Minute(Enumerable.Range(-5, 67).Select(second => second is >= 30 and < 35 ? Bad(second) : Good(second)));
        Assert.Equal((100, 1), (candle.Candle.High, candle.Quality.Refused.Spike));
    }

    [Fact]
    public void A_jump_that_nothing_confirms_before_the_clock_closes_the_candle_is_left_out()
    {
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1);
        for (var second = -5; second < 59; second++) builder.OnQuote(Good(second));
        builder.OnQuote(Good(59, 150));
        var candle = Assert.Single(builder.OnTime(Open.AddSeconds(63)));
        Assert.Equal((100, 1), (candle.Candle.High, candle.Quality.Refused.Spike));
    }

    [Fact]
    public void A_bad_print_in_the_days_high_is_left_out_as_well()
    {
        var candle = Minute(Enumerable.Range(-5, 67).Select(second => Good(second) with { DayHigh = second < 30 ? 100 : 150, DayLow = second < 30 ? 100 : 50 }));
        Assert.Equal((100, 100), (candle.Candle.High, candle.Candle.Low));
    }

    [Fact]
    public void An_overnight_gap_is_confirmed_by_the_second_trade()
    {
        var candle = Minute(Enumerable.Range(-5, 67).Select(second => Good(second, second < 0 ? 100 : 140) with { PreviousClose = 100, DayVolume = 1000 + 10 * Math.Max(second, 0), LastTradeAt = Open.AddSeconds(Math.Max(second, -5)) }));
        Assert.Equal((140, 140, 0), (candle.Candle.Open, candle.Candle.Low, candle.Quality.Refused.Total));
    }

    [Fact]
    public void A_quote_that_stands_still_is_refused_after_a_while()
    {
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1);
        // A moment without a trade shows that these quotes move on by themselves.
        var quotes = Enumerable.Range(-5, 200).Select(second => Good(Math.Min(second, 30)) with { ReceivedAt = Open.AddSeconds(second), LastTradeAt = Open.AddSeconds(Math.Min(second, 29)), DayVolume = 1290 });
        var refused = 0;
        foreach (var quote in quotes)
        {
            builder.OnQuote(quote);
            if (builder.LastRefusal == QuoteRefusal.Frozen) refused++;
        }
        Assert.Equal(200 - 5 - 30 - 61, refused);
        var candle = builder.OnQuote(Good(200)).Single();
        Assert.Equal(refused, candle.Quality.Refused.Frozen);
        Assert.Equal(new CoverageHole(Open.AddSeconds(30), Open.AddSeconds(200)), Assert.Single(builder.TakeHoles()));
    }

    [Fact]
    public void A_clock_that_was_put_back_for_good_is_followed_after_a_while()
    {
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1);
        builder.OnQuote(Good(-5));
        builder.OnQuote(Good(7200) with { ReceivedAt = Open.AddSeconds(-4) });
        for (var second = -3; second < 57; second++)
        {
            builder.OnQuote(Good(second));
            Assert.Equal(QuoteRefusal.OutOfOrder, builder.LastRefusal);
        }
        builder.OnQuote(Good(58));
        Assert.Null(builder.LastRefusal);
        Assert.Equal(Open.AddSeconds(58), builder.LastQuoteAt);
    }

    [Fact]
    public void Prices_adjusted_since_the_day_before_are_taken_and_marked()
    {
        var dayBefore = Enumerable.Range(0, 10).Select(second => Good(second) with { At = Open.AddDays(-1).AddSeconds(second), LastTradeAt = Open.AddDays(-1).AddSeconds(second) });
        var candles = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1) is var builder
            ? dayBefore.Concat(With(quote => quote).Select(quote => quote with { IsAdjusted = true })).SelectMany(quote => builder.OnQuote(quote)).ToList()
            : [];
        Assert.Equal([false, true], candles.Select(candle => candle.Quality.Has(CandleFlaws.Adjusted)));
    }

    [Fact]
    public void Quotes_outside_the_session_are_not_judged()
    {
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1);
        builder.OnQuote(Good(-600) with { Bid = 101, Ask = 99, IsAfterHours = true, Status = QuoteStatus.Closing });
        Assert.Null(builder.LastRefusal);
    }
}
