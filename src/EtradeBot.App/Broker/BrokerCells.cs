using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.App.Broker;

/// <summary>Values of the broker as tables show them; what the broker did not say is a dash.</summary>
static class BrokerCells
{
    public const string Unsaid = "-";

    /// <summary>$1,234.56 or -$1,234.56.</summary>
    public static string Money(decimal? dollars) =>
        dollars is { } amount ? (amount < 0 ? "-$" : "$") + Math.Abs(amount).ToString("N2", CultureInfo.InvariantCulture) : Unsaid;

    /// <summary>+$1,234.56 or -$1,234.56; $0.00 without a sign.</summary>
    public static string SignedMoney(decimal? dollars) => (dollars > 0 ? "+" : "") + Money(dollars);

    /// <summary>Cents; four decimals where a fraction of a cent counts.</summary>
    public static string Price(decimal? price) => price?.ToString(price == decimal.Round(price.Value, 2) ? "N2" : "N4", CultureInfo.InvariantCulture) ?? Unsaid;

    /// <summary>Cents; four decimals below a dollar.</summary>
    public static string Price(double? price) => price?.ToString(Format(price), CultureInfo.InvariantCulture) ?? Unsaid;

    /// <summary>With a sign, and as many decimals as the price that changed.</summary>
    public static string Change(double? change, double? price) => change is { } dollars ? (dollars > 0 ? "+" : "") + dollars.ToString(Format(price), CultureInfo.InvariantCulture) : Unsaid;

    /// <summary>+1.23 % of 0.0123.</summary>
    public static string SignedPercent(double? fraction) =>
        fraction is { } part && double.IsFinite(part) ? (part > 0 ? "+" : "") + (part * 100).ToString("N2", CultureInfo.InvariantCulture) + " %" : Unsaid;

    /// <summary>Shares, without needless decimals.</summary>
    public static string Shares(decimal count) => count.ToString("#,0.######", CultureInfo.InvariantCulture);

    public static string Count(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? Unsaid;

    /// <summary>2026-03-06 10:31:05, New York time.</summary>
    public static string NewYork(DateTimeOffset? instant)
    {
        if (instant is not { } time) return Unsaid;
        var label = MarketCalendar.Nyse.Label(time, Timeframe.M1);
        return $"{label[..10]} {label[11..19]}";
    }

    /// <summary>2026-03-06, New York's day.</summary>
    public static string NewYorkDay(DateTimeOffset? instant) => instant is null ? Unsaid : NewYork(instant)[..10];

    /// <summary>How long ago, in one unit: 3 s, 12 min, 5 h, 2 d. A time that lies ahead of our clock says so.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        // The broker's times are whole seconds, and no two clocks agree.
        _ when age < TimeSpan.FromSeconds(-2) => "ahead",
        _ when age < TimeSpan.FromSeconds(100) => Whole(Math.Max(0, age.TotalSeconds), "s"),
        _ when age < TimeSpan.FromMinutes(100) => Whole(age.TotalMinutes, "min"),
        _ when age < TimeSpan.FromHours(48) => Whole(age.TotalHours, "h"),
        _ => Whole(age.TotalDays, "d"),
    };

    static string Whole(double count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(count):0} {unit}");

    static string Format(double? price) => Math.Abs(price ?? 1) < 1 ? "N4" : "N2";
}
