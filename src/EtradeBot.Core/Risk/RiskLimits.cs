namespace EtradeBot.Risk;

/// <summary>What an entry may never exceed, as fractions of the account's value (0.02 = 2 %). Exits are never limited.</summary>
public sealed record RiskLimits
{
    /// <summary>Loss at the stop of one trade, where the trade has a stop.</summary>
    public double MaxRiskPerTrade { get; init; } = 0.02;

    /// <summary>Market value of one position.</summary>
    public double MaxPosition { get; init; } = 1;

    /// <summary>Market value of all positions, long and short added up.</summary>
    public double MaxGrossExposure { get; init; } = 1;

    /// <summary>Loss since the last close of the day before; reached, no entries until the next day. Null: no limit.</summary>
    public double? MaxDailyLoss { get; init; }

    /// <summary>Positions open at a time.</summary>
    public int MaxPositions { get; init; } = 20;

    public bool AllowShort { get; init; }
}
