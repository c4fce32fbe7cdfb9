using EtradeBot.Analysis;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Trading;

namespace EtradeBot.Engine;

/// <summary>What was decided for one symbol at the close of one candle, and why: the answer to "why no trade?".</summary>
public sealed record Decision
{
    public required Symbol Symbol { get; init; }

    public required Timeframe Timeframe { get; init; }

    /// <summary>The strategy's name as the catalog spells it.</summary>
    public required string Strategy { get; init; }

    /// <summary>The candle at whose close it was decided.</summary>
    public required Candle Candle { get; init; }

    /// <summary>Number of the candle, the warm-up included; the first is 0.</summary>
    public required int Index { get; init; }

    /// <summary>The position after the candle's fills: what the strategy saw.</summary>
    public required SeenPosition Position { get; init; }

    /// <summary>The strategy's lines that have a name, as it read them; NaN while one warms up.</summary>
    public required IReadOnlyList<SeenLine> Lines { get; init; }

    /// <summary>The patterns the strategy looks for: 100, 80, 0, -80 or -100.</summary>
    public required IReadOnlyList<SeenPattern> Patterns { get; init; }

    /// <summary>What the strategy wanted, with its reason; null: nothing.</summary>
    public required Signal? Signal { get; init; }

    /// <summary>The conditions in the order in which they were looked at, up to the first that blocked.</summary>
    public required IReadOnlyList<Gate> Gates { get; init; }

    /// <summary>What the risk manager made of an entry; null when it was not asked.</summary>
    public required RiskDecision? Risk { get; init; }

    /// <summary>The orders submitted.</summary>
    public required IReadOnlyList<Order> Orders { get; init; }

    /// <summary>How the strategy failed, in a sentence; null: it did not.</summary>
    public required string? Failure { get; init; }

    /// <summary>The gate that kept the wish from becoming an order; null when none did.</summary>
    public Gate? BlockedBy => Gates.FirstOrDefault(gate => !gate.Passed);
}

/// <summary>A position as a strategy saw it.</summary>
/// <param name="Shares">Negative when short.</param>
/// <param name="EntryPrice">Average, dollars; 0 when flat.</param>
/// <param name="CandlesHeld">Candles closed since the entry; 0 when flat.</param>
public readonly record struct SeenPosition(int Shares, double EntryPrice, int CandlesHeld);

/// <summary>A line's value at the close of a candle.</summary>
public readonly record struct SeenLine(string Name, double Value);

/// <summary>A pattern's value at the close of a candle.</summary>
public readonly record struct SeenPattern(Pattern Pattern, int Value);
