using System.Text;

namespace EtradeBot.ETrade.Wire;

public sealed class XmlBridgeTests
{
    static string Json(string xml) => Encoding.UTF8.GetString(XmlBridge.ToJson(Encoding.UTF8.GetBytes(xml)).Span);

    [Fact]
    public void Elements_become_fields_and_repeated_ones_lists() =>
        Assert.Equal(
            """{"R":{"a":"1","B":[{"c":"x"},{"c":""}],"d":""}}""",
            Json("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><R xmlns="urn:x"><a>1</a><B><c>x</c></B><B><c/></B><!-- note --><d></d></R>"""));

    [Fact]
    public void Text_in_several_pieces_is_one_text() => Assert.Equal("""{"R":{"a":"S\u0026P 500"}}""", Json("<R><a>S&amp;P<![CDATA[ 500]]></a></R>"));

    [Theory]
    [InlineData("<R><a>1</a>")]
    [InlineData("<R>")]
    [InlineData("<R/><R/>")]
    [InlineData("<R/>rubbish")]
    [InlineData("<")]
    [InlineData("<!DOCTYPE html><html><body>login</body></html>")]
    [InlineData("<!DOCTYPE R [<!ENTITY a \"b\">]><R>&a;</R>")]
    public void What_is_no_whole_document_is_an_error(string xml) => Assert.Throws<WireException>(() => Json(xml));

    [Fact]
    public void Depth_is_bounded() =>
        Assert.Throws<WireException>(() => Json(string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000))));

    [Fact]
    public void An_empty_document_is_an_empty_answer()
    {
        Assert.Empty(WireDocument.Read(Encoding.UTF8.GetBytes("<OrdersResponse/>"), "OrdersResponse", OrderReader.Page).Orders);
        Assert.Empty(WireDocument.Read(Encoding.UTF8.GetBytes("<AccountListResponse><Accounts></Accounts></AccountListResponse>"), "AccountListResponse", AccountReader.Accounts));
    }
}
