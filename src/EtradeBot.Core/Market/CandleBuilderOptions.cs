namespace EtradeBot.Market;

/// <summary>What a <see cref="CandleBuilder"/> takes and when it gives up waiting.</summary>
public sealed record CandleBuilderOptions
{
    /// <summary>Build candles of delayed quotes too; they are marked.</summary>
    public bool AcceptDelayed { get; init; }

    /// <summary>How old delayed quotes are: by so much the clock is put back for them.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A price further off the one before, as a fraction, waits for the next trade to confirm it.</summary>
    public double Collar { get; init; } = 0.20;

    /// <summary>How long after its end a candle waits for a late quote before the clock closes it.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Trades stamped so soon after the close belong to the session's last candle: the closing auction is printed then.</summary>
    public TimeSpan ClosingPrints { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A quote that still bears the same time after so long is refused; after five times as long where quotes bear the time of their last trade.</summary>
    public TimeSpan FrozenAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A longer pause between polls is a hole; null: 30 seconds, or a twentieth of the candle's length where that is longer.</summary>
    public TimeSpan? HoleAfter { get; init; }
}
