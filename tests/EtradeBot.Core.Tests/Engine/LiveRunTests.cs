using EtradeBot.Backtests;
using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Strategies;
using EtradeBot.Trading;
using static EtradeBot.Ledger;

namespace EtradeBot.Engine;

public class LiveRunTests
{
    static readonly BacktestSettings Hundred = Shares(100);

    /// <summary>A market that rises by one dollar a day from 10.</summary>
    static CandleSeries Rising(int days) => Days([.. Enumerable.Range(10, days).Select(price => ((double)price, price + 1.5, price - 0.5, price + 1.0))]);

    static PaperRun Start(Func<View, Signal?> wish, int days = 12, BacktestSettings? settings = null) =>
        new(settings ?? Hundred, () => new Asks(wish), Rising(days));

    [Fact]
    public void A_replaced_strategy_decides_from_the_next_candle_and_finds_position_and_orders_as_they_were()
    {
        var run = Start(view => view.Index == 1 ? Buy with { Stop = 5, Target = 90, MaxCandles = 8 } : null);
        for (var i = 0; i < 4; i++) run.Step();
        var (working, shares) = (run.Working, run.Run.Lanes[0].Last!.Position.Shares);
        Assert.Equal((2, 100), (working.Count, shares));

        var seen = new List<(int Index, int Shares, int Held)>();
        run.Run.Lanes[0].Replace(new Asks(view =>
        {
            if (view.Index >= 4) seen.Add((view.Index, view.Shares, view.CandlesHeld));
            return null;
        }));
        Assert.Equal(working, run.Working);
        Assert.Empty(seen);
        run.ToTheEnd();
        Assert.Equal([(4, 100, 2), (5, 100, 3)], seen[..2]);
        // The time stop belongs to the position, whoever opened it: in at candle 2, eight candles on.
        Assert.Equal(("time stop", 9), (Assert.Single(run.Account.RoundTrips).ExitReason, run.Account.RoundTrips[0].CandlesHeld));
    }

    [Fact]
    public void A_strategy_replaced_by_its_like_changes_nothing()
    {
        var candles = LiveMarket.Of("SAME", 11, 400);
        var settings = new BacktestSettings { Limits = new RiskLimits { AllowShort = true } };
        var run = new PaperRun(settings, () => new RuleStrategy { Confirmations = 1, MaxCandles = 9 }, candles);
        for (var i = 0; run.Step(); i++)
            if (i % 37 == 0) run.Run.Lanes[0].Replace(new RuleStrategy { Confirmations = 1, MaxCandles = 9 });
        var backtest = Backtest.Run(settings, () => new RuleStrategy { Confirmations = 1, MaxCandles = 9 }, candles);
        Assert.NotEmpty(backtest.RoundTrips);
        run.AssertTraded(backtest);
    }

    [Fact]
    public void A_strategy_that_fails_to_warm_up_does_not_replace_the_one_at_work()
    {
        var run = Start(view => view.Index == 5 ? Buy : null);
        for (var i = 0; i < 3; i++) run.Step();
        Assert.Throws<StrategyFailedException>(() => run.Run.Lanes[0].Replace(new Asks(_ => throw new InvalidOperationException("broken"))));
        run.ToTheEnd();
        Assert.Equal("in", Assert.Single(run.Account.Fills).Order.Because);
    }

    [Fact]
    public void A_decision_names_what_was_seen_wanted_and_submitted()
    {
        var run = new PaperRun(Hundred, () => new SmaCross { Fast = 2, Slow = 3 }, Days(Enumerable.Range(0, 12).Select(i => 10.0 + 3 * Math.Sin(i)).Select(p => (p, p + 1, p - 1, p)).ToArray()));
        run.ToTheEnd();
        var entry = run.Decisions.First(decision => decision.Orders.Count > 0);
        Assert.Equal("fast average crossed above slow", entry.Signal!.Because);
        Assert.Equal(["sma 2", "sma 3"], entry.Lines.Select(line => line.Name));
        Assert.True(entry.Lines[0].Value > entry.Lines[1].Value);
        Assert.Equal("sma-cross", entry.Strategy);
        Assert.Equal(entry.Candle.OpenTime, entry.Orders[0].SubmittedAt);
        Assert.Null(entry.BlockedBy);
        Assert.Equal(["signal", "no-price", "no-equity", "max-positions", "max-position", "max-gross-exposure", "size-below-one-share"], entry.Gates.Select(gate => gate.Rule));
        Assert.Equal(100, Assert.IsType<RiskDecision.Sized>(entry.Risk).Shares);

        var idle = run.Decisions[0];
        Assert.Equal("signal", idle.BlockedBy!.Rule);
        Assert.True(double.IsNaN(idle.Lines[1].Value));
    }

