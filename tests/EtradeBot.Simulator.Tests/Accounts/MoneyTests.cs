namespace EtradeBot.Simulator.Accounts;

public sealed class MoneyTests
{
    readonly Bench _bench = new();

    IReadOnlyList<CustomerTransaction> Transactions => _bench.Broker.Transactions(_bench.Key).Value!;

    [Fact]
    public void A_purchase_and_a_sale_are_paid_to_the_cent_with_the_regulators_fee()
    {
        _bench.Hold(10);
        Assert.Equal((98_999.50m, 1_000m), (_bench.Balance.Cash, _bench.Balance.LongValue));
        _bench.Place(Bench.Sell(10));
        _bench.Print("10:00:02", 110);
        // 1,099.50 less FINRA's $0.000166 a share, rounded up to a cent; the SEC's rate was nil in March 2026.
        var execution = Assert.Single(_bench.Last.Executions);
        Assert.Equal((109.95m, 0.01m), (execution.Price, execution.Fees));
        Assert.Equal((100_098.99m, 0m), (_bench.Balance.Cash, _bench.Balance.LongValue));
        Assert.Equal(0.01m, _bench.Last.Fees);
        Assert.Empty(_bench.Positions);
    }

    [Fact]
    public void Proceeds_settle_at_the_start_of_the_next_session()
    {
        var bench = new Bench(isCash: true);
        bench.To("10:00:00", days: 3);
        bench.Place(Bench.Buy(10));
        bench.Print("10:00:01", 100, days: 3);
        bench.Place(Bench.Sell(10));
        bench.Print("10:00:02", 110, days: 3);
        Assert.Equal((98_999.50m, 1_099.49m, 100_098.99m), (bench.Balance.SettledCash, bench.Balance.UnsettledCash, bench.Balance.CashBuyingPower));
        // From Friday to Monday.
        bench.To("23:59:59", days: 5);
        Assert.Equal(1_099.49m, bench.Balance.UnsettledCash);
        bench.To("00:00:00", days: 6);
        Assert.Equal((100_098.99m, 0m), (bench.Balance.SettledCash, bench.Balance.UnsettledCash));
    }

    [Fact]
    public void Unsettled_money_can_buy_and_settled_money_is_spent_first()
    {
        var bench = new Bench(isCash: true);
        bench.Place(Bench.Buy(900));
        bench.Print("10:00:01", 100, 1_000_000);
        bench.Place(Bench.Sell(900));
        bench.Print("10:00:02", 100, 1_000_000);
        // 100,000 - 900 x 100.05 + 900 x 99.95 - 0.15
        Assert.Equal((99_909.85m, 89_954.85m), (bench.Balance.CashBuyingPower, bench.Balance.UnsettledCash));
        bench.Place(Bench.Buy(500));
        bench.Print("10:00:03", 100, 1_000_000);
        Assert.Equal((49_884.85m, 0m, 49_884.85m), (bench.Balance.Cash, bench.Balance.SettledCash, bench.Balance.UnsettledCash));
    }

    [Fact]
    public void Buying_power_on_margin_is_twice_the_part_of_the_equity_that_covers_nothing_yet()
    {
        Assert.Equal((200_000m, 100_000m), (_bench.Balance.MarginBuyingPower, _bench.Balance.CashBuyingPower));
        _bench.Hold(1_500);
        // Cash 100,000 - 150,075; equity 99,925; half of the 150,000 is covered by 75,000 of it.
        Assert.Equal((-50_075m, 99_925m), (_bench.Balance.Cash, _bench.Balance.Total));
        Assert.Equal((49_850m, 24_925m), (_bench.Balance.MarginBuyingPower, _bench.Balance.CashBuyingPower));
        _bench.Place(Bench.Limit(Bench.Buy(100), 90));
        Assert.Equal((9_000m, 40_850m), (_bench.Balance.Reserved, _bench.Balance.MarginBuyingPower));
    }

