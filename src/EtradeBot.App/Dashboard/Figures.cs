using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.App.Dashboard;

/// <summary>Money, percent and time as every page writes them. A missing value is a dash, never 0.</summary>
static class Figures
{
    public const string Missing = "–";

    static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary><c>$1,234.56</c>, <c>−$5.00</c></summary>
    public static string Money(decimal? dollars) => dollars is { } value ? (value < 0 ? "−$" : "$") + Math.Abs(value).ToString("N2", Culture) : Missing;

    public static string Money(double? dollars) => dollars is { } value && double.IsFinite(value) ? Money((decimal)value) : Missing;

    /// <summary>As in a sentence, cents only where there are any: <c>$25,000</c>, <c>$1.20</c>, <c>−$500</c>.</summary>
    public static string Dollars(decimal dollars) => Money(dollars) is var text && text.EndsWith(".00", StringComparison.Ordinal) ? text[..^3] : text;

    /// <summary>With sign and arrow, so that colour is never alone: <c>▲ +$12.00</c>, <c>▼ −$3.10</c>, <c>$0.00</c>.</summary>
    public static string Pnl(decimal? dollars) => Cents(dollars) switch
    {
        null => Missing,
        > 0 => "▲ +" + Money(dollars),
        < 0 => "▼ " + Money(dollars),
        _ => Money(0m),
    };

    /// <summary>The class that colours a gain or loss; empty for none.</summary>
    public static string PnlClass(decimal? dollars) => Cents(dollars) switch { > 0 => "up", < 0 => "down", _ => "" };

    /// <param name="fraction">0.0123 is 1.23 %.</param>
    public static string Percent(double? fraction, int decimals = 2) =>
        fraction is { } value && double.IsFinite(value) ? (value * 100).ToString("N" + decimals.ToString(Culture), Culture).Replace('-', '−') + " %" : Missing;

    /// <summary><c>▲ +1.23 %</c></summary>
    public static string Change(double? fraction) => fraction is { } value && double.IsFinite(value) ? Math.Round(value, 4) switch
    {
        > 0 => "▲ +" + Percent(fraction),
        < 0 => "▼ " + Percent(fraction),
        _ => Percent(0),
    } : Missing;

    /// <summary>A share price: cents, and up to four decimals below a dollar.</summary>
    public static string Price(double? dollars) => dollars is { } value && double.IsFinite(value) ? value.ToString(Math.Abs(value) < 1 ? "0.00##" : "N2", Culture) : Missing;

    public static string Price(decimal? dollars) => dollars is { } value ? Price((double)value) : Missing;

    public static string Count(decimal? number) => number is { } value ? value.ToString("#,0.####", Culture).Replace('-', '−') : Missing;

    /// <summary>How long ago, in the largest unit that says enough: <c>3 s</c>, <c>2 min</c>, <c>4 h</c>, <c>5 d</c>.</summary>
    public static string Age(TimeSpan? age) => age switch
    {
        null => Missing,
        { TotalSeconds: < 90 } => string.Create(Culture, $"{Math.Max(0, Math.Floor(age.Value.TotalSeconds)):0} s"),
        { TotalMinutes: < 90 } => string.Create(Culture, $"{Math.Floor(age.Value.TotalMinutes):0} min"),
        { TotalHours: < 48 } => string.Create(Culture, $"{Math.Floor(age.Value.TotalHours):0} h"),
        _ => string.Create(Culture, $"{Math.Floor(age.Value.TotalDays):0} d"),
    };

    /// <summary>Time left: <c>2.1:02:03</c> with days, <c>1:02:03</c>, <c>4:05</c>.</summary>
    public static string Countdown(TimeSpan left) => left <= TimeSpan.Zero ? "0:00" : left.ToString(left switch
    {
        { TotalDays: >= 1 } => @"d\.h\:mm\:ss",
        { TotalHours: >= 1 } => @"h\:mm\:ss",
        _ => @"m\:ss",
    }, Culture);

    /// <summary>Date, time and zone: <c>2026-03-10 10:15:42 ET</c>; in the browser's zone with its offset.</summary>
    public static string Instant(DateTimeOffset? instant, Appearance appearance, string format = "yyyy-MM-dd HH:mm:ss")
    {
        if (instant is not { } value) return Missing;
        if (appearance is { Zone: ZoneChoice.Local, LocalZone.Length: > 0 })
        {
            var local = TimeZoneInfo.ConvertTime(value, TimeZoneInfo.FindSystemTimeZoneById(appearance.LocalZone));
            return local.ToString(format, Culture) + " UTC" + local.ToString("zzz", Culture);
        }
        return NewYork(value).ToString(format, Culture) + " ET";
    }

    public static string Clock(DateTimeOffset? instant, Appearance appearance) => Instant(instant, appearance, "HH:mm:ss");

    /// <summary>What rounds to nothing is neither gain nor loss.</summary>
    static decimal? Cents(decimal? dollars) => dollars is { } value ? Math.Round(value, 2) : null;

    /// <summary>The instant with New York's offset.</summary>
    public static DateTimeOffset NewYork(DateTimeOffset instant) => instant.ToOffset(MarketCalendar.Nyse.OffsetOn(MarketCalendar.Nyse.DayOf(instant)));
}
