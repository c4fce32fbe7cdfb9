using System.Diagnostics.CodeAnalysis;

namespace EtradeBot.Market;

/// <summary>The length of a candle. A day is one NYSE session, a week the sessions from Monday to Friday.</summary>
public readonly record struct Timeframe : IComparable<Timeframe>
{
    public static readonly Timeframe M1 = new(1);
    public static readonly Timeframe M2 = new(2);
    public static readonly Timeframe M5 = new(5);
    public static readonly Timeframe M15 = new(15);
    public static readonly Timeframe M30 = new(30);
    public static readonly Timeframe H1 = new(60);
    public static readonly Timeframe D1 = new(1440);
    public static readonly Timeframe W1 = new(10080);

    /// <summary>All timeframes, shortest first.</summary>
    public static IReadOnlyList<Timeframe> All { get; } = [M1, M2, M5, M15, M30, H1, D1, W1];

    Timeframe(int minutes) => Minutes = minutes;

    /// <summary>Nominal length in minutes of clock time (a day 1,440, a week 10,080).</summary>
    public int Minutes { get; }

    public TimeSpan Length => TimeSpan.FromMinutes(Minutes);

    public bool IsIntraday => Minutes < 1440;

    /// <exception cref="FormatException">The text is none of 1m 2m 5m 15m 30m 1h 1d 1w.</exception>
    public static Timeframe Parse(string text) =>
        TryParse(text, out var timeframe) ? timeframe : throw new FormatException($"'{text}' is not a timeframe: use {string.Join(' ', All)}");

    public static bool TryParse([NotNullWhen(true)] string? text, out Timeframe timeframe)
    {
        foreach (var candidate in All)
            if (string.Equals(candidate.ToString(), text?.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                timeframe = candidate;
                return true;
            }
        timeframe = default;
        return false;
    }

    public int CompareTo(Timeframe other) => Minutes.CompareTo(other.Minutes);

    public override string ToString() => Minutes switch
    {
        < 60 => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Minutes}m"),
        60 => "1h",
        1440 => "1d",
        _ => "1w",
    };
}
