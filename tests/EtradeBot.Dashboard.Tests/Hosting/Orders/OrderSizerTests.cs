using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Trading;

namespace EtradeBot.App.Hosting.Orders;

public sealed class OrderSizerTests
{
    static readonly Symbol Apple = Symbol.Parse("AAPL");

    static readonly AccountPicture Empty = new([], [], []) { Balance = new AccountBalance { AccountNumber = "", TotalValue = 25_000 } };

    static OrderRequest Buy(SizingKind kind, double amount) => new(Apple, Side.Buy, OrderPriceType.Limit, new Sizing(kind, amount)) { Limit = 50 };

    static BrokerOrder Working(string action, decimal shares, decimal limit) =>
        new(1, BrokerOrderStatus.Open) { Symbol = "AAPL", SecurityType = "EQ", Action = action, OrderedQuantity = shares, Limit = limit };

    static AccountPicture Holding(decimal shares) => Empty with { Positions = [new PortfolioPosition(1, "AAPL", "EQ", shares) { MarketValue = shares * 50 }] };

    [Fact]
    public void One_per_cent_of_25000_at_a_stop_of_1_20_is_208_shares()
    {
        var answer = OrderSizer.Size(Buy(SizingKind.Risk, 0.01) with { ProtectiveStop = 48.80m }, Empty, new RiskLimits());
        Assert.Equal(208, answer.Shares);
        Assert.Equal(250, answer.RiskDollars, 6);
        Assert.Equal(1.20, answer.StopDistance, 6);
        Assert.Equal(249.6, answer.LossAtStop, 6);
        Assert.Equal(RiskManager.PositionSize(25_000, 0.01, 0.6).Shares, answer.Shares);
    }

    [Fact]
    public void Without_a_stop_two_average_true_ranges_count()
    {
        var answer = OrderSizer.Size(Buy(SizingKind.Risk, 0.01) with { Atr = 0.6 }, Empty, new RiskLimits());
        Assert.Equal((208, 1.2), (answer.Shares, answer.StopDistance));
        Assert.Contains("needs a stop", OrderSizer.Size(Buy(SizingKind.Risk, 0.01), Empty, new RiskLimits()).Denied);
    }

    [Fact]
    public void Dollars_buy_whole_shares() => Assert.Equal(19, OrderSizer.Size(Buy(SizingKind.Dollars, 999), Empty, new RiskLimits()).Shares);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-5)]
    public void Nothing_typed_sizes_nothing(double amount) => Assert.Equal(0, OrderSizer.Size(Buy(SizingKind.Shares, amount), Empty, new RiskLimits()).Shares);

    [Fact]
    public void The_limit_that_cut_the_size_is_named()
    {
        var answer = OrderSizer.Size(Buy(SizingKind.Shares, 1000), Empty, new RiskLimits { MaxPosition = 0.5 });
        Assert.Equal((250, 1000, "one position may not be larger"), (answer.Shares, answer.Asked, answer.CutBy));
    }

    [Fact]
    public void Entries_at_work_and_unproved_ones_count_as_filled()
    {
        var unproved = new OrderLife(new OrderIntent("x", Apple, OrderAction.Buy, 100, OrderPriceType.Limit, OrderRole.Entry) { Limit = 50, Owner = "tess", Because = "by hand" }, default) { State = OrderState.Unknown };
        var picture = Empty with { Orders = [Working("BUY", 200, 50)], Loose = [unproved] };
        Assert.Equal(200, OrderSizer.Size(Buy(SizingKind.Shares, 1000), picture, new RiskLimits()).Shares);
    }

    [Fact]
    public void A_short_position_is_covered_and_never_turned_round()
    {
        var answer = OrderSizer.Size(Buy(SizingKind.Shares, 10), Holding(-10), new RiskLimits());
        Assert.Equal((OrderAction.BuyToCover, 10, true), (answer.Action, answer.Shares, answer.IsExit));
        Assert.Contains("at most 10 can be closed", OrderSizer.Size(Buy(SizingKind.Shares, 11), Holding(-10), new RiskLimits()).Denied);
    }

    [Fact]
    public void Shorts_are_sold_only_where_the_limits_allow_it()
    {
        var sell = Buy(SizingKind.Shares, 10) with { Side = Side.Sell };
        Assert.Contains("short selling is not allowed", OrderSizer.Size(sell, Empty, new RiskLimits()).Denied);
        Assert.Equal(OrderAction.SellShort, OrderSizer.Size(sell, Empty, new RiskLimits { AllowShort = true }).Action);
    }

    [Fact]
    public void A_fraction_of_a_share_cannot_be_sold_by_whole_shares() =>
        Assert.Contains("at most 3", OrderSizer.Size(Buy(SizingKind.Shares, 4) with { Side = Side.Sell }, Holding(3.9m), new RiskLimits()).Denied);
}
