using CsCheck;
using EtradeBot.ETrade;
using static EtradeBot.Execution.Limits.Gates.TestDesk;

namespace EtradeBot.Execution.Limits.Gates;

public class SizeCeilingTests
{
    [Theory]
    [InlineData(10, 10)]
    [InlineData(250, 250)] // $25,000 at $100
    [InlineData(251, 250)]
    [InlineData(2_000_000_000, 250)]
    public void A_wish_is_cut_to_what_the_limits_leave(int wished, int left)
    {
        Assert.Equal(left, SizeCeiling.Of(Entry.Ordering(order => order with { Shares = wished }), out var cutBy));
        Assert.Equal(wished == left, cutBy.Length == 0);
    }

    [Fact]
    public void What_cut_it_is_said()
    {
        Assert.Equal(5, SizeCeiling.Of(Entry.Desk(desk => desk with { IsLive = true }), out var cutBy));
        Assert.StartsWith("the first week with real money is capped", cutBy, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_left_where_a_number_is_not_known() =>
        Assert.Equal(0, SizeCeiling.Of(Entry with { Market = Entry.Market with { AverageDailyVolume = null } }, out _));

    [Fact]
    public void An_exit_is_never_cut() => Assert.Equal(100_000, SizeCeiling.Of(Exit.Ordering(order => order with { Shares = 100_000 }), out _));

    [Fact]
    public void What_is_left_passes_and_one_share_more_does_not() => Gen.Select(Gen.Int[1, 3_000], Gen.Int[0, 400], Gen.Int[1, 60_000], Gen.Int[1, 300]).Sample((wished, held, dollars, price) =>
    {
        var entry = Entry.Holding(new HeldShares(Apple, held, held, 100)).With(limits => limits with { MostNotional = dollars, Position = 2 * dollars }).Ordering(order => order with { Shares = wished, Type = OrderPriceType.Limit, Limit = price });
        var left = SizeCeiling.Of(entry, out _);
        Assert.InRange(left, 0, wished);
        if (left > 0) Assert.True(IsWithin(left));
        if (left < wished) Assert.False(IsWithin(left + 1));

        bool IsWithin(int shares) => SendGate.Judge(entry.Ordering(order => order with { Shares = shares })).Gates
            .Where(gate => gate.Name is "most-shares" or "most-notional" or "position" or "gross-exposure" or "net-exposure" or "buying-power" or "volume-share").All(gate => gate.Passed);
    });
}
