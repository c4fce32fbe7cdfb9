using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.Backtests;

/// <summary>Figures as text, the same in every culture.</summary>
static class MetricText
{
    public const string Undefined = "n/a";

    static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary><c>$1,234.50</c>, <c>-$3.00</c>.</summary>
    public static string Dollars(double value) => Known(value, static v => (v <= -0.005 ? "-$" : "$") + Math.Abs(v).ToString("N2", Culture));

    /// <summary><c>+$1,234.50</c>, <c>-$3.00</c>, <c>$0.00</c>.</summary>
    public static string Profit(double value) => Known(value, static v => (v >= 0.005 ? "+" : "") + Dollars(v));

    /// <summary><c>12.34 %</c> from 0.1234.</summary>
    public static string Percent(double value) => Known(value, static v => Number(100 * v) + " %");

    /// <summary><c>+12.34 %</c>.</summary>
    public static string Change(double value) => Known(value, static v => (v > 0 ? "+" : "") + Percent(v));

    public static string Ratio(double value) => Known(value, static v => Number(v));

    public static string Multiple(double value) => Known(value, static v => (v > 0 ? "+" : "") + Number(v) + " R");

    public static string Count(double value) => Known(value, static v => Math.Round(v).ToString("N0", Culture));

    public static string Years(double value) => Known(value, static v => Number(v) + (Math.Round(v, 2) == 1 ? " year" : " years"));

    public static string Time(DateTimeOffset? time, Timeframe timeframe) =>
        time is { } known ? MarketCalendar.Nyse.Label(known, timeframe) : Undefined;

    // Two decimals; more digits than a reader takes in become a power of ten, fewer than two decimals show keep three digits.
    static string Number(double value) => Math.Abs(value) switch
    {
        >= 1e7 => value.ToString("0.00e+0", Culture),
        0 or >= 0.005 => value.ToString("N2", Culture),
        _ => value.ToString("G3", Culture),
    };

    static string Known(double value, Func<double, string> text) => double.IsFinite(value) ? text(value) : Undefined;
}
