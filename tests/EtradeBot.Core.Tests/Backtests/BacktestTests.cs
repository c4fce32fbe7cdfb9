using CsCheck;
using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Strategies;
using EtradeBot.Trading;
using static EtradeBot.Ledger;

namespace EtradeBot.Backtests;

public class BacktestTests
{
    static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static readonly Gen<CandleSeries> AnyCandles =
        from moves in Gen.Select(Gen.Double[-0.08, 0.08], Gen.Double[-0.05, 0.05], Gen.Double[0, 0.04], Gen.Double[0, 0.04]).Array[2, 60]
        select Days(Walk(moves));

    static readonly Gen<BacktestSettings> AnySettings =
        from size in Among("all-in", "10", "risk:1%", "percent:40", "cash:3000")
        from policy in Gen.Enum<IntrabarPolicy>()
        from commission in Among(0m, 0.001m, 0.02m)
        from perOrder in Among(0m, 4.95m)
        from slippage in Among("none", "bps:5", "range:0.2", "volume:0.5", "fixed:0.02")
        from participation in Among((double?)null, 0.00002)
        from mayShort in Gen.Bool
        select new BacktestSettings
        {
            Cash = 10_000,
            Sizing = Sizing.Parse(size),
            Limits = new RiskLimits { AllowShort = mayShort },
            Costs = new CostModel { CommissionFraction = commission, CommissionPerOrder = perOrder, RegulatoryFees = perOrder > 0, Slippage = Slippage.Parse(slippage) },
            Fills = new FillRules { Intrabar = policy, Participation = participation },
        };

    [Fact]
    public void Cash_positions_and_fees_conserve() =>
        Gen.Select(AnyCandles, AnySettings, Gen.Int[0, 1_000_000]).Sample((candles, settings, seed) =>
        {
            var result = Backtest.Run(settings, () => new Coin(seed), candles);
            var bought = result.Fills.Sum(fill => fill.Side.Sign() * fill.Price * fill.Shares);
            var cash = settings.Cash - bought - result.Fills.Sum(fill => fill.Fees);
            var open = result.OpenPositions.Sum(position => position.Shares * position.LastPrice);
            Assert.Equal((double)(cash + open), result.Curve.Equity[^1], 1e-6);
            var realised = result.RoundTrips.Sum(trade => trade.ProfitAndLoss);
            var unrealised = result.OpenPositions.Sum(position => position.UnrealizedProfitAndLoss);
            Assert.Equal(cash + open - settings.Cash, realised + unrealised, 12);
            if (!settings.Limits.AllowShort) Assert.True(cash >= 0, $"cash {cash}");
        }, iter: 2_000);

    [Fact]
    public void Without_slippage_every_fill_lies_within_its_candle() =>
        Gen.Select(AnyCandles, AnySettings, Gen.Int[0, 1_000_000]).Sample((candles, settings, seed) =>
        {
            var result = Backtest.Run(settings with { Costs = new CostModel() }, () => new Coin(seed), candles);
            foreach (var fill in result.Fills)
            {
                var candle = candles[candles.IndexAtOrAfter(fill.FilledAt)];
                Assert.InRange((double)fill.Price, candle.Low - 1e-9, candle.High + 1e-9);
                Assert.True(fill.Shares >= 1);
            }
        }, iter: 1_000);

    [Fact]
    public void The_worst_policy_never_ends_richer_than_the_best_on_one_trade() =>
        Gen.Select(AnyCandles, Gen.Double[0.005, 0.1], Gen.Double[0.005, 0.1]).Sample((candles, below, above) =>
        {
            var price = candles.Close[0];
            var wish = Buy with { Stop = price * (1 - below), Target = price * (1 + above) };
            double End(IntrabarPolicy policy) =>
                Play(candles, Shares(10) with { Fills = new FillRules { Intrabar = policy } }, (0, wish)).Curve.Equity[^1];
            Assert.True(End(IntrabarPolicy.Worst) <= End(IntrabarPolicy.Best) + 1e-9);
        }, iter: 1_000);

    [Fact]
    public void Appending_a_future_never_changes_the_past() =>
        Gen.Select(AnyCandles, AnySettings, Gen.Int[0, 1_000_000]).Sample((candles, settings, seed) =>
        {
            var cut = Math.Max(2, candles.Count / 2);
            var whole = Backtest.Run(settings, () => new Coin(seed), candles);
            var past = Backtest.Run(settings, () => new Coin(seed), candles.Slice(0, cut));
            Assert.Equal(past.Curve.Equity, whole.Curve.Equity.AsSpan(0, cut).ToArray());
            Assert.Equal(past.Fills.Select(fill => (fill.Shares, fill.Price, fill.FilledAtTicks)),
                whole.Fills.Take(past.Fills.Count).Select(fill => (fill.Shares, fill.Price, fill.FilledAtTicks)));
        }, iter: 500);

