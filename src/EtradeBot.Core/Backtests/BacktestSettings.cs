using EtradeBot.Brokers;
using EtradeBot.Risk;
using EtradeBot.Trading;

namespace EtradeBot.Backtests;

/// <summary>Everything that changes a backtest's result beside its candles and its strategy.</summary>
public sealed record BacktestSettings
{
    /// <summary>Dollars before the first candle.</summary>
    public decimal Cash { get; init; } = 100_000;

    /// <summary>Null: what the strategy prefers, else 1 % risk a trade.</summary>
    public Sizing? Sizing { get; init; }

    public RiskLimits Limits { get; init; } = new();

    public CostModel Costs { get; init; } = new();

    public FillRules Fills { get; init; } = new();

    /// <summary>First instant that may trade; candles before it only warm the indicators up. Null: the first candle.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Candles that open at or after this instant are not seen at all. Null: the last candle.</summary>
    public DateTimeOffset? To { get; init; }
}
