using System.Text.Json.Nodes;
using EtradeBot.Brokers;
using EtradeBot.ETrade.Api;

namespace EtradeBot.ETrade.Wire;

public sealed class OrderEchoTests
{
    static OrderPreview Preview(byte[] body, OrderTicket? ticket = null) =>
        WireDocument.Read(body, "PreviewOrderResponse", response => OrderEcho.Preview(response, ticket ?? Endpoint.Ticket, Sample.ReceivedAt));

    static PlacedOrder Placed(byte[] body) => WireDocument.Read(body, "PlaceOrderResponse", response => OrderEcho.Placed(response, Endpoint.Ticket));

    static PlacedOrder Placed(Action<JsonNode> change) => Placed(Sample.Changed("place-response.json", root => change(root["PlaceOrderResponse"]!)));

    [Theory]
    [InlineData("preview-response.json")]
    [InlineData("preview-response.xml")]
    public void A_preview_is_read_from_JSON_and_from_XML(string file)
    {
        var preview = Preview(Sample.Bytes(file));
        Assert.Equal((318804417206L, 2385m, 0m, Sample.Utc("2026-03-10T14:14:00.911Z")), (preview.PreviewId, preview.EstimatedTotal, preview.EstimatedCommission, preview.PreviewedAt));
        Assert.Same(Endpoint.Ticket, preview.Ticket);
        Assert.Null(preview.Changes);
        Assert.Empty(preview.Messages);
        Assert.Empty(preview.Differences);
    }

    [Fact]
    public void A_warning_of_the_preview_is_kept_without_its_status_number()
    {
        var preview = Preview(Sample.Bytes("preview-response-warning.json"));
        Assert.Equal([new BrokerMessage(1042, "WARNING", "An open order on the same side of this security already exists.")], preview.Messages);
        Assert.Equal(318804417981, preview.PreviewId);
    }

    [Theory]
    [InlineData("place-response.json")]
    [InlineData("place-response.xml")]
    public void A_placed_order_is_read_from_JSON_and_from_XML(string file)
    {
        var placed = Placed(Sample.Bytes(file));
        Assert.Equal((1187L, Sample.Utc("2026-03-10T14:14:02.417Z")), (placed.OrderId, placed.PlacedAt));
        Assert.Equal([new BrokerMessage(1026, "WARNING", "Order entered during the regular session.")], placed.Messages);
        Assert.Empty(placed.Differences);
    }

    [Theory]
    [InlineData("cancel-response.json")]
    [InlineData("cancel-response.xml")]
    public void A_receipt_of_a_cancel_is_read_from_JSON_and_from_XML(string file)
    {
        var receipt = WireDocument.Read(Sample.Bytes(file), "CancelOrderResponse", response => OrderEcho.Cancelled(response, 1187));
        Assert.Equal((1187L, Sample.Utc("2026-03-10T14:22:08.073Z")), (receipt.OrderId, receipt.At));
        Assert.Equal([new BrokerMessage(5011, "WARNING", "The cancel request is in process; check open orders for the outcome.")], receipt.Messages);
    }

    [Fact]
    public void A_receipt_for_another_order_is_no_receipt() =>
        Assert.Throws<WireException>(() => WireDocument.Read(Sample.Bytes("cancel-response.json"), "CancelOrderResponse", response => OrderEcho.Cancelled(response, 1188)));

    [Fact]
    public void The_number_of_the_order_may_stand_at_the_top()
    {
        Assert.Equal(529, Placed(answer => Move(answer, 529)).OrderId);
        Assert.Throws<WireException>(() => Placed(answer => answer["orderId"] = 529));
        Assert.Equal(1187, Placed(answer => answer["orderId"] = 1187).OrderId);

        static void Move(JsonNode answer, long id)
        {
            answer.AsObject().Remove("OrderIds");
            answer["orderId"] = id;
        }
    }

    [Fact]
    public void Without_a_number_an_order_may_or_may_not_have_been_placed()
    {
        var error = Assert.Throws<WireException>(() => Placed(answer => answer.AsObject().Remove("OrderIds")));
        Assert.Contains("Order entered during the regular session.", error.Message, StringComparison.Ordinal);
        Assert.Throws<WireException>(() => Placed(answer => answer["OrderIds"]![0]!["orderId"] = 0));
    }

