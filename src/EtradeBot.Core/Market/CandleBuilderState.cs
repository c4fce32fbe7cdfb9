using System.Text.Json.Serialization;

namespace EtradeBot.Market;

/// <summary>All that a <see cref="CandleBuilder"/> remembers. Times in UTC ticks.</summary>
sealed class CandleBuilderState
{
    public const int CurrentVersion = 1;

    public int Version { get; set; } = CurrentVersion;

    public required string Symbol { get; set; }

    public required string Timeframe { get; set; }

    /// <summary>The last accepted quote, within the session or not.</summary>
    public Sighting? Seen { get; set; }

    /// <summary>Up to when the market is known; later than the time of <see cref="Seen"/> for a quiet symbol whose quotes bear the time of their last trade.</summary>
    public long KnownUntil { get; set; }

    /// <summary>When the first quote with the time of <see cref="Seen"/> arrived.</summary>
    public long SeenSince { get; set; }

    /// <summary>Quotes move on in time while nothing trades, so that one that stands still is frozen.</summary>
    public bool TimesMoveOn { get; set; }

    /// <summary>Last price that fed a candle, the time of its quote, and whether it was marked as adjusted.</summary>
    public double LastPrice { get; set; }

    public long LastPriceAt { get; set; }

    public bool LastPriceAdjusted { get; set; }

    /// <summary>A quote far off the price before it, waiting to be confirmed.</summary>
    public Sighting? Held { get; set; }

    /// <summary>Polls of the span in which the last quote lies.</summary>
    public SpanCoverage? Coverage { get; set; }

    public CandleDraft? Draft { get; set; }

    /// <summary>End of the last closed candle: no candle begins before it.</summary>
    public long ClosedUntil { get; set; }

    /// <summary>Holes up to here are reported already.</summary>
    public long HolesUntil { get; set; }

    /// <summary>Shares of a closed candle that are still to be counted.</summary>
    public long LateShares { get; set; }

    /// <summary>The day's total before it fell, while that may have been a slip.</summary>
    public long? VolumePeak { get; set; }

    /// <summary>Refused since the last closed candle.</summary>
    public RefusedQuotes Refused { get; set; }

    /// <summary>Time and arrival of the first in an unbroken row of quotes that go back in time; 0: none.</summary>
    public long BackwardsAt { get; set; }

    public long BackwardsSince { get; set; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(CandleBuilderState))]
sealed partial class CandleBuilderJson : JsonSerializerContext;
