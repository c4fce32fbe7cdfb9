using EtradeBot.Trading;

namespace EtradeBot.Backtests;

/// <summary>What one run of a strategy decided and computed, candle by candle.</summary>
public sealed record StrategyTrace
{
    /// <summary>One entry a candle: the signal returned at its close, or null.</summary>
    public required IReadOnlyList<Signal?> Decisions { get; init; }

    /// <summary>The columns the strategy asked for, in that order, each as long as <see cref="Decisions"/>.</summary>
    public required IReadOnlyList<double[]> Lines { get; init; }
}
