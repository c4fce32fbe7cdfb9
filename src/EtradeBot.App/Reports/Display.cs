using System.Globalization;

namespace EtradeBot.App.Reports;

/// <summary>Numbers as a reader sees them. Fractions become percent here and nowhere else.</summary>
static class Display
{
    const string Minus = "-";

    /// <summary>$1,234.56, with a minus before the dollar.</summary>
    public static string Money(double dollars) => Sign(dollars, "") + Amount(dollars);

    /// <summary>+$1,234.56 or -$1,234.56.</summary>
    public static string SignedMoney(double dollars) => Sign(dollars, "+") + Amount(dollars);

    /// <summary>12.3 %; <paramref name="fraction"/> 0.123.</summary>
    public static string Percent(double fraction, int decimals = 1) => Sign(fraction, "") + Share(fraction, decimals);

    /// <summary>+12.3 % or -12.3 %.</summary>
    public static string SignedPercent(double fraction, int decimals = 1) => Sign(fraction, "+") + Share(fraction, decimals);

    public static string Number(double value, string format) =>
        double.IsFinite(value) ? Sign(value, "") + Math.Abs(value).ToString(format, CultureInfo.InvariantCulture) : "n/a";

    public static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");

    /// <summary>The arrow that goes with a sign, so that colour is never alone.</summary>
    public static string Arrow(double value) => value > 0 ? "▲" : value < 0 ? "▼" : "■";

    /// <summary>The style class of a sign.</summary>
    public static string Tone(double value) => value > 0 ? "up" : value < 0 ? "down" : "flat";

    static string Sign(double value, string plus) => value < 0 ? Minus : value > 0 ? plus : "";

    static string Amount(double dollars) => !double.IsFinite(dollars) ? "n/a" : "$" + Math.Abs(dollars).ToString("N2", CultureInfo.InvariantCulture);

    static string Share(double fraction, int decimals) =>
        double.IsFinite(fraction) ? (Math.Abs(fraction) * 100).ToString("N" + decimals, CultureInfo.InvariantCulture) + " %" : "n/a";
}
