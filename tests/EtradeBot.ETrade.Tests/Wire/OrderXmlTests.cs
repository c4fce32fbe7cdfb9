using System.Xml.Linq;
using EtradeBot.ETrade.Api;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Wire;

public sealed class OrderXmlTests
{
    [Fact]
    public void A_preview_request_equals_the_stored_one_byte_for_byte() =>
        Assert.Equal(Sample.Text("preview-request.xml").TrimEnd(), OrderXml.Preview(Endpoint.Ticket));

    [Fact]
    public void A_place_request_equals_the_stored_one_byte_for_byte() =>
        Assert.Equal(Sample.Text("place-request.xml").TrimEnd(), OrderXml.Place(Endpoint.Ticket, 318804417206));

    [Fact]
    public void A_cancel_request_equals_the_stored_one_byte_for_byte() =>
        Assert.Equal(Sample.Text("cancel-request.xml").TrimEnd(), OrderXml.Cancel(1187));

    [Theory]
    [InlineData(OrderAction.Buy, OrderPriceType.Market, OrderTerm.GoodForDay, "BUY", "MARKET", "GOOD_FOR_DAY", "", "")]
    [InlineData(OrderAction.Sell, OrderPriceType.Stop, OrderTerm.GoodUntilCancel, "SELL", "STOP", "GOOD_UNTIL_CANCEL", "", "230.1")]
    [InlineData(OrderAction.SellShort, OrderPriceType.StopLimit, OrderTerm.GoodForDay, "SELL_SHORT", "STOP_LIMIT", "GOOD_FOR_DAY", "229.9", "230.1")]
    [InlineData(OrderAction.BuyToCover, OrderPriceType.Limit, OrderTerm.ImmediateOrCancel, "BUY_TO_COVER", "LIMIT", "IMMEDIATE_OR_CANCEL", "229.9", "")]
    [InlineData(OrderAction.Buy, OrderPriceType.Limit, OrderTerm.FillOrKill, "BUY", "LIMIT", "FILL_OR_KILL", "229.9", "")]
    [InlineData(OrderAction.Sell, OrderPriceType.TrailingStopAmount, OrderTerm.GoodForDay, "SELL", "TRAILING_STOP_CNST", "GOOD_FOR_DAY", "", "1.5")]
    [InlineData(OrderAction.Sell, OrderPriceType.TrailingStopPercent, OrderTerm.GoodForDay, "SELL", "TRAILING_STOP_PRCT", "GOOD_FOR_DAY", "", "1.5")]
    [InlineData(OrderAction.Buy, OrderPriceType.MarketOnOpen, OrderTerm.GoodForDay, "BUY", "MARKET_ON_OPEN", "GOOD_FOR_DAY", "", "")]
    [InlineData(OrderAction.Buy, OrderPriceType.MarketOnClose, OrderTerm.GoodForDay, "BUY", "MARKET_ON_CLOSE", "GOOD_FOR_DAY", "", "")]
    [InlineData(OrderAction.Buy, OrderPriceType.LimitOnOpen, OrderTerm.GoodForDay, "BUY", "LIMIT_ON_OPEN", "GOOD_FOR_DAY", "229.9", "")]
    [InlineData(OrderAction.Buy, OrderPriceType.LimitOnClose, OrderTerm.GoodForDay, "BUY", "LIMIT_ON_CLOSE", "GOOD_FOR_DAY", "229.9", "")]
    public void Every_kind_of_order_is_written_in_the_brokers_words(
        OrderAction action, OrderPriceType type, OrderTerm term, string actionWord, string typeWord, string termWord, string limit, string stop)
    {
        var ticket = Ticket(action, type, term);
        TicketRules.Check(ticket);
        var order = XDocument.Parse(OrderXml.Preview(ticket)).Root!.Element("Order")!;
        Assert.Equal(
            (actionWord, typeWord, termWord, limit, stop),
            (order.Element("Instrument")!.Element("orderAction")!.Value, Value("priceType"), Value("orderTerm"), Value("limitPrice"), Value("stopPrice")));

        string Value(string name) => order.Element(name)!.Value;
    }

    [Theory]
    [InlineData("0.0001", "0.0001")]
    [InlineData("100.00", "100")]
    [InlineData("1234567.89", "1234567.89")]
    public void Prices_are_written_plainly(string price, string written)
    {
        var ticket = Endpoint.Ticket with { Limit = decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture) };
        Assert.Contains($"<limitPrice>{written}</limitPrice>", OrderXml.Preview(ticket), StringComparison.Ordinal);
    }

    static OrderTicket Ticket(OrderAction action, OrderPriceType type, OrderTerm term) => new("abc123", Symbol.Parse("AAPL"), action, 3, type)
    {
        Term = term,
        Limit = type is OrderPriceType.Limit or OrderPriceType.StopLimit or OrderPriceType.LimitOnOpen or OrderPriceType.LimitOnClose ? 229.9m : null,
        Stop = type is OrderPriceType.Stop or OrderPriceType.StopLimit ? 230.1m : null,
        Trail = type is OrderPriceType.TrailingStopAmount or OrderPriceType.TrailingStopPercent ? 1.5m : null,
    };
}