    [Fact]
    public void A_preview_with_an_error_in_place_of_its_number_is_a_refusal()
    {
        var body = Sample.Changed("preview-response-warning.json", root =>
        {
            root["PreviewOrderResponse"]!.AsObject().Remove("PreviewIds");
            root["PreviewOrderResponse"]!["Order"]![0]!["messages"]!["Message"]![0]!["type"] = "ERROR";
        });
        var refusal = Assert.Throws<BrokerException>(() => Preview(body));
        Assert.Equal((BrokerFault.Refused, RequestFate.Refused, 1042), (refusal.Fault, refusal.Fate, refusal.Code));
    }

    public static TheoryData<string, string, string> Changes => new()
    {
        { "Order/0/Instrument/0/quantity", "100", "shares: asked for 10, the broker answers 100" },
        { "Order/0/Instrument/0/orderAction", "SELL", "side: asked for BUY, the broker answers SELL" },
        { "Order/0/Instrument/0/Product/symbol", "AAP", "symbol: asked for AAPL, the broker answers AAP" },
        { "Order/0/Instrument/0/quantityType", "DOLLAR", "quantity type: asked for QUANTITY, the broker answers DOLLAR" },
        { "Order/0/limitPrice", "239.5", "limit: asked for 238.5, the broker answers 239.5" },
        { "Order/0/limitPrice", "0", "limit: asked for 238.5, the broker answers none" },
        { "Order/0/stopPrice", "230", "stop: asked for none, the broker answers 230" },
        { "Order/0/priceType", "MARKET", "price type: asked for LIMIT, the broker answers MARKET" },
        { "Order/0/orderTerm", "GOOD_UNTIL_CANCEL", "term: asked for GOOD_FOR_DAY, the broker answers GOOD_UNTIL_CANCEL" },
        { "Order/0/orderTerm", "", "term: asked for GOOD_FOR_DAY, the broker answers nothing" },
        { "Order/0/marketSession", "EXTENDED", "session: asked for REGULAR, the broker answers EXTENDED" },
        { "Order/0/allOrNone", "true", "all or none: asked for no, the broker answers yes" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Whatever_the_broker_made_of_the_order_otherwise_is_said_in_words(string path, string answered, string difference)
    {
        Assert.Equal([difference], Placed(answer => Set(answer, path, answered)).Differences);
        var preview = Sample.Changed("preview-response.json", root => Set(root["PreviewOrderResponse"]!, path, answered));
        Assert.Equal([difference], Preview(preview).Differences);

        static void Set(JsonNode node, string path, string value)
        {
            var steps = path.Split('/');
            foreach (var step in steps[..^1]) node = int.TryParse(step, out var index) ? node[index]! : node[step]!;
            node[steps[^1]] = value;
        }
    }

    [Fact]
    public void More_parts_or_none_at_all_are_differences()
    {
        Assert.Equal(["the broker made 2 orders of it: 1187, 1188"], Placed(answer => answer["OrderIds"]!.AsArray().Add(new JsonObject { ["orderId"] = 1188 })).Differences);
        Assert.Contains("2 parts", Assert.Single(Placed(answer => answer["Order"]!.AsArray().Add(answer["Order"]![0]!.DeepClone())).Differences), StringComparison.Ordinal);
        Assert.Equal(["the broker's answer does not repeat the order"], Placed(answer => answer.AsObject().Remove("Order")).Differences);
    }

    [Fact]
    public void The_stop_of_a_trailing_order_is_the_brokers_own_business()
    {
        var ticket = Endpoint.Ticket with { PriceType = OrderPriceType.TrailingStopAmount, Limit = null, Trail = 1.5m };
        var body = Sample.Changed("preview-response.json", root =>
        {
            var order = root["PreviewOrderResponse"]!["Order"]![0]!;
            (order["priceType"], order["limitPrice"], order["stopPrice"]) = ("TRAILING_STOP_CNST", 0, 241.68);
        });
        Assert.Empty(Preview(body, ticket).Differences);
    }
}
