using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

/// <summary>Finds the candle a user names by its date.</summary>
static class CandleFinder
{
    static readonly string[] Moments = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"];

    /// <param name="text">A day, or within a day the New York time at which the candle opened, with or without its offset.</param>
    /// <returns>The candle's index.</returns>
    /// <exception cref="UsageException">Not a date, or no candle then: names the nearest ones.</exception>
    public static int Find(CandleSeries candles, string text)
    {
        var (instant, isDay) = Parse(text);
        var day = MarketCalendar.Nyse.DayOf(instant);
        var index = candles.IndexAtOrAfter(instant);
        var isThere = index < candles.Count && (isDay ? MarketCalendar.Nyse.DayOf(candles.OpenTime(index)) == day : candles.OpenTime(index) == instant);
        if (isThere && (!isDay || !candles.Timeframe.IsIntraday)) return index;
        if (isThere) throw new UsageException($"--date {text}: {candles.Symbol} has {candles.Timeframe} candles, so name the time as well, such as {candles.Label(index)}");
        throw new UsageException($"--date {text}: {candles.Symbol} {candles.Timeframe} has no candle then. {Nearest(candles, index)}");
    }

    static (DateTimeOffset Instant, bool IsDay) Parse(string text)
    {
        var plain = text.Trim().Replace(' ', 'T');
        // Candles are of our times; far years would only overflow the clock's arithmetic.
        if (DateTime.TryParseExact(plain, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1900 and < 2100)
            return (MarketCalendar.Nyse.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local)), plain.Length == Moments[0].Length);
        if (plain.Length > Moments[1].Length && DateTimeOffset.TryParse(plain, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && instant.Year is > 1900 and < 2100)
            return (instant, false);
        throw new UsageException($"--date '{text}' is not a date: write 2021-01-04, or 2021-01-04T09:30 for a candle within the day");
    }

    static string Nearest(CandleSeries candles, int index) => (index > 0, index < candles.Count) switch
    {
        (true, true) => $"The nearest are {candles.Label(index - 1)} and {candles.Label(index)}.",
        (true, false) => $"The last is {candles.Label(index - 1)}.",
        (false, true) => $"The first is {candles.Label(index)}.",
        _ => "It has none at all.",
    };
}
