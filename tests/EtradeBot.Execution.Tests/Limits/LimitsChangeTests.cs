using EtradeBot.Market;

namespace EtradeBot.Execution.Limits;

public class LimitsChangeTests
{
    static readonly HashSet<string> TighterWhenHigher =
    [
        "repeatWindowSeconds", "lossPauseMinutes", "streakPauseMinutes", "stopOutPauseMinutes", "minutesAfterOpen", "minutesBeforeClose", "settledCashOnly",
    ];

    public static TheoryData<string> Names => [.. LimitCatalog.All.Select(limit => limit.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_change_of_one_limit_is_a_loosening_one_way_and_a_tightening_the_other(string name)
    {
        var limit = LimitCatalog.Find(name);
        var (low, high) = (limit.Write(TradingLimits.Safe, limit.Range.Least), limit.Write(TradingLimits.Safe, limit.Range.Most));
        var isLooserUp = !TighterWhenHigher.Contains(name);
        Assert.Equal(isLooserUp, LimitsChange.NeedsStepUp(low, high));
        Assert.Equal(!isLooserUp, LimitsChange.NeedsStepUp(high, low));
        Assert.Equal(name, Assert.Single(LimitsChange.Between(low, high)).Name);
        Assert.Empty(LimitsChange.Between(high, high));
    }

    [Fact]
    public void One_loosening_among_tightenings_needs_a_step_up() =>
        Assert.True(LimitsChange.NeedsStepUp(TradingLimits.Safe, TradingLimits.Safe with { MostShares = 1, OrdersPerDay = 1, Spread = 0.02m }));

    [Fact]
    public void Restricting_a_symbol_is_instant_and_freeing_it_is_not()
    {
        var restricted = TradingLimits.Safe with { Restricted = new HashSet<Symbol> { Symbol.Parse("GME") } };
        Assert.False(LimitsChange.NeedsStepUp(TradingLimits.Safe, restricted));
        Assert.True(LimitsChange.NeedsStepUp(restricted, TradingLimits.Safe));
    }

    [Fact]
    public void Signing_a_review_needs_a_step_up_and_taking_it_back_does_not()
    {
        var reviewed = TradingLimits.Safe with { ReviewedAt = new(2026, 11, 23), ReviewedBy = "Ann" };
        Assert.True(LimitsChange.NeedsStepUp(TradingLimits.Safe, reviewed));
        Assert.False(LimitsChange.NeedsStepUp(reviewed, TradingLimits.Safe));
    }

    [Fact]
    public void A_change_says_what_it_is() => Assert.Equal(
        ["mostShares: 1,000 shares becomes 2,000 shares (looser)", "priceCollar: 3 % becomes 2 % (tighter)", "allowShort: no becomes yes (looser)"],
        LimitsChange.Between(TradingLimits.Safe, TradingLimits.Safe with { MostShares = 2_000, PriceCollar = 0.02m, AllowShort = true }).Select(change => change.ToString()));
}
