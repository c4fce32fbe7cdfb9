namespace EtradeBot.Market;

public class CandleBuilderTests
{

    static List<LiveCandle> Build(ScriptedTrades market, IEnumerable<DateTimeOffset> polls, Timeframe? timeframe = null, CandleBuilderOptions? options = null)
    {
        var builder = new CandleBuilder(ScriptedTrades.Symbol, timeframe ?? Timeframe.M1, options);
        return [.. polls.SelectMany(at => builder.OnQuote(market.QuoteAt(at)))];
    }

    static IEnumerable<Candle> CandlesOf(IEnumerable<LiveCandle> candles) => candles.Select(candle => candle.Candle);

    static Candle At(string time, double open, double high, double low, double close, long volume) => new(ScriptedTrades.Clock(time), open, high, low, close, volume);

    /// <summary>A trade each second from the open, three minutes long, after a little before the open.</summary>
    static ScriptedTrades EverySecond(int seconds = 180) => new(
        Enumerable.Range(0, seconds).Select(i => new ScriptedTrade(ScriptedTrades.Clock("09:30").AddSeconds(i), Math.Round(100 + 2 * Math.Sin(i / 7.0), 2), 100 + i))
            .Append(new(ScriptedTrades.Clock("09:10"), 99, 5000)));

    [Fact]
    public void One_second_polls_rebuild_every_candle_exactly()
    {
        var market = EverySecond();
        var candles = Build(market, ScriptedTrades.Polls("09:29:50", "09:33:00", 1));
        Assert.Equal(market.TrueCandles(Timeframe.M1), CandlesOf(candles));
        Assert.All(candles, candle => Assert.Equal((CandleFlaws.None, TimeSpan.FromSeconds(1), TimeSpan.Zero), (candle.Quality.Flaws, candle.Quality.LongestHole, candle.Quality.FirstPollDelay)));
        Assert.Equal([60, 60, 60], candles.Select(candle => candle.Quality.Polls));
    }

