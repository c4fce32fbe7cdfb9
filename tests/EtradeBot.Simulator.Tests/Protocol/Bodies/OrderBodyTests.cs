using System.Text;
using EtradeBot.Simulator.Accounts;

namespace EtradeBot.Simulator.Protocol.Bodies;

public sealed class OrderBodyTests
{
    static (OrderRequest Request, long? PreviewId) Read(string body) => OrderBody.Order(Encoding.UTF8.GetBytes(body));

    [Theory]
    [InlineData("preview-request.json", null)]
    [InlineData("preview-request.xml", null)]
    [InlineData("place-request.json", 318804417206L)]
    [InlineData("place-request.xml", 318804417206L)]
    public void The_recorded_requests_mean_the_same_in_both_formats(string file, long? previewId)
    {
        var read = Read(File.ReadAllText(TestFolders.Golden("etrade", file)));
        var expected = new OrderRequest { ClientOrderId = "cb20260310a0000187", Ticker = "AAPL", Action = OrderAction.Buy, Quantity = 10, Type = PriceType.Limit, Limit = 238.5m };
        Assert.Equal((expected, previewId), read);
    }

    [Theory]
    [InlineData("""{"PlaceOrderRequest":{"clientOrderId":"a","PreviewIds":{"previewId":"7"},"Order":{"priceType":"MARKET","Instrument":{"Product":{"symbol":"F"},"orderAction":"SELL","quantity":"3"}}}}""", 7L)]
    [InlineData("""{"clientOrderId":"a","PreviewIds":[{"previewId":7,"cashMargin":"CASH"}],"Order":[{"priceType":"market","limitPrice":0.0,"stopPrice":"","stopLimitPrice":0.0,"egQual":"X","messages":{"Message":[]},"Instrument":[{"Product":{"symbol":"F","securityType":"EQ"},"orderAction":"SELL","quantityType":"QUANTITY","quantity":3.0,"cancelQuantity":0.0}]}]}""", 7L)]
    [InlineData("\uFEFF  <PlaceOrderRequest><clientOrderId>a</clientOrderId><previewId>9</previewId><PreviewIds><previewId>7</previewId></PreviewIds><Order><symbol>F</symbol><quantity>99</quantity><accountIdKey>k</accountIdKey><priceType>MARKET</priceType><limitPrice/><Instrument><Product><symbol>F</symbol></Product><orderAction>SELL</orderAction><quantity>3</quantity></Instrument></Order></PlaceOrderRequest>", 7L)]
    [InlineData("<PlaceOrderRequest><clientOrderId>a</clientOrderId><previewId>7</previewId><Order><priceType>MARKET</priceType><Instrument><Product><symbol>F</symbol></Product><orderAction>SELL</orderAction><quantity>3</quantity></Instrument></Order></PlaceOrderRequest>", null)]
    public void Every_way_in_which_clients_write_an_order_is_read(string body, long? previewId)
    {
        var (request, id) = Read(body);
        Assert.Equal(("a", "F", OrderAction.Sell, 3m, PriceType.Market), (request.ClientOrderId, request.Ticker, request.Action, request.Quantity, request.Type));
        Assert.Equal(previewId, id);
    }

    [Fact]
    public void An_answer_sent_back_unchanged_is_an_order()
    {
        var answer = File.ReadAllText(TestFolders.Golden("etrade", "preview-response.json"));
        var read = Read(answer.Replace("\"PreviewOrderResponse\"", "\"PlaceOrderRequest\"", StringComparison.Ordinal)).Request;
        Assert.Equal((238.5m, 0m, 10m, PriceType.Limit), (read.Limit, read.Stop, read.Quantity, read.Type));
    }

    [Theory]
    [InlineData("", "no body")]
    [InlineData("hello", "not well-formed JSON")]
    [InlineData("<a", "not well-formed XML")]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "not well-formed XML")]
    [InlineData("[1]", "not an object")]
    [InlineData("{}", "has no Order")]
    [InlineData("""{"Order":[{},{}]}""", "One Order")]
    [InlineData("""{"orderType":"SPREADS"}""", "orderType EQ")]
    [InlineData("""{"Order":{"Instrument":{"Product":{"symbol":"F","securityType":"OPTN"}}}}""", "securityType EQ")]
    [InlineData("""{"Order":{"Instrument":{"Product":{"symbol":"F"},"orderAction":"HOLD"}}}""", "orderAction must be one of BUY")]
    [InlineData("""{"Order":{"Instrument":{"Product":{"symbol":"F"},"orderAction":"BUY"}}}""", "names no quantity")]
    [InlineData("""{"Order":{"Instrument":{"Product":{"symbol":"F"},"orderAction":"BUY","quantity":"many"}}}""", "quantity must be a number")]
    [InlineData("""{"Order":{"priceType":"BEST","Instrument":{"Product":{"symbol":"F"},"orderAction":"BUY","quantity":1}}}""", "priceType must be one of")]
    public void What_is_no_order_is_refused_in_words(string body, string words)
    {
        var problem = Assert.Throws<BadBodyException>(() => Read(body));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        Assert.Throws<BadBodyException>(() => Read(string.Concat(Enumerable.Repeat("<a>", 100)) + string.Concat(Enumerable.Repeat("</a>", 100))));
        Assert.Throws<BadBodyException>(() => Read(string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100)));
    }

    [Theory]
    [InlineData("cancel-request.json")]
    [InlineData("cancel-request.xml")]
    public void A_cancel_names_its_order(string file) => Assert.Equal(1187, OrderBody.Cancel(File.ReadAllBytes(TestFolders.Golden("etrade", file))));
}
