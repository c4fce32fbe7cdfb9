using CsCheck;

namespace EtradeBot.Market;

public class DemoMarketTests
{
    static readonly MarketCalendar Nyse = MarketCalendar.Nyse;
    static readonly DateOnly From = new(2024, 1, 1);
    static readonly DateOnly To = new(2024, 12, 31);

    public static TheoryData<Symbol> Traded => [.. DemoMarket.Symbols.Select(s => s.Symbol)];

    static Gen<Symbol> AnySymbol { get; } = Gen.Int[0, DemoMarket.Symbols.Count - 1].Select(i => DemoMarket.Symbols[i].Symbol);

    [Fact]
    public void The_same_seed_makes_the_same_candles_for_good()
    {
        var candles = new DemoMarket(1).Generate(Symbol.Parse("ANVILS"), Timeframe.M30, new(2024, 11, 27), new(2024, 12, 2));

        Assert.Equal(13 + 7 + 13, candles.Count);
        Assert.Equal("06e7649b40f9a325", candles.ContentHash()[..16]);
    }

    [Fact]
    public void Seeds_and_symbols_make_different_candles()
    {
        var hashes = DemoMarket.Symbols.Select(s => OneDay(s.Symbol, 1)).Append(OneDay(DemoMarket.Symbols[0].Symbol, 2)).Select(s => s.ContentHash());

        Assert.Equal(DemoMarket.Symbols.Count + 1, hashes.Distinct().Count());
    }

    [Fact]
    public void Candles_say_that_they_are_simulated() =>
        Assert.Equal(new("demo market, seed 7", IsSimulated: true, PriceAdjustment.SplitsAndDividends), OneDay(DemoMarket.Symbols[0].Symbol, 7).Origin);

    [Fact]
    public void No_ticker_could_be_a_real_one() =>
        // United States exchanges give tickers of one to five letters.
        Assert.All(DemoMarket.Symbols, s => Assert.Equal(6, s.Symbol.Ticker.Length));

    [Fact]
    public void Every_session_of_the_range_has_its_candles()
    {
        var daily = Daily(DemoMarket.Symbols[3].Symbol);
        var minutes = new DemoMarket(1).Generate(DemoMarket.Symbols[3].Symbol, Timeframe.M1, new(2024, 11, 25), new(2024, 12, 2));

        Assert.Equal(Nyse.Sessions(From, To).Select(s => Nyse.DailyOpen(s.Day)), Candles(daily).Select(c => c.OpenTime));
        Assert.Equal((390 * 4) + 210, minutes.Count); // Thanksgiving week and the Monday after
    }

    [Theory]
    [MemberData(nameof(Traded))]
    public void Candles_are_consistent_and_in_whole_cents(Symbol symbol) => Assert.All(Candles(Daily(symbol)), candle =>
    {
        Assert.True(candle.Low >= 0.01 && candle.Low <= Math.Min(candle.Open, candle.Close));
        Assert.True(candle.High >= Math.Max(candle.Open, candle.Close));
        Assert.True(candle.Volume > 0);
        Assert.All([candle.Open, candle.High, candle.Low, candle.Close], price => Assert.Equal(Math.Round(price, 2), price));
    });

    [Theory]
    [MemberData(nameof(Traded))]
    public void Days_open_and_close_on_their_frame(Symbol symbol) => Assert.All(
        Candles(Daily(symbol)).Zip(new DemoMarket(5).Days(symbol, From, To)),
        pair => Assert.Equal(
            (Math.Round(Math.Exp(pair.Second.LogOpen), 2), Math.Round(Math.Exp(pair.Second.LogClose), 2)),
            (pair.First.Open, pair.First.Close)));

