using EtradeBot.App.Feeds.Live;
using EtradeBot.App.Hosting.Live;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Orders;

public sealed class OrderWarningsTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 10, 15, 0, 0, TimeSpan.Zero);

    static readonly Symbol Apple = Symbol.Parse("AAPL");

    static readonly Quote Good = new() { Symbol = Apple, At = Now, ReceivedAt = Now, Status = QuoteStatus.RealTime, Last = 100, Bid = 99.9, Ask = 100.1, LastTradeAt = Now };

    static readonly SessionFacts Open = new() { Hours = MarketHours.Regular, ExchangeTime = Now, ClockReadAt = Now };

    static string Words(Quote? quote, SessionFacts? session = null) => string.Join(" ", OrderWarnings.OfQuote(quote, session ?? Open, Now, isExtended: false));

    [Fact]
    public void A_good_quote_in_an_open_market_warns_of_nothing() => Assert.Equal("", Words(Good));

    [Fact]
    public void Each_defect_of_the_quote_is_named()
    {
        Assert.Contains("no quote", Words(null));
        Assert.Contains("delayed", Words(Good with { Status = QuoteStatus.Delayed }));
        Assert.Contains("40 s old", Words(Good with { ReceivedAt = Now.AddSeconds(-40) }));
        Assert.Contains("both sides", Words(Good with { Bid = null }));
        Assert.Contains("crossed", Words(Good with { Bid = 101 }));
        Assert.Contains("traded for 6 min", Words(Good with { LastTradeAt = Now.AddMinutes(-6) }));
        Assert.Contains("market is closed", Words(Good, Open with { Hours = MarketHours.Closed }));
    }

    [Theory]
    [InlineData(105.0, null)]
    [InlineData(105.1, "5.1 % above")]
    [InlineData(94.9, "5.1 % below")]
    public void A_price_outside_the_collar_is_questioned(double price, string? words)
    {
        var warning = OrderWarnings.OfPrice("limit", (decimal)price, Good);
        if (words is null) Assert.Null(warning);
        else Assert.Contains(words, warning);
    }

    [Fact]
    public void Unsettled_cash_matters_in_a_cash_account_only()
    {
        var cash = new AccountBalance { AccountNumber = "", Mode = "CASH", UnsettledCash = 500, SettledCash = 100 };
        Assert.NotNull(OrderWarnings.OfCash(cash, OrderAction.Buy, 200));
        Assert.Null(OrderWarnings.OfCash(cash, OrderAction.Buy, 100));
        Assert.Null(OrderWarnings.OfCash(cash, OrderAction.Sell, 200));
        Assert.Null(OrderWarnings.OfCash(cash with { Mode = "MARGIN" }, OrderAction.Buy, 200));
    }

    static AccountTransaction Line(string type, int daysAgo, decimal shares, decimal price) =>
        new(daysAgo.ToString("000", System.Globalization.CultureInfo.InvariantCulture), Now.AddDays(-daysAgo), null, type, "", 0) { Symbol = "AAPL", Quantity = shares, Price = price };

    [Fact]
    public void A_recent_sale_at_a_loss_makes_a_wash_sale_and_an_old_one_or_a_gain_does_not()
    {
        Assert.Contains("$50.00", OrderWarnings.OfWashSale(Apple, [Line("Bought", 60, 10, 20), Line("Sold", 10, -10, 15)], Now));
        Assert.Null(OrderWarnings.OfWashSale(Apple, [Line("Bought", 60, 10, 20), Line("Sold", 31, -10, 15)], Now));
        Assert.Null(OrderWarnings.OfWashSale(Apple, [Line("Bought", 60, 10, 20), Line("Sold", 10, -10, 25)], Now));
        Assert.Contains("does not show", OrderWarnings.OfWashSale(Apple, [Line("Sold", 10, -10, 25)], Now));
        Assert.Null(OrderWarnings.OfWashSale(Symbol.Parse("MSFT"), [Line("Bought", 60, 10, 20), Line("Sold", 10, -10, 15)], Now));
    }
}
