using EtradeBot.Trading;
using static EtradeBot.Execution.Limits.Gates.TestDesk;

namespace EtradeBot.Execution.Limits.Cash;

public class WashSaleTests
{
    [Theory]
    [InlineData(0, -10, true)]
    [InlineData(30, -10, true)]
    [InlineData(31, -10, false)]
    [InlineData(5, 10, false)]
    public void Buying_within_30_days_of_a_loss_is_warned_of(int daysAgo, int profit, bool warns) =>
        Assert.Equal(warns, WashSales.WarnOfEntry(Apple, [Trip(60, daysAgo, profit)], Today) is not null);

    [Fact]
    public void The_warning_names_the_loss() => Assert.StartsWith(
        "AAPL was sold at a loss of $30.00 in the last 30 days", WashSales.WarnOfEntry(Apple, [Trip(60, 5, -10), Trip(50, 3, -20), Trip(40, 2, 99)], Today), StringComparison.Ordinal);

    [Theory]
    [InlineData(30, true, true)]
    [InlineData(31, true, false)]
    [InlineData(30, false, false)]
    public void Selling_older_shares_at_a_loss_beside_new_ones_is_warned_of(int daysAgo, bool isAtLoss, bool warns) =>
        Assert.Equal(warns, WashSales.WarnOfExit(Apple, isAtLoss, [Bought(90, 10), Bought(daysAgo, 10)], Today) is not null);

    [Fact]
    public void The_only_lot_is_no_replacement_of_itself() => Assert.Null(WashSales.WarnOfExit(Apple, true, [Bought(5, 10)], Today));

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void A_purchase_after_the_loss_disallows_it_share_by_share(int daysLater, bool isWash)
    {
        var found = WashSales.Find([Trip(100, 50, -30, 30)], [Bought(50 - daysLater, 10)]);
        if (isWash) Assert.Equal((10, 10m, Today.AddDays(-20)), (found[0].Shares, found[0].Disallowed, found[0].BoughtOn));
        Assert.Equal(isWash ? 1 : 0, found.Count);
    }

    [Fact]
    public void A_purchase_before_the_loss_disallows_it_too() => Assert.Equal(30m, Assert.Single(WashSales.Find([Trip(100, 50, -30, 10)], [Bought(80, 10)])).Disallowed);

    [Fact]
    public void One_share_bought_stands_against_one_share_sold()
    {
        var found = WashSales.Find([Trip(100, 51, -20, 10), Trip(99, 50, -40, 10)], [Bought(40, 15)]);
        Assert.Equal([(10, 20m), (5, 20m)], found.Select(wash => (wash.Shares, wash.Disallowed)));
    }

    [Fact]
    public void Parts_of_one_lot_do_not_replace_each_other() => Assert.Empty(WashSales.Find([Trip(60, 50, -5, 10), Trip(60, 45, -5, 10)], []));

    [Fact]
    public void Another_symbol_is_another_stock() => Assert.Empty(WashSales.Find([Trip(100, 50, -30)], [new Purchase(Other, 10, Now.AddDays(-45))]));

    static Purchase Bought(int daysAgo, int shares) => new(Apple, shares, Now.AddDays(-daysAgo));

    static RoundTrip Trip(int boughtDaysAgo, int soldDaysAgo, decimal profit, int shares = 10) => new()
    {
        Symbol = Apple,
        Side = Side.Buy,
        Shares = shares,
        EntryTime = Now.AddDays(-boughtDaysAgo),
        EntryPrice = 100,
        ExitTime = Now.AddDays(-soldDaysAgo),
        ExitPrice = 100 + profit / shares,
        ProfitAndLoss = profit,
        Fees = 0,
        R = null,
        Mae = 0,
        Mfe = 0,
        CandlesHeld = 1,
        EntryReason = "",
        ExitReason = "",
    };
}