    [Fact]
    public void Every_timeframe_holds_the_same_minutes() =>
        Gen.Select(AnySymbol, Gen.Int[-5, 5], Gen.Int[0, 700]).Sample((symbol, seed, offset) =>
        {
            var from = new DateOnly(2023, 6, 5).AddDays(7 * (offset / 7)); // a Monday, so that weeks are whole
            var market = new DemoMarket(seed);
            var minutes = market.Generate(symbol, Timeframe.M1, from, from.AddDays(11));
            foreach (var timeframe in Timeframe.All)
                Assert.Equal(Candles(minutes.Resample(timeframe)), Candles(market.Generate(symbol, timeframe, from, from.AddDays(11))));
        }, iter: 10);

    [Fact]
    public void A_day_does_not_depend_on_the_range_asked_for() =>
        Gen.Select(AnySymbol, Gen.Int[0, 3000], Gen.Int[0, 400], Gen.Int[0, 30]).Sample((symbol, start, before, after) =>
        {
            var day = new DateOnly(2015, 1, 1).AddDays(start);
            var market = new DemoMarket(11);
            var alone = market.Generate(symbol, Timeframe.H1, day, day);
            var within = market.Generate(symbol, Timeframe.H1, day.AddDays(-before), day.AddDays(after));
            Assert.Equal(Candles(alone), Candles(within).Where(c => Nyse.DayOf(c.OpenTime) == day));
        }, iter: 30);

    [Theory]
    [MemberData(nameof(Traded))]
    public void Daily_returns_have_fat_tails_clustered_volatility_and_no_memory_of_their_own(Symbol symbol)
    {
        var returns = Returns([.. Decades(symbol).Select(day => day.LogClose)]);
        var sizes = returns.Select(Math.Abs).ToArray();

        Assert.True(Kurtosis(returns) > 4, $"kurtosis {Kurtosis(returns)}"); // a normal one has 3
        Assert.InRange(Autocorrelation(returns, 1), -0.05, 0.05);
        Assert.True(Autocorrelation(sizes, 1) > 0.08, $"lag 1: {Autocorrelation(sizes, 1)}");
        Assert.True(Autocorrelation(sizes, 10) > 0.05, $"lag 10: {Autocorrelation(sizes, 10)}");
    }

    [Theory]
    [MemberData(nameof(Traded))]
    public void Prices_stay_plausible_over_decades(Symbol symbol)
    {
        var logs = Decades(symbol).Select(day => day.LogClose).ToArray();
        var returns = Returns(logs);
        var closes = logs.Select(Math.Exp).ToArray();

        Assert.InRange(closes.Min(), 0.5, 100);
        Assert.InRange(closes.Max(), 50, 5000);
        Assert.InRange(Math.Sqrt(252 * returns.Average(r => r * r)), 0.1, 0.8);
        Assert.InRange(returns.Min(), -0.8, -0.03);
    }

    [Theory]
    [MemberData(nameof(Traded))]
    public void Nights_leave_gaps(Symbol symbol)
    {
        var days = Decades(symbol);
        var gaps = days.Skip(1).Select((day, i) => Math.Abs(day.LogOpen - days[i].LogClose)).ToArray();

        Assert.True(gaps.Count(gap => gap > 0.002) > 0.4 * gaps.Length);
        Assert.True(gaps.Max() > 0.025, $"largest {gaps.Max()}");
    }

    [Theory]
    [MemberData(nameof(Traded))]
    public void Volume_and_volatility_are_U_shaped_over_the_day(Symbol symbol)
    {
        var days = Candles(new DemoMarket(5).Generate(symbol, Timeframe.M30, new(2024, 1, 1), new(2024, 12, 31)))
            .GroupBy(candle => Nyse.DayOf(candle.OpenTime)).Select(day => day.ToArray()).Where(day => day.Length == 13).ToArray();
        var volumes = Enumerable.Range(0, 13).Select(i => days.Average(day => (double)day[i].Volume)).ToArray();
        var ranges = Enumerable.Range(0, 13).Select(i => days.Average(day => Math.Log(day[i].High / day[i].Low))).ToArray();

        Assert.True(volumes[0] > 1.5 * volumes[6] && volumes[12] > 1.5 * volumes[6]);
        Assert.True(ranges[0] > 1.5 * ranges[6] && ranges[12] > 1.1 * ranges[6]);
        Assert.Equal(1, volumes[5] / volumes[7], 0.15);
    }

