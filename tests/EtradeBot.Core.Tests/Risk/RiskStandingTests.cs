using EtradeBot.Trading;

namespace EtradeBot.Risk;

public sealed class RiskStandingTests
{
    static readonly Signal Buy = new() { Side = Side.Buy, Because = "test" };

    static readonly RiskStanding Standing = new(10_000, 0, 0) { Price = 100, Atr = 1, DayStartEquity = 10_000 };

    static RiskDecision Judge(string size, RiskLimits limits, RiskStanding standing) => new RiskManager(limits, Sizing.Parse(size)).Judge(Buy, standing);

    [Fact]
    public void What_is_held_of_the_symbol_counts_against_the_limit_of_one_position()
    {
        var decision = Judge("50", new RiskLimits { MaxPosition = 0.5 }, Standing with { HeldOfSymbol = 3_000, Exposure = 3_000 });
        Assert.Equal(20, Assert.IsType<RiskDecision.Sized>(decision).Shares);
    }

    [Fact]
    public void A_size_that_a_limit_brought_down_names_it()
    {
        var cut = Assert.IsType<RiskDecision.Sized>(Judge("90", new RiskLimits { MaxGrossExposure = 0.8 }, Standing));
        Assert.Equal((80, "all positions together may not be larger"), (cut.Shares, cut.CutBy));
        var whole = Assert.IsType<RiskDecision.Sized>(Judge("80", new RiskLimits { MaxGrossExposure = 0.8 }, Standing));
        Assert.Equal((80, ""), (whole.Shares, whole.CutBy));
    }

    [Fact]
    public void A_position_too_many_is_denied()
    {
        var denied = Assert.IsType<RiskDecision.Denied>(Judge("1", new RiskLimits { MaxPositions = 2 }, Standing with { Positions = 2 }));
        Assert.Equal("max-positions", denied.Rule);
    }
}
