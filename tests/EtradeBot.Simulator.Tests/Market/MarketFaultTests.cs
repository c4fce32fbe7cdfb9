namespace EtradeBot.Simulator.Market;

public class MarketFaultTests
{
    readonly SomeMarket _some = new();

    [Fact]
    public void Without_faults_the_truth_is_shown() => Assert.Equal(_some.True(SomeMarket.Spy), _some.Shown(SomeMarket.Spy));

    [Fact]
    public void A_frozen_quote_is_repeated_with_a_fresh_time()
    {
        var before = _some.Shown(SomeMarket.Spy);
        _some.Faults.Add(new("frozen") { Times = 2 });
        _some.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(before with { At = _some.Time.GetUtcNow() }, _some.Shown(SomeMarket.Spy));
        _some.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(before with { At = _some.Time.GetUtcNow() }, _some.Shown(SomeMarket.Spy));
        Assert.Equal(_some.True(SomeMarket.Spy), _some.Shown(SomeMarket.Spy));
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData(90.0, 90)]
    public void A_stale_quote_is_that_of_some_seconds_ago(double? value, double seconds)
    {
        _some.Faults.Add(new("stale") { Value = value });
        Assert.Equal(_some.Market.QuoteAt(SomeMarket.Spy, _some.Time.GetUtcNow().AddSeconds(-seconds)), _some.Shown(SomeMarket.Spy));
        Assert.Equal(_some.True(SomeMarket.Spy), _some.Shown(SomeMarket.Spy));
    }

    [Fact]
    public void A_delayed_quote_is_a_quarter_of_an_hour_old_and_says_so()
    {
        _some.Faults.Add(new("delayed"));
        Assert.Equal(
            _some.Market.QuoteAt(SomeMarket.Spy, _some.Time.GetUtcNow().AddMinutes(-15)) with { IsDelayed = true },
            _some.Shown(SomeMarket.Spy));
    }

    [Fact]
    public void Damaged_prices_are_damaged_as_the_catalogue_says()
    {
        var truth = _some.True(SomeMarket.Spy);

        Assert.Equal(truth with { Bid = truth.Ask, Ask = truth.Bid, BidSize = truth.AskSize, AskSize = truth.BidSize }, Shown("crossed"));
        Assert.Equal(truth with { Last = 0, Bid = 0, Ask = 0 }, Shown("zero-price"));
        Assert.Equal(truth with { Last = -truth.Last }, Shown("negative-price"));
        Assert.Equal(truth with { Bid = 0, BidSize = 0 }, Shown("missing-side"));
        Assert.Equal(truth with { IsAdjusted = true }, Shown("adjusted"));
        Assert.Equal(truth with { Phase = MarketPhase.AfterHours, Extended = (truth.Last, truth.LastTradeAt) }, Shown("after-hours-print"));
        Assert.Equal(Math.Round(truth.Last * 1.5, 2), Shown("spike").Last);
        Assert.Equal(Math.Round(truth.Last * 0.1, 2), Shown("spike", 0.1).Last);
        Assert.Equal(truth, _some.Shown(SomeMarket.Spy));
        Assert.Equal(truth, _some.True(SomeMarket.Spy));
    }

    [Fact]
    public void A_fault_of_one_symbol_leaves_the_others_alone()
    {
        _some.Faults.Add(new("zero-price") { Symbol = "SPY" });

        Assert.Equal(_some.True(SomeMarket.Basalt), _some.Shown(SomeMarket.Basalt));
        Assert.Equal(0, _some.Shown(SomeMarket.Spy).Last);
    }

    [Fact]
    public void Only_the_regular_session_can_be_marked_as_after_hours()
    {
        _some.Time.Advance(TimeSpan.FromHours(12));
        _some.Faults.Add(new("after-hours-print"));
        Assert.Equal(_some.True(SomeMarket.Spy), _some.Shown(SomeMarket.Spy));
        Assert.Single(_some.Faults.Set);
    }

    [Fact]
    public void A_reset_volume_counts_from_0_for_the_rest_of_the_day()
    {
        var truth = _some.True(SomeMarket.Spy);
        Assert.Equal(truth with { TotalVolume = 0 }, Shown("volume-reset"));
        _some.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(_some.True(SomeMarket.Spy).TotalVolume - truth.TotalVolume, _some.Shown(SomeMarket.Spy).TotalVolume);
        _some.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(_some.True(SomeMarket.Spy), _some.Shown(SomeMarket.Spy));
    }

    [Fact]
    public void While_a_symbol_is_halted_nothing_prints_and_the_quote_stands()
    {
        var from = _some.Time.GetUtcNow();
        var before = _some.True(SomeMarket.Spy);
        var halt = _some.Faults.Add(new("halt") { Symbol = "spy" });
        _some.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(before with { At = _some.Time.GetUtcNow(), IsHalted = true }, _some.True(SomeMarket.Spy));
        Assert.Empty(_some.Market.Prints(SomeMarket.Spy, from, _some.Time.GetUtcNow()));
        Assert.False(_some.True(SomeMarket.Basalt).IsHalted);
        Assert.NotEmpty(_some.Market.Prints(SomeMarket.Basalt, from, _some.Time.GetUtcNow()));
        Assert.Equal(MarketPhase.Regular, _some.Market.PhaseAt(_some.Time.GetUtcNow()));

        Assert.True(_some.Faults.Remove(halt.Id));
        var resumed = _some.Time.GetUtcNow();
        _some.Time.Advance(TimeSpan.FromMinutes(10));

        var after = _some.True(SomeMarket.Spy);
        Assert.False(after.IsHalted);
        var prints = _some.Market.Prints(SomeMarket.Spy, from, _some.Time.GetUtcNow()).ToList();
        Assert.True(prints[0].At > resumed && prints.Count > 100);
        Assert.Equal(before.TotalVolume + prints.Sum(print => print.Volume), after.TotalVolume);
        Assert.Equal((Math.Max(before.High, prints.Max(p => p.Price)), Math.Min(before.Low, prints.Min(p => p.Price))), (after.High, after.Low));
    }

