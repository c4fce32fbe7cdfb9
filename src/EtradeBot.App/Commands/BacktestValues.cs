using System.Globalization;
using EtradeBot.Brokers;

namespace EtradeBot.App.Commands;

/// <summary>Reads what a user types for a backtest. Each refusal is a <see cref="FormatException"/> that names the text and the rule.</summary>
static class BacktestValues
{
    public static IntrabarPolicy Policy(string text) =>
        Enum.TryParse<IntrabarPolicy>(text, ignoreCase: true, out var policy) && !int.TryParse(text, out _)
            ? policy
            : throw new FormatException($"'{text}' is unknown: use worst, best, path or drill");

    public static DateOnly Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new FormatException($"'{text}' is not a day: write YYYY-MM-DD");

    public static decimal Number(string text, decimal min, decimal max) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a number from {min} to {max}"));

    public static int Whole(string text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a whole number from {min} to {max}"));

    /// <returns>A fraction: 0.015 for <c>1.5</c> and <c>1.5%</c>.</returns>
    public static double Percent(string text) =>
        double.TryParse(text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 1000
            ? number / 100
            : throw new FormatException($"'{text}' is not a percentage above 0 and up to 1000");
}
