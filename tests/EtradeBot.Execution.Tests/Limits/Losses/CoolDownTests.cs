using EtradeBot.Market;
using static EtradeBot.Execution.Limits.Gates.TestDesk;

namespace EtradeBot.Execution.Limits.Losses;

public class CoolDownTests
{
    static readonly TradingLimits Limits = TradingLimits.Safe with { LossPause = TimeSpan.FromMinutes(2) };

    [Fact]
    public void A_loss_pauses_every_symbol_and_says_why_and_until_when()
    {
        var pause = Assert.Single(CoolDowns.For(Apple, [Trade(1, -5.5m, Other)], Limits, Now));
        Assert.Equal(new CoolDown("loss-pause", Now.AddMinutes(1), "MSFT lost $5.50"), pause);
        Assert.Empty(CoolDowns.For(Apple, [Trade(2, -5.5m, Other)], Limits, Now));
    }

    [Fact]
    public void A_gain_and_a_trade_without_gain_pause_nothing() => Assert.Empty(CoolDowns.For(Apple, [Trade(0, 5), Trade(0, 0)], Limits, Now));

    [Theory]
    [InlineData(new[] { -1, -1, -1 }, true)]
    [InlineData(new[] { -1, -1 }, false)]
    [InlineData(new[] { -1, 1, -1, -1 }, false)]
    [InlineData(new[] { 1, -1, -1, -1 }, true)] // a gain ends the run, not the pause
    [InlineData(new[] { -1, 0, -1, -1 }, false)]
    public void Three_losses_in_a_row_pause_for_longer(int[] newestFirst, bool pauses)
    {
        var trades = newestFirst.Select((profit, i) => Trade(10 + i, profit)).Reverse();
        Assert.Equal(pauses, CoolDowns.For(Apple, trades, Limits, Now).Any(pause => pause.Name == "streak-pause"));
    }

    [Fact]
    public void A_streak_pause_lasts_from_the_last_loss()
    {
        var trades = new[] { Trade(50, -1), Trade(40, -1), Trade(30, -1), Trade(20, -1) };
        Assert.Equal(Now.AddMinutes(40), CoolDowns.For(Apple, trades, Limits, Now).Single().Until);
    }

    [Fact]
    public void A_stop_that_was_hit_pauses_its_symbol_alone_also_at_a_gain()
    {
        var stopped = Trade(5, 3) with { IsStopOut = true };
        Assert.Equal("stop-out-pause", Assert.Single(CoolDowns.For(Apple, [stopped], Limits, Now)).Name);
        Assert.Empty(CoolDowns.For(Other, [stopped], Limits, Now));
    }

    [Fact]
    public void A_clock_that_was_put_back_shortens_no_pause() =>
        Assert.Equal("loss-pause", Assert.Single(CoolDowns.For(Apple, [Trade(-10, -1)], Limits, Now)).Name);

    static ClosedTrade Trade(int minutesAgo, decimal profit, Symbol? symbol = null) => new(symbol ?? Apple, Now.AddMinutes(-minutesAgo), profit, IsStopOut: false);
}
