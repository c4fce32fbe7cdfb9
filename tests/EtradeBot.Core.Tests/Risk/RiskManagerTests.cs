using EtradeBot.Trading;
using static EtradeBot.Ledger;

namespace EtradeBot.Risk;

public class RiskManagerTests
{
    [Fact]
    public void One_percent_of_50_000_with_an_atr_of_1_20_buys_208_shares()
    {
        // 50,000 x 1 % = 500 at risk / (2 x 1.20) = 208.33
        var sizing = RiskManager.PositionSize(50_000m, 0.01, 1.2);
        Assert.Equal(208, sizing.Shares);
        Assert.Equal("50000.00 x 1 % = 500.00 at risk / 2.4 a share to the stop = 208 shares", sizing.ToString());
    }

    [Fact]
    public void The_stop_multiple_is_a_parameter() => Assert.Equal(416, RiskManager.PositionSize(50_000m, 0.01, 1.2, 1).Shares);

    [Theory]
    [InlineData(0, 0.01, 1.2)]
    [InlineData(50_000, 0, 1.2)]
    [InlineData(50_000, 1.01, 1.2)]
    [InlineData(50_000, 0.01, double.NaN)]
    [InlineData(50_000, 0.01, 0)]
    [InlineData(50_000, 0.01, double.PositiveInfinity)]
    public void A_size_needs_positive_finite_numbers(double account, double risk, double atr) =>
        Assert.ThrowsAny<ArgumentOutOfRangeException>(() => RiskManager.PositionSize((decimal)account, risk, atr));

    [Fact]
    public void Stop_and_target_lie_on_the_right_sides()
    {
        Assert.Equal((98, 103), (RiskManager.AtrStop(Side.Buy, 100, 1), RiskManager.AtrTarget(Side.Buy, 100, 1, 3)));
        Assert.Equal((102, 97), (RiskManager.AtrStop(Side.Sell, 100, 1), RiskManager.AtrTarget(Side.Sell, 100, 1, 3)));
    }

    [Theory]
    [InlineData("risk:1%", 500)]
    [InlineData("risk:0.5", 250)]
    [InlineData("100", 100)]
    [InlineData("percent:25", 250)]
    [InlineData("cash:10000", 100)]
    public void Each_kind_of_size_comes_to_its_shares(string size, int shares) =>
        Assert.Equal(shares, Sized(size, new RiskLimits(), Buy with { Stop = 98 }));

    [Theory]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("risk:0%")]
    [InlineData("risk:101%")]
    [InlineData("lots")]
    [InlineData("cash:x")]
    [InlineData("")]
    public void What_is_no_size_is_refused(string size) => Assert.Throws<FormatException>(() => Sizing.Parse(size));

    [Theory]
    [InlineData(0.1, 1, 1, 100)]
    [InlineData(1, 0.2, 1, 200)]
    [InlineData(1, 1, 0.005, 250)]
    public void A_limit_brings_the_shares_down(double position, double gross, double risk, int shares)
    {
        var limits = new RiskLimits { MaxPosition = position, MaxGrossExposure = gross, MaxRiskPerTrade = risk };
        Assert.Equal(shares, Sized("400", limits, Buy with { Stop = 98 }));
    }

    [Fact]
    public void A_denial_names_its_rule_and_its_numbers()
    {
        var denied = Assert.IsType<RiskDecision.Denied>(Judge("100", new RiskLimits(), Sell));
        Assert.Equal("short-not-allowed", denied.Rule);
        denied = Assert.IsType<RiskDecision.Denied>(Judge("100", new RiskLimits(), Buy with { Stop = 101 }));
        Assert.Equal(("stop-on-wrong-side", 100, 101), (denied.Rule, denied.Limit, denied.Asked));
        denied = Assert.IsType<RiskDecision.Denied>(Judge("100", new RiskLimits { MaxPositions = 0 }, Buy));
        Assert.Equal("max-positions", denied.Rule);
        denied = Assert.IsType<RiskDecision.Denied>(Judge("risk:1%", new RiskLimits(), Buy));
        Assert.Equal("no-stop-distance", denied.Rule);
    }

    [Fact]
    public void A_limit_that_leaves_no_share_says_which_it_was()
    {
        var denied = Assert.IsType<RiskDecision.Denied>(Judge("100", new RiskLimits { MaxPosition = 0.0001 }, Buy));
        Assert.Equal("max-position", denied.Rule);
    }

    [Fact]
    public void The_daily_loss_stops_entries_until_the_next_day()
    {
        // A loss of 1,000 on 100,000 in candle 1 (1 %); the wish at its close is denied, the one a day later is not.
        var candles = Days((100, 100, 100, 100), (100, 100, 90, 90), (90, 90, 90, 90), (90, 90, 90, 90), (90, 90, 90, 90));
        var settings = Shares(100) with { Limits = new RiskLimits { MaxDailyLoss = 0.01 } };
        (int, Signal)[] wishes = [(0, Buy with { Stop = 90 }), (1, Buy), (2, Buy)];
        var result = Play(candles, settings, wishes);
        Assert.Equal("max-daily-loss", Assert.Single(result.Denials).Rule);
        Assert.Single(result.OpenPositions);
    }

    [Fact]
    public void Shorts_work_when_they_are_allowed()
    {
        var settings = Shares(100) with { Limits = new RiskLimits { AllowShort = true } };
        var result = Play(Days((10, 10, 10, 10), (10, 10, 10, 10), (9, 9, 8, 9), (9, 9, 9, 9)), settings, (0, Sell with { Stop = 11 }), (2, Buy));
        var trade = Assert.Single(result.RoundTrips);
        Assert.Equal((Side.Sell, 100m, 1.0), (trade.Side, trade.ProfitAndLoss, trade.R));
        Assert.Equal((0m, 200m), (trade.Mae, trade.Mfe));
    }

    [Fact]
    public void A_short_is_stopped_above_its_entry()
    {
        var settings = Shares(100) with { Limits = new RiskLimits { AllowShort = true } };
        var result = Play(Days((10, 10, 10, 10), (10, 10, 10, 10), (10, 12, 10, 12)), settings, (0, Sell with { Stop = 11 }));
        Assert.Equal((11m, -100m), (result.RoundTrips[0].ExitPrice, result.RoundTrips[0].ProfitAndLoss));
    }

    static int Sized(string size, RiskLimits limits, Signal signal) => Assert.IsType<RiskDecision.Sized>(Judge(size, limits, signal)).Shares;

    static RiskDecision Judge(string size, RiskLimits limits, Signal signal) =>
        new RiskManager(limits, Sizing.Parse(size)).Judge(signal, new RiskContext(new Account(100_000), 100, double.NaN, 100_000));
}
