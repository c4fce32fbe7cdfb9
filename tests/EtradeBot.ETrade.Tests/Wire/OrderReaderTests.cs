using System.Text;
using System.Text.Json.Nodes;

namespace EtradeBot.ETrade.Wire;

public sealed class OrderReaderTests
{
    static OrderPage Read(byte[] body) => WireDocument.Read(body, "OrdersResponse", OrderReader.Page);

    static BrokerOrder First(Action<JsonNode> change) => Read(Sample.Changed("orders-list.json", root => change(root["OrdersResponse"]!["Order"]![0]!))).Orders[0];

    [Theory]
    [InlineData("orders-list.json")]
    [InlineData("orders-list.xml")]
    public void Orders_of_every_state_are_read_from_JSON_and_from_XML(string file)
    {
        var stock = new BrokerOrder(0, BrokerOrderStatus.Other) { OrderType = "EQ", SecurityType = "EQ", Session = "REGULAR", Commission = 0m, Fees = 0m };
        BrokerOrder[] wanted =
        [
            stock with
            {
                OrderId = 1187, Status = BrokerOrderStatus.Open, StatusText = "OPEN", Symbol = "AAPL", Action = "BUY", OrderedQuantity = 10m,
                PriceType = "LIMIT", Term = "GOOD_FOR_DAY", Limit = 238.5m, PlacedAt = Sample.Utc("2026-03-10T14:14:02.417Z"),
            },
            stock with
            {
                OrderId = 1186, Status = BrokerOrderStatus.Executed, StatusText = "EXECUTED", Symbol = "MSFT", Action = "BUY", OrderedQuantity = 4m, FilledQuantity = 4m,
                AveragePrice = 455.7m, PriceType = "MARKET", Term = "GOOD_FOR_DAY", PlacedAt = Sample.Utc("2026-03-10T14:09:55.090Z"), ExecutedAt = Sample.Utc("2026-03-10T14:09:55.612Z"),
            },
            stock with
            {
                OrderId = 1185, Status = BrokerOrderStatus.Cancelled, StatusText = "CANCELLED", Symbol = "AAPL", Action = "SELL", OrderedQuantity = 20m,
                PriceType = "STOP_LIMIT", Term = "GOOD_UNTIL_CANCEL", Limit = 229.9m, Stop = 230.1m, PlacedAt = Sample.Utc("2026-03-10T14:02:11.008Z"), ReplacedBy = 1187,
            },
            stock with
            {
                OrderId = 1184, Status = BrokerOrderStatus.IndividualFills, StatusText = "INDIVIDUAL_FILLS", Symbol = "SPY", Action = "SELL", OrderedQuantity = 8m, FilledQuantity = 3m,
                AveragePrice = 622.04m, PriceType = "LIMIT", Term = "GOOD_FOR_DAY", Limit = 622m, PlacedAt = Sample.Utc("2026-03-10T13:41:30.350Z"),
            },
        ];
        var page = Read(Sample.Bytes(file));
        Assert.Equal(wanted, page.Orders);
        Assert.Equal(("", false), (page.Marker, page.HasNext));
    }

    [Fact]
    public void A_page_says_where_the_next_begins()
    {
        var page = Read(Sample.Bytes("orders-list-paged.json"));
        Assert.Equal(("26069118500000", true, 2), (page.Marker, page.HasNext, page.Orders.Count));
    }

    [Fact]
    public void A_word_nobody_knows_is_kept_and_never_taken_for_an_end()
    {
        var order = First(order => order["OrderDetail"]![0]!["status"] = "HELD_BY_DESK");
        Assert.Equal((BrokerOrderStatus.Other, "HELD_BY_DESK", false), (order.Status, order.StatusText, order.IsEnded));
    }

    [Theory]
    [InlineData("CANCELLED", -1386841376L)]
    [InlineData("CANCELLED", 42949672960000000L)]
    [InlineData("OPEN", 1773151795612L)]
    public void The_time_of_execution_counts_only_once_executed(string status, long garbage)
    {
        var order = First(order => (order["OrderDetail"]![0]!["status"], order["OrderDetail"]![0]!["executedTime"]) = (status, garbage));
        Assert.Null(order.ExecutedAt);
    }

    [Theory]
    [InlineData("orderedQuantity")]
    [InlineData("filledQuantity")]
    public void A_stock_order_without_its_quantities_is_an_error_not_zero(string field)
    {
        Assert.Contains(field, Assert.Throws<WireException>(() => First(order => order["OrderDetail"]![0]!["Instrument"]![0]!.AsObject().Remove(field))).Message, StringComparison.Ordinal);
        Assert.Throws<WireException>(() => First(order => order["OrderDetail"]![0]!["Instrument"]![0]![field] = -1));
    }

    [Fact]
    public void An_order_of_another_kind_never_hides_the_stock_orders()
    {
        var body = Sample.Changed("orders-list.json", root => root["OrdersResponse"]!["Order"]!.AsArray().Insert(0, JsonNode.Parse(
            """
            {"orderId":1190,"orderType":"ONE_TRIGGERS_OCO","totalCommission":1.3,"OrderDetail":[
              {"status":"OPEN","limitPrice":-1.25,"Instrument":[{"orderAction":"SELL"},{"Product":{"symbol":"AAPL"}}]},
              {"status":"OPEN","Instrument":{"orderAction":"BUY"}}]}
            """)));
        var page = Read(body);
        var other = page.Orders[0];
        Assert.Equal(5, page.Orders.Count);
        Assert.Equal((1190L, "ONE_TRIGGERS_OCO", "SELL", 2, 0m, -1.25m, 1.3m), (other.OrderId, other.OrderType, other.Action, other.OtherLegs, other.OrderedQuantity, other.Limit, other.Commission));
        Assert.Equal(1187, page.Orders[1].OrderId);
    }

    [Fact]
    public void Bare_objects_are_lists_of_one_and_numbers_may_be_text()
    {
        var body = Encoding.UTF8.GetBytes("""
            {"OrdersResponse":{"order":{"orderId":"1187","orderType":"EQ","orderDetail":{"status":"OPEN","placedTime":"1773152042417","limitPrice":"238.50","replacesOrderId":0,
             "instrument":{"orderAction":"BUY","orderedQuantity":"10","filledQuantity":"3.0","averageExecutionPrice":"0","product":{"symbol":"AAPL"}}}}}}
            """);
        var order = Assert.Single(Read(body).Orders);
        Assert.Equal((1187L, 10m, 3m, 238.5m, null, null), (order.OrderId, order.OrderedQuantity, order.FilledQuantity, order.Limit, order.AveragePrice, order.Replaces));
    }
}