    [Fact]
    public void A_wish_on_the_side_of_the_position_is_blocked_by_the_position()
    {
        var run = Start(_ => Buy).ToTheEnd();
        Assert.Equal(new Gate("position-open", "no position is open on that side", 100, 0, false), run.Decisions[^1].BlockedBy);
    }

    [Fact]
    public void A_denied_wish_shows_the_rule_and_its_numbers()
    {
        var run = Start(_ => Sell).ToTheEnd();
        Assert.Equal("short-not-allowed", run.Decisions[3].BlockedBy!.Rule);
        Assert.Equal("short-not-allowed", Assert.IsType<RiskDecision.Denied>(run.Decisions[3].Risk).Rule);
        Assert.Equal(12, run.Run.Lanes[0].Denials.Count);
    }

    [Fact]
    public void A_closed_gate_stops_entries_and_never_an_exit()
    {
        var candles = Rising(6);
        var run = Start(view => view.IsLong ? Sell : Buy, 6);
        run.Step();
        run.Step();
        Assert.Equal(100, run.Run.Lanes[0].Last!.Position.Shares);
        Gate[] stale = [new("quote-age", "seconds since the last quote", 1, 5, true), new("entries-stopped", "entries are not stopped by hand", 1, 0, false)];
        run.Run.OnCandles([new ClosedCandle(Acme, candles[2]) { EntryGates = stale }]);
        run.Run.OnCandles([new ClosedCandle(Acme, candles[3]) { EntryGates = stale }]);
        Assert.Equal("out", Assert.Single(run.Account.RoundTrips).ExitReason);
        run.Run.OnCandles([new ClosedCandle(Acme, candles[4]) { EntryGates = stale }]);
        var last = run.Run.Lanes[0].Last!;
        Assert.Equal(["signal", "quote-age", "entries-stopped"], last.Gates.Select(gate => gate.Rule));
        Assert.Equal((stale[1], 0), (last.BlockedBy, last.Orders.Count));
        Assert.Equal("entries-stopped", run.Run.Lanes[0].Denials[^1].Rule);
    }

    [Fact]
    public void A_strategy_that_throws_enters_no_more_while_its_position_is_still_looked_after()
    {
        var run = Start(view => view.Index switch
        {
            1 => Buy with { MaxCandles = 4 },
            3 => throw new InvalidOperationException("out of luck"),
            > 7 => Buy,
            _ => null,
        }).ToTheEnd();
        Assert.Contains("out of luck", run.Decisions[3].Failure, StringComparison.Ordinal);
        Assert.Null(run.Decisions[4].Failure);
        Assert.Equal("time stop", Assert.Single(run.Account.RoundTrips).ExitReason);
        Assert.Equal("strategy-sound", run.Decisions[^1].BlockedBy!.Rule);
        Assert.Equal(2, run.Account.Fills.Count);
    }

    [Fact]
    public void The_time_stop_acts_at_the_very_candle_at_which_the_strategy_throws()
    {
        var run = Start(view => view.Index switch { 1 => Buy with { MaxCandles = 2 }, >= 2 => throw new InvalidOperationException("gone"), _ => null }).ToTheEnd();
        var trip = Assert.Single(run.Account.RoundTrips);
        Assert.Equal(("time stop", 3), (trip.ExitReason, trip.CandlesHeld));
    }

