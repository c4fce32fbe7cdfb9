using EtradeBot.ETrade;

namespace EtradeBot.App.Hosting.Orders;

public sealed class FillLogTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 10, 15, 0, 0, TimeSpan.Zero);

    static BrokerOrder Order(decimal filled, decimal average, long id = 1) =>
        new(id, BrokerOrderStatus.Open) { Symbol = "AAPL", Action = "BUY", OrderedQuantity = 10, FilledQuantity = filled, AveragePrice = filled > 0 ? average : null, PlacedAt = Now };

    [Fact]
    public void The_price_of_a_growth_is_what_moves_the_average()
    {
        var log = new FillLog();
        log.Observe([Order(0, 0)], Now);
        Assert.Equal((4m, 10m), log.Observe([Order(4, 10)], Now).Select(fill => (fill.Shares, fill.Price!.Value)).Single());
        Assert.Equal((6m, 11m), log.Observe([Order(10, 10.6m)], Now).Select(fill => (fill.Shares, fill.Price!.Value)).Single());
        Assert.Empty(log.Observe([Order(10, 10.6m)], Now));
        Assert.Equal(2, log.Fills.Count);
    }

    [Fact]
    public void What_was_there_before_is_kept_for_the_day_and_not_told()
    {
        var log = new FillLog();
        Assert.Empty(log.Observe([Order(5, 10), Order(5, 10, 2) with { PlacedAt = Now.AddDays(-1) }], Now));
        Assert.Equal(1, Assert.Single(log.Fills).OrderId);
    }

    [Fact]
    public void A_list_older_than_the_one_before_takes_nothing_back_and_a_real_bust_does()
    {
        var log = new FillLog();
        log.Observe([Order(0, 0)], Now);
        log.Observe([Order(10, 10)], Now);
        Assert.Empty(log.Observe([Order(4, 10)], Now));
        Assert.Empty(log.Observe([Order(10, 10)], Now));
        log.Observe([Order(4, 10)], Now);
        Assert.Equal(-6, Assert.Single(log.Observe([Order(4, 10)], Now)).Shares);
    }
}
