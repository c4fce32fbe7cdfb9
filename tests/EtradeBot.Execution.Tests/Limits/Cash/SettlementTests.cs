using System.Globalization;

namespace EtradeBot.Execution.Limits.Cash;

public class SettlementTests
{
    [Theory]
    [InlineData("2026-11-23", "2026-11-24")]
    [InlineData("2026-11-20", "2026-11-23")] // over a weekend
    [InlineData("2026-11-25", "2026-11-27")] // over Thanksgiving
    [InlineData("2026-10-09", "2026-10-13")] // Columbus Day: the exchange is open, the banks are not
    [InlineData("2026-10-12", "2026-10-13")]
    [InlineData("2026-11-10", "2026-11-12")] // Veterans Day
    [InlineData("2026-11-11", "2026-11-12")]
    [InlineData("2028-11-10", "2028-11-13")] // on a Saturday it is not made up for
    [InlineData("2029-11-09", "2029-11-13")] // on a Sunday it is
    [InlineData("2024-05-28", "2024-05-29")] // the first day of one day
    [InlineData("2024-05-24", "2024-05-29")] // the last day of two, over Memorial Day
    public void Money_of_a_trade_changes_hands_on(string traded, string settles) =>
        Assert.Equal(DateOnly.Parse(settles, CultureInfo.InvariantCulture), Settlement.DayOf(DateOnly.Parse(traded, CultureInfo.InvariantCulture)));
}