    [Fact]
    public void A_column_that_throws_on_a_new_candle_leaves_the_time_stop_and_a_readable_decision()
    {
        var run = new PaperRun(Hundred, () => new ColumnBreaks(), Rising(8)).ToTheEnd();
        Assert.Equal(("time stop", 2), (Assert.Single(run.Account.RoundTrips).ExitReason, run.Account.RoundTrips[0].CandlesHeld));
        var broken = run.Decisions[2];
        Assert.Contains("no third candle", broken.Failure, StringComparison.Ordinal);
        Assert.Equal((100, 0), (broken.Position.Shares, broken.Patterns.Count));
        Assert.True(double.IsNaN(Assert.Single(broken.Lines).Value));
    }

    [Fact]
    public void A_position_taken_over_keeps_its_worth_and_its_time_stop()
    {
        var candles = Rising(10);
        var account = new Account(10_000);
        var entry = new Order { Id = account.NextOrderId(), Symbol = Acme, Side = Side.Buy, Type = OrderType.Market, Shares = 10, SubmittedAt = candles.OpenTime(1), Because = "before" };
        account.Book(new Fill(entry, 10, 12m, 0, 0, candles.OpenTime(2).UtcTicks), 2);
        var history = candles.Slice(0, 4);
        var lane = new LaneSetup { History = history, Strategy = new Asks(_ => null), Broker = PaperBroker.ForComing(history, account, new(), new()), MaxCandles = 3 };
        var run = new LiveRun(account, new RiskManager(new RiskLimits(), new Sizing(SizingKind.Shares, 1)), [lane]);
        run.OnCandle(Acme, candles[4]);
        Assert.Equal((10, 2), (run.Lanes[0].Last!.Position.Shares, run.Lanes[0].Last!.Position.CandlesHeld));
        // Cash of 9,880, and ten shares at the close of 14 of the day before.
        Assert.Equal(10_020, run.Today!.Value.Equity);
        for (var i = 5; i < candles.Count; i++) run.OnCandle(Acme, candles[i]);
        Assert.Equal(("time stop", 4, 40m), (account.RoundTrips[0].ExitReason, account.RoundTrips[0].CandlesHeld, account.RoundTrips[0].ProfitAndLoss));
    }

    [Fact]
    public void One_strategys_failure_does_not_keep_another_symbol_from_deciding()
    {
        var (a, b) = (Days(Symbol.Parse("AAA"), (10, 11, 9, 10), (10, 11, 9, 10)), Days(Symbol.Parse("BBB"), (10, 11, 9, 10), (10, 11, 9, 10)));
        var run = new PaperRun(Hundred, () => new Asks(view => view.Symbol == a.Symbol ? throw new InvalidOperationException("no") : Buy), a, b).ToTheEnd();
        Assert.Equal("BBB", Assert.Single(run.Account.Fills).Symbol.ToString());
    }

