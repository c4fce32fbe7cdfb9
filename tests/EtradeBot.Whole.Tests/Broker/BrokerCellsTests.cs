using System.Globalization;

namespace EtradeBot.App.Broker;

public class BrokerCellsTests
{
    [Theory]
    [InlineData("1234.5", "$1,234.50", "+$1,234.50")]
    [InlineData("-0.01", "-$0.01", "-$0.01")]
    [InlineData("0", "$0.00", "$0.00")]
    [InlineData(null, "-", "-")]
    public void Money_has_its_sign_before_the_dollar(string? text, string money, string withSign)
    {
        decimal? dollars = text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
        Assert.Equal((money, withSign), (BrokerCells.Money(dollars), BrokerCells.SignedMoney(dollars)));
    }

    [Theory]
    [InlineData(0.25, 190.0, "+0.25")]
    [InlineData(-1.25, 190.0, "-1.25")]
    [InlineData(0.0, 190.0, "0.00")]
    [InlineData(0.0125, 0.75, "+0.0125")]
    [InlineData(null, 190.0, "-")]
    public void A_change_has_a_sign_and_the_decimals_of_its_price(double? change, double price, string text) => Assert.Equal(text, BrokerCells.Change(change, price));

    [Theory]
    [InlineData(0.0123, "+1.23 %")]
    [InlineData(-0.5, "-50.00 %")]
    [InlineData(double.NaN, "-")]
    [InlineData(double.PositiveInfinity, "-")]
    [InlineData(null, "-")]
    public void A_share_of_nothing_is_a_dash(double? fraction, string text) => Assert.Equal(text, BrokerCells.SignedPercent(fraction));

    [Theory]
    [InlineData("2026-03-06T15:31:05Z", "2026-03-06 10:31:05")]
    [InlineData("2026-03-07T05:00:00Z", "2026-03-07 00:00:00")]
    [InlineData("2026-07-02T04:00:00Z", "2026-07-02 00:00:00")]
    [InlineData("2026-03-08T07:00:00Z", "2026-03-08 03:00:00")]
    public void Times_are_those_of_New_York(string instant, string text) =>
        Assert.Equal(text, BrokerCells.NewYork(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(-3, "ahead")]
    [InlineData(-1, "0 s")]
    [InlineData(3.9, "3 s")]
    [InlineData(99, "99 s")]
    [InlineData(900, "15 min")]
    [InlineData(3600 * 5, "5 h")]
    [InlineData(3600 * 49, "2 d")]
    public void An_age_has_one_unit(double seconds, string text) => Assert.Equal(text, BrokerCells.Age(TimeSpan.FromSeconds(seconds)));
}