    [Fact]
    public void A_quote_after_the_end_closes_the_candle_at_once_and_gives_it_its_last_trade()
    {
        var market = ScriptedTrades.Parse("09:29:00 99 10\n09:30:05 100 10\n09:30:59.5 101 20");
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1);
        foreach (var time in new[] { "09:29:58", "09:30:06", "09:30:58" }) Assert.Empty(builder.OnQuote(market.QuoteAt(ScriptedTrades.Clock(time))));
        var closed = Assert.Single(builder.OnQuote(market.QuoteAt(ScriptedTrades.Clock("09:31:00"))));
        Assert.Equal(At("09:30", 100, 101, 100, 101, 30), closed.Candle);
        Assert.Equal(TimeSpan.Zero, closed.Quality.LastPollLead);
        Assert.Equal(ScriptedTrades.Clock("09:31"), closed.CloseTime);
    }

    [Fact]
    public void A_minute_in_which_nothing_trades_has_no_candle()
    {
        var market = ScriptedTrades.Parse("09:30:05 100 10\n09:33:10 101 10");
        var candles = Build(market, ScriptedTrades.Polls("09:29:50", "09:34:00", 1));
        Assert.Equal([At("09:30", 100, 100, 100, 100, 10), At("09:33", 101, 101, 101, 101, 10)], CandlesOf(candles));
        Assert.All(candles, candle => Assert.False(candle.Quality.IsIncomplete));
    }

    [Fact]
    public void Trades_before_the_open_count_for_no_candle()
    {
        var candles = Build(EverySecond(60), ScriptedTrades.Polls("09:00:00", "09:31:00", 1));
        Assert.Equal(Enumerable.Range(0, 60).Sum(i => 100 + i), Assert.Single(candles).Candle.Volume);
    }

    [Theory]
    [InlineData("1h", "09:30,10:30,11:30,12:30")]
    [InlineData("1d", "09:30")]
    [InlineData("30m", "09:30,10:00,10:30,11:00,11:30,12:00,12:30")]
    public void Candles_lie_within_the_session_also_on_a_half_day(string timeframe, string opens)
    {
        var day = new DateOnly(2024, 7, 3);
        var from = ScriptedTrades.At(day, "09:30");
        var market = new ScriptedTrades(Enumerable.Range(0, 15 * 30).Select(i => new ScriptedTrade(from.AddSeconds(30 * i), 100 + i % 7, 10)));
        var candles = Build(market, ScriptedTrades.Polls(from.AddSeconds(-5), from.AddHours(4), TimeSpan.FromSeconds(5)), Timeframe.Parse(timeframe));
        Assert.Equal(opens.Split(',').Select(open => ScriptedTrades.At(day, open)), CandlesOf(candles).Select(candle => candle.OpenTime));
        Assert.Equal(market.TrueCandles(Timeframe.Parse(timeframe)).Select(candle => candle.OpenTime), CandlesOf(candles).Select(candle => candle.OpenTime));
        Assert.Equal(ScriptedTrades.At(day, "13:00"), candles[^1].CloseTime);
    }

    [Theory]
    [InlineData(2024, 3, 8, 14)]
    [InlineData(2024, 3, 11, 13)]
    [InlineData(2024, 11, 1, 13)]
    [InlineData(2024, 11, 4, 14)]
    public void The_first_candle_of_the_day_follows_daylight_saving(int year, int month, int day, int utcHour)
    {
        var from = ScriptedTrades.At(new(year, month, day), "09:30");
        var market = new ScriptedTrades([new(from.AddSeconds(1), 100, 10), new(from.AddSeconds(70), 100, 10)]);
        var candles = Build(market, ScriptedTrades.Polls(from.AddSeconds(-5), from.AddSeconds(75), TimeSpan.FromSeconds(1)));
        Assert.Equal(new DateTimeOffset(year, month, day, utcHour, 30, 0, TimeSpan.Zero), Assert.Single(candles).Candle.OpenTime);
    }

    [Fact]
    public void The_closing_auction_belongs_to_the_last_candle()
    {
        var market = ScriptedTrades.Parse("15:57:00 100 1\n15:59:30 100 10\n16:00:02 100.5 5000\n16:05:00 99 10");
        var candles = Build(market, ScriptedTrades.Polls("15:58:00", "16:01:00", 1));
        Assert.Equal(At("15:59", 100, 100.5, 100, 100.5, 5010), Assert.Single(candles).Candle);
    }

    [Fact]
    public void The_close_of_the_session_closes_its_last_candle_although_no_quote_comes()
    {
        var market = ScriptedTrades.Parse("15:57:00 100 1\n15:59:30 100 10");
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1);
        foreach (var at in ScriptedTrades.Polls("15:58:50", "15:59:59", 1)) Assert.Empty(builder.OnQuote(market.QuoteAt(at)));
        Assert.Empty(builder.OnTime(ScriptedTrades.Clock("16:00:12")));
        var closed = Assert.Single(builder.OnTime(ScriptedTrades.Clock("16:00:13")));
        Assert.Equal((CandleFlaws.ClosedByTime, TimeSpan.FromSeconds(1)), (closed.Quality.Flaws, closed.Quality.LastPollLead));
        Assert.Empty(builder.OnTime(ScriptedTrades.Clock("16:00:14")));
    }

    [Fact]
    public void A_trade_reported_after_the_clock_closed_its_candle_is_counted_in_the_next_but_its_price_is_not()
    {
        var market = ScriptedTrades.Parse("09:33:00 100 1\n09:35:10 100 10\n09:35:58 120 7\n09:36:20 101 3");
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1);
        foreach (var at in ScriptedTrades.Polls("09:34:58", "09:35:57", 1)) builder.OnQuote(market.QuoteAt(at));
        Assert.Equal(At("09:35", 100, 100, 100, 100, 10), Assert.Single(builder.OnTime(ScriptedTrades.Clock("09:36:03"))).Candle);
        var next = ScriptedTrades.Polls("09:36:04", "09:37:00", 1).SelectMany(at => builder.OnQuote(market.QuoteAt(at))).Single();
        Assert.Equal(At("09:36", 101, 101, 101, 101, 10), next.Candle);
        Assert.True(next.Quality.Has(CandleFlaws.LateVolume));
    }

    [Fact]
    public void The_days_high_and_low_prove_prices_between_two_polls_of_one_candle()
    {
        var market = ScriptedTrades.Parse("09:30:00 100 10\n09:40:01 100 10\n09:40:12 103 10\n09:40:13 98 10\n09:40:14 100 10");
        var candle = Build(market, ScriptedTrades.Polls("09:29:50", "09:41:00", 10))[^1].Candle;
        Assert.Equal((103, 98, 100), (candle.High, candle.Low, candle.Close));
    }

    [Fact]
    public void A_high_that_may_belong_to_the_candle_before_is_not_taken()
    {
        var market = ScriptedTrades.Parse("09:30:00 100 10\n09:40:58 103 10\n09:41:03 100 10");
        var candles = Build(market, ScriptedTrades.Polls("09:29:46", "09:42:06", 10));
        Assert.Equal(100, candles[^1].Candle.High);
    }

    [Fact]
    public void The_first_candle_of_the_session_takes_open_high_and_low_of_the_day()
    {
        var market = ScriptedTrades.Parse("09:30:00 100 10\n09:30:04 103 10\n09:30:08 99 10\n09:30:12 101 10");
        var candles = Build(market, ["09:29:55", "09:30:20", "09:31:00"]);
        Assert.Equal(At("09:30", 100, 103, 99, 101, 40), Assert.Single(candles).Candle);
    }

    [Fact]
    public void A_day_joined_late_has_the_days_open_high_and_low()
    {
        var market = ScriptedTrades.Parse("09:10:00 90 5\n09:30:00 100 10\n10:00:04 103 10\n10:30:08 99 10\n11:00:12 101 10");
        var candle = Build(market, ["11:00:00", "11:00:20", "16:00:20"], Timeframe.D1).Single();
        Assert.Equal(At("09:30", 100, 103, 99, 101, 45), candle.Candle);
        Assert.True(candle.Quality.StartedLate && candle.Quality.Has(CandleFlaws.PremarketVolume));
    }

    [Fact]
    public void The_first_candle_after_a_start_in_its_middle_is_incomplete()
    {
        var market = EverySecond();
        var candles = Build(market, ScriptedTrades.Polls("09:31:20", "09:33:00", 1));
        Assert.Equal([true, false], candles.Select(candle => candle.Quality.IsIncomplete));
        Assert.True(candles[0].Quality.VolumeUnknown);
        Assert.Equal(TimeSpan.FromSeconds(20), candles[0].Quality.FirstPollDelay);
        Assert.Equal(market.TrueCandles(Timeframe.M1).Last(), candles[1].Candle);
    }

    [Fact]
    public void A_start_exactly_between_two_candles_loses_nothing()
    {
        var market = ScriptedTrades.Parse("09:30:30 100 10\n09:31:00.5 101 5\n09:31:30 102 10");
        var candles = Build(market, ScriptedTrades.Polls("09:31:00", "09:32:00", 1));
        Assert.Equal(At("09:31", 101, 102, 101, 102, 15), Assert.Single(candles).Candle);
        Assert.False(candles[0].Quality.IsIncomplete);
    }

    [Fact]
    public void An_outage_marks_the_candles_around_it_and_leaves_a_hole()
    {
        var market = EverySecond(600);
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1);
        var polls = ScriptedTrades.Polls("09:29:50", "09:32:10", 1).Concat(ScriptedTrades.Polls("09:36:20", "09:38:00", 1));
        var candles = polls.SelectMany(at => builder.OnQuote(market.QuoteAt(at))).ToList();
        Assert.Equal(["09:30", "09:31", "09:32", "09:36", "09:37"], candles.Select(candle => candle.Candle.OpenTime.ToOffset(TimeSpan.FromHours(-5)).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal([false, false, true, true, false], candles.Select(candle => candle.Quality.IsIncomplete));
        Assert.Equal([new CoverageHole(ScriptedTrades.Clock("09:32:10"), ScriptedTrades.Clock("09:36:20"))], builder.TakeHoles());
        Assert.Empty(builder.TakeHoles());
        // The shares of the candles that nobody saw are in no candle.
        Assert.True(candles[3].Quality.VolumeUnknown);
        Assert.True(candles[3].Candle.Volume < 60 * 600);
    }

    [Fact]
    public void An_outage_in_which_nothing_traded_is_no_hole()
    {
        var market = ScriptedTrades.Parse("09:30:05 100 10\n09:36:30 101 10");
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1);
        var polls = ScriptedTrades.Polls("09:29:50", "09:31:10", 1).Concat(ScriptedTrades.Polls("09:36:20", "09:37:00", 1));
        Assert.All(polls.SelectMany(at => builder.OnQuote(market.QuoteAt(at))), candle => Assert.False(candle.Quality.IsIncomplete));
        Assert.Empty(builder.TakeHoles());
    }

    [Fact]
    public void An_outage_up_to_the_close_is_a_hole_to_the_close()
    {
        var market = EverySecond();
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1);
        foreach (var at in ScriptedTrades.Polls("09:29:50", "09:31:30", 1)) builder.OnQuote(market.QuoteAt(at));
        builder.OnTime(ScriptedTrades.Clock("09:40"));
        Assert.Empty(builder.TakeHoles());
        builder.OnTime(ScriptedTrades.Clock("16:01"));
        builder.OnTime(ScriptedTrades.Clock("16:02"));
        Assert.Equal([new CoverageHole(ScriptedTrades.Clock("09:31:30"), ScriptedTrades.Clock("16:00"))], builder.TakeHoles());
    }

    [Fact]
    public void A_quiet_symbol_whose_quotes_bear_the_time_of_the_last_trade_has_no_holes()
    {
        var market = ScriptedTrades.Parse("09:30:05 100 10\n09:31:50 101 10\n09:33:40 102 10");
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1);
        var candles = new List<LiveCandle>();
        foreach (var at in ScriptedTrades.Polls("09:30:00", "09:35:00", 1))
        {
            var quote = market.QuoteAt(at);
            if (quote.LastTradeAt is { } tradedAt) candles.AddRange(builder.OnQuote(quote with { At = tradedAt }));
            candles.AddRange(builder.OnTime(at));
        }
        Assert.Equal(["09:30", "09:31", "09:33"], candles.Select(candle => candle.Candle.OpenTime.ToOffset(TimeSpan.FromHours(-5)).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(candles.Skip(1), candle => Assert.False(candle.Quality.IsIncomplete));
        Assert.Empty(builder.TakeHoles());
    }

    [Fact]
    public void The_day_total_starts_anew_each_day()
    {
        var monday = new DateOnly(2024, 1, 8);
        var trades = Enumerable.Range(0, 2).SelectMany(d => Enumerable.Range(0, 120).Select(i => new ScriptedTrade(ScriptedTrades.At(monday.AddDays(d), "09:30").AddSeconds(i), 100, 10)));
        var market = new ScriptedTrades(trades);
        var polls = Enumerable.Range(0, 2).SelectMany(d => ScriptedTrades.Polls(ScriptedTrades.At(monday.AddDays(d), "09:29:58"), ScriptedTrades.At(monday.AddDays(d), "09:32:00"), TimeSpan.FromSeconds(1)));
        Assert.Equal(market.TrueCandles(Timeframe.M1), CandlesOf(Build(market, polls)));
    }

    [Fact]
    public void A_total_that_falls_for_one_quote_changes_nothing_but_the_mark()
    {
        var market = EverySecond(120);
        var quotes = ScriptedTrades.Polls("09:29:50", "09:32:00", 1).Select(market.QuoteAt)
            .Select(quote => quote.At == ScriptedTrades.Clock("09:30:30") ? quote with { DayVolume = 17 } : quote);
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1);
        var candles = quotes.SelectMany(quote => builder.OnQuote(quote)).ToList();
        Assert.Equal(market.TrueCandles(Timeframe.M1), CandlesOf(candles));
        Assert.Equal([true, false], candles.Select(candle => candle.Quality.Has(CandleFlaws.VolumeReset)));
    }

    [Fact]
    public void A_total_that_starts_again_within_the_session_is_marked_and_goes_on_from_there()
    {
        var market = EverySecond(180);
        var reset = ScriptedTrades.Clock("09:30:30");
        var lost = market.QuoteAt(reset.AddSeconds(-1)).DayVolume;
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1);
        var candles = ScriptedTrades.Polls("09:29:50", "09:33:00", 1).Select(market.QuoteAt)
            .SelectMany(quote => builder.OnQuote(quote.At >= reset ? quote with { DayVolume = quote.DayVolume - lost } : quote)).ToList();
        Assert.Equal([true, false, false], candles.Select(candle => candle.Quality.VolumeUnknown));
        Assert.Equal(market.TrueCandles(Timeframe.M1).Skip(1), CandlesOf(candles).Skip(1));
    }

    [Fact]
    public void A_split_between_sessions_is_marked()
    {
        var monday = new DateOnly(2024, 1, 8);
        ScriptedTrade Trade(int day, int second, double price) => new(ScriptedTrades.At(monday.AddDays(day), "09:30").AddSeconds(second), price, 10);
        var market = new ScriptedTrades([Trade(0, 5, 400), Trade(0, 10, 401), Trade(1, 5, 100), Trade(1, 10, 101), Trade(2, 5, 103), Trade(2, 6, 103)]);
        var polls = Enumerable.Range(0, 3).SelectMany(d => ScriptedTrades.Polls(ScriptedTrades.At(monday.AddDays(d), "09:29:58"), ScriptedTrades.At(monday.AddDays(d), "09:31:00"), TimeSpan.FromSeconds(1)));
        var candles = Build(market, polls);
        Assert.Equal([false, true, false], candles.Select(candle => candle.Quality.Has(CandleFlaws.SplitJump)));
        Assert.Equal(100, candles[1].Candle.Open);
    }

    [Fact]
    public void A_forming_candle_shows_what_there_is_so_far()
    {
        var market = ScriptedTrades.Parse("09:30:05 100 10\n09:30:10 102 10\n09:30:15 101 10");
        var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M5);
        builder.OnQuote(market.QuoteAt(ScriptedTrades.Clock("09:29:59")));
        Assert.Null(builder.Forming);
        foreach (var at in ScriptedTrades.Polls("09:30:05", "09:30:20", 1)) builder.OnQuote(market.QuoteAt(at));
        Assert.Equal((100.0, 102.0, 100.0, 101.0), builder.Forming!.Prices);
        Assert.Equal((30, ScriptedTrades.Clock("09:35")), (builder.Forming.Volume, builder.Forming.EndTime));
    }

    [Fact]
    public void Weeks_are_not_built()
    {
        Assert.Throws<ArgumentException>(() => new CandleBuilder(ScriptedTrades.Symbol, Timeframe.W1));
        Assert.Throws<ArgumentException>(() => new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1).OnQuote(EverySecond().QuoteAt(ScriptedTrades.Clock("09:30")) with { Symbol = Symbol.Parse("XYZ") }));
    }

    static List<LiveCandle> Build(ScriptedTrades market, string[] times, Timeframe? timeframe = null) => Build(market, times.Select(ScriptedTrades.Clock), timeframe);
}