    [Theory]
    [InlineData(-3.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_price_that_no_order_can_have_is_a_denial_in_backtest_and_live(double target)
    {
        Signal? Wish(View view) => view.Index == 1 ? Buy with { Target = target } : null;
        var run = Start(Wish).ToTheEnd();
        Assert.Equal("impossible-price", run.Decisions[1].BlockedBy!.Rule);
        var backtest = Backtest.Run(Hundred, () => new Asks(Wish), Rising(12));
        Assert.Equal("impossible-price", Assert.Single(backtest.Denials).Rule);
        run.AssertTraded(backtest);
    }

    [Fact]
    public void A_refused_candle_leaves_everything_as_it_was()
    {
        var candles = Rising(6);
        var run = Start(_ => Buy, 6);
        for (var i = 0; i < 3; i++) run.Step();
        var fills = run.Account.Fills.Count;
        Assert.Throws<CandleDataException>(() => run.Run.OnCandle(Acme, candles[2]));
        Assert.Throws<CandleDataException>(() => run.Run.OnCandle(Symbol.Parse("ELSE"), candles[3]));
        Assert.Throws<CandleDataException>(() => run.Run.OnCandles([new(Acme, candles[3]), new(Acme, candles[3])]));
        Assert.Throws<CandleDataException>(() => run.Run.OnCandles([]));
        Assert.Equal((3, fills), (run.Run.Lanes[0].Candles.Count, run.Account.Fills.Count));
        run.Run.OnCandle(Acme, candles[3]);
        Assert.Equal(4, run.Run.Lanes[0].Candles.Count);
    }

    [Fact]
    public void A_run_that_goes_on_within_a_day_keeps_the_days_first_figure()
    {
        var minutes = LiveMarket.Of("DAY", 4, 300);
        var first = new PaperRun(Hundred, () => new Asks(_ => null), minutes);
        for (var i = 0; i < 20; i++) first.Step();
        var today = first.Run.Today!.Value;
        Assert.Equal((MarketCalendar.Nyse.DayOf(minutes.OpenTime(19)), 100_000), (today.Day, today.Equity));

        var limits = new RiskLimits { MaxDailyLoss = 0.05 };
        var (account, history) = (new Account(94_000), minutes.Slice(0, 20));
        var lane = new LaneSetup { History = history, Strategy = new Asks(_ => Buy), Broker = PaperBroker.ForComing(history, account, new(), new()) };
        var again = new LiveRun(account, new RiskManager(limits, new Sizing(SizingKind.Shares, 1)), [lane], today);
        Assert.Equal("max-daily-loss", again.OnCandle(minutes.Symbol, minutes[20]).Decisions[0].BlockedBy!.Rule);
    }

    [Fact]
    public void A_broker_that_books_fills_by_itself_is_traded_with_alike()
    {
        var candles = Rising(8);
        var account = new Account(10_000);
        var broker = new FillsAtOnce(account);
        var lane = new LaneSetup
        {
            History = candles.Slice(0, 2),
            Strategy = new Asks(view => view.IsFlat ? Buy : view.CandlesHeld == 2 ? Sell : null),
            Broker = broker,
            Standing = books => books with { Equity = 1_000 },
        };
        var run = new LiveRun(account, new RiskManager(new RiskLimits(), Sizing.Parse("percent:50")), [lane]);
        for (var i = 2; i < candles.Count; i++) run.OnCandle(Acme, candles[i]);
        // Half of what the broker says the account is worth, at a close of 13.
        Assert.Equal((38, 13m), (account.Fills[0].Shares, account.Fills[0].Price));
        Assert.Equal(3, account.RoundTrips[0].CandlesHeld);
        Assert.Equal((decimal)(38 * 3), account.RoundTrips[0].ProfitAndLoss);
    }

    [Fact]
    public void Rules_that_need_candles_in_advance_are_refused_where_candles_still_come() =>
        Assert.Contains("lower timeframe", Assert.Throws<ArgumentException>(() =>
            PaperBroker.ForComing(Rising(2), new Account(1), new FillRules { Intrabar = IntrabarPolicy.Drill }, new())).Message, StringComparison.Ordinal);

    sealed class Asks(Func<View, Signal?> wish) : Strategy
    {
        public override Signal? OnCandle(View view) => wish(view);
    }

    /// <summary>Enters at the second candle for one; its column cannot be computed from the third on.</summary>
    sealed class ColumnBreaks : Strategy
    {
        public override void Init(View view)
        {
            view.Find(Analysis.Pattern.Doji);
            view.Line("fragile", static c => c.Count < 3 ? c.Close.ToArray() : throw new InvalidOperationException("no third candle"));
        }

        public override Signal? OnCandle(View view) => view.Index == 1 ? Buy with { MaxCandles = 1 } : null;
    }

    /// <summary>Fills every order whole at the open of the next candle, as a real broker would report it.</summary>
    sealed class FillsAtOnce(Account account) : IBroker
    {
        Order? _waits;

        public bool HasExit => _waits is { IsExit: true };

        public void Submit(Order order, int lastIndex = int.MaxValue) => _waits = order;

        public void CancelEntry(string note, DateTimeOffset at, Side? side = null)
        {
            if (_waits is not { IsExit: false } || (side ?? _waits.Side) != _waits.Side) return;
            _waits = null;
            account.Expect(Acme, 0);
        }

        public void OnCandle(CandleSeries candles)
        {
            var candle = candles[candles.Count - 1];
            if (_waits is { } order)
            {
                account.Book(new Fill(order, order.Shares, (decimal)candle.Open, 0, 0, candle.OpenTime.UtcTicks), candles.Count - 1);
                account.Expect(Acme, 0);
                _waits = null;
            }
            account.Mark(Acme, candle);
        }
    }
}
