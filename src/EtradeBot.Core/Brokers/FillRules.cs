using EtradeBot.Market;

namespace EtradeBot.Brokers;

/// <summary>What is assumed when one candle reaches two prices and cannot say which came first.</summary>
public enum IntrabarPolicy
{
    /// <summary>The stop before the target: the default.</summary>
    Worst,

    /// <summary>The target before the stop.</summary>
    Best,

    /// <summary>Open, then the extreme nearer to it, then the other extreme, then close.</summary>
    Path,

    /// <summary>The candles of a lower timeframe decide; where they too are in doubt, or missing, the worst.</summary>
    Drill,
}

/// <summary>How the paper broker fills.</summary>
public sealed record FillRules
{
    public IntrabarPolicy Intrabar { get; init; } = IntrabarPolicy.Worst;

    /// <summary>The largest part of a candle's volume that may be ours (0.1 = 10 %); the rest waits for the next candle. Null: no cap.</summary>
    public double? Participation { get; init; }

    /// <summary>Sessions until the proceeds of a sale can be spent; 0: at once.</summary>
    public int SettlementSessions { get; init; }

    /// <summary>Candles of a lower timeframe for <see cref="IntrabarPolicy.Drill"/>.</summary>
    public CandleSeries? Finer { get; init; }
}
