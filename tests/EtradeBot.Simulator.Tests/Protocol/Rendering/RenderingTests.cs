using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CsCheck;

namespace EtradeBot.Simulator.Protocol.Rendering;

public sealed class RenderingTests
{
    static string Json(Element element) => Encoding.UTF8.GetString(JsonRendering.Render("Root", element));

    static string Xml(Element element) => Encoding.UTF8.GetString(XmlRendering.Render("Root", element));

    [Fact]
    public void One_tree_becomes_json_and_xml()
    {
        var tree = new Element { { "text", "a & <b>" }, { "yes", true }, { "whole", 7 }, { "price", 53m }, { "List", [new Element { { "n", 1 } }, new Element { { "n", 2 } }] } };
        Assert.Equal("""{"Root":{"text":"a & <b>","yes":true,"whole":7,"price":53.0,"List":[{"n":1},{"n":2}]}}""", Json(tree));
        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Root><text>a &amp; &lt;b&gt;</text><yes>true</yes><whole>7</whole><price>53.0</price><List><n>1</n></List><List><n>2</n></List></Root>", Xml(tree));
    }

    [Fact]
    public void Any_text_gives_documents_that_can_be_read() => Gen.String.Sample(text =>
    {
        var tree = new Element { { "text", text } };
        using var json = JsonDocument.Parse(Json(tree));
        return XDocument.Parse(Xml(tree)).Root is not null;
    });

    [Fact]
    public void A_price_reads_back_as_the_same_number() => Gen.Double.Sample(price =>
        !double.IsFinite(price) || Math.Abs(price) is > 1e15 or (> 0 and < 1e-9) || double.Parse(Wire.Number(price), System.Globalization.CultureInfo.InvariantCulture) == price, iter: 2_000);

    [Theory]
    [InlineData(53, "53.0")]
    [InlineData(238.5, "238.5")]
    [InlineData(7.622499942779541, "7.622499942779541")]
    [InlineData(3611491655000, "3611491655000.0")]
    [InlineData(0.00001, "0.00001")]
    [InlineData(-7.4890123456789012e-6, "-0.000007489012345678901")]
    [InlineData(1e300, "0.0")]
    [InlineData(double.NaN, "0.0")]
    [InlineData(double.PositiveInfinity, "0.0")]
    public void Numbers_are_plain_with_one_decimal_at_least(double number, string text) => Assert.Equal(text, Wire.Number(number));

    [Theory]
    [InlineData("2026-03-08T06:59:59Z", "01:59:59 EST 03-08-2026")]
    [InlineData("2026-03-08T07:00:00Z", "03:00:00 EDT 03-08-2026")]
    [InlineData("2026-11-01T05:59:59Z", "01:59:59 EDT 11-01-2026")]
    [InlineData("2026-11-01T06:00:00Z", "01:00:00 EST 11-01-2026")]
    [InlineData("2026-01-01T04:59:59Z", "23:59:59 EST 12-31-2025")]
    public void New_york_words_follow_its_clocks(string instant, string words) =>
        Assert.Equal(words, Wire.NewYork(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)));
}
