namespace EtradeBot.Simulator.Market;

public class MarketPhaseTests
{
    readonly SimulatedMarket _market = new SomeMarket().Market;

    [Theory]
    [InlineData("2026-03-10 03:59:59", "Closed")]
    [InlineData("2026-03-10 04:00:00", "PreMarket")]
    [InlineData("2026-03-10 09:29:59", "PreMarket")]
    [InlineData("2026-03-10 09:30:00", "Regular")]
    [InlineData("2026-03-10 15:59:59", "Regular")]
    [InlineData("2026-03-10 16:00:00", "AfterHours")]
    [InlineData("2026-03-10 19:59:59", "AfterHours")]
    [InlineData("2026-03-10 20:00:00", "Closed")]
    [InlineData("2026-03-14 12:00:00", "Closed")] // Saturday
    [InlineData("2026-04-03 12:00:00", "Closed")] // Good Friday
    [InlineData("2026-11-27 12:59:59", "Regular")] // the day after Thanksgiving closes at 13:00
    [InlineData("2026-11-27 13:00:00", "AfterHours")]
    [InlineData("2026-11-27 16:59:59", "AfterHours")]
    [InlineData("2026-11-27 17:00:00", "Closed")]
    [InlineData("2026-03-08 09:45:00", "Closed")] // Sunday on which the clocks go forward
    [InlineData("2026-03-09 09:30:00", "Regular")]
    [InlineData("2026-11-02 09:30:00", "Regular")] // Monday after they went back
    [InlineData("2026-11-02 04:00:00", "PreMarket")]
    [InlineData("2026-11-02 03:59:59", "Closed")]
    public void A_day_has_its_phases_by_the_clocks_of_New_York(string newYork, string phase)
    {
        var time = DateTime.ParseExact(newYork, "yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        var instant = SomeMarket.At(time.Year, time.Month, time.Day, newYork[11..]);

        Assert.Equal(phase, _market.PhaseAt(instant).ToString());
        Assert.Equal(phase, _market.QuoteAt(SomeMarket.Spy, instant).Phase.ToString());
    }

    [Fact]
    public void Nine_thirty_is_another_instant_after_the_clocks_changed()
    {
        Assert.Equal(MarketPhase.PreMarket, _market.PhaseAt(new(2026, 3, 6, 13, 30, 0, TimeSpan.Zero)));
        Assert.Equal(MarketPhase.Regular, _market.PhaseAt(new(2026, 3, 9, 13, 30, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Over_a_holiday_weekend_the_quote_is_that_of_the_last_evening()
    {
        var friday = _market.QuoteAt(SomeMarket.Spy, SomeMarket.At(2026, 1, 16, "20:00:00"));
        var monday = _market.QuoteAt(SomeMarket.Spy, SomeMarket.At(2026, 1, 19, "12:00:00")); // Martin Luther King's day

        Assert.Equal(friday with { At = monday.At }, monday);
        Assert.Empty(_market.Prints(SomeMarket.Spy, friday.At, SomeMarket.At(2026, 1, 20, "03:59:59")));
        Assert.Equal(friday.Last, _market.QuoteAt(SomeMarket.Spy, SomeMarket.At(2026, 1, 20, "12:00:00")).PreviousClose);
    }
}