    [Fact]
    public void Candles_before_the_start_warm_up_but_do_not_trade()
    {
        var candles = Days([.. Enumerable.Range(0, 40).Select(i => (100 + Math.Sin(i / 3.0) * 5, 106.0, 94.0, 100 + Math.Sin((i + 1) / 3.0) * 5))]);
        var settings = Shares(10) with { From = candles.OpenTime(25) };
        var result = Backtest.Run(settings, () => new SmaCross { Fast = 2, Slow = 5 }, candles);
        Assert.Equal(15, result.Curve.Count);
        Assert.Equal(candles.OpenTime(25), result.Candles[0].OpenTime(0));
        Assert.All(result.Fills, fill => Assert.True(fill.FilledAt > candles.OpenTime(25)));
        Assert.NotEmpty(result.Fills);
    }

    [Fact]
    public void Candles_after_the_end_are_not_seen()
    {
        var candles = Days([.. Enumerable.Range(0, 10).Select(_ => (100.0, 101.0, 99.0, 100.0))]);
        var result = Backtest.Run(Shares(1) with { To = candles.OpenTime(6) }, () => new BuyAndHold(), candles);
        Assert.Equal(6, result.Curve.Count);
    }

    [Fact]
    public void Symbols_share_one_cash_account_and_one_clock()
    {
        var first = Days(Symbol.Parse("AAA"), (10, 10, 10, 10), (10, 10, 10, 10), (11, 11, 11, 11));
        var second = Days(Symbol.Parse("BBB"), (20, 20, 20, 20), (20, 20, 20, 20), (19, 19, 19, 19));
        var settings = new BacktestSettings { Cash = 1_000, Sizing = new Sizing(SizingKind.Shares, 60) };
        var result = Backtest.Run(settings, () => new BuyAndHold(), first, second);
        Assert.Equal([60, 20], result.OpenPositions.Select(position => position.Shares));
        Assert.Equal([1000.0, 1000, 1040], result.Curve.Equity);
    }

    static readonly string[] ThreeSymbols = ["AAA", "BBB", "CCC"];

    [Theory]
    [InlineData(2, 1, 2, "max-positions")]
    [InlineData(20, 0.5, 2, "max-gross-exposure")]
    public void Entries_on_their_way_count_against_the_limits(int positions, double exposure, int expected, string rule)
    {
        // Three symbols wish at the same close: none of the entries has filled when the next is judged.
        CandleSeries[] all = [.. ThreeSymbols.Select(name => Days(Symbol.Parse(name), (10, 10, 10, 10), (10, 10, 10, 10), (10, 10, 10, 10)))];
        var settings = new BacktestSettings
        {
            Cash = 1_000,
            Sizing = new Sizing(SizingKind.Shares, 25),
            Limits = new RiskLimits { MaxPositions = positions, MaxGrossExposure = exposure },
        };
        var result = Backtest.Run(settings, () => new BuyAndHold(), all);
        Assert.Equal(expected, result.OpenPositions.Count);
        Assert.Equal(rule, result.Denials[0].Rule);
    }

    [Fact]
    public void A_wish_for_the_other_side_takes_back_a_waiting_entry()
    {
        var candles = Days((10, 10, 10, 10), (10, 10, 10, 10), (10, 10, 8, 9), (9, 9, 9, 9));
        var result = Play(candles, Shares(10), (0, Buy with { Limit = 9.5, GoodForCandles = 5 }), (1, Sell));
        Assert.Empty(result.Fills);
        Assert.Equal(OrderStatus.Cancelled, result.Orders[0].Status);
    }

    [Fact]
    public void A_sale_frees_cash_for_another_symbol_at_the_same_open()
    {
        // BBB sorts after AAA but its sale at the open of candle 2 still cannot pay for AAA, whose order was earlier in line.
        var first = Days(Symbol.Parse("AAA"), (10, 10, 10, 10), (10, 10, 10, 10), (10, 10, 10, 10), (10, 10, 10, 10));
        var second = Days(Symbol.Parse("BBB"), (10, 10, 10, 10), (10, 10, 10, 10), (10, 10, 10, 10), (10, 10, 10, 10));
        var settings = new BacktestSettings { Cash = 1_000, Sizing = Sizing.AllIn };
        var result = Backtest.Run(settings, () => new Relay(), first, second);
        Assert.All(result.Curve.Equity, value => Assert.Equal(1000, value));
        Assert.All(result.Fills, fill => Assert.True(fill.Shares <= 100));
    }

