using EtradeBot.Market;

namespace EtradeBot.Trading;

/// <summary>From entry to exit, matched first in, first out: one for each pair of lots.</summary>
public sealed record RoundTrip
{
    // Ticks, not instants with their offset: many are kept.
    readonly long _entryTicks, _exitTicks;

    public required Symbol Symbol { get; init; }

    /// <summary>Side of the entry: Buy for a long trade, Sell for a short one.</summary>
    public required Side Side { get; init; }

    public required int Shares { get; init; }

    public required DateTimeOffset EntryTime
    {
        get => new(_entryTicks, TimeSpan.Zero);
        init => _entryTicks = value.UtcTicks;
    }

    public required decimal EntryPrice { get; init; }

    public required DateTimeOffset ExitTime
    {
        get => new(_exitTicks, TimeSpan.Zero);
        init => _exitTicks = value.UtcTicks;
    }

    public required decimal ExitPrice { get; init; }

    /// <summary>Dollars after the costs of both ends.</summary>
    public required decimal ProfitAndLoss { get; init; }

    /// <summary>Fees of both ends, dollars; already taken off <see cref="ProfitAndLoss"/>.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Profit and loss over the dollars first at risk (entry to first stop); null without a stop.</summary>
    public required double? R { get; init; }

    /// <summary>Maximum adverse excursion: the worst open loss in dollars before fees, zero or negative.</summary>
    public required decimal Mae { get; init; }

    /// <summary>Maximum favourable excursion: the best open profit in dollars before fees, zero or positive.</summary>
    public required decimal Mfe { get; init; }

    /// <summary>Candles from the one of the entry to the one of the exit; 0 when both are the same.</summary>
    public required int CandlesHeld { get; init; }

    public required string EntryReason { get; init; }

    public required string ExitReason { get; init; }
}

/// <summary>Shares still held when the candles ended, marked at the last close.</summary>
public sealed record OpenPosition
{
    public required Symbol Symbol { get; init; }

    /// <summary>Shares; negative when short.</summary>
    public required int Shares { get; init; }

    public required DateTimeOffset EntryTime { get; init; }

    public required decimal AveragePrice { get; init; }

    public required decimal LastPrice { get; init; }

    /// <summary>Dollars after the fees of the entry.</summary>
    public required decimal UnrealizedProfitAndLoss { get; init; }

    public required string EntryReason { get; init; }
}
