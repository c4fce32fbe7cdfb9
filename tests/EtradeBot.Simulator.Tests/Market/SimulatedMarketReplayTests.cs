using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

public class SimulatedMarketReplayTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Real_minutes_come_out_again_when_asked_for_every_second()
    {
        var file = SomeMarket.File("1min", "SPY.csv");
        var market = SomeMarket.Replaying(file).Market;

        var candles = PolledCandles.Poll(market, SomeMarket.Spy, (file.OpenTime(0).AddMilliseconds(-630), file.OpenTime(file.Count - 1).AddHours(1)), Second);

        Assert.Equal(5 * 390, candles.Count);
        Assert.Equal(SomeMarket.All(file), candles);
    }

    [Fact]
    public void Real_minutes_outside_the_session_come_out_as_extended_trade_and_holes_stay_holes()
    {
        var file = SomeMarket.File("1min", "AAPL.csv");
        var market = SomeMarket.Replaying(file).Market;

        var candles = PolledCandles.Poll(market, file.Symbol, (file.OpenTime(0), file.OpenTime(file.Count - 1).AddHours(1)), Second);

        Assert.Equal(SomeMarket.All(file), candles);
    }

    [Fact]
    public void Real_hours_by_the_clock_come_out_again_the_first_one_from_the_open()
    {
        var file = SomeMarket.File("60min", "SPY.csv");
        var days = SomeMarket.All(file.Slice(0, 7 * 250)).ToLookup(candle => MarketCalendar.Nyse.DayOf(candle.OpenTime));
        var market = SomeMarket.Replaying(file).Market;

        foreach (var day in days.SkipLast(1)) // the cut may have gone through it
        {
            var minutes = PolledCandles.Of(market.Prints(SomeMarket.Spy, day.First().OpenTime, day.First().OpenTime.AddHours(12)));
            Assert.Equal(MarketCalendar.Nyse.SessionOn(day.Key)!.Value.Length.TotalMinutes, minutes.Count);
            Assert.Equal(day, Fold(minutes, candle => candle.OpenTime.UtcTicks / TimeSpan.TicksPerHour).Select(c => c with { OpenTime = FullHour(c.OpenTime) }));
        }
    }

    [Fact]
    public void Real_days_come_out_again()
    {
        var file = SomeMarket.File("daily", "AAPL.csv").Slice(0, 300);
        var market = SomeMarket.Replaying(file).Market;

        var minutes = PolledCandles.Of(market.Prints(file.Symbol, file.OpenTime(0).AddDays(-1), file.OpenTime(299).AddDays(1)));

        Assert.Equal(SomeMarket.All(file), Fold(minutes, candle => MarketCalendar.Nyse.DayOf(candle.OpenTime).DayNumber));
    }

    [Theory]
    [InlineData("2m")]
    [InlineData("5m")]
    [InlineData("15m")]
    [InlineData("30m")]
    [InlineData("1h")]
    [InlineData("1d")]
    public void Longer_candles_come_out_again_also_on_a_half_day(string timeframe)
    {
        var source = new DemoMarket(3).Generate(SomeMarket.Basalt, Timeframe.Parse(timeframe), new(2025, 11, 26), new(2025, 12, 1));
        var market = SomeMarket.Replaying(source).Market;

        var minutes = PolledCandles.Of(market.Prints(SomeMarket.Basalt, source.OpenTime(0).AddHours(-1), source.OpenTime(source.Count - 1).AddDays(1)));

        Assert.Equal(390 + 210 + 390, minutes.Count);
        var series = SomeMarket.Series("BASALT", Timeframe.M1, minutes);
        Assert.Equal(SomeMarket.All(source), SomeMarket.All(series.Resample(source.Timeframe)));
    }

    [Fact]
    public void Without_a_candle_the_last_price_stays()
    {
        var open = SomeMarket.At(2026, 3, 10, "09:30:00");
        var market = SomeMarket.Replaying(SomeMarket.Series("SPY", Timeframe.M1, new Candle(open, 10, 12, 9, 11, 640), new Candle(open.AddMinutes(10), 13, 13, 13, 13, 1))).Market;

        var quote = market.QuoteAt(SomeMarket.Spy, open.AddMinutes(9));
        Assert.Equal((11, 10, 12, 9, 640), (quote.Last, quote.Open, quote.High, quote.Low, quote.TotalVolume));
        Assert.InRange(quote.LastTradeAt, open.AddSeconds(55), open.AddSeconds(58));

        var tomorrow = market.QuoteAt(SomeMarket.Spy, open.AddDays(1));
        Assert.Equal((13, 0, 13, 0), (tomorrow.Last, tomorrow.Open, tomorrow.PreviousClose, tomorrow.TotalVolume));
        Assert.Equal(641, tomorrow.PreviousDayVolume);
        Assert.Equal(MarketPhase.Regular, tomorrow.Phase);
    }

    [Fact]
    public void Before_its_first_candle_a_symbol_has_no_price_and_nothing_of_the_future_shows()
    {
        var open = SomeMarket.At(2026, 3, 10, "09:30:00");
        var market = SomeMarket.Replaying(SomeMarket.Series("SPY", Timeframe.M1, new Candle(open.AddMinutes(5), 10, 12, 9, 11, 640))).Market;

        foreach (var instant in new[] { open.AddDays(-400), open.AddDays(-1), open, open.AddSeconds(299) })
        {
            var quote = market.QuoteAt(SomeMarket.Spy, instant);
            Assert.Equal((0, 0, 0, 0, 0), (quote.Last, quote.Bid, quote.Ask, quote.Open, quote.PreviousClose));
            Assert.Equal((0, 0, 0), (quote.BidSize, quote.AskSize, quote.TotalVolume));
            Assert.Equal(DateTimeOffset.UnixEpoch, quote.LastTradeAt);
        }
        Assert.Equal(10, market.QuoteAt(SomeMarket.Spy, open.AddMinutes(5)).Last);
    }

    [Fact]
    public void Only_replayed_symbols_are_listed_under_their_ticker()
    {
        var market = SomeMarket.Replaying(SomeMarket.Series("SPY", Timeframe.M1), SomeMarket.Series("EURUSD=X", Timeframe.M1)).Market;

        Assert.Equal(["EURUSD=X", "SPY"], market.Symbols.Select(symbol => symbol.Ticker));
        Assert.Equal(("SPY", "ARCA"), market.Describe(SomeMarket.Spy));
        Assert.Equal(("EURUSD=X", ""), market.Describe(Symbol.Parse("eurusd=x")));
        Assert.False(market.Lists(Symbol.Parse("AAPL")));
        Assert.Throws<ArgumentException>(() => market.QuoteAt(Symbol.Parse("AAPL"), default));
    }

    [Fact]
    public void Series_that_cannot_be_replayed_are_refused_with_the_reason()
    {
        var candle = new Candle(SomeMarket.At(2026, 3, 10, "09:30:00"), 1, 1, 1, 1, 1);

        Assert.Contains("weekly candles cannot be replayed", Refusal(SomeMarket.Series("SPY", Timeframe.W1, candle)), StringComparison.Ordinal);
        Assert.Contains("SPY is to be replayed twice", Refusal(SomeMarket.Series("SPY", Timeframe.M1, candle), SomeMarket.Series("SPY", Timeframe.D1, candle)), StringComparison.Ordinal);
        Assert.Contains("1990 to 2035", Refusal(SomeMarket.Series("SPY", Timeframe.D1, candle with { OpenTime = SomeMarket.At(1987, 10, 19, "09:30:00") })), StringComparison.Ordinal);
        Assert.Contains("less than a minute after", Refusal(SomeMarket.Series("SPY", Timeframe.M1, candle, candle with { OpenTime = candle.OpenTime.AddSeconds(30) })), StringComparison.Ordinal);
    }

    static string Refusal(params CandleSeries[] series) => Assert.Throws<ArgumentException>(() => SomeMarket.Replaying(series)).Message;

    static IEnumerable<Candle> Fold(IEnumerable<Candle> minutes, Func<Candle, long> bucket) =>
        minutes.GroupBy(bucket).Select(group => new Candle(
            group.First().OpenTime, group.First().Open, group.Max(c => c.High), group.Min(c => c.Low), group.Last().Close, group.Sum(c => c.Volume)));

    static DateTimeOffset FullHour(DateTimeOffset instant) => instant.AddTicks(-(instant.UtcTicks % TimeSpan.TicksPerHour));
}