    [Fact]
    public void A_step_without_a_signal_allocates_nothing()
    {
        var quiet = Enumerable.Range(0, 200_000).Select(_ => (100.0, 100.0, 100.0, 100.0)).ToArray();
        var candles = Minutes(quiet);
        // The lines and the curve grow with the candles; what a step costs is what is left.
        long Allocated(CandleSeries series)
        {
            var backtest = new Backtest(Shares(100), () => new SmaCross(), [series]);
            backtest.Prepare();
            var before = GC.GetAllocatedBytesForCurrentThread();
            backtest.Simulate();
            return GC.GetAllocatedBytesForCurrentThread() - before - series.Count * (2 * sizeof(double));
        }
        _ = Allocated(candles.Slice(0, 50_000));
        var half = Allocated(candles.Slice(0, 100_000));
        var whole = Allocated(candles);
        // One object a candle would be 2,400,000 bytes more; the runtime itself accounts in blocks of some thousands.
        Assert.True(whole - half < 20_000, $"{whole - half} bytes more for 100,000 candles more");
    }

    [Fact]
    public void One_candle_cannot_be_traded() =>
        Assert.Contains("one candle", Assert.Throws<CandleDataException>(() => Play(Days((1, 1, 1, 1)), Shares(1))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_history_shorter_than_the_warm_up_is_refused() =>
        Assert.Contains("warm up", Assert.Throws<CandleDataException>(() =>
            Backtest.Run(Shares(1), () => new SmaCross(), Days([.. Enumerable.Repeat((1.0, 1.0, 1.0, 1.0), 19)]))).Message, StringComparison.Ordinal);

    [Fact]
    public void Dates_without_candles_say_which_there_are()
    {
        var candles = Days((1, 1, 1, 1), (1, 1, 1, 1));
        var problem = Assert.Throws<CandleDataException>(() => Play(candles, Shares(1) with { From = candles.OpenTime(1).AddYears(1) }));
        Assert.Contains("2021-01-04 to 2021-01-05", problem.Message, StringComparison.Ordinal);
    }

    static CandleSeries Minutes((double O, double H, double L, double C)[] rows)
    {
        var columns = new CandleColumns(rows.Length);
        var open = MarketCalendar.Nyse.DailyOpen(new DateOnly(2021, 1, 4)).UtcTicks;
        for (var i = 0; i < rows.Length; i++)
            columns.Add(open + i * TimeSpan.TicksPerMinute, rows[i].O, rows[i].H, rows[i].L, rows[i].C, 1000);
        return CandleSeries.FromColumns(Acme, Timeframe.M1, new CandleOrigin("test"), columns);
    }

    static (double, double, double, double)[] Walk((double Gap, double Move, double Up, double Down)[] moves)
    {
        var rows = new (double, double, double, double)[moves.Length];
        var last = 50.0;
        for (var i = 0; i < moves.Length; i++)
        {
            var open = Math.Round(last * (1 + moves[i].Gap), 2);
            var close = Math.Round(open * (1 + moves[i].Move), 2);
            var high = Math.Round(Math.Max(open, close) * (1 + moves[i].Up), 2);
            var low = Math.Round(Math.Min(open, close) * (1 - moves[i].Down), 2);
            rows[i] = (open, high, low, close);
            last = close;
        }
        return rows;
    }

    /// <summary>Wishes by a hash of the index: every kind of order, reproducible, blind to prices of the future.</summary>
    sealed class Coin(int seed) : Strategy
    {
        public override Signal? OnCandle(View view)
        {
            var roll = (uint)(view.Index * 2654435761 + seed * 40503u) >> 8;
            var price = view.Now.Close;
            var side = roll % 2 == 0 ? Side.Buy : Side.Sell;
            double Away(double by) => price * (1 + (side == Side.Buy ? by : -by));
            return (roll / 2 % 8) switch
            {
                0 => new() { Side = side, Because = "market" },
                1 => new() { Side = side, Because = "stop", Stop = Away(-0.04) },
                2 => new() { Side = side, Because = "bracket", Stop = Away(-0.03), Target = Away(0.04) },
                3 => new() { Side = side, Because = "limit", Limit = Away(-0.01), Stop = Away(-0.04), Target = Away(0.03), GoodForCandles = 3 },
                4 => new() { Side = side, Because = "breakout", Trigger = Away(0.01), Stop = Away(-0.02) },
                5 => new() { Side = side, Because = "trail", Trail = price * 0.03, MaxCandles = 5 },
                6 => new() { Side = side, Because = "stop limit", Trigger = Away(0.01), Limit = Away(0.02) },
                _ => null,
            };
        }
    }

    /// <summary>In on even candles, out on odd ones, the second symbol the other way round.</summary>
    sealed class Relay : Strategy
    {
        public override Signal? OnCandle(View view)
        {
            var isIn = (view.Index + (view.Symbol.Ticker == "AAA" ? 0 : 1)) % 2 == 0;
            return isIn ? Buy : view.IsLong ? Sell : null;
        }
    }
}
