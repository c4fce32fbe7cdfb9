namespace EtradeBot.Market;

/// <summary>One closed candle. Prices in dollars, volume in shares.</summary>
/// <param name="OpenTime">UTC instant at which the candle began; for days and weeks the open of their first session.</param>
public readonly record struct Candle(DateTimeOffset OpenTime, double Open, double High, double Low, double Close, long Volume)
{
    /// <summary>A candle whose close equals its open counts as white, as in TA-Lib.</summary>
    public bool IsWhite => Close >= Open;
}