    [Fact]
    public void A_halt_with_an_end_is_over_by_itself_and_known_the_day_after()
    {
        var from = _some.Time.GetUtcNow();
        _some.Faults.Add(new("halt") { Seconds = 600 });
        _some.Time.Advance(TimeSpan.FromDays(1));

        Assert.False(_some.True(SomeMarket.Spy).IsHalted);
        Assert.True(_some.Market.Prints(SomeMarket.Spy, from, _some.Time.GetUtcNow()).First().At >= from.AddSeconds(600));
        var day = _some.Market.Prints(SomeMarket.Spy, from.AddHours(-6), from.AddHours(10)).Sum(print => print.Volume);
        Assert.Equal(day, _some.True(SomeMarket.Spy).PreviousDayVolume);
    }

    [Fact]
    public void A_halt_up_to_the_close_leaves_its_last_price_to_the_next_day()
    {
        var before = _some.True(SomeMarket.Spy);
        Assert.NotEqual(before.Last, _some.Market.QuoteAt(SomeMarket.Spy, before.At.AddDays(1)).PreviousClose);
        _some.Faults.Add(new("halt") { Seconds = 8 * 3600 });
        _some.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(before.Last, _some.True(SomeMarket.Spy).PreviousClose);
    }

    [Fact]
    public void A_halt_of_no_length_changes_nothing()
    {
        var untouched = new SomeMarket().Market;
        _some.Faults.Add(new("halt") { Seconds = 0 });

        for (var minute = -400; minute < 700; minute += 7)
        {
            var instant = _some.Time.GetUtcNow().AddMinutes(minute);
            Assert.Equal(untouched.QuoteAt(SomeMarket.Spy, instant), _some.Market.QuoteAt(SomeMarket.Spy, instant));
        }
    }

    [Fact]
    public void A_market_closed_out_of_turn_prints_nothing_in_any_symbol()
    {
        var from = _some.Time.GetUtcNow();
        _some.Faults.Add(new("closed"));
        _some.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(MarketPhase.Closed, _some.Market.PhaseAt(_some.Time.GetUtcNow()));
        Assert.Equal(MarketPhase.Closed, _some.True(SomeMarket.Basalt).Phase);
        Assert.Equal(MarketPhase.Regular, _some.Market.PhaseAt(from.AddTicks(-1)));
        Assert.Empty(_some.Market.Prints(SomeMarket.Basalt, from, _some.Time.GetUtcNow()));

        _some.Faults.Clear();
        Assert.Equal(MarketPhase.Regular, _some.Market.PhaseAt(_some.Time.GetUtcNow()));
    }

    [Fact]
    public void A_halt_that_was_set_before_the_market_opened_its_doors_counts_as_well()
    {
        _some.Faults.Add(new("halt"));
        var market = new SimulatedMarket(new SimulatorOptions(), _some.Faults, _some.Time);
        Assert.True(market.QuoteAt(SomeMarket.Spy, _some.Time.GetUtcNow()).IsHalted);
    }

    [Fact]
    public void A_split_divides_prices_and_multiplies_volumes_from_then_on()
    {
        var at = _some.Time.GetUtcNow();
        var untouched = new SomeMarket().Market;
        _some.Market.Split(SomeMarket.Spy, 2, at);

        var (before, expected) = (_some.Market.QuoteAt(SomeMarket.Spy, at.AddTicks(-1)), untouched.QuoteAt(SomeMarket.Spy, at));
        var after = _some.Market.QuoteAt(SomeMarket.Spy, at);
        Assert.Equal(untouched.QuoteAt(SomeMarket.Spy, at.AddTicks(-1)), before);
        Assert.Equal((expected.Last / 2, expected.Open / 2, expected.High / 2, expected.Low / 2), (after.Last, after.Open, after.High, after.Low));
        Assert.Equal((expected.PreviousClose / 2, expected.TotalVolume * 2, expected.PreviousDayVolume * 2), (after.PreviousClose, after.TotalVolume, after.PreviousDayVolume));
        Assert.InRange(after.Last, after.Bid, after.Ask);
        Assert.Equal(
            untouched.Prints(SomeMarket.Spy, at.AddHours(-1), at.AddHours(1)).Select(p => p.At < at ? (p.Price, p.Volume) : (p.Price / 2, p.Volume * 2)),
            _some.Market.Prints(SomeMarket.Spy, at.AddHours(-1), at.AddHours(1)).Select(p => (p.Price, p.Volume)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _some.Market.Split(SomeMarket.Spy, 0, at));
    }

    MarketQuote Shown(string fault, double? value = null)
    {
        _some.Faults.Add(new(fault) { Value = value });
        return _some.Shown(SomeMarket.Spy);
    }
}
