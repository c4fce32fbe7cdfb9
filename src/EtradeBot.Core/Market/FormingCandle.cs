namespace EtradeBot.Market;

/// <summary>A candle that is not closed yet: for screens only. It is no <see cref="Candle"/> and does not turn into one, so that it cannot feed a signal.</summary>
/// <param name="OpenTime">UTC instant at which it began.</param>
/// <param name="EndTime">UTC instant at which it will end.</param>
/// <param name="Volume">Shares so far.</param>
/// <param name="At">Time of the last quote.</param>
public sealed record FormingCandle(Symbol Symbol, Timeframe Timeframe, DateTimeOffset OpenTime, DateTimeOffset EndTime, long Volume, DateTimeOffset At)
{
    /// <summary>First, highest, lowest and last price so far, in dollars.</summary>
    public required (double First, double Highest, double Lowest, double Last) Prices { get; init; }
}
