using EtradeBot.App.Hosting.Live;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Dashboard.Chart;

public sealed class ChartLinesTests
{
    static readonly Symbol Asked = Symbol.Parse("AAPL");

    [Fact]
    public void A_position_stands_at_its_average_price_with_what_it_gained()
    {
        var line = Assert.Single(Lines(new AccountFacts { Positions = [new(1, "AAPL", "EQ", 100) { PricePaid = 10.5m }, new(2, "MSFT", "EQ", 5) { PricePaid = 7 }] }, 11));
        Assert.Equal(("position", 10.5, "100 at 10.50 ▲ +$50.00"), (line.Kind, line.Price, line.Title));
    }

    [Fact]
    public void A_short_position_loses_when_the_price_rises()
    {
        var line = Assert.Single(Lines(new AccountFacts { Positions = [new(1, "AAPL", "EQ", -100) { PricePaid = 10.5m, PositionType = "SHORT" }] }, 11));
        Assert.EndsWith("▼ −$50.00", line.Title);
    }

    [Fact]
    public void Working_orders_show_side_shares_and_state_and_ended_ones_are_gone()
    {
        var lines = Lines(new AccountFacts
        {
            Orders =
            [
                Order(BrokerOrderStatus.Open) with { Limit = 9, FilledQuantity = 20 },
                Order(BrokerOrderStatus.Open) with { Stop = 8, StatusText = "OPEN" },
                Order(BrokerOrderStatus.Other) with { Limit = 7, StatusText = "SOMETHING_NEW" },
                Order(BrokerOrderStatus.Executed) with { Limit = 6 },
            ],
        });
        Assert.Equal(
            [new(9, "order", "sell short 50 limit, Open, 20 filled"), new(8, "stop", "sell short 50 stop, open"), new ChartLine(7, "doubtful", "sell short 50 limit, ? something new")],
            lines);
    }

    static BrokerOrder Order(BrokerOrderStatus status) => new(1, status) { Symbol = "AAPL", Action = "SELL_SHORT", OrderedQuantity = 50 };

    static IReadOnlyList<ChartLine> Lines(AccountFacts account, double? last = null) => ChartLines.Of(account, Asked, last);
}