    [Fact]
    public void Regimes_make_quiet_and_wild_years()
    {
        var quarters = Returns([.. Decades(Symbol.Parse("LEDGER")).Select(day => day.LogClose)]).Chunk(63).Select(chunk => Math.Sqrt(252 * chunk.Average(r => r * r))).Order().ToArray();

        Assert.True(quarters[(int)(0.95 * quarters.Length)] > 2.5 * quarters[(int)(0.05 * quarters.Length)]);
    }

    [Fact]
    public void Weeks_are_whole()
    {
        var week = Assert.Single(Candles(new DemoMarket(1).Generate(Symbol.Parse("BASALT"), Timeframe.W1, new(2024, 6, 5), new(2024, 6, 6))));

        Assert.Equal(Nyse.DailyOpen(new(2024, 6, 3)), week.OpenTime);
    }

    [Fact]
    public void A_range_beyond_the_calendar_holds_what_the_calendar_knows()
    {
        var market = new DemoMarket(1);
        var basalt = Symbol.Parse("BASALT");

        Assert.Equal(new(1990, 1, 2), Nyse.DayOf(market.Generate(basalt, Timeframe.D1, DateOnly.MinValue, new(1990, 1, 31)).OpenTime(0)));
        Assert.Equal("2035-12-31", market.Generate(basalt, Timeframe.D1, new(2035, 12, 1), DateOnly.MaxValue) is var last ? last.Label(last.Count - 1) : "");
        Assert.Equal(0, market.Generate(basalt, Timeframe.W1, DateOnly.MinValue, new(1985, 1, 1)).Count);
        Assert.Equal(0, market.Generate(basalt, Timeframe.W1, new(2040, 1, 1), DateOnly.MaxValue).Count);
    }

    [Fact]
    public void Real_symbols_and_backward_ranges_are_refused()
    {
        var market = new DemoMarket(1);

        Assert.Equal(
            "AAPL is not traded in the demo market; it has BASALT MEADOW LEDGER ANVILS COBALT PIXELS VOLTAR HELIXA",
            Assert.Throws<CandleDataException>(() => market.Generate(Symbol.Parse("AAPL"), Timeframe.D1, From, To)).Message);
        Assert.Throws<ArgumentException>(() => market.Generate(Symbol.Parse("BASALT"), Timeframe.D1, To, From));
    }

    static CandleSeries Daily(Symbol symbol) => new DemoMarket(5).Generate(symbol, Timeframe.D1, From, To);

    static CandleSeries OneDay(Symbol symbol, int seed) => new DemoMarket(seed).Generate(symbol, Timeframe.D1, From, From.AddDays(5));

    /// <summary>The daily frame from 1990 to 2035, which opens and closes every day's candles.</summary>
    static DemoDay[] Decades(Symbol symbol) => [.. new DemoMarket(5).Days(symbol, DateOnly.MinValue, DateOnly.MaxValue)];

    static IEnumerable<Candle> Candles(CandleSeries series) => Enumerable.Range(0, series.Count).Select(i => series[i]);

    static double[] Returns(double[] logs) => [.. logs.Skip(1).Select((log, i) => log - logs[i])];

    static double Kurtosis(double[] values)
    {
        var mean = values.Average();
        var variance = values.Average(v => (v - mean) * (v - mean));
        return values.Average(v => Math.Pow(v - mean, 4)) / (variance * variance);
    }

    static double Autocorrelation(double[] values, int lag)
    {
        var mean = values.Average();
        var together = Enumerable.Range(lag, values.Length - lag).Sum(i => (values[i] - mean) * (values[i - lag] - mean));
        return together / values.Sum(v => (v - mean) * (v - mean));
    }
}