    [Fact]
    public void Shares_sold_short_are_owed_and_covering_them_pays_the_difference()
    {
        _bench.Place(Bench.Request(OrderAction.SellShort, 100));
        _bench.Print("10:00:01", 100);
        // 9,995.00 less 0.0166 rounded up
        Assert.Equal((109_994.98m, -10_000m, 99_994.98m), (_bench.Balance.Cash, _bench.Balance.ShortValue, _bench.Balance.Total));
        Assert.Equal(189_989.96m, _bench.Balance.MarginBuyingPower);
        var position = Assert.Single(_bench.Positions);
        Assert.Equal((-100, -9_995m, 99.95m), (position.Shares, position.Cost, position.CostPerShare));
        Assert.Equal(1037, _bench.TryPlace(Bench.Request(OrderAction.BuyToCover, 101)).Refusal?.Code);
        _bench.Place(Bench.Request(OrderAction.BuyToCover, 100));
        _bench.Print("10:00:02", 90);
        Assert.Equal(100_989.98m, _bench.Balance.Cash);
        Assert.Empty(_bench.Positions);
    }

    [Fact]
    public void Long_and_short_shares_of_one_symbol_stand_side_by_side()
    {
        _bench.Hold(5);
        _bench.Place(Bench.Request(OrderAction.SellShort, 3));
        _bench.Print("10:00:02", 100);
        Assert.Equal([5, -3], _bench.Positions.Select(position => position.Shares));
        Assert.Equal(2, _bench.Positions.Select(position => position.PositionId).Distinct().Count());
    }

    [Fact]
    public void The_oldest_lot_is_sold_first()
    {
        _bench.Hold(10);
        _bench.To("10:00:00", days: 1);
        _bench.Place(Bench.Buy(10));
        _bench.Print("10:00:01", 120, days: 1);
        var position = Assert.Single(_bench.Positions);
        Assert.Equal((20, 2_201m, 110.05m), (position.Shares, position.Cost, position.CostPerShare));
        Assert.Equal((10, 120.05m), position.Today);
        Assert.Equal(Bench.At("10:00:01"), position.AcquiredAt);
        Assert.True(position.PositionId > int.MaxValue);
        _bench.Place(Bench.Sell(12));
        _bench.Print("10:00:02", 130, days: 1);
        var left = Assert.Single(_bench.Positions);
        Assert.Equal((8, 960.4m, Bench.At("10:00:01", days: 1)), (left.Shares, left.Cost, left.AcquiredAt));
        Assert.Equal(position.PositionId, left.PositionId);
        Assert.Equal((8, 120.05m), (Assert.Single(left.Lots).Shares, left.Lots[0].Price));
    }

    [Fact]
    public void The_history_lists_each_execution_newest_first_and_posts_it_over_night()
    {
        _bench.Hold(10);
        _bench.Place(Bench.Sell(4));
        _bench.Print("10:00:02", 110);
        var lines = Transactions;
        Assert.Equal([("Sold", 439.79m, -4m, 109.95m, 0.01m), ("Bought", -1_000.50m, 10m, 100.05m, 0m)],
            lines.Select(line => (line.Type, line.Amount, line.Quantity, line.Price, line.Fee)));
        Assert.All(lines, line => Assert.Equal(("AAPL", "AAPL INC COM (SIMULATED)", (DateTimeOffset?)null), (line.Ticker, line.Description, line.PostedAt)));
        Assert.All(lines, line => Assert.Equal(Bench.At("00:00:00", days: 1), line.SettlesAt));
        Assert.All(lines, line => Assert.Matches("^26069[0-9]{9}$", line.Id));
        Assert.NotEqual(lines[0].Id, lines[1].Id);
        _bench.To("00:00:00", days: 1);
        Assert.All(Transactions, line => Assert.Equal(Bench.At("00:00:00", days: 1), line.PostedAt));
    }

    [Fact]
    public void A_closing_order_holds_back_no_money()
    {
        _bench.Hold(10);
        _bench.Place(Bench.Limit(Bench.Sell(10), 120));
        Assert.Equal(0, _bench.Balance.Reserved);
    }

    [Fact]
    public void A_partial_fill_frees_the_money_of_what_it_filled()
    {
        _bench.Place(Bench.Limit(Bench.Buy(300), 100));
        _bench.Print("10:00:01", 99, volume: 0);
        Assert.Equal((20_000m, 90_100m), (_bench.Balance.Reserved, _bench.Balance.Cash));
    }
}
