namespace EtradeBot.Market;

/// <summary>A closed candle that was built from polled quotes, or backfilled, and how well it is founded.</summary>
public sealed record LiveCandle(Symbol Symbol, Timeframe Timeframe, Candle Candle, CandleQuality Quality)
{
    /// <summary>The instant at which it was complete.</summary>
    public DateTimeOffset CloseTime => MarketCalendar.Nyse.CloseTime(Candle.OpenTime, Timeframe);
}

/// <summary>A stretch of a session in which shares traded, or may have, while no usable quote came.</summary>
public readonly record struct CoverageHole(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;
}
