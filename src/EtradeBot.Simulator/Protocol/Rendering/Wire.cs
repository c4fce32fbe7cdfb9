using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.Simulator.Protocol.Rendering;

/// <summary>Numbers and times as the broker writes them.</summary>
static class Wire
{
    static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Number(long value) => value.ToString(Culture);

    /// <summary>At least one decimal: <c>53.0</c>, <c>238.5</c>.</summary>
    public static string Number(decimal value) => value.ToString("0.0###########################", Culture);

    /// <summary>At least one decimal, and as many as it takes to read the same number again; 0.0 for what is no number.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value)) return "0.0";
        var text = value.ToString("R", Culture);
        // Through its text: a cast would keep 15 digits only.
        if (text.Contains('E', StringComparison.Ordinal)) return decimal.TryParse(text, NumberStyles.Float, Culture, out var plain) ? Number(plain) : "0.0";
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }

    public static long Seconds(DateTimeOffset instant) => instant.ToUnixTimeSeconds();

    public static long Milliseconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    /// <summary><c>10:15:42 EDT 03-10-2026</c></summary>
    public static string NewYork(DateTimeOffset instant)
    {
        var hours = NewYorkOffset(instant);
        var local = instant.UtcDateTime.AddHours(hours);
        return local.ToString("HH:mm:ss", Culture) + (hours == -4 ? " EDT " : " EST ") + local.ToString("MM-dd-yyyy", Culture);
    }

    /// <summary>Time of the day in New York.</summary>
    public static TimeSpan NewYorkTimeOfDay(DateTimeOffset instant) => instant.UtcDateTime.AddHours(NewYorkOffset(instant)).TimeOfDay;

    public static bool IsDaylightTime(DateTimeOffset instant) => NewYorkOffset(instant) == -4;

    /// <summary><c>MMDDYYYY</c> of query strings; null when it is none.</summary>
    public static DateOnly? QueryDay(string text) =>
        DateOnly.TryParseExact(text, "MMddyyyy", Culture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Hours from UTC.</summary>
    static double NewYorkOffset(DateTimeOffset instant)
    {
        var calendar = MarketCalendar.Nyse;
        var day = calendar.DayOf(instant);
        // The clocks change at 02:00: before it the offset of the day before holds.
        var before = calendar.OffsetOn(day.AddDays(-1));
        var after = calendar.OffsetOn(day);
        var change = new DateTimeOffset(day.ToDateTime(new TimeOnly(2, 0)), before);
        return (instant < change ? before : after).TotalHours;
    }
}
